using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>What masks name reaches neither pictures nor texts nor addresses; where that is not sure, there are none.</summary>
public sealed class FlowMaskTests
{
    private const int Red = 0xFF0000;
    private const int Blue = 0x0000FF;
    private const string Look = """
        probe: 遮盖
        masks: [{列: 证件}, {字段: 手机}, {列: 不在的列}]
        steps:
        - {id: look, 做: 见到, 见到: {文字: 可见}, 截图: true}
        """;

    [SkippableFact]
    public async Task Cells_of_several_lines_fields_and_dialogs_are_covered_and_the_rest_is_not()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("""
            <style>dialog::backdrop{background:none} .r{background:#f00;color:#f00} .b{background:#00f}</style><p>可见</p>
            <table><tr><th>名</th><th>证件</th></tr><tr><td class=b>甲</td><td class=r>110101199001010010<br>张某某的<br>第三行</td></tr></table>
            <dl><dt>手机</dt><dd class=r>13800000001</dd><dd class=r>13800000002</dd></dl>
            <dialog id=d><span class=r>13800000001</span></dialog><script>d.showModal()</script>
            """));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow(Look));
        var colours = Pixels.Of(File(evidence, "look.png"));
        Assert.Equal(0, colours.GetValueOrDefault(Red));
        Assert.True(colours.GetValueOrDefault(Blue) > 100 && colours.GetValueOrDefault(0x444444) > 100);
        var text = Encoding.UTF8.GetString(File(evidence, "look.txt"));
        Assert.Contains("甲", text, StringComparison.Ordinal);
        Assert.All(["110101199001010010", "张某某的", "第三行", "13800000001", "13800000002"], v => Assert.DoesNotContain(v, text, StringComparison.Ordinal));
        Assert.Equal(["不在的列"], record.UnmatchedMasks);
    }

    [SkippableFact]
    public async Task Rows_that_come_while_the_picture_is_taken_leave_no_picture()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("""
            <p>可见</p><table><tbody id=t><tr><th>证件</th></tr></tbody></table>
            <script>let n=0;setInterval(()=>{if(n<1500)t.insertAdjacentHTML('afterbegin','<tr><td style="background:#f00">编号'+(n++)+'号</td></tr>')},4)</script>
            """));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow(Look));
        Assert.DoesNotContain(evidence.Files.Keys, f => f.EndsWith("look.png", StringComparison.Ordinal));
        Assert.Contains("没有留下截图", record.Of("look").Note, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_the_interface_answers_for_a_masked_label_is_covered_too()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(a => a.Path == "/api" ? new Page("{\"a\":\"13800000001\",\"b\":\"甲\"}", Type: "application/json") : new Page("<p>可见</p>"));
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow(Look + "\n- {id: ask, 做: 取接口, 地址: /api, 字段: {手机: a, 名: b}, 保存: x}\n"));
        Assert.Equal(["接口 手机：〔已遮盖〕", "接口 名：甲"], record.Of("ask").Seen);
    }

    [SkippableFact]
    public async Task A_page_that_is_not_seen_wholly_is_not_kept_where_there_are_masks()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("<p>可见</p><dl>" + string.Concat(Enumerable.Range(0, 501).Select(i => $"<dt>题{i}</dt><dd>值</dd>")) + "<dt>手机</dt><dd>13800000001</dd></dl>"));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow(Look));
        Assert.DoesNotContain(evidence.Files.Keys, f => f.EndsWith("look.txt", StringComparison.Ordinal) || f.EndsWith("look.png", StringComparison.Ordinal));
        Assert.Contains("没有看全", record.Of("look").Note, StringComparison.Ordinal);
        (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow(Look.Replace("masks:", "# ", StringComparison.Ordinal)));
        Assert.Contains(evidence.Files.Keys, f => f.EndsWith("look.png", StringComparison.Ordinal));
        Assert.Equal("做成；见到 可见", record.Of("look").Note);
    }

    [SkippableFact]
    public async Task Of_a_page_that_is_not_seen_wholly_no_value_is_told_by_notes_dialogs_or_later_steps()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(a => new Page(a.Path == "/later" ? "<p>可见</p>" : "<p>可见</p><dl><dt>联系人</dt><dd>张某某</dd>" + string.Concat(Enumerable.Range(0, 501).Select(i => $"<dt>题{i}</dt><dd>值</dd>"))
            + "<dt>手机</dt><dd>13800000001</dd></dl><button onclick=\"alert('已通知张某某')\">通知</button>"));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 遮盖
            masks: [{字段: 手机}]
            steps:
            - {id: field, 做: 打开, 地址: /, 字段应为: {联系人: 李某某}, 最长: 2s}
            - {id: keep, 做: 记住, 记住: {人: {字段: 联系人}}}
            - {id: tell, 做: 点击按钮, 文字: 通知, 见到: {文字: 可见}}
            - {id: later, 做: 打开, 地址: /later, 见到: {文字: "${人}"}, 最长: 1s}
            """));
        var told = string.Join('\n', [Walking.Say(record), .. record.Dialogs, .. record.Steps.SelectMany(s => s.Seen.Concat(s.Used))]);
        Assert.DoesNotContain("张某某", told, StringComparison.Ordinal);
        Assert.Single(record.Dialogs);
        Assert.All(evidence.Files, f => Assert.DoesNotContain("张某某", Encoding.UTF8.GetString(f.Value), StringComparison.Ordinal));
        Assert.Contains("没有看全", record.Of("keep").Note, StringComparison.Ordinal);
        Assert.Equal([StepOutcome.TimedOut, StepOutcome.Done, StepOutcome.Done, StepOutcome.TimedOut], record.Steps.Select(s => s.Outcome));
    }

    [SkippableTheory]
    [InlineData("<p>可见</p><script>document.createTreeWalker=()=>{for(;;);}</script>")]
    [InlineData("<p>可见</p><div id=t></div><script>for(let i=0;i<300000;i++)t.append('号')</script>")]
    public async Task A_page_that_cannot_be_covered_in_time_or_is_too_large_leaves_no_picture_and_holds_nothing_up(string body)
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page(body));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow(Look.Replace("masks:", "# ", StringComparison.Ordinal))).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(evidence.Files.Keys, f => f.EndsWith("look.png", StringComparison.Ordinal));
        Assert.Contains("没有留下截图", record.Of("look").Note, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Addresses_in_the_log_are_covered_with_the_same_values()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("<p>可见</p><dl><dt>手机</dt><dd>张某某</dd></dl><img src='/of/张某某/11010119900101001X;jsessionid=abc?k=v&bare'>"));
        var (_, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow(Look));
        var log = Encoding.UTF8.GetString(File(evidence, "network.har"));
        Assert.Contains("/of/", log, StringComparison.Ordinal);
        Assert.All(["张某某", Uri.EscapeDataString("张某某"), "11010119900101001", "jsessionid", "bare"], v => Assert.DoesNotContain(v, log, StringComparison.Ordinal));
    }

    private static byte[] File(TestKit.KeptEvidence evidence, string name) => evidence.Files.First(f => f.Key.EndsWith(name, StringComparison.Ordinal)).Value;
}
