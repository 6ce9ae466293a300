using System.Text.Json;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The contract of <c>probe</c> for programs, on real servers.</summary>
public sealed class ProbeTests : IDisposable
{
    private static readonly string[] Kinds = ["tls.cipher-suites", "tls.http-security-headers", "tls.key-exchange", "tls.protocol-versions", "tls.server-certificates"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Observations_of_nginx_have_the_agreed_members_and_true_values()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        using var nginx = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: Systems.GoodHeaders);
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}", "--json", "-", "--evidence", "kept")).With(0);
        var found = ended.Json.EnumerateArray().Where(o => Kinds.Contains(o.GetProperty("kind").GetString())).ToList();
        Assert.Equal(Kinds, found.Select(o => o.GetProperty("kind").GetString()));
        Assert.All(found, o => Assert.Equal(["kind", "target", "probe", "version", "data", "evidence"], o.EnumerateObject().Select(p => p.Name)));
        Assert.All(found.SelectMany(o => o.GetProperty("evidence").EnumerateArray()), e => Assert.True(File.Exists(Path.Combine(_folder.File("kept"), e.GetProperty("relativePath").GetString()!))));
        var versions = found.Single(o => o.GetProperty("kind").GetString() == "tls.protocol-versions").GetProperty("data");
        Assert.Equal((true, true, false), (versions.GetProperty("tls12").GetBoolean(), versions.GetProperty("tls13").GetBoolean(), versions.GetProperty("tls10").GetBoolean()));
        Assert.Equal(31536000, found.Single(o => o.GetProperty("kind").GetString() == "tls.http-security-headers").GetProperty("data").GetProperty("strictTransportSecurity").GetProperty("maxAge").GetInt32());
        Assert.Empty(ended.Error);
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_said_for_each_target_and_never_reads_as_nothing_offered()
    {
        await using var plain = Systems.Http("HTTP/1.1 200 OK");
        var (closed, output) = (ChildServer.FreePort(), _folder.File("out.json"));
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{closed}", $"127.0.0.1:{plain.Port}", "--json", output)).With(2);
        Assert.Empty(ended.Output);
        var found = JsonDocument.Parse(await File.ReadAllTextAsync(output)).RootElement.EnumerateArray().Where(o => Kinds.Contains(o.GetProperty("kind").GetString())).ToList();
        Assert.Equal(2 * Kinds.Length, found.Count);
        Assert.All(found, o =>
        {
            Assert.Equal(["kind", "target", "probe", "version", "unable"], o.EnumerateObject().Select(p => p.Name));
            Assert.Equal(["kind", "message"], o.GetProperty("unable").EnumerateObject().Select(p => p.Name));
        });
        Assert.All(found.Where(o => o.GetProperty("target").GetString()!.EndsWith($"{closed}", StringComparison.Ordinal)), o => Assert.Equal("unreachable", o.GetProperty("unable").GetProperty("kind").GetString()));
    }

    [SkippableFact]
    public async Task Anchors_and_lists_of_the_command_line_decide_what_is_trusted()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        var (now, key) = (TimeProvider.System.GetUtcNow(), ForgedKey.Ecdsa());
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root") with { NotAfter = now.AddDays(900) }, ForgedKey.Ecdsa());
        var sub = root.Issue(CertificateForm.Authority("CN=Sub") with { NotAfter = now.AddDays(900) }, ForgedKey.Ecdsa());
        var leaf = sub.Issue(new CertificateForm { NotBefore = now.AddDays(-9), NotAfter = now.AddDays(90) }, key);
        using var nginx = await NginxServer.StartAsync(leaf.With());
        var ca = _folder.Write("ca.pem", root.Pem + sub.Pem);
        await File.WriteAllBytesAsync(_folder.File("sub.crl"), ForgedStatus.List(sub, now.AddDays(-1), now.AddDays(6), [4711]));
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}", "--ca", ca, "--crl", _folder.File("sub.crl"), "--json", "-")).With(0);
        var found = ended.Json.EnumerateArray().Where(o => o.TryGetProperty("data", out _)).ToDictionary(o => o.GetProperty("kind").GetString()!, o => o.GetProperty("data"));
        Assert.True(found["tls.certificate-chain"].GetProperty("trusted").GetBoolean());
        Assert.True(found["tls.certificate-chain"].GetProperty("intermediateMissing").GetBoolean());
        Assert.Equal("revoked", found["tls.certificate-status"].GetProperty("leaf").GetString());
        var wrong = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{nginx.Port}", "--ca", _folder.File("sub.crl"))).With(3);
        Assert.Contains("没有可读的证书", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_targets_is_read_in_the_encodings_people_have()
    {
        await using var plain = Systems.Http("HTTP/1.1 200 OK");
        var address = $"http://127.0.0.1:{plain.Port}";
        var text = $"# 门户与后台\r\n\r\n{address}  # 门户\n{address}/admin，{address}\n\t{address.Replace("127.0.0.1", "LOCALHOST", StringComparison.Ordinal)}\r\n";
        var gbk = System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
        var written = new (string Name, byte[] Bytes)[]
        {
            ("utf8.txt", System.Text.Encoding.UTF8.GetBytes(text)),
            ("bom.txt", [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(text)]),
            ("utf16.txt", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(text)]),
            ("gbk.txt", gbk.GetBytes(text)),
        };
        foreach (var (name, bytes) in written)
        {
            await File.WriteAllBytesAsync(_folder.File(name), bytes);
            var ended = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", "--targets", name, "--json", "-")).With(0);
            Assert.Equal(3, ended.Json.EnumerateArray().Select(o => o.GetProperty("target").GetString()).Distinct().Count());
            Assert.Contains("1 个目标重复", ended.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_targets_become_one_document_and_an_overview_that_fits()
    {
        await using var plain = Systems.Http("HTTP/1.1 200 OK");
        _folder.Write("many.txt", string.Concat(Enumerable.Range(0, 30).Select(i => $"http://127.0.0.1:{plain.Port}/{i}\n")));
        var json = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", "--targets", "many.txt", "--json", "-")).With(0).Json;
        Assert.Equal(30, json.EnumerateArray().Count(o => o.GetProperty("kind").GetString() == "tls.http-security-headers" && o.TryGetProperty("data", out _)));
        var table = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", "--targets", "many.txt")).With(0);
        Assert.Contains("概览", table.Output, StringComparison.Ordinal);
        Assert.Equal(30, table.Output.Split($"127.0.0.1:{plain.Port}").Length - 1);
        Assert.All(table.Output.Split('\n'), l => Assert.InRange(l.Length, 0, 80));
    }

    /// <summary>What is wrong stands first, worst first, with its cure, and programs are not told of it.</summary>
    [SkippableFact]
    public async Task People_read_what_is_wrong_before_what_was_seen()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        using var nginx = await NginxServer.StartAsync(TestCertificates.Expired(), directives: Systems.GoodHeaders);
        await using var plain = Systems.Http("HTTP/1.1 200 OK");
        string[] asked = ["probe", "tls", $"127.0.0.1:{nginx.Port}", $"127.0.0.1:{plain.Port}"];
        foreach (var columns in new[] { 60, 80 })
        {
            var ended = (await SecurityCheck.RunInColumnsAsync(_folder.Path, $"{columns}", asked)).With(2);
            var lines = ended.Output.Split('\n');
            Assert.All(lines, l => Assert.InRange(l.Sum(c => c >= 0x2E80 ? 2 : 1), 0, columns));
            int At(string text) => Array.FindIndex(lines, l => l.Contains(text, StringComparison.Ordinal));
            Assert.True(At("等级 F") is var grade && grade >= 0 && grade < At("不符合 "), ended.Output);
            Assert.True(At("不符合 ") < At("〔高风险〕CERT-0") && At("〔高风险〕CERT-0") < At("〔重要〕"), ended.Output);
            Assert.True(At("〔高风险〕CERT-0") < At("原因：") && At("原因：") < At("整改：") && At("整改：") < At("─╮"), ended.Output);
            Assert.Contains("明文 HTTP", ended.Output, StringComparison.Ordinal);
            Assert.True(At("没有看到可以判定的内容") >= 0, ended.Output);
        }

        var json = (await SecurityCheck.RunAsync(_folder.Path, [.. asked, "--json", "-"])).With(2);
        Assert.DoesNotContain("等级", json.Output + json.Error, StringComparison.Ordinal);
        Assert.All(json.Json.EnumerateArray(), o => Assert.StartsWith("tls.", o.GetProperty("kind").GetString(), StringComparison.Ordinal));
        var http = json.Json.EnumerateArray().Single(o => o.GetProperty("kind").GetString() == "tls.http-security-headers" && o.GetProperty("target").GetString()!.EndsWith($"{plain.Port}", StringComparison.Ordinal));
        Assert.Contains("是明文 HTTP 端口", http.GetProperty("unable").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task STARTTLS_is_asked_for_on_the_command_line_and_in_the_file()
    {
        await using var server = new ScriptedServer(async c =>
        {
            await c.SendAsync("220 mail.test.lab\r\n"u8.ToArray());
            _ = await c.Stream.ReadAtLeastAsync(new byte[512], 1, throwOnEndOfStream: false, c.Stop);
            await c.SendAsync("250 no TLS here\r\n"u8.ToArray());
            _ = await c.Stream.ReadAtLeastAsync(new byte[512], 1, throwOnEndOfStream: false, c.Stop);
            await c.SendAsync("502 no\r\n"u8.ToArray());
            await c.LingerAsync();
        });
        _folder.Write("mail.txt", $"127.0.0.1:{server.Port} starttls=smtp\n");
        foreach (var arguments in new string[][] { [$"127.0.0.1:{server.Port}", "--starttls", "smtp"], ["--targets", "mail.txt"] })
        {
            var found = (await SecurityCheck.RunAsync(_folder.Path, ["probe", "tls", .. arguments, "--json", "-"])).With(2).Json.EnumerateArray().ToList();
            Assert.False(found.Single(o => o.GetProperty("kind").GetString() == "tls.starttls").GetProperty("data").GetProperty("accepted").GetBoolean());
            Assert.Contains("拒绝升级", found.Single(o => o.GetProperty("kind").GetString() == "tls.protocol-versions").GetProperty("unable").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("list.txt(2,1) 目标 nonsense:0", "nonsense:0 # 注释")]
    [InlineData("list.txt(2,1) 127.0.0.1:1 门户 有多个词", "127.0.0.1:1 门户")]
    [InlineData("list.txt(2,1) 端口=5 不对", "127.0.0.1:1 端口=5")]
    [InlineData("不能同时用 starttls", "https://127.0.0.1/ starttls=imap")]
    [InlineData("没有给出目标", "# 只有注释")]
    public async Task A_mistake_in_the_file_is_named_with_its_place(string says, string line)
    {
        _folder.Write("list.txt", $"# 清单\n{line}\n");
        Assert.Contains(says, (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", "--targets", "list.txt")).With(3).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("没有支柱 tlss", "probe", "tlss", "127.0.0.1")]
    [InlineData("不是合格的地址", "probe", "tls", "127.0.0.1:0")]
    [InlineData("没有给出目标", "probe", "tls")]
    [InlineData("--starttls 的值 telnet 不对", "probe", "tls", "127.0.0.1", "--starttls", "telnet")]
    [InlineData("读不了", "probe", "tls", "--targets", "none.txt")]
    [InlineData("缺少支柱", "probe")]
    [InlineData("缺少 --kind", "probe", "crypto", "x.bin")]
    [InlineData("没有样本种类 dice", "probe", "crypto", "x.bin", "--kind", "dice")]
    [InlineData("没有给出样本", "probe", "证书")]
    [InlineData("不存在", "probe", "随机数", "none.bin")]
    [InlineData("不认识的键 colour", "probe", "随机数", "none.bin", "--set", "colour=red")]
    [InlineData("--set x 不对", "probe", "随机数", "none.bin", "--set", "x")]
    [InlineData("不能写用户名或口令", "probe", "tls", "https://admin:s3cr3t@127.0.0.1/")]
    [InlineData("不是合格的地址", "probe", "tls", "a\u001b[2Jb\u202e")]
    public async Task A_wrong_request_is_refused_in_plain_words(string says, params string[] arguments)
    {
        var ended = (await SecurityCheck.RunAsync(_folder.Path, arguments)).With(3);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", ended.Error, StringComparison.Ordinal);
        NothingCommandsATerminal(ended);
    }

    [Fact]
    public async Task Nothing_a_server_or_a_file_says_reaches_the_terminal_as_a_command()
    {
        const string hostile = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\u2066[red]x[/]";
        await using var server = Systems.Http($"HTTP/1.1 200 OK\r\nServer: {hostile}/1.2\r\nX-Powered-By: {hostile}\r\nSet-Cookie: {hostile}=1\r\nContent-Security-Policy: {hostile}\r\nX-Frame-Options: {hostile}");
        NothingCommandsATerminal((await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"http://127.0.0.1:{server.Port}")).With(0));
        Systems.Candidate(_folder, $"http://127.0.0.1:{server.Port}", "  title: \"标\\e[2J题\\u202e\"");
        NothingCommandsATerminal((await SecurityCheck.RunAsync(_folder.Path, "run", "--no-pdf", "--out", "pack")).With(1));
        NothingCommandsATerminal((await SecurityCheck.RunAsync(_folder.Path, "run", "--no-pdf", "--out", "pack2", "--json")).With(1));
        Systems.Candidate(_folder, $"http://127.0.0.1:{server.Port}", "  \"\\e[2J\": \"\\e]0;x\\a\"", "bad.yaml");
        NothingCommandsATerminal((await SecurityCheck.RunAsync(_folder.Path, "run", "bad.yaml")).With(3));
        Assert.DoesNotContain('\u001b', await File.ReadAllTextAsync(_folder.File("pack/run.log")));
    }

    private static void NothingCommandsATerminal(Ended ended) =>
        Assert.DoesNotContain(ended.Output + ended.Error, c => (char.IsControl(c) && c != '\n') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
