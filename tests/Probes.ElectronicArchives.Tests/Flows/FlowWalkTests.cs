using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Real pages in the real browser: what is done, and every way it can fail to be.</summary>
public sealed class FlowWalkTests
{
    private const string Secret = "Kp7-demo-passphrase";

    [SkippableFact]
    public async Task A_whole_walk_logs_in_makes_a_case_waits_for_it_and_keeps_what_it_saw_covered()
    {
        Walking.NeedBrowser();
        Environment.SetEnvironmentVariable("FLOW_TEST_USER", "tester-one");
        Environment.SetEnvironmentVariable("FLOW_TEST_PASS", Secret);
        var cases = new List<string>();
        await using var server = new PageServer(a => Office(a, cases));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 归档
            login: {用户: "${FLOW_TEST_USER}", 密码: "${FLOW_TEST_PASS}", 成功标志: {文字: 退出}}
            masks: [{列: 身份证号}]
            steps:
            - {id: menu, 做: 点击菜单, 路径: [电子文件归档, 归档管理], 见到: {标题: 归档管理}, 证明: F-01, 截图: true}
            - {id: make, 做: 填写, 字段: {题名: 测试办件}, 点击: {按钮: 保存}, 记住: {办件号: {列: 办件编号, 行: 测试办件}}}
            - {id: collected, 做: 等待行出现, 表格: 待归档, 含: "${办件号}", 最长: 4s, 证明: F-02, 截图: true}
            - {id: check, 做: 点击按钮, 文字: 四性检测, 行: "$办件号", 见到: {文字: 检测完成}, 证明: F-04}
            - {id: export, 做: 下载, 点击: {按钮: 导出}, 保存: list.csv, 比对行数: {界面: 总数}, 证明: B-02}
            - {id: log, 做: 打开, 地址: /log, 至少行: 1, 无控件: [删除], 证明: F-09}
            """));
        Assert.True(record.Steps.All(s => s.Outcome == StepOutcome.Done), Walking.Say(record));
        Assert.True(record is { F01.Shown: { IsKnown: true, Value: true }, F02.Shown.Value: true, F04.Shown.Value: true, F09.Shown.Value: true, B02.Shown.Value: true });
        Assert.False(record.F05.Shown.IsKnown);
        Assert.Contains(record.Of("menu").Used, u => u.Contains("角色与名称", StringComparison.Ordinal));
        Assert.Contains(evidence.Files.Keys, f => f.EndsWith("menu.png", StringComparison.Ordinal));
        Assert.Contains(evidence.Files.Keys, f => f.EndsWith("network.har", StringComparison.Ordinal));
        Assert.Equal(64, record.Chain.Length);
        Assert.Equal(["confirm：确定检测吗（确定）"], record.Dialogs);
        var picture = Pixels.Of(evidence.Files.First(f => f.Key.EndsWith("collected.png", StringComparison.Ordinal)).Value);
        Assert.True(picture.GetValueOrDefault(0xFF0000) == 0 && picture.GetValueOrDefault(0x444444) > 100);
        foreach (var (file, bytes) in evidence.Files.Where(f => !f.Key.EndsWith(".png", StringComparison.Ordinal)))
        {
            var text = Encoding.UTF8.GetString(bytes);
            Assert.False(text.Contains(Secret, StringComparison.Ordinal) || text.Contains("110101199001010010", StringComparison.Ordinal) || text.Contains("sid=", StringComparison.Ordinal), file);
        }

        Assert.Contains("〔已遮盖〕", Encoding.UTF8.GetString(evidence.Files.First(f => f.Key.EndsWith("collected.txt", StringComparison.Ordinal)).Value), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_dry_run_says_what_it_would_use_and_changes_nothing()
    {
        Walking.NeedBrowser();
        var asked = new List<string>();
        await using var server = new PageServer(a =>
        {
            asked.Add($"{a.Method} {a.Path}");
            return new Page("<form method=post action=/save><label>题名 <input name=t></label><button>保存</button></form>");
        });
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 试走
            steps:
            - {id: make, 做: 填写, 字段: {题名: 测试}, 点击: {按钮: 保存}}
            """), isDry: true);
        Assert.Equal(StepOutcome.WouldUse, record.Of("make").Outcome);
        Assert.Equal(2, record.Of("make").Used.Count);
        Assert.DoesNotContain(asked, a => a.StartsWith("POST", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task What_matches_nothing_or_several_things_is_undecided_and_never_refuted()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("<h1>页</h1><button>导出</button><button>导出</button><table><caption>甲</caption><tr><th>列</th></tr><tr><td>一 <a href=#>查看</a></td></tr></table><p>共 1 条</p>"));
        var (record, evidence) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 对不上
            steps:
            - {id: twice, 做: 点击按钮, 文字: 导出, 证明: B-02}
            - {id: none, 做: 点击按钮, 文字: 备份, 最长: 1s, 证明: B-01}
            - {id: sight, 做: 见到, 见到: {文字: 成功}, 最长: 1s, 证明: B-03}
            - {id: row, 做: 等待行出现, 表格: 甲, 含: 二, 最长: 1s, 证明: F-02}
            - {id: noTable, 做: 等待行出现, 表格: 乙, 含: 二, 最长: 1s, 证明: F-03}
            - {id: few, 做: 见到, 见到: {表格: 甲}, 至少行: 4, 最长: 1s, 证明: F-09}
            - {id: control, 做: 见到, 见到: {表格: 甲}, 无控件: [查看], 最长: 1s, 证明: F-08}
            """));
        Assert.Equal(
            [StepOutcome.Ambiguous, StepOutcome.NotFound, StepOutcome.TimedOut, StepOutcome.Contradicted, StepOutcome.NotFound, StepOutcome.Contradicted, StepOutcome.Contradicted],
            record.Steps.Select(s => s.Outcome));
        Assert.Equal(2, record.Of("twice").Candidates.Count);
        Assert.Contains(evidence.Files.Keys, f => f.EndsWith("twice.png", StringComparison.Ordinal));
        Assert.False(record.B01.Shown.IsKnown || record.B02.Shown.IsKnown || record.B03.Shown.IsKnown || record.F03.Shown.IsKnown);
        Assert.True(record is { F02.Shown: { IsKnown: true, Value: false }, F09.Shown: { IsKnown: true, Value: false }, F08.Shown: { IsKnown: true, Value: false } });
    }

    [SkippableFact]
    public async Task Other_hosts_are_never_reached_not_even_by_a_redirection()
    {
        Walking.NeedBrowser();
        await using var other = new PageServer(_ => new Page("不该来"));
        await using var server = new PageServer(a => a.Path == "/away"
            ? new Page("", 302, $"Location: http://127.0.0.1:{other.Port}/stolen\r\n")
            : new Page($"<h1>页</h1><img src=http://127.0.0.1:{other.Port}/pixel><img src=http://tracker.example.cn/p><a href=/away>走</a><script>try{{new WebSocket('ws://socket.example.cn/s')}}catch(e){{}}</script>"));
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 别的主机
            steps:
            - {id: away, 做: 打开, 文字: 走}
            - {id: back, 做: 打开, 地址: /, 见到: {标题: 页}}
            """));
        Assert.Equal(0, other.Accepted);
        Assert.Contains(record.Blocked, b => b.StartsWith($"127.0.0.1:{other.Port}", StringComparison.Ordinal));
        Assert.Contains(record.Blocked, b => b.StartsWith("tracker.example.cn:80", StringComparison.Ordinal));
        Assert.Contains(record.Blocked, b => b.StartsWith("socket.example.cn:80", StringComparison.Ordinal));
        Assert.All(record.Blocked, b => Assert.NotEqual(
            b.StartsWith("127.0.0.1", StringComparison.Ordinal) || b.StartsWith("tracker.example.cn", StringComparison.Ordinal) || b.StartsWith("socket.example.cn", StringComparison.Ordinal), b.Contains("浏览器自己的", StringComparison.Ordinal)));
        Assert.Equal(StepOutcome.Done, record.Of("back").Outcome);
    }

    [SkippableFact]
    public async Task Frames_new_windows_slow_pages_and_lost_sessions_are_what_they_are()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(async a =>
        {
            if (a.Path == "/slow")
            {
                await Task.Delay(3000);
            }

            return a.Path switch
            {
                "/" => new Page("<h1>首页</h1><iframe src=/inner></iframe><a href=/window target=_blank>新窗口</a>"),
                "/inner" => new Page("<button onclick=\"this.nextSibling.textContent='里面好了'\">里面的按钮</button><p></p>"),
                "/window" => new Page("<h1>第二个窗口</h1>"),
                "/out" => new Page("<form><label>用户名<input></label><label>密码<input type=password></label><button>登录</button></form>"),
                _ => new Page("<h1>慢</h1>"),
            };
        });
        var flow = Walking.Flow("""
            probe: 难的页面
            steps:
            - {id: inner, 做: 点击按钮, 文字: 里面的按钮, 见到: {文字: 里面好了}}
            - {id: window, 做: 打开, 文字: 新窗口, 见到: {标题: 第二个窗口}}
            - {id: slow, 做: 打开, 地址: /slow, 最长: 1s}
            - {id: out, 做: 打开, 地址: /out}
            - {id: lost, 做: 点击按钮, 文字: 归档, 最长: 1s}
            """);
        var (record, _) = await Walking.WalkAsync(server.Address, flow);
        Assert.True(record.Steps.Select(s => s.Outcome).SequenceEqual([StepOutcome.Done, StepOutcome.Done, StepOutcome.TimedOut, StepOutcome.Done, StepOutcome.NotFound]), Walking.Say(record));
    }

    [SkippableFact]
    public async Task A_second_account_that_gets_there_refutes_and_one_that_is_refused_proves()
    {
        Walking.NeedBrowser();
        foreach (var (name, value) in new[] { ("FLOW_TEST_USER", "tester-one"), ("FLOW_TEST_PASS", Secret), ("FLOW_TEST_USER2", "tester-two"), ("FLOW_TEST_PASS2", "other-passphrase") })
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        await using var server = new PageServer(a => Office(a, []));
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 两个账户
            login: {用户: "${FLOW_TEST_USER}", 密码: "${FLOW_TEST_PASS}", 成功标志: {文字: 退出}}
            第二账户: {用户: "${FLOW_TEST_USER2}", 密码: "${FLOW_TEST_PASS2}", 成功标志: {文字: 退出}}
            steps:
            - {id: own, 做: 打开, 地址: /log, 证明: F-09}
            - {id: switch, 做: 换用户, 用户: 第二账户}
            - {id: log, 做: 打开, 地址: /log, 应被拒绝: true, 证明: F-09}
            - {id: list, 做: 打开, 地址: /archive, 见到: {标题: 归档管理}, 应被拒绝: true, 证明: F-01}
            """));
        Assert.True(record.Steps.Select(s => s.Outcome).SequenceEqual([StepOutcome.Done, StepOutcome.Done, StepOutcome.Done, StepOutcome.Contradicted]), Walking.Say(record));
        Assert.Equal("第二账户", record.Of("log").Account);
    }

    private static Page Office(Asked asked, List<string> cases)
    {
        var second = asked.Cookie.Contains("two", StringComparison.Ordinal);
        if (asked is { Method: "POST", Path: "/login" })
        {
            return new Page("", 302, $"Location: /archive\r\nSet-Cookie: sid={(asked.Body.Contains("tester-two", StringComparison.Ordinal) ? "two" : "one")}; Path=/\r\n");
        }

        if (!asked.Cookie.Contains("sid=", StringComparison.Ordinal))
        {
            return new Page("<form method=post action=/login><label>用户名：<input name=u></label><label>密码：<input name=p type=password></label><button>登录</button></form>");
        }

        if (asked.Path == "/save")
        {
            cases.Add("2026-0001");
            return new Page("", 303, "Location: /archive\r\n");
        }

        const string nav = "<nav><a href='#' role=menuitem onclick=\"document.getElementById('m').hidden=false;return false\">电子文件归档</a><ul id=m hidden><li role=menuitem><a href=/archive>归档管理</a></li></ul><a href=/out>退出</a></nav>";
        return asked.Path switch
        {
            "/log" when second => new Page("<h1>没有权限</h1>", 403),
            "/log" => new Page(nav + "<h2>操作日志</h2><table><tr><th>对象</th></tr><tr><td>登录</td></tr></table>"),
            "/list.csv" => new Page("办件编号,题名\n2026-0001,测试办件\n", 200, "Content-Disposition: attachment; filename=list.csv\r\n", "text/csv"),
            _ => new Page(nav + "<h1>归档管理</h1><form method=post action=/save><table><tr><td>题名</td><td><input name=t></td></tr></table><button>保存</button></form><h2>待归档</h2><table><tr><th>办件编号</th><th>题名</th><th>身份证号</th><th>操作</th></tr>"
                + string.Concat(cases.Select(c => $"<tr><td>{c}</td><td>测试办件</td><td style=\"background:#f00;color:#f00\">110101199001010010</td><td><button onclick=\"if(confirm('确定检测吗'))document.getElementById('r').textContent='检测完成'\">四性检测</button></td></tr>"))
                + $"</table><dl><dt>总数</dt><dd>{cases.Count}</dd></dl><p id=r></p><a role=button href=/list.csv>导出</a>"),
        };
    }
}
