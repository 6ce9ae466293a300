using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Flow files, what is found by a text, and the rules about functions; no browser.</summary>
public sealed class FlowFileTests
{
    [Theory]
    [InlineData("- {id: a, 做: 点按钮, 文字: 导出}", "做")]
    [InlineData("- {id: a, 做: 点击菜单}", "路径")]
    [InlineData("- {id: a, 做: 打开, 地址: \"http://other.example.cn/\"}", "地址 不对")]
    [InlineData("- {id: a, 做: 打开, 地址: //other.example.cn/x}", "地址 不对")]
    [InlineData("- {id: a, 做: 点击按钮, 文字: 导出, 证明: F-13}", "没有功能 F-13")]
    [InlineData("- {id: a, 做: 点击按钮, 文字: 导出, 行: \"${没有的}\"}", "没有的")]
    [InlineData("- {id: a, 做: 点击按钮, 文字: 导出, 最长: 2h}", "最长 不对")]
    [InlineData("- {id: a, 做: 下载, 文字: 导出, 保存: ../x.zip}", "不是文件名")]
    [InlineData("- {id: a, 做: 上传, 文件: ../../etc/passwd}", "不在流程文件旁边")]
    [InlineData("- {id: a, 做: 换用户, 用户: 第二账户}", "第二账户")]
    [InlineData("- {id: a, 做: 见到, 见到: {文字: 甲}}\n- {id: a, 做: 见到, 见到: {文字: 甲}}", "重复")]
    [InlineData("- {id: a, 做: 点击按钮, css: .x}", "css 不能用")]
    [InlineData("- {id: a, 做: 下载, 点击: {文字: 导出, css: .x}, 保存: a.zip}", "css 不能用")]
    [InlineData("- {id: a, 做: 检测包, 文件: a.zip, 方案: ../x}", "方案 不是文件名")]
    [InlineData("- {id: a, 做: 下载, 文字: 导出, 保存: a.csv, 文件不应有: [公式]}", "公式 不认识")]
    [InlineData("- {id: a, 做: 见到, 见到: {文字: 甲}, 不应见到: {}}", "文字")]
    [InlineData("- {id: a, 做: 点击按钮, 文字: 移交, 不应见到: {文字: 已移交}}", "一起写")]
    [InlineData("- {id: a, 做: 取表}", "保存")]
    [InlineData("- {id: a, 做: 打开, 地址: \"/x/${没有的}\"}", "没有的")]
    public void A_mistake_is_named_with_its_place(string step, string said)
    {
        var broken = Assert.Throws<InputFaultException>(() => Walking.Flow($"probe: 错\nsteps:\n{step}\n"));
        Assert.Contains(broken.Faults, f => f.ToString().Contains(said, StringComparison.Ordinal) && f.At.Line is >= 1 and <= 4);
    }

    [Fact]
    public void A_password_in_clear_is_refused_and_not_repeated()
    {
        var broken = Assert.Throws<InputFaultException>(() => Walking.Flow("probe: 错\nlogin: {用户: admin, 密码: hunter2-clear}\nsteps:\n- {id: a, 做: 截图}\n"));
        Assert.Contains("明文", broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("填写, 字段: {登录密码（8 位）: hunter2-clear}")]
    [InlineData("填写, 字段: {\"新口令：\": \"x${FLOW_TEST_LABEL}hunter2-clear\"}")]
    [InlineData("选择, 字段: {Password: hunter2-clear}")]
    public void What_is_typed_under_the_label_of_a_password_is_one_variable(string step)
    {
        Environment.SetEnvironmentVariable("FLOW_TEST_LABEL", "some-passphrase");
        var broken = Assert.Throws<InputFaultException>(() => Walking.Flow($"probe: 错\nsteps:\n- {{id: a, 做: {step}}}\n"));
        Assert.Contains("明文", broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_are_kept_under_the_name_they_are_saved_under_and_labels_about_passwords_are_none()
    {
        Environment.SetEnvironmentVariable("FLOW_TEST_LABEL", "some-passphrase");
        var flow = Walking.Flow("probe: 取\nsteps:\n- {id: a, 做: 取表, 保存: t}\n- {id: b, 做: 取字段, 保存: f}\n- {id: c, 做: 填写, 字段: {密码算法: SM4, 口令: \"${FLOW_TEST_LABEL}\"}}\n");
        Assert.Equal(("t", "f"), (flow.Steps[0].TakeTable, flow.Steps[1].TakeFields));
        Assert.Equal("SM4", flow.Steps[2].Entries[0].Value);
    }

    [Fact]
    public void A_second_account_needs_a_sign_that_it_got_in()
    {
        Environment.SetEnvironmentVariable("FLOW_TEST_LABEL", "some-passphrase");
        var broken = Assert.Throws<InputFaultException>(() => Walking.Flow("probe: 错\n第二账户: {用户: tester, 密码: \"${FLOW_TEST_LABEL}\"}\nsteps:\n- {id: a, 做: 截图}\n"));
        Assert.Contains("成功标志", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_filled_and_dollar_signs_stay() =>
        Assert.Equal("办-7-$5${乙}$", FlowVariables.Fill("办-${甲}-$$5${乙}$", n => n == "甲" ? "7" : null));

    [Fact]
    public void Mutilated_flows_give_faults_and_nothing_else()
    {
        var whole = Encoding.UTF8.GetBytes("probe: 归档\nmasks: [{列: 甲}]\nsteps:\n- {id: a, 做: 点击按钮, 文字: 导出, 行: 1, 见到: {表格: 甲, 列: [乙]}, 证明: [F-01], 最长: 9s}\n- {id: b, 做: 填写, 字段: {题名: 一}}\n");
        using var folder = new TemporaryFolder();
        var path = folder.File("flow.yaml");
        var seeds = new SeededBytes(7).Take(3000);
        for (var i = 0; i + 2 < seeds.Length; i += 3)
        {
            var bytes = (byte[])whole.Clone();
            bytes[(seeds[i] * 256 + seeds[i + 1]) % bytes.Length] = seeds[i + 2];
            File.WriteAllBytes(path, bytes);
            try
            {
                FlowReader.Read(path);
            }
            catch (InputFaultException)
            {
                // What it should be.
            }
        }
    }

    [Fact]
    public void Role_and_name_go_before_text_and_two_of_a_kind_are_none()
    {
        var page = new PageSnapshot([new FrameSnapshot
        {
            Elements =
            [
                new() { Tag = "h1", Role = "heading", Name = "导出", Text = "导出" }, new() { Tag = "span", Text = "导出" }, new() { Tag = "button", Role = "button", Name = "导出：" },
                new() { Tag = "li", Role = "menuitem", Name = "备份" }, new() { Tag = "a", Role = "link", Name = "备份", Text = "备份", Parent = 3 },
                new() { Tag = "button", Role = "button", Name = "检测", Table = 0, Row = 0 }, new() { Tag = "button", Role = "button", Name = "检测", Table = 0, Row = 1 },
                new() { Tag = "button", Role = "button", Name = "藏着", Visible = false }, new() { Tag = "div", Mark = "go" },
            ],
            Tables = [new SeenTable { Title = "待归档", Headers = ["号"], Rows = [["甲-1"], ["甲-2"]] }],
        }]);
        Assert.Equal(2, ElementResolver.Resolve(page, new FlowElement { Text = "导出" }, ElementWish.Clickable).Element!.Index);
        Assert.Equal(4, ElementResolver.Resolve(page, new FlowElement { Text = "备份" }, ElementWish.MenuItem).Element!.Index);
        Assert.True(ElementResolver.Resolve(page, new FlowElement { Text = "检测" }, ElementWish.Clickable).IsAmbiguous);
        Assert.Equal(6, ElementResolver.Resolve(page, new FlowElement { Text = "检测", Row = "甲-2" }, ElementWish.Clickable).Element!.Index);
        Assert.Equal(5, ElementResolver.Resolve(page, new FlowElement { Text = "检测", Row = "1", Table = "待归档" }, ElementWish.Clickable).Element!.Index);
        Assert.Null(ElementResolver.Resolve(page, new FlowElement { Text = "检测", Row = "甲" }, ElementWish.Clickable).Element);
        Assert.Null(ElementResolver.Resolve(page, new FlowElement { Text = "藏着" }, ElementWish.Clickable).Element);
        Assert.Equal(8, ElementResolver.Resolve(page, new FlowElement { Text = "go" }, ElementWish.Clickable).Element!.Index);
    }

    [Fact]
    public void Every_function_has_its_requirement_and_every_example_is_judged_as_it_says()
    {
        var faults = new Judging.FaultList();
        var path = Path.Combine(Archiving.Rules, "functions.yaml");
        var set = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(ArchiveFlowProbe).Assembly)), faults).Read("functions.yaml", File.ReadAllBytes(path));
        faults.ThrowIfAny();
        Assert.Equal(FlowVerbs.Functions.Select(f => $"ARCHIVE-{f}"), set!.Requirements.Select(r => r.Id));
        Assert.Empty(ExampleVerification.Verify(set.Requirements).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));
    }

    [Theory]
    [InlineData("http://u:p@a.example.cn:81/p?token=abc&q#secret", "http://a.example.cn:81/p?token=***&***")]
    [InlineData("http://a.example.cn/x;jsessionid=AB12/y?=v", "http://a.example.cn/x/y?***")]
    [InlineData("http://a.example.cn/p/11010119900101001X/2026-0001", "http://a.example.cn/p/***/2026-0001")]
    [InlineData("data:text/html,secret", "data:")]
    public void Addresses_in_the_network_log_lose_their_values(string address, string plain) => Assert.Equal(plain, NetworkLog.Plain(address));

    [Fact]
    public void Addresses_in_messages_lose_their_values() =>
        Assert.Equal("net::ERR_X at http://a.example.cn/x?t=*** 停", FlowPage.First(new TimeoutException("net::ERR_X at http://a.example.cn/x;s=1?t=abc 停\nmore")));
}
