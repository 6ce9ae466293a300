using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Every mistake in candidate.yaml is named with its place, what was expected and an example.</summary>
public sealed class CandidateFaultTests : IDisposable
{
    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void A_full_candidate_without_mistakes_is_read_whole()
    {
        var candidate = _full.Read(FullCandidate.Text);
        Assert.Equal(FullCandidate.SecretValue, candidate.Endpoints[0].Authorization!.Reveal());
        Assert.Equal(16, candidate.Targets().Count());
        Assert.Equal(("own", ArchiveStage.Transfer, "dat46-2009", null), (candidate.ArchivePackages[1].OwnProfile?.File.Id, candidate.ArchivePackages[1].Stage, candidate.ArchivePackages[1].Scheme, candidate.ArchivePackages[1].Profile));
        Assert.Equal([22, .. Enumerable.Range(8000, 11)], candidate.Exposure[0].DeclaredPorts!);
        Assert.Equal(Path.Combine(_full.Folder, "src"), candidate.SourceTrees[0].Path);
        Assert.Equal(("GM-03-jca", "suppressions.yaml(2)"), (candidate.SourceTrees[1].Suppressions.Single().Rule, candidate.SourceTrees[1].Suppressions.Single().Place));
        Assert.Empty(candidate.Imports[1].Suppressions);
        var other = candidate.SourceTrees[1].Id;
        var moved = _full.Read(FullCandidate.Text.Replace("sourceTree: portal-src", $"sourceTree: {other}", StringComparison.Ordinal));
        Assert.Equal(moved.SourceTrees[1].Suppressions, moved.Imports[1].Suppressions);
    }

    [Theory]
    [InlineData("ownerUnit:", "ownerUnits:", 3, 1, "不认识的键 ownerUnits", "ownerUnit（其余可用：", "ownerUnit: 项目业主单位")]
    [InlineData("  serverName: portal", "  severName: portal", 17, 3, "不认识的键 severName", "serverName（其余可用：", "serverName: portal.example.cn")]
    [InlineData("ownerUnit:", "nothing-of-the-kind:", 3, 1, "不认识的键 nothing-of-the-kind", "其中之一：candidate、", "candidate: service-portal")]
    [InlineData("  protocol: tls", "  protokol: tls", 15, 3, "不认识的键 protokol", "protocol（其余可用：", "protocol: https")]
    [InlineData("protectionLevel: 3", "protectionLevel: 5", 6, 18, "protectionLevel 的值 5 不对", "1 到 4 的整数", "protectionLevel: 1")]
    [InlineData("protectionLevel: 3", "protectionLevel: 三级", 6, 18, "protectionLevel 的值 三级 不对", "1 到 4 的整数", "protectionLevel: 1")]
    [InlineData("classified: false", "classified: \"false\"", 8, 13, "classified 的值 false 不对", "true 或 false", "classified: false")]
    [InlineData("classified: false\n", "", 1, 1, "缺少 classified", "true 或 false", "classified: false")]
    [InlineData("kind: government-service", "kind: gov", 5, 7, "kind 的值 gov 不在可选范围", "其中之一：government-service", "kind: government-service")]
    [InlineData("candidate: service-portal", "candidate: Service_Portal", 1, 12, "candidate 不是合格的编号", "小写字母", "candidate: service-portal")]
    [InlineData("path: random.bin", "path: nowhere.bin", 51, 9, "path 指向的 nowhere.bin 不存在", "存在的文件或目录", "path: materials/report.pdf")]
    [InlineData("issuedOn: 2026-01-15", "issuedOn: 2026-02-30", 58, 13, "issuedOn 的值 2026-02-30 不是日期", "yyyy-MM-dd", "issuedOn: 2026-12-31")]
    [InlineData("address: portal.example.cn:443", "address: portal.example.cn:70000", 14, 12, "address 不是合格的地址", "主机:端口", "address: portal.example.cn:443")]
    [InlineData("  target: endpoint:portal\n  justification", "  target: endpoint:other\n  justification", 66, 11, "target endpoint:other 不存在", "其中之一：endpoint:portal", "target: endpoint:portal")]
    [InlineData("start: https://portal.example.cn/login", "start: https://elsewhere.example.cn/", 61, 10, "流程 login 的主机 elsewhere.example.cn 不在 endpoints 里", "先在 endpoints 里列出该主机", null)]
    [InlineData("  approvedBy: 批准人\n", "", 64, 3, "缺少 approvedBy", "文字", null)]
    [InlineData("  expiresOn: 2026-12-31\n", "", 64, 3, "缺少 expiresOn", "日期 yyyy-MM-dd", "expiresOn: 2026-12-31")]
    [InlineData("  justification: 网关统一加头\n", "", 64, 3, "缺少 justification", "文字", null)]
    [InlineData("- id: w-1", "- id: said-1", 64, 3, "编号 said-1 以 said- 开头", "别的编号", "id: w-1")]
    [InlineData("- id: a-1", "- id: said-2", 71, 3, "编号 said-2 以 said- 开头", "别的编号", "id: a-1")]
    [InlineData("  verdict: 符合", "  verdict: 待人工", 74, 12, "verdict 的值 待人工 不在可选范围", "其中之一：符合", "verdict: 符合")]
    [InlineData("user: inspector", "user: -oProxyCommand=x", 29, 9, "user 不是登录名", "字母、数字", "user: inspector")]
    [InlineData("stage: yj", "stage: 移交", 46, 72, "stage 的值 移交 不在可选范围", "其中之一：gd、yj、cq", "stage: gd")]
    [InlineData("profile: code/package.yaml", "profile: code/none.yaml", 46, 46, "profile 指向的 code/none.yaml 不存在", "存在的文件或目录", "profile: 目录/文件")]
    [InlineData("path: /login", "path: login", 18, 9, "path 不对", "以 / 开头的路径", "path: /login")]
    public void A_mistake_is_named_with_place_expectation_and_example(
        string right, string wrong, int line, int column, string message, string expected, string? example)
    {
        Assert.Contains(right, FullCandidate.Text, StringComparison.Ordinal);
        var fault = Assert.Single(_full.FaultsOf(FullCandidate.Text.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(message, fault.Message[..Math.Min(message.Length, fault.Message.Length)]);
        Assert.StartsWith($"candidate.yaml({line},{column}): ", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
        Assert.Equal(example, fault.Example);
    }

    [Theory]
    [InlineData("- ca/root.pem", "- ca/none.pem", "trustAnchors 指向的 ca/none.pem 读不了", "证书文件")]
    [InlineData("- ca/root.pem", "- random.bin", "trustAnchors 指向的 random.bin 里没有可读的内容", "证书文件")]
    [InlineData("- ca/root.pem", "- ca/root.crl", "trustAnchors 指向的 ca/root.crl 里没有可读的内容", "证书文件")]
    [InlineData("- ca/root.pem", "- [a]", "trustAnchors 的这一项不是路径", "证书文件")]
    [InlineData("crls: [ca/root.crl]\n\n", "crls: [ca/root.pem]\n\n", "crls 指向的 ca/root.pem 里没有可读的内容", "CRL")]
    [InlineData("  trustAnchors: [ca/own.pem]", "  trustAnchors: ca/own.pem", "trustAnchors 不是列表", "- 开头")]
    public void A_file_of_certificates_or_lists_that_holds_none_is_a_fault(string right, string wrong, string message, string expected)
    {
        Assert.Contains(right, FullCandidate.Text + "\n", StringComparison.Ordinal);
        var fault = Assert.Single(_full.FaultsOf((FullCandidate.Text + "\n").Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(message, fault.Message);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_says_that_something_does_not_apply_says_why()
    {
        var reasoned = FullCandidate.Text.Replace("  verdict: 符合", "  verdict: 不适用", StringComparison.Ordinal);
        Assert.Equal(Verdict.NotApplicable, Assert.Single(_full.Read(reasoned).Attestations).Verdict);
        var fault = Assert.Single(_full.FaultsOf(reasoned.Replace("  statement: 已核对\n", "", StringComparison.Ordinal)));
        Assert.Equal("a-1 说不适用而没有理由", fault.Message);
        Assert.Equal((71, 3), (fault.At.Line, fault.At.Column));
    }

    /// <summary>Every protocol puts other rules out of force, so that one said twice must be the same.</summary>
    [Theory]
    [InlineData("https://portal.example.cn:443", "http", "https")]
    [InlineData("https://portal.example.cn:443", "tls", "https")]
    [InlineData("http://portal.example.cn:443", "https", "http")]
    [InlineData("http://portal.example.cn:443", "tls", "http")]
    [InlineData("tls://portal.example.cn:443", "https", "tls")]
    [InlineData("tlcp://portal.example.cn:443", "http", "tls")]
    [InlineData("HTTPS://portal.example.cn:443", "http", "https")]
    public void A_protocol_that_contradicts_the_address_is_a_fault(string address, string protocol, string right)
    {
        string With(string said) => FullCandidate.Text
            .Replace("address: portal.example.cn:443", $"address: {address}", StringComparison.Ordinal)
            .Replace("  protocol: tls\n", $"  protocol: {said}\n", StringComparison.Ordinal)
            .Replace("  authorization: env:" + FullCandidate.SecretVariable + "\n", "", StringComparison.Ordinal)
            .Replace("  starttls: smtp\n", "", StringComparison.Ordinal);
        var fault = Assert.Single(_full.FaultsOf(With(protocol)));
        Assert.Contains($"protocol: {protocol} 与地址里的 {address.Split(':')[0].ToLowerInvariant()}:// 矛盾", fault.Message, StringComparison.Ordinal);
        Assert.Equal((15, 13, $"protocol: {right}"), (fault.At.Line, fault.At.Column, fault.Example));
        Assert.Equal(right, $"{_full.Read(With(right)).Endpoints[0].Protocol}".ToLowerInvariant());
    }

    /// <summary>What would be sent in clear is not asked for in the first place.</summary>
    [Theory]
    [InlineData("http://portal.example.cn:443", "")]
    [InlineData("portal.example.cn:443", "  protocol: http\n")]
    public void An_authorization_for_a_clear_endpoint_is_a_fault(string address, string protocol)
    {
        var fault = Assert.Single(_full.FaultsOf(FullCandidate.Text
            .Replace("address: portal.example.cn:443", $"address: {address}", StringComparison.Ordinal)
            .Replace("  protocol: tls\n", protocol, StringComparison.Ordinal)
            .Replace("  starttls: smtp\n", "", StringComparison.Ordinal)));
        Assert.Contains("明文", fault.Message, StringComparison.Ordinal);
        Assert.Equal(18, fault.At.Column);
    }

    [SkippableFact]
    public async Task A_material_that_holds_nothing_is_a_fault_and_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        Directory.CreateDirectory(Path.Combine(_full.Folder, "nothing"));
        await File.WriteAllBytesAsync(Path.Combine(_full.Folder, "empty.pdf"), []);
        await TestKit.OddFiles.PipeAsync(Path.Combine(_full.Folder, "pipe.pdf"));
        foreach (var path in new[] { "nothing", "empty.pdf", "pipe.pdf", "/dev/null", "/dev/zero" })
        {
            var yaml = FullCandidate.Text.Replace("path: materials/report.pdf", $"path: {path}", StringComparison.Ordinal);
            var faults = await Task.Run(() => _full.FaultsOf(yaml)).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Contains("有内容的文件", Assert.Single(faults).Expected, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("answers.yaml")]
    [InlineData("renamed.pdf")]
    [InlineData("quoted.txt")]
    [InlineData("braced.txt")]
    [InlineData("printed.json")]
    public async Task What_this_tool_is_told_is_no_material(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(_full.Folder, "answers.yaml"), "# 说明\nanswers: []\n");
        await File.WriteAllTextAsync(Path.Combine(_full.Folder, "renamed.pdf"), FullCandidate.Text);
        await File.WriteAllTextAsync(Path.Combine(_full.Folder, "quoted.txt"), "# 说明\n\"answers\" : []\n");
        await File.WriteAllTextAsync(Path.Combine(_full.Folder, "braced.txt"), "{ 'candidate': {id: a}}\n");
        await File.WriteAllTextAsync(Path.Combine(_full.Folder, "printed.json"), "{\n  \"candidate\": {\n    \"id\": \"a\"\n  }\n}\n");
        var fault = Assert.Single(_full.FaultsOf(FullCandidate.Text.Replace("path: materials/report.pdf", $"path: {path}", StringComparison.Ordinal)));
        Assert.Contains("不是材料", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_of_an_interface_in_YAML_is_a_material()
    {
        await File.WriteAllTextAsync(Path.Combine(_full.Folder, "interface.yaml"), "openapi: 3.0.3\ninfo: {title: 接口}\ncomponents:\n  profile: {type: object}\n");
        Assert.NotEmpty(_full.Read(FullCandidate.Text.Replace("path: materials/report.pdf", "path: interface.yaml", StringComparison.Ordinal)).Materials);
    }

    [Fact]
    public void An_endpoint_has_its_own_certificates_and_those_of_the_candidate()
    {
        var trust = _full.Read(FullCandidate.Text).Endpoints[0].Trust;
        Assert.Equal(["ca/own.pem", "ca/root.pem"], trust.Anchors.Select(f => f.Name));
        Assert.Equal((2, 2), (trust.Intermediates.Count, trust.RevocationLists.Count));
        Assert.All(trust.Anchors, f => Assert.False(f.Content.IsEmpty));
        Assert.DoesNotContain("Root", System.Text.Json.JsonSerializer.Serialize(_full.Read(FullCandidate.Text).Endpoints[0], Model.ObservationJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_used_twice_is_shown_where_it_stands_the_second_time()
    {
        var text = FullCandidate.Text.Replace("hosts:\n", "- id: portal\n  address: other.example.cn\nhosts:\n", StringComparison.Ordinal);
        var fault = Assert.Single(_full.FaultsOf(text));
        Assert.Equal((25, "编号 portal 重复", "id: portal-2"), (fault.At.Line, fault.Message, fault.Example));
    }

    [Theory]
    [InlineData("Bearer s3cr3t-in-clear")]
    [InlineData("s3cr3t-in-clear")]
    [InlineData("[s3cr3t-in-clear]")]
    [InlineData("ENV:s3cr3t-in-clear")]
    public void A_secret_in_clear_is_refused_and_not_repeated(string value)
    {
        var faults = _full.FaultsOf(FullCandidate.Text.Replace("env:" + FullCandidate.SecretVariable, value, StringComparison.Ordinal));
        var fault = Assert.Single(faults);
        Assert.Equal(("authorization 里写了明文", 19, 18), (fault.Message, fault.At.Line, fault.At.Column));
        Assert.DoesNotContain("s3cr3t", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("env:PORTAL_AUTHORIZATION", fault.Example, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_under_a_misspelt_name_is_not_repeated_as_an_example()
    {
        var faults = _full.FaultsOf(FullCandidate.Text.Replace("authorization: env:" + FullCandidate.SecretVariable, "authorisation: Bearer s3cr3t-in-clear", StringComparison.Ordinal));
        var fault = Assert.Single(faults);
        Assert.Equal("不认识的键 authorisation", fault.Message);
        Assert.Equal("authorization: env:PORTAL_AUTHORIZATION", fault.Example);
        Assert.DoesNotContain("s3cr3t", fault.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whoever names a wrong file sees where it goes wrong, and its lines stay in it.</summary>
    [Fact]
    public void A_line_of_another_file_is_not_repeated()
    {
        var fault = Assert.Single(_full.FaultsOf(FullCandidate.Text + "\n\"root:$6$abcdefgh$ZmFrZQ:20228:0:99999:7:::\": x\n"));
        Assert.Contains("不认识的键 root…", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://admin:s3cr3t@portal.example.cn/")]
    [InlineData("admin:s3cr3t@portal.example.cn:443")]
    [InlineData("https://admin:s3/cr3t@portal.example.cn")]
    public void User_and_password_in_an_address_are_refused_and_not_repeated(string address)
    {
        var faults = _full.FaultsOf(FullCandidate.Text.Replace("address: portal.example.cn:443", $"address: {address}", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.At is { Line: 14, Column: 12 });
        Assert.DoesNotContain(faults, f => f.ToString().Contains("s3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("starttls: smtp", "starttls: telnet", "不在可选范围")]
    [InlineData("protocol: tls", "protocol: https", "不是 HTTP")]
    [InlineData("  protocol: tls\n", "", "不是 HTTP")]
    public void A_starttls_that_cannot_be_is_refused(string line, string instead, string says)
    {
        var text = FullCandidate.Text.Replace(line, instead, StringComparison.Ordinal);
        var fault = Assert.Single(_full.FaultsOf(instead.Length == 0 ? text.Replace("address: portal.example.cn:443", "address: https://portal.example.cn:443", StringComparison.Ordinal) : text));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_starttls_the_port_and_the_protocol_follow()
    {
        var text = FullCandidate.Text.Replace("  protocol: tls\n", "", StringComparison.Ordinal).Replace("address: portal.example.cn:443", "address: portal.example.cn", StringComparison.Ordinal)
            .Replace("start: https://portal.example.cn/", "start: https://portal.example.cn:587/", StringComparison.Ordinal);
        var endpoint = Assert.Single(_full.Read(text).Endpoints);
        Assert.Equal((StartTlsProtocol.Smtp, EndpointProtocol.Tls, 587), (endpoint.StartTls, endpoint.Protocol, endpoint.Port));
    }

    [Fact]
    public void A_variable_that_is_not_set_is_named()
    {
        var fault = Assert.Single(_full.FaultsOf(FullCandidate.Text.Replace(FullCandidate.SecretVariable, "SECURITYCHECK_TEST_UNSET", StringComparison.Ordinal)));
        Assert.Equal("没有设置环境变量 SECURITYCHECK_TEST_UNSET", fault.Message);
        Assert.Equal((19, 18), (fault.At.Line, fault.At.Column));
    }

    [Fact]
    public void A_secret_whose_value_stands_elsewhere_in_the_file_is_refused_without_repeating_it()
    {
        var fault = Assert.Single(_full.FaultsOf(FullCandidate.Text.Replace("title: 门户\n", "title: 用 full-candidate-token 登录\n", StringComparison.Ordinal)));
        Assert.Equal((13, 10), (fault.At.Line, fault.At.Column));
        Assert.DoesNotContain("full-candidate-token", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_shown_at_once_in_the_order_of_the_file()
    {
        var text = FullCandidate.Text.Replace("protectionLevel: 3", "protectionLevel: 9", StringComparison.Ordinal)
            .Replace("ownerUnit:", "owner:", StringComparison.Ordinal)
            .Replace("maxConnections: 2", "maxConnections: 0", StringComparison.Ordinal)
            .Replace("path: random.bin", "path: nowhere", StringComparison.Ordinal)
            .Replace("  approvedBy: 批准人\n", "", StringComparison.Ordinal);
        Assert.Equal([3, 6, 20, 51, 64], _full.FaultsOf(text).Select(f => f.At.Line));
    }

    [Fact]
    public void A_GBK_file_is_recognised_as_not_UTF_8()
    {
        byte[] text = [.. "candidate: a\nname: "u8, 0xD5, 0xFE, 0xCE, 0xF1, (byte)'\n'];
        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => _full.Read(text)).Faults);
        Assert.Equal(2, fault.At.Line);
        Assert.Contains("GBK", fault.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_faults_too()
    {
        Assert.Contains("不存在", Assert.Throws<InputFaultException>(() => CandidateReader.Read(Path.Combine(_full.Folder, "none.yaml"))).Message, StringComparison.Ordinal);
        Assert.Contains("读不了", Assert.Throws<InputFaultException>(() => CandidateReader.Read(_full.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_UTF_8_file_with_BOM_and_CRLF_is_read()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(FullCandidate.Text.Replace("\n", "\r\n", StringComparison.Ordinal))];
        Assert.Equal("service-portal", _full.Read(bytes).Id);
    }
}
