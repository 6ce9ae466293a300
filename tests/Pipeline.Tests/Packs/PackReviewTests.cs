using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.JUnit;
using SmartCity.SecurityCheck.Reports.Sarif;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A seal says that nothing changed since; whether what the pack concludes follows from what it holds is asked anew.</summary>
public sealed class PackReviewTests : IDisposable
{
    private const string Observation = "observations/test.greeting/endpoint-portal.json";

    private static readonly IReportWriter[] Writers = [new HtmlReportWriter(), new SarifReportWriter(), new JUnitReportWriter()];

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task An_honest_pack_follows_from_its_own_observations()
    {
        var honest = Assert.IsType<PackFollows>(await ReviewAsync(await PackAsync()));
        Assert.Equal(["report.html", "findings.sarif", "junit.xml"], honest.Reports);
        Assert.Equal(["run.log"], honest.NotRedone);
        Assert.Equal(2, honest.EvidenceFiles);
        Assert.Equal(Verdict.NotSatisfied, Assert.Single(honest.Pack.Judgement.Judgements).Verdict);
    }

    [Fact]
    public async Task A_verdict_made_better_is_named_with_both_values()
    {
        var forged = await ForgedAsync("judgement.json", "\"notSatisfied\"", "\"satisfied\"");
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(forged));
        Assert.Equal(PackLayout.Judgement, differs.Path);
        Assert.StartsWith("判定与观测不符：", differs.Message, StringComparison.Ordinal);
        Assert.All(["GREET-01", "endpoint:portal", "判定", "“符合”", "“不符合”"], said => Assert.Contains(said, differs.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"outcome\": \"failed\"", "\"outcome\": \"passed\"", "gate.outcome", "passed", "failed")]
    [InlineData("\"severity\": \"critical\"", "\"severity\": \"info\"", "severity", "info", "critical")]
    [InlineData("\"failOn\": \"critical\"", "\"failOn\": \"critical\", \"failOn\": \"major\"", "gate.failOn", "major", "critical")]
    [InlineData("应答 404", "应答 200", "说明", "应答 200", "应答 404")]
    [InlineData("\"judgements\": [", "\"judgements\":  [", "写法", "", "")]
    public async Task Any_other_word_of_the_judgement_changed_is_named(string old, string replacement, string place, string stored, string again)
    {
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(await ForgedAsync("judgement.json", old, replacement)));
        Assert.Equal(PackLayout.Judgement, differs.Path);
        Assert.All(new[] { "判定与观测不符：", place, stored, again }, said => Assert.Contains(said, differs.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_judgement_or_a_finding_taken_out_or_put_in_is_named()
    {
        var honest = await PackAsync();
        var judged = JsonSerializer.Deserialize<JudgementSet>(await File.ReadAllTextAsync(Path.Combine(honest, PackLayout.Judgement)), ObservationJson.Options)!;
        foreach (var (forged, said) in new (JudgementSet, string)[]
        {
            (judged with { Judgements = [] }, "GREET-01"),
            (judged with { Judgements = [.. judged.Judgements, judged.Judgements[0] with { TargetId = "endpoint:invented" }] }, "endpoint:invented"),
            (judged with { Judgements = [.. judged.Judgements, judged.Judgements[0]] }, "judgements"),
            (judged with { Findings = [] }, "findings"),
        })
        {
            var pack = Forge(honest, PackLayout.Judgement, _ => [.. JsonSerializer.SerializeToUtf8Bytes(forged, ObservationJson.Options), (byte)'\n']);
            Assert.Contains(said, Assert.IsType<PackContradicts>(await ReviewAsync(pack)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_judgement_that_is_no_json_contradicts_and_one_that_is_missing_too()
    {
        var honest = await PackAsync();
        foreach (var text in new[] { "", "[]", "{", "null", "\"\"", "{\"judgements\": 3}", "{\"judgements\": [3, null, {\"requirementId\": []}]}" })
        {
            Assert.Equal(PackLayout.Judgement, Assert.IsType<PackContradicts>(await ReviewAsync(Forge(honest, PackLayout.Judgement, _ => Encoding.UTF8.GetBytes(text)))).Path);
        }

        Assert.Equal(PackLayout.Judgement, Assert.IsType<PackContradicts>(await ReviewAsync(Forge(honest, PackLayout.Judgement, _ => null))).Path);
    }

    [Theory]
    [InlineData("report.html", "不符合", "符合")]
    [InlineData("findings.sarif", "GREET-01", "GREET-02")]
    [InlineData("junit.xml", "GREET-01", "GREET-02")]
    public async Task A_report_that_says_something_else_is_named(string file, string old, string replacement)
    {
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(await ForgedAsync(file, old, replacement)));
        Assert.Equal(file, differs.Path);
        Assert.Contains("与包内判定不符", differs.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_that_is_not_what_its_observation_was_drawn_from_is_named()
    {
        var honest = await PackAsync();
        var evidence = Directory.EnumerateFiles(Path.Combine(honest, PackLayout.Evidence), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(honest, f).Replace('\\', '/')).Order(StringComparer.Ordinal).First();
        foreach (Func<byte[], byte[]?> change in new Func<byte[], byte[]?>[] { b => [.. b, (byte)' '], _ => null })
        {
            var differs = Assert.IsType<PackContradicts>(await ReviewAsync(Forge(honest, evidence, change)));
            Assert.Equal(evidence, differs.Path);
            Assert.Contains("证据", differs.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_observation_may_only_point_at_evidence_of_the_pack()
    {
        var honest = await PackAsync();
        foreach (var elsewhere in new[] { "candidate.yaml", "../outside", "/etc/passwd", "evidence/../candidate.yaml" })
        {
            var forged = Forge(honest, Observation, bytes => Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(
                Encoding.UTF8.GetString(bytes), "\"relativePath\": \"[^\"]+\"", $"\"relativePath\": \"{elsewhere}\"", System.Text.RegularExpressions.RegexOptions.NonBacktracking)));
            Assert.Contains(elsewhere, Assert.IsType<PackContradicts>(await ReviewAsync(forged)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_observation_made_better_shows_in_the_judgement()
    {
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(await ForgedAsync(Observation, "404", "200")));
        Assert.Equal(PackLayout.Judgement, differs.Path);
        Assert.All(["“不符合”", "“符合”"], said => Assert.Contains(said, differs.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_made_weaker_is_not_the_one_the_run_recorded()
    {
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(await ForgedAsync("rulesets/tls/greetings.yaml", "severity: critical", "severity: info")));
        Assert.Equal(PackLayout.Run, differs.Path);
        Assert.Contains("tls/greetings.yaml", differs.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_made_weaker_with_all_that_follows_is_named_as_not_the_tools_own()
    {
        await using var server = Server();
        _runs.Folder.Write("rulesets/tls/greetings.yaml", (await File.ReadAllTextAsync(_runs.Folder.File("rulesets/tls/greetings.yaml"))).Replace("severity: major", "severity: critical", StringComparison.Ordinal));
        var own = _runs.Rulesets.ReferencesWith(null);
        var shipped = new BuiltInRules(own.ToDictionary(r => r.File, r => r.Sha256, StringComparer.Ordinal)) { Heads = () => own };
        _runs.Folder.Write("rulesets/tls/greetings.yaml", (await File.ReadAllTextAsync(_runs.Folder.File("rulesets/tls/greetings.yaml"))).Replace("severity: critical", "severity: info", StringComparison.Ordinal));
        var pack = (await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(server.Port)))).Folder;

        // The run did not know what the tool's own rules are; the reader does, and the version has to agree for reports to be compared.
        var followed = Assert.IsType<PackFollows>(await ReviewAsync(pack, With(shipped) with { ToolVersion = "0.2.0" }));
        var said = ReportWords.OtherRules(followed.Pack.Rules);
        Assert.Contains("tls/greetings.yaml", said, StringComparison.Ordinal);
        Assert.Contains("greetings 1", said, StringComparison.Ordinal);
        Assert.Contains("版本相同而内容不同", said, StringComparison.Ordinal);
        Assert.Contains(followed.NotRedone, n => n.StartsWith("report.html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_run_cannot_be_called_complete()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await using var server = Server();
        var cancelled = (await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(server.Port)), stop.Token)).Folder;
        Assert.IsType<PackFollows>(await ReviewAsync(cancelled));
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(ForgedPack.Of(cancelled, Another(), "run.json", "\"completion\": \"cancelled\"", "\"completion\": \"complete\"")));
        Assert.Equal(PackLayout.Run, differs.Path);
        Assert.Contains("中断", differs.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_head_of_the_manifest_agrees_with_the_run()
    {
        var honest = await PackAsync();
        var intact = Assert.IsType<PackIntact>(PackVerification.Verify(honest)).Manifest;
        foreach (var manifest in new[] { intact with { Completion = Completion.Cancelled }, intact with { CandidateId = "other" }, intact with { ToolVersion = "9" } })
        {
            Assert.Equal(PackLayout.Manifest, Assert.IsType<PackContradicts>(await PackReview.OfAsync(honest, manifest, With(BuiltInRules.None))).Path);
        }
    }

    [Fact]
    public async Task Another_version_of_the_tool_is_said_where_the_verdict_differs()
    {
        var forged = await ForgedAsync("judgement.json", "\"notSatisfied\"", "\"satisfied\"");
        var differs = Assert.IsType<PackContradicts>(await ReviewAsync(forged, With(BuiltInRules.None) with { ToolVersion = "0.2.0" }));
        Assert.All(["0.1.0", "0.2.0"], v => Assert.Contains(v, differs.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_the_tool_does_not_write_itself_are_said_to_be_unproved()
    {
        var honest = await PackAsync();
        await File.WriteAllTextAsync(Path.Combine(honest, "结论.html"), "<p>通过</p>");
        await File.WriteAllTextAsync(Path.Combine(honest, "evidence", "invented.txt"), "x");
        var forged = ForgedPack.Of(honest, Another(), (_, b) => b);
        Assert.Equal(["evidence/invented.txt", "run.log", "结论.html"], Assert.IsType<PackFollows>(await ReviewAsync(forged)).NotRedone);
    }

    private static PackReviewTools With(BuiltInRules builtIn) => new() { Probes = Runs.Probes, BuiltIn = builtIn, Writers = Writers, ToolVersion = "0.1.0" };

    private static Task<PackReview> ReviewAsync(string folder, PackReviewTools? tools = null) =>
        PackReview.OfAsync(folder, Assert.IsType<PackIntact>(PackVerification.Verify(folder)).Manifest, tools ?? With(BuiltInRules.None));

    private static ScriptedServer Server() => new(async c =>
    {
        _ = await c.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, c.Stop);
        await c.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 404 no\r\n\r\n"));
    });

    private string Another() => _runs.Folder.File($"forged-{Directory.GetDirectories(_runs.Folder.Path).Length}");

    private string Forge(string from, string file, Func<byte[], byte[]?> change) => ForgedPack.Of(from, Another(), (path, bytes) => path == file ? change(bytes) : bytes);

    private async Task<string> ForgedAsync(string file, string old, string replacement) => ForgedPack.Of(await PackAsync(), Another(), file, old, replacement);

    /// <summary>One endpoint that answers wrongly, judged as 高风险: the gate is closed.</summary>
    private async Task<string> PackAsync()
    {
        var rules = _runs.Folder.File("rulesets/tls/greetings.yaml");
        await File.WriteAllTextAsync(rules, (await File.ReadAllTextAsync(rules)).Replace("severity: major", "severity: critical", StringComparison.Ordinal));
        await using var server = Server();
        return (await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(server.Port), "profile: county\n"))).Folder;
    }
}
