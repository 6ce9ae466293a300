using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What <c>probe</c> tells people first: of ports on real servers, and of hosts.</summary>
public sealed class VerdictSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_letter_that_is_not_settled_is_a_range_and_a_port_in_clear_has_none()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        var now = TimeProvider.System.GetUtcNow();
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root") with { NotAfter = now.AddDays(900) }, ForgedKey.Ecdsa());
        var leaf = root.Issue(new CertificateForm { NotBefore = now.AddDays(-9), NotAfter = now.AddDays(90) }, ForgedKey.Ecdsa());
        using var nginx = await NginxServer.StartAsync(leaf.With(), directives: Systems.GoodHeaders);
        await using var plain = Systems.Http("HTTP/1.1 200 OK");
        var both = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}", $"http://127.0.0.1:{plain.Port}", "--sni", "gov.test.lab", "--ca", _folder.Write("ca.pem", root.Pem))).With(0).Output;
        var overview = both[both.IndexOf("概览", StringComparison.Ordinal)..].Split('\n');
        var cells = Array.Find(overview, l => l.Contains($"127.0.0.1:{nginx.Port}", StringComparison.Ordinal))!.Split('│', StringSplitOptions.TrimEntries);
        Assert.Matches("^[A-E]–[B-F]$", cells[3]);
        Assert.InRange(int.Parse(cells[5], System.Globalization.CultureInfo.InvariantCulture), 2, 60);
        Assert.Contains($"至多 {cells[3][0]}（", both, StringComparison.Ordinal);
        Assert.Contains("无 TLS", Array.Find(overview, l => l.Contains($"127.0.0.1:{plain.Port}", StringComparison.Ordinal)), StringComparison.Ordinal);
        var alone = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"http://127.0.0.1:{plain.Port}")).With(0).Output;
        Assert.Contains("等级 不给出：明文 HTTP", alone, StringComparison.Ordinal);
        Assert.DoesNotMatch("等级 (至多 )?[A-F]", alone);
    }

    /// <summary>That a host has no bundle of its own would hide why the one file that was given is of no use.</summary>
    [Fact]
    public async Task Where_nothing_could_be_judged_every_reason_is_told()
    {
        var half = _folder.Write("half.txt", "SCFACT|begin|1|dameng|8|one|2026-01-01 00:00:00|END\nSCFACT|audit|3|END\n");
        var said = (await SecurityCheck.RunAsync(_folder.Path, "probe", "等保", "--database", half)).Output;
        Assert.Contains("没有看到可以判定的内容", said, StringComparison.Ordinal);
        Assert.Contains("没有结尾一行", said[..said.IndexOf("按等级保护", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_page_that_leads_out_of_TLS_or_of_the_system_and_a_policy_that_permits_all_are_told()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        using var nginx = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: """
            location = /clear { return 302 http://portal.example.cn/login; } location = /away { return 302 https://elsewhere.example.cn/; }
            location = /lax { add_header Content-Security-Policy "script-src 'unsafe-inline' 'unsafe-eval' *"; return 200 "ok"; }
            """);
        var at = $"https://127.0.0.1:{nginx.Port}";
        var clear = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"{at}/clear")).With(0).Output;
        Assert.Contains("〔重要〕HTTP-08", clear, StringComparison.Ordinal);
        var away = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"{at}/away")).With(0).Output;
        Assert.DoesNotContain("HTTP-08", away, StringComparison.Ordinal);
        Assert.Contains("HTTP-09", away, StringComparison.Ordinal);
        Assert.Contains("HTTP-02 应设置内容安全策略（Content-Security-Policy）（部分符合）", (await SecurityCheck.RunInColumnsAsync(_folder.Path, "120", "probe", "tls", $"{at}/lax")).With(0).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_port_that_wants_a_client_certificate_is_not_judged_by_its_page_of_refusal()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        var certificate = TestCertificates.Ecdsa();
        var (authority, _) = certificate.WriteTo(_folder);
        using var nginx = await NginxServer.StartAsync(certificate, directives: $"ssl_verify_client on; ssl_client_certificate {authority};");
        var told = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}")).With(0).Output;
        var summary = told[..told.IndexOf('╭', StringComparison.Ordinal)];
        Assert.Contains("※ 服务器要求客户端证书：没有证书的访问被拒绝（状态码 400）", summary, StringComparison.Ordinal);
        Assert.DoesNotMatch("〔.*〕HTTP-0", summary);
        Assert.DoesNotMatch("\n   HTTP-0", summary);
        Assert.Matches("没有结论 [0-9]+ 项：[^※]*HTTP-01", summary);
    }

    [SkippableFact]
    public async Task Why_nothing_was_seen_is_said_with_what_to_ask_next()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        using var nginx = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: "ssl_reject_handshake on;");
        var nameless = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}")).With(2).Output;
        Assert.Contains("※ 服务器没有收到服务器名称（SNI）就拒绝握手：请用 --sni", nameless, StringComparison.Ordinal);
        var named = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}", "--sni", "portal.example.cn")).With(2).Output;
        Assert.Matches("※ 服务器.*拒绝", named);
        Assert.DoesNotContain("没有看到可以判定的内容，不是没有问题：", named, StringComparison.Ordinal);
        await using var alerting = new ScriptedServer(async c =>
        {
            _ = await c.Stream.ReadAtLeastAsync(new byte[512], 1, throwOnEndOfStream: false, c.Stop);
            await c.SendAsync(new byte[] { 21, 3, 3, 0, 2, 2, 40 });
        });
        var refused = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{alerting.Port}")).With(2).Output;
        Assert.Contains("以告警拒绝（handshake_failure）", refused.Replace("\n  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>A list cut in the middle hides what is worst in it.</summary>
    [SkippableFact]
    public async Task Every_suite_is_listed_the_weakest_first_and_the_words_are_for_people()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        using var nginx = await NginxServer.StartAsync(TestCertificates.Rsa(), protocols: "TLSv1.2", directives: "ssl_ciphers ALL:COMPLEMENTOFALL:aNULL:eNULL:@SECLEVEL=0;");
        var ended = (await SecurityCheck.RunInColumnsAsync(_folder.Path, "200", "probe", "tls", $"127.0.0.1:{nginx.Port}")).With(0).Output;
        (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}", "--json", "seen.json")).With(0);
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("seen.json")));
        var names = json.RootElement.EnumerateArray().Single(o => o.GetProperty("kind").GetString() == "tls.cipher-suites")
            .GetProperty("data").GetProperty("versions")[0].GetProperty("suites").EnumerateArray().Select(s => s.GetProperty("name").GetString()!).ToList();
        Assert.True(names.Count > 32, $"{names.Count}");
        Assert.All(names, n => Assert.Contains(n, ended, StringComparison.Ordinal));
        int At(string text) => ended.IndexOf(text, StringComparison.Ordinal);
        Assert.True(At("共 ") < At("不加密（NULL） ") && At("不加密（NULL） ") < At("  匿名 ") && At("  匿名 ") < At("  现代 "), ended);
        Assert.Contains("缺少“服务器证书状态”的数据，不知道这一项是否适用（REV-01）", ended, StringComparison.Ordinal);
        Assert.DoesNotContain("leaf", ended, StringComparison.Ordinal);
        var view = ended[At("密评视角（")..At("字母等级")];
        Assert.Contains("：通信通道应只使用国密算法", view, StringComparison.Ordinal);
        Assert.DoesNotContain("SMC-03", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_probe_wrote_and_what_its_exit_code_means_are_said()
    {
        await using var plain = Systems.Http("HTTP/1.1 200 OK");
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"http://127.0.0.1:{plain.Port}", "--json", "seen.json")).With(0);
        Assert.Contains("观测已写入 ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("seen.json", ended.Error, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        var help = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", "--help")).With(0).Output;
        Assert.Contains("退出码：", help, StringComparison.Ordinal);
        Assert.Contains("等级 F", help, StringComparison.Ordinal);
        Assert.Contains("判定的摘要", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_of_cryptography_is_judged_before_it_is_shown()
    {
        _folder.Write("users.csv", "user,pwd\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"u{i},e10adc3949ba59abbe56e057f20f883e\n")));
        var seen = (await SecurityCheck.RunAsync(_folder.Path, "probe", "crypto", "users.csv", "--kind", "password", "--set", "column=pwd")).With(0).Output;
        var summary = seen[..seen.IndexOf('╭', StringComparison.Ordinal)];
        Assert.Matches("不符合 [1-9]", summary);
        Assert.Contains("PWD-", summary, StringComparison.Ordinal);
        Assert.Contains("整改：", summary, StringComparison.Ordinal);
        Assert.Contains("不是密评结论", summary, StringComparison.Ordinal);
        Assert.DoesNotMatch("等级 (至多 )?[A-F]", summary);
    }

    [Fact]
    public async Task A_host_is_judged_by_the_level_asked_for()
    {
        _folder.Write("tree/etc/ssh/sshd_config", "PermitRootLogin yes\n");
        _folder.Write("tree/etc/os-release", "ID=debian\nVERSION_ID=12\n");
        var third = (await SecurityCheck.RunAsync(_folder.Path, "probe", "等保", "--root", "tree")).Output;
        var summary = third[..third.IndexOf('╭', StringComparison.Ordinal)];
        Assert.Matches("符合 [0-9]+  部分符合 [0-9]+  不符合 [1-9]", summary);
        Assert.Contains("SSH-01", summary, StringComparison.Ordinal);
        Assert.Contains("按等级保护 3 级的规则判", summary, StringComparison.Ordinal);
        Assert.DoesNotMatch("等级 (至多 )?[A-F]", summary);
        Assert.Contains("按等级保护 1 级的规则判", (await SecurityCheck.RunAsync(_folder.Path, "probe", "等保", "--root", "tree", "--level", "1")).Output, StringComparison.Ordinal);
        Assert.Contains("--level 应为 1 到 4", (await SecurityCheck.RunAsync(_folder.Path, "probe", "等保", "--root", "tree", "--level", "9")).With(3).Error, StringComparison.Ordinal);
    }
}
