using System.Text;
using NJsonSchema;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

public sealed class InitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_defaults_make_a_file_that_run_reads_and_the_schema_accepts()
    {
        (await SecurityCheck.RunAsync(_folder.Path, "init", "--yes")).With(0);
        var schema = await File.ReadAllTextAsync(_folder.File("candidate.schema.json"));
        Assert.Equal(schema, (await SecurityCheck.RunAsync(_folder.Path, "schema")).With(0).Output);
        await ValidateAsync(schema, await File.ReadAllTextAsync(_folder.File("candidate.yaml")));
        Assert.Equal("luojiang-2025", CandidateReader.Read(_folder.File("candidate.yaml")).Profile);
        Assert.Contains("已存在", (await SecurityCheck.RunAsync(_folder.Path, "init", "--yes")).With(3).Error, StringComparison.Ordinal);
        (await SecurityCheck.RunAsync(_folder.Path, "init", "--yes", "--force")).With(0);
    }

    [Fact]
    public async Task With_every_hint_uncommented_the_file_is_still_read_by_the_reader()
    {
        (await SecurityCheck.RunAsync(_folder.Path, "init", "--yes")).With(0);
        foreach (var named in new[] { "keys/inspector", "materials/密评报告.pdf", "collected/db-server.tgz", "collected/postgresql.txt", "collected/lynis-report.dat", "materials/密码应用方案.pdf", "materials/模块证书.pdf", "samples/users.csv", "samples/random.bin", "samples/products.csv", "src/Main.java", "osv/osv.zip", "archives/第一批/x.txt", "archives/登记表.xlsx", "archives/结果.csv", "archives/样本.key.json", "ca/seal-root.pem", "ca/seal.crl" })
        {
            _folder.Write(named, "x");
        }

        _folder.Write("flows/archive.yaml", "probe: 例\nsteps:\n- {id: menu, 做: 点击菜单, 路径: [归档]}\n");
        _folder.Write("answers.yaml", "answers: service-portal\n");
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), ForgedKey.Ecdsa());
        _folder.Write("ca/root.pem", root.Pem);
        _folder.Write("ca/sub.pem", root.Pem);
        await File.WriteAllBytesAsync(_folder.File("ca/sub.crl"), ForgedStatus.List(root, CertificateForm.Now, CertificateForm.Now.AddDays(7), []));
        Environment.SetEnvironmentVariable("PORTAL_AUTHORIZATION", "Bearer init-test-token");
        var lines = (await File.ReadAllLinesAsync(_folder.File("candidate.yaml"))).Select(l =>
            System.Text.RegularExpressions.Regex.IsMatch(l, "^ *# *(- )?[a-zA-Z]+:", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) && !l.Contains("yaml-language-server", StringComparison.Ordinal) ? Uncommented(l) : l);
        await File.WriteAllLinesAsync(_folder.File("candidate.yaml"), lines);
        var candidate = CandidateReader.Read(_folder.File("candidate.yaml"));
        Assert.Equal(["periodic"], candidate.CryptoSamples.Where(s => s.SampleKind == CryptoSampleKind.Random).Select(s => s.Settings["stage"]));
        Assert.All(candidate.Crypto.Answers.SelectMany(a => a.Evidence), e => Assert.Contains(e, candidate.Materials.Select(m => m.Id)));
        Assert.Equal((2, 3, 1, 2), (candidate.Hosts.Count, candidate.Materials.Count, candidate.Waivers.Count, candidate.Attestations.Count));
        Assert.Equal(("app-server", "app-server"), (candidate.Exposure.Single().HostId, candidate.Imports.Single().HostId));
        Assert.Equal(("p-zwfw", "menu"), (Assert.Single(candidate.ArchivePackages).Profile, Assert.Single(candidate.WebFlows).Flow!.Steps[0].Id));
        Assert.NotNull(Assert.Single(candidate.SourceTrees).Osv);
        Assert.NotNull(candidate.Endpoints[0].Authorization);
        Assert.Equal((1, 1, 1), (candidate.Endpoints[0].Trust.Anchors.Count, candidate.Endpoints[0].Trust.Intermediates.Count, candidate.Endpoints[0].Trust.RevocationLists.Count));
    }

    [Fact]
    public async Task The_example_of_a_flow_is_one_that_the_reader_takes()
    {
        var written = _folder.Write("flow.yaml", (await SecurityCheck.RunAsync(_folder.Path, "archive", "dry-run", "--print")).With(0).Output);
        foreach (var name in new[] { "DEMO_ARCHIVE_PASSWORD", "DEMO_ARCHIVE_PASSWORD2", "DEMO_RECEIVER_TOKEN" })
        {
            Environment.SetEnvironmentVariable(name, $"init-test-{name}");
        }

        _folder.Write("import-good.csv", "x");
        _folder.Write("import-bad/a.csv", "x");
        Assert.True(FlowReader.Read(written).Steps.Count > 20);
    }

    [Fact]
    public async Task Answers_typed_in_are_kept_as_text_and_wrong_ones_are_asked_again()
    {
        var input = string.Join('\n', "某市“一网通办”: #1", "Bad Id", "one-stop", "", "2", "9", "2", "", "1", "nonsense:0", "https://portal.example.cn/,10.0.0.5:8443", "");
        var ended = (await SecurityCheck.RunAsync(_folder.Path, input, ["init"])).With(0);
        Assert.Equal(3, ended.Output.Split("这个回答不能用。应为").Length - 1);
        Assert.Contains("例如 service-portal", ended.Output, StringComparison.Ordinal);
        Assert.Contains("1 到 4", ended.Output, StringComparison.Ordinal);
        var candidate = CandidateReader.Read(_folder.File("candidate.yaml"));
        Assert.Equal(("某市“一网通办”: #1", "one-stop", SystemKind.BusinessSystem, 2), (candidate.Name, candidate.Id, candidate.Kind, candidate.ProtectionLevel));
        Assert.Equal(["portal.example.cn:443", "10.0.0.5:8443"], candidate.Endpoints.Select(e => e.Authority));
        await ValidateAsync(CandidateSchema.Text, await File.ReadAllTextAsync(_folder.File("candidate.yaml")));
    }

    [Fact]
    public async Task An_input_that_ends_early_writes_nothing()
    {
        (await SecurityCheck.RunAsync(_folder.Path, "某系统\n", ["init"])).With(3);
        Assert.False(File.Exists(_folder.File("candidate.yaml")));
    }

    /// <summary>A hint loses its number sign and keeps its indentation.</summary>
    private static string Uncommented(string line) => line[..line.IndexOf('#', StringComparison.Ordinal)] + line[(line.IndexOf('#', StringComparison.Ordinal) + 2)..];

    private static async Task ValidateAsync(string schema, string yaml)
    {
        var json = YamlText.ReadMapping("candidate.yaml", Encoding.UTF8.GetBytes(yaml)).ToJson()!.ToJsonString();
        Assert.Empty((await JsonSchema.FromJsonAsync(schema)).Validate(json));
    }
}
