using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Nobody is shown a result of rules that are not the tool's own without being told.</summary>
public sealed class OtherRulesTests : IDisposable
{
    private const string NotOurs = "判定用的不是工具的内置规则";
    private static readonly string BuiltIn = Path.Combine(AppContext.BaseDirectory, "rulesets");

    private readonly TemporaryFolder _folder = new();

    public OtherRulesTests() => Systems.Candidate(_folder, $"127.0.0.1:{ChildServer.FreePort()}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rules_brought_along_are_named_with_their_digest_on_the_terminal_and_in_the_report()
    {
        var digest = Digest(Path.Combine(Systems.SmallRules(_folder), "tls", "small.yaml"));
        var ended = (await RunAsync("run", "--rulesets", "small-rules", "--no-pdf", "--out", "pack")).With(2);
        Assert.Contains(NotOurs, ended.Error, StringComparison.Ordinal);
        var told = string.Concat(ended.Output.Where(c => !char.IsWhiteSpace(c)));
        Assert.All([NotOurs, "tls/small.yaml是自带规则", "内置规则tls/tls-baseline.yaml没有使用", digest], said => Assert.Contains(said, told, StringComparison.Ordinal));
        var report = await File.ReadAllTextAsync(_folder.File("pack/report.html"));
        Assert.Equal(2, report.Split(NotOurs).Length - 1);
        Assert.Contains(digest, report, StringComparison.Ordinal);
        Assert.Contains(NotOurs, await File.ReadAllTextAsync(_folder.File("pack/findings.sarif")), StringComparison.Ordinal);
        Assert.Contains(NotOurs, await File.ReadAllTextAsync(_folder.File("pack/run.log")), StringComparison.Ordinal);
        foreach (var command in new[] { new[] { "verify", "pack" }, ["judge", "pack", "--out", "again.json"], ["report", "pack"] })
        {
            var told2 = await RunAsync(command);
            Assert.Contains(NotOurs, told2.Error, StringComparison.Ordinal);
            Assert.Contains(digest, told2.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_copy_of_the_built_in_rules_is_the_built_in_rules_and_one_changed_word_is_not()
    {
        CopyBuiltIn("copy");
        var same = (await RunAsync("run", "--rulesets", "copy", "--no-pdf", "--out", "same", "--json")).With(2).Lines[^1].GetProperty("rules");
        Assert.True(same.GetProperty("areBuiltIn").GetBoolean());
        Assert.Contains("判定用的是工具的全部内置规则", await File.ReadAllTextAsync(_folder.File("same/report.html")), StringComparison.Ordinal);
        Assert.Empty((await RunAsync("verify", "same")).With(0).Error);

        var file = _folder.File("copy/tls/tls-baseline.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("severity: critical", "severity: info", StringComparison.Ordinal));
        var weaker = (await RunAsync("run", "--rulesets", "copy", "--no-pdf", "--out", "weaker", "--json")).With(2).Lines;
        Assert.Contains(weaker, l => l.GetProperty("event").GetString() == "notice" && l.GetProperty("message").GetString()!.Contains("tls/tls-baseline.yaml 是自带规则（由内置规则改动而来）", StringComparison.Ordinal));
        var rules = weaker[^1].GetProperty("rules");
        Assert.False(rules.GetProperty("areBuiltIn").GetBoolean());
        AssertOneChanged(rules, "tls/tls-baseline.yaml");
        Assert.Contains(NotOurs, (await RunAsync("judge", "same", "--rulesets", "copy", "--out", "again.json")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(NotOurs, (await RunAsync("judge", "same", "--out", "again.json")).Error, StringComparison.Ordinal);
        var verified = (await RunAsync("verify", "weaker", "--json")).With(0).Json;
        AssertOneChanged(verified.GetProperty("rules"), "tls/tls-baseline.yaml");
        Assert.Contains("包内规则与本工具自带的不同，判定只对包内规则成立：tls/tls-baseline.yaml\n", verified.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("与内置的 tls-baseline 2026.1 版本相同而内容不同", (await RunAsync("verify", "weaker")).With(0).Error, StringComparison.Ordinal);
    }

    /// <summary>By its name: that one file is changed, all the others are the tool's own.</summary>
    private static void AssertOneChanged(JsonElement rules, string file) =>
        Assert.All(rules.GetProperty("files").EnumerateArray(), f =>
            Assert.Equal(f.GetProperty("reference").GetProperty("file").GetString() == file ? "changed" : "builtIn", f.GetProperty("source").GetString()));

    private Task<Ended> RunAsync(params string[] arguments) => SecurityCheck.RunAsync(_folder.Path, arguments);

    private void CopyBuiltIn(string to)
    {
        foreach (var file in Directory.EnumerateFiles(BuiltIn, "*", SearchOption.AllDirectories))
        {
            _folder.Write($"{to}/{Path.GetRelativePath(BuiltIn, file)}", File.ReadAllText(file));
        }
    }

    private static string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
