namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>What a page must show before a step is done or refuted; everything between stays undecided.</summary>
public sealed class FlowJudgementTests
{
    private static readonly (string Step, string Page, StepOutcome Outcome)[] Pages =
    [
        ("应被拒绝: true, 最长: 2s", "<h1>归档管理</h1>", StepOutcome.TimedOut),
        ("应被拒绝: true, 最长: 4s, 见到: {文字: 归档管理}", "<h1>归档管理</h1>", StepOutcome.Contradicted),
        ("应被拒绝: true, 最长: 4s, 见到: {文字: 归档管理}", "<h1>归档管理</h1><p>您无权查看</p>", StepOutcome.Ambiguous),
        ("应被拒绝: true, 最长: 4s, 见到: {文字: 归档管理}", "<h1>归档管理</h1><input type=password>", StepOutcome.Ambiguous),
        ("应被拒绝: true, 最长: 4s", "<p id=p></p><script>setTimeout(()=>p.textContent='没有权限',900)</script>", StepOutcome.Done),
        ("应被拒绝: true, 最长: 2s", "<a href=/x>未授权清单</a><input type=password>", StepOutcome.TimedOut),
        ("应被拒绝: true, 最长: 2s, 等待行出现: {含: 乙}", "<p>共 1 条</p><table><tr><th>号</th></tr><tr><td>甲</td></tr></table>", StepOutcome.TimedOut),
        ("最长: 4s, 至少行: 1", "<table><thead><tr><th>号</th><th>名</th></tr></thead><tbody id=t></tbody></table><script>setTimeout(()=>t.innerHTML='<tr><td>1</td><td>2</td></tr>',900)</script>", StepOutcome.Done),
        ("最长: 1s, 至少行: 2", "<table><tr><th>号</th></tr><tr><td>甲</td></tr></table>", StepOutcome.TimedOut),
        ("最长: 1s, 至少行: 2", "<p>共 1 条</p><table><tr><th>号</th></tr><tr><td>甲</td></tr></table>", StepOutcome.Contradicted),
        ("最长: 1s, 至少行: 2", "<p>共 25 条</p><table><tr><th>号</th></tr><tr><td>甲</td></tr></table>", StepOutcome.TimedOut),
        ("最长: 1s, 至少行: 1", "<p>共 0 条</p><table><tr><th>号</th><th>名</th></tr><tr><td colspan=2>暂无数据</td></tr></table>", StepOutcome.Contradicted),
        ("最长: 1s, 等待行出现: {含: 乙}", "<table><tr><th>号</th></tr><tr><td>甲</td></tr></table><button>›</button>", StepOutcome.TimedOut),
        ("最长: 1s, 等待行出现: {含: 乙}", $"<p>共 1 条</p><table><tr><th>号</th></tr><tr><td>{new string('甲', 300)}</td></tr></table>", StepOutcome.TimedOut),
        ("最长: 4s, 无控件: [删除]", "<p id=p></p><script>setTimeout(()=>p.innerHTML='<button>删除</button>',900)</script>", StepOutcome.Contradicted),
        ("最长: 4s, 无控件: [删除]", "<button id=p>删除</button><script>setTimeout(()=>p.remove(),900)</script>", StepOutcome.Done),
        ("最长: 4s, 无控件: [删除]", "<button disabled><span>删除</span></button>", StepOutcome.Done),
        ("最长: 2s, 无控件: [删除]", "<span onclick=x()>删除</span>", StepOutcome.Ambiguous),
        ("最长: 4s, 无控件: [删除], 见到: {表格: 日志}", "<button>删除</button><table><caption>日志</caption><tr><th>号</th></tr><tr><td>甲</td></tr></table>", StepOutcome.Done),
        ("最长: 2s, 无控件: [删除], 见到: {表格: 日志}", "<table><caption>日志</caption><tr><th>号</th></tr><tr><td><button>删除</button></td></tr></table>", StepOutcome.Contradicted),
        ("最长: 4s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", "<p>已移交</p>", StepOutcome.Contradicted),
        ("最长: 4s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", "<p id=p>已移交</p><script>setTimeout(()=>p.textContent='已退回',900)</script>", StepOutcome.Done),
        ("最长: 1s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", "<p>处理中</p>", StepOutcome.TimedOut),
        ("最长: 6s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", "<p>已退回</p><p id=p></p><script>setTimeout(()=>p.textContent='已移交',900)</script>", StepOutcome.Contradicted),
        ("最长: 6s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", "<p>已退回</p>", StepOutcome.Done),
        ("最长: 3s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", $"<p>已退回</p><pre>{new string('甲', 400_000)}</pre><p>已移交</p>", StepOutcome.TimedOut),
        ("最长: 3s, 见到: {文字: 已退回}, 不应见到: {文字: 已移交}", "<p>已退回</p><p id=p></p><script>setInterval(()=>p.append(document.createElement('b'),'字'),100);setInterval(()=>p.innerHTML+='<b>一</b>',200)</script>", StepOutcome.TimedOut),
        ("最长: 6s, 字段应为: {总数: 1}", "<dl><dt>总数<dd id=p>0</dl><script>setTimeout(()=>p.textContent='1',900)</script>", StepOutcome.Done),
        ("最长: 6s, 字段应为: {总数: 1}", "<dl><dt>总数<dd id=p>1</dl><script>setTimeout(()=>p.textContent='2',900)</script>", StepOutcome.Contradicted),
        ("最长: 2s, 字段应为: {总数: 1}", "<dl><dt>总数<dd id=p>1</dl><script>let n=1;setInterval(()=>p.textContent=++n,300)</script>", StepOutcome.TimedOut),
        ($"最长: 2s, 字段应为: {{题名: {new string('甲', 300)}}}", $"<dl><dt>题名<dd>{new string('甲', 300)}</dl>", StepOutcome.TimedOut),
        ("最长: 1s, 字段应为: {总数: 1}", "<dl><dt>总数<dd>1</dl>", StepOutcome.Done),
        ("最长: 1s, 字段应为: {总数: 1}", "<dl><dt>总数<dd>2</dl>", StepOutcome.Contradicted),
        ("最长: 1s, 字段应为: {总数: 1}", "<p>总数不写</p>", StepOutcome.NotFound),
    ];

    [SkippableFact]
    public async Task A_step_ends_as_what_was_seen_allows()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(a => int.TryParse(a.Path.TrimStart('/'), out var number) ? new Page(Pages[number].Page) : new Page("<h1>首页</h1>"));
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("probe: 判断\nsteps:\n" + string.Concat(Pages.Select((p, i) => $"- {{id: s{i}, 做: 打开, 地址: /{i}, {p.Step}}}\n"))));
        Assert.True(record.Steps.Select(s => s.Outcome).SequenceEqual(Pages.Select(p => p.Outcome)), Walking.Say(record));
    }

    [SkippableFact]
    public async Task A_variable_nobody_got_ends_the_step_before_it_is_done_and_one_that_was_is_told_by_its_value()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(_ => new Page("<h1>首页</h1><p>已提交 7</p><dl><dt>总数<dd>7</dl>"));
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 变量
            steps:
            - {id: lost, 做: 记住, 记住: {旧号: {字段: 没有的}}}
            - {id: unseen, 做: 打开, 地址: /, 见到: {文字: 首页}, 不应见到: {文字: "已提交 ${旧号}"}, 证明: F-03}
            - {id: field, 做: 打开, 地址: /, 字段应为: {总数: "${旧号}"}, 证明: F-08}
            - {id: kept, 做: 记住, 记住: {数: {字段: 总数}}}
            - {id: told, 做: 打开, 地址: /, 见到: {文字: "已提交 ${数}"}}
            - {id: missed, 做: 见到, 见到: {文字: "退回 ${数}"}, 最长: 1s}
            """));
        Assert.True(record.Steps.Select(s => s.Outcome).SequenceEqual([StepOutcome.NotFound, StepOutcome.NotRun, StepOutcome.NotRun, StepOutcome.Done, StepOutcome.Done, StepOutcome.TimedOut]), Walking.Say(record));
        Assert.Contains("变量 旧号 没有取到", record.Of("unseen").Note, StringComparison.Ordinal);
        Assert.Equal("做成；见到 已提交 7", record.Of("told").Note);
        Assert.Contains("没有见到 文字 退回 7", record.Of("missed").Note, StringComparison.Ordinal);
        Assert.False(record.F03.Shown.IsKnown || record.F08.Shown.IsKnown);
    }

    [SkippableFact]
    public async Task Words_that_stand_on_every_page_refuse_nobody()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(a => new Page((a.Path.StartsWith("/no", StringComparison.Ordinal) ? "<h1>没有权限</h1>" : "<h1>日志</h1>") + "<p>本系统未授权不得使用</p>"));
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 页脚
            steps:
            - {id: footer, 做: 打开, 地址: /log, 应被拒绝: true, 最长: 2s, 证明: F-09}
            - {id: given, 做: 打开, 地址: /log, 见到: {标题: 日志}, 应被拒绝: true, 最长: 4s}
            - {id: unseen, 做: 打开, 地址: /log, 见到: {标题: 备份}, 应被拒绝: true, 最长: 4s}
            - {id: refused, 做: 打开, 地址: /no, 应被拒绝: true, 最长: 4s}
            - {id: again, 做: 打开, 地址: /no/more, 应被拒绝: true, 最长: 4s}
            - {id: stays, 做: 点击按钮, 文字: 删除, 应被拒绝: true, 最长: 1s}
            """));
        Assert.True(
            record.Steps.Select(s => s.Outcome).SequenceEqual([StepOutcome.TimedOut, StepOutcome.Contradicted, StepOutcome.TimedOut, StepOutcome.Done, StepOutcome.Done, StepOutcome.NotFound]),
            Walking.Say(record));
    }

    [SkippableFact]
    public async Task A_second_account_that_does_not_get_in_is_not_refused()
    {
        Walking.NeedBrowser();
        foreach (var (name, value) in new[] { ("FLOW_TEST_USER", "tester-one"), ("FLOW_TEST_PASS", "pass-of-one"), ("FLOW_TEST_USER2", "tester-two"), ("FLOW_TEST_PASS2", "pass-of-two") })
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        const string form = "<form method=post action=/login><label>用户名<input name=u></label><label>密码<input name=p type=password></label><button>登录</button></form>";
        await using var server = new PageServer(a => a switch
        {
            { Method: "POST" } when a.Body.Contains("tester-one", StringComparison.Ordinal) => new Page("", 302, "Location: /in\r\nSet-Cookie: sid=one; Path=/\r\n"),
            { Cookie: "" } => new Page(form),
            _ => new Page("<a href=/out>退出</a><h1>日志</h1>"),
        });
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 两个账户
            login: {用户: "${FLOW_TEST_USER}", 密码: "${FLOW_TEST_PASS}", 成功标志: {文字: 退出}}
            第二账户: {用户: "${FLOW_TEST_USER2}", 密码: "${FLOW_TEST_PASS2}", 成功标志: {文字: 退出}}
            steps:
            - {id: switch, 做: 换用户, 用户: 第二账户}
            - {id: log, 做: 打开, 地址: /log, 应被拒绝: true, 最长: 2s, 证明: F-09}
            - {id: back, 做: 换用户, 用户: 第一账户}
            - {id: own, 做: 打开, 地址: /log, 应被拒绝: true, 见到: {标题: 日志}}
            """));
        Assert.True(record.Steps.Skip(1).Select(s => s.Outcome).SequenceEqual([StepOutcome.NotRun, StepOutcome.Done, StepOutcome.Contradicted]), Walking.Say(record));
        Assert.NotEqual(StepOutcome.Done, record.Of("switch").Outcome);
        Assert.False(record.F09.Shown.IsKnown);
    }

    [SkippableFact]
    public async Task Interfaces_counts_and_packages_are_compared_only_as_far_as_they_are_there()
    {
        Walking.NeedBrowser();
        await using var server = new PageServer(a => a.Path switch
        {
            "/api" => new Page("{\"data\":{\"a\":1}}", Type: "application/json"),
            "/error.csv" => new Page("  <html>出错\n了</html>", 200, "Content-Disposition: attachment; filename=e.csv\r\n", "text/csv"),
            "/list.csv" => new Page("号\n1\n", 200, "Content-Disposition: attachment; filename=l.csv\r\n", "text/csv"),
            _ => new Page("<dl><dt>总数</dt><dd>1</dd><dt>范围</dt><dd>1-1 / 1</dd><dt>题名</dt><dd>取水 许可</dd><dt>人</dt><dd>张*</dd></dl><a href=/error.csv>坏的</a><a href=/list.csv>好的</a>"
                + "<label><input type=radio name=r>公开</label><label><input type=checkbox checked>同意</label><p id=p></p><button onclick=\"p.textContent='选了'+[...document.querySelectorAll('input')].map(i=>i.checked)\">看</button>"),
        });
        var (record, _) = await Walking.WalkAsync(server.Address, Walking.Flow("""
            probe: 对照
            steps:
            - {id: api, 做: 取接口, 地址: /api, 字段: {甲: data.a, 乙: data.b}, 保存: x}
            - {id: good, 做: 下载, 文字: 好的, 保存: l.csv, 比对行数: {界面: 总数}}
            - {id: two, 做: 下载, 文字: 好的, 保存: l.csv, 比对行数: {界面: 范围}}
            - {id: html, 做: 下载, 文字: 坏的, 保存: e.csv, 比对行数: {界面: 总数}}
            - {id: choose, 做: 选择, 字段: {公开: 是, 同意: 否}, 点击: {按钮: 看}, 见到: {文字: "选了true,false"}}
            - {id: keep, 做: 记住, 记住: {数: {字段: 总数}}}
            - {id: filled, 做: 打开, 地址: "/page/${数}", 取字段: f}
            """));
        Assert.True(record.Steps.Select(s => s.Outcome).SequenceEqual([StepOutcome.NotFound, StepOutcome.Done, StepOutcome.Ambiguous, StepOutcome.NotFound, StepOutcome.Done, StepOutcome.Done, StepOutcome.Done]), Walking.Say(record));
        Assert.Contains("data.b", record.Of("api").Note, StringComparison.Ordinal);
    }
}
