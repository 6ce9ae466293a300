using SmartCity.SecurityCheck.Pipeline.Tests;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Whoever changes a pack and seals it anew has a pack with a good seal, and nobody may believe it for that.</summary>
public sealed class ForgedPackTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public async Task InitializeAsync()
    {
        Systems.Candidate(_folder, $"127.0.0.1:{ChildServer.FreePort()}");
        (await RunAsync("run", "--no-pdf", "--out", "pack")).With(2);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_verdict_made_better_is_named_and_no_report_is_written()
    {
        Forge("judgement.json", "\"needsReview\"", "\"satisfied\"");
        var verified = (await RunAsync("verify", "forged")).With(1);
        Assert.Empty(verified.Output);
        Assert.All(["judgement.json 判定与观测不符：", "“符合”", "“待人工”", "endpoint:web", "自签"], said => Assert.Contains(said, verified.Error, StringComparison.Ordinal));
        var json = (await RunAsync("verify", "forged", "--json")).With(1).Json;
        Assert.Equal((true, false, "judgement.json"), (json.GetProperty("intact").GetBoolean(), json.GetProperty("follows").GetBoolean(), json.GetProperty("path").GetString()));
        foreach (var format in new[] { "html", "sarif", "junit", "pdf" })
        {
            var refused = (await RunAsync("report", "forged", "--format", format, "--out", "out.file")).With(1);
            Assert.Contains("判定与观测不符", refused.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_folder.File("out.file")));
        }

        Assert.Contains("判定与观测不符", (await RunAsync("report", "forged", "--unsealed", "--out", "out.file")).With(1).Error, StringComparison.Ordinal);
        var judged = (await RunAsync("judge", "forged")).With(2);
        Assert.Contains("注意：judgement.json 判定与观测不符", judged.Error, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(_folder.File("pack/judgement.json")), judged.Output);
    }

    [Fact]
    public async Task A_report_made_better_is_named()
    {
        Forge("report.html", "待人工", "符合");
        Assert.Contains("report.html 与包内判定不符", (await RunAsync("verify", "forged")).With(1).Error, StringComparison.Ordinal);
        (await RunAsync("report", "forged", "--out", "right.html")).With(0);
        Assert.Equal(await File.ReadAllTextAsync(_folder.File("pack/report.html")), await File.ReadAllTextAsync(_folder.File("right.html")));
    }

    [Fact]
    public async Task What_this_tool_cannot_read_is_not_vouched_for()
    {
        Forge("rulesets/tls/tls-baseline.yaml", "requirements:", "unheardOf: 1\nrequirements:");
        var verified = (await RunAsync("verify", "forged")).With(2);
        Assert.Contains("没有得到证实", verified.Error, StringComparison.Ordinal);
        Assert.Contains("unheardOf", verified.Error, StringComparison.Ordinal);
        (await RunAsync("report", "forged")).With(3);
    }

    [Fact]
    public async Task An_honest_pack_is_told_what_was_proved_and_what_was_not()
    {
        var verified = (await RunAsync("verify", "pack")).With(0);
        Assert.Empty(verified.Error);
        Assert.All(
            ["未被改动", "判定可复现", "report.html、findings.sarif、junit.xml", "与重新生成的相同", "没有复算（只知道封存后未改动）：", "run.log", "不证明观测、证据和 candidate.yaml 属实"],
            said => Assert.Contains(said, verified.Output, StringComparison.Ordinal));
    }

    private void Forge(string file, string old, string replacement) => ForgedPack.Of(_folder.File("pack"), _folder.File("forged"), file, old, replacement);

    private Task<Ended> RunAsync(params string[] arguments) => SecurityCheck.RunAsync(_folder.Path, arguments);
}
