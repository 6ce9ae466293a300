using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Recording what is done in a page, here by a script in place of a person.</summary>
public sealed class FlowRecorderTests
{
    [SkippableFact]
    public async Task What_is_done_becomes_a_flow_file_without_the_password()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(a => a.Path.StartsWith("/in", StringComparison.Ordinal)
            ? new Page("<nav><a href='#'>归档管理</a></nav><label>题名 <input></label><table><tr><th>号</th><th>操作</th></tr><tr><td>甲-1</td><td><button>四性检测</button></td></tr></table>")
            : new Page("<form action=/in><label>用户名 <input></label><label>密码 <input type=password></label><button>登录</button></form>"));
        var context = ProbeContexts.For(new KeptEvidence(), new Endpoint { Id = "pages", Host = "127.0.0.1", Port = server.Port });
        await using var proxy = new ScopedProxy(context, context.Scope.Allows, CancellationToken.None);
        await using var browser = await FlowBrowser.StartAsync(proxy.Port);
        await using var window = await browser.OpenAsync(new BrowserFlow { Title = "录", Steps = [] });
        var recorder = new FlowRecorder();
        var page = await recorder.AttendAsync(window);
        await page.GotoAsync(server.Address.AbsoluteUri);
        await page.GetByLabel("用户名").FillAsync("tester");
        await page.GetByLabel("密码").FillAsync("never-written-down");
        await page.GetByText("登录").ClickAsync();
        await page.WaitForURLAsync("**/in?");
        await page.GetByText("归档管理").ClickAsync();
        await page.GetByLabel("题名").FillAsync("价 $5 \"引\"");
        await page.GetByText("四性检测").ClickAsync();
        var text = recorder.ToYaml();
        Assert.DoesNotContain("never-written-down", text, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable("ARCH_USER", "tester-one");
        Environment.SetEnvironmentVariable("ARCH_PASS", "pass-of-tester");
        using var folder = new TemporaryFolder();
        var flow = FlowReader.Read(folder.Write("flow.yaml", text));
        Assert.Equal("登录", flow.Login!.Submit);
        Assert.Equal([FlowVerb.Menu, FlowVerb.Fill, FlowVerb.Click], flow.Steps.Select(s => s.Verb));
        Assert.Equal(("四性检测", "甲-1"), (flow.Steps[2].Click!.Text, flow.Steps[2].Click!.Row));
    }

    [SkippableFact]
    public async Task A_password_that_the_page_shows_is_still_one()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("""
            <label>甲 <input id=a type=password></label><button onclick="a.type='text'">看</button>
            <label>乙 <input style="-webkit-text-security:disc"></label><label>新口令（8 位） <input></label><label>题名 <input></label>
            """));
        var context = ProbeContexts.For(new KeptEvidence(), new Endpoint { Id = "pages", Host = "127.0.0.1", Port = server.Port });
        await using var proxy = new ScopedProxy(context, context.Scope.Allows, CancellationToken.None);
        await using var browser = await FlowBrowser.StartAsync(proxy.Port);
        await using var window = await browser.OpenAsync(new BrowserFlow { Title = "录", Steps = [] });
        var recorder = new FlowRecorder();
        var page = await recorder.AttendAsync(window);
        await page.GotoAsync(server.Address.AbsoluteUri);
        await page.GetByText("看").ClickAsync();
        foreach (var label in new[] { "甲", "乙", "新口令", "题名" })
        {
            await page.GetByLabel(label).FillAsync(label == "题名" ? "written-down" : "never-written-down");
            await page.GetByLabel(label).BlurAsync();
        }

        var text = recorder.ToYaml();
        Assert.DoesNotContain("never-written-down", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("${ARCH_PASS}").Length - 1);
        Assert.Contains("written-down", text, StringComparison.Ordinal);
    }
}
