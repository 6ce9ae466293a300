using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

public sealed class AcceptanceRunTests : IDisposable
{
    private static readonly string[] Repeatable = ["judgement.json", "report.html", "findings.sarif", "junit.xml", "candidate.yaml", "run.json", "rulesets/tls/greetings.yaml"];

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task The_same_observations_rules_and_clock_give_the_same_bytes()
    {
        await using var server = Saying("HTTP/1.1 200 OK\r\n\r\nhello");
        var yaml = Runs.Yaml(Runs.Endpoint(server.Port) + Runs.Endpoint(server.Port, "second"), "profile: county\n");
        var (first, second) = (await _runs.RunAsync(yaml), await _runs.RunAsync(yaml));
        foreach (var file in Repeatable)
        {
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(first.Folder, file)), await File.ReadAllTextAsync(Path.Combine(second.Folder, file)));
        }

        Assert.All(first.Pack.Judgement.Judgements, j => Assert.Equal(Verdict.Satisfied, j.Verdict));
        Assert.IsType<PackIntact>(PackVerification.Verify(first.Folder));
    }

    [Fact]
    public async Task A_pack_judged_again_gives_the_same_bytes_whatever_the_candidate_named()
    {
        await using var server = Saying("HTTP/1.1 404 no\r\n\r\n");
        _runs.Folder.Write("papers/report.pdf", "x");
        Environment.SetEnvironmentVariable("SECURITYCHECK_TEST_REJUDGE", "Bearer rejudge-token");
        var yaml = Runs.Yaml(
            Runs.Endpoint(server.Port, more: "  authorization: env:SECURITYCHECK_TEST_REJUDGE\n") + Runs.Endpoint(ChildServer.FreePort(), "closed"),
            "materials:\n- {id: paper, kind: 测评报告, path: papers/report.pdf}\nsourceTrees:\n- {id: src, path: papers}\n"
            + "attestations:\n- {id: a-1, requirement: C-1/测评报告, verdict: 符合, by: 甲, organisation: 乙, on: 2026-01-01}\n");
        var request = _runs.Request(yaml);
        var result = await Runs.RunAsync(request with { Candidate = request.Candidate with { Profile = "county" } });
        var (candidate, run, records) = PackReader.ReadObservations(result.Folder);
        var rules = Judging.RulesetFolder.Load(PackReader.RulesetsOf(result.Folder), KindCatalogue.Of(Runs.Probes));
        var again = Rejudging.Judge(candidate, rules, Runs.Probes, records, run);
        Assert.Equal("C-1", Assert.Single(again.Judgement.Clauses).ClauseId);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(result.Folder, PackLayout.Judgement)), JsonSerializer.Serialize(again.Judgement, ObservationJson.Options) + "\n");
        Assert.DoesNotContain(_runs.Folder.Path, await File.ReadAllTextAsync(Path.Combine(result.Folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_judgement_leads_to_evidence_whose_digests_are_right()
    {
        await using var server = Saying("HTTP/1.1 404 no\r\n\r\n");
        var result = await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(server.Port)));
        var judgement = Assert.Single(result.Pack.Judgement.Judgements);
        Assert.Equal((Verdict.NotSatisfied, 2), (judgement.Verdict, judgement.Evidence.Count));
        foreach (var id in judgement.Evidence)
        {
            var evidence = Assert.Single(result.Pack.Evidence, e => e.Id == id);
            var sealedFile = Assert.Single(result.Manifest.Files, f => f.Path == evidence.RelativePath);
            Assert.Equal((evidence.Bytes, evidence.Sha256, evidence.Sm3), (sealedFile.Bytes, sealedFile.Sha256, sealedFile.Sm3));
        }
    }

    [Fact]
    public async Task A_classified_system_stops_the_run_before_anything_is_contacted_or_written()
    {
        await using var server = Saying("HTTP/1.1 200 OK\r\n\r\n");
        var request = _runs.Request(Runs.Yaml(Runs.Endpoint(server.Port), classified: true));
        var refused = await Assert.ThrowsAsync<ClassifiedSystemException>(() => Runs.RunAsync(request));
        Assert.Contains("涉密", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Accepted);
        Assert.False(Directory.Exists(request.OutputFolder));
    }

    [Fact]
    public async Task Nothing_outside_the_candidate_is_contacted()
    {
        await using var inside = Saying("HTTP/1.1 200 OK\r\n\r\n");
        await using var outside = Saying("HTTP/1.1 200 OK\r\n\r\n");
        var probes = ProbeCatalogue.Of([new GreetingProbe { Elsewhere = new Endpoint { Id = "portal", Host = "127.0.0.1", Port = outside.Port, Protocol = EndpointProtocol.Http } }]);
        var result = await Runs.RunAsync(_runs.Request(Runs.Yaml(Runs.Endpoint(inside.Port)), probes: probes));
        Assert.Equal((0, 0), (inside.Accepted, outside.Accepted));
        Assert.Equal(FailureKind.Refused, Assert.IsType<Unable>(Assert.Single(result.Pack.Outcomes).Outcome).Kind);
        Assert.Equal(Verdict.NeedsReview, Assert.Single(result.Pack.Judgement.Judgements).Verdict);
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_reached_leaves_the_rest_judged_and_itself_unverified()
    {
        await using var server = Saying("HTTP/1.1 200 OK\r\n\r\n");
        var result = await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(server.Port) + Runs.Endpoint(ChildServer.FreePort(), "closed")));
        Assert.Equal(
            [("endpoint:closed", Verdict.NeedsReview, VerdictReason.ProbeUnable), ("endpoint:portal", Verdict.Satisfied, VerdictReason.Measured)],
            result.Pack.Judgement.Judgements.Select(j => (j.TargetId, j.Verdict, j.Reason)));
        Assert.Equal(GateOutcome.NeedsReview, result.Pack.Judgement.Gate.Outcome);
    }

    [Fact]
    public async Task A_run_with_nothing_to_look_at_never_passes()
    {
        var result = await _runs.RunAsync("candidate: demo\nname: 演示\nkind: other\nclassified: false\n");
        Assert.Equal(GateOutcome.NeedsReview, result.Pack.Judgement.Gate.Outcome);
    }

    [Fact]
    public async Task An_interrupted_run_is_finished_and_says_so()
    {
        using var stop = new CancellationTokenSource();
        await using var tarpit = new ScriptedServer(async c =>
        {
            await stop.CancelAsync();
            await c.LingerAsync();
        });
        var result = await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(tarpit.Port)), stop.Token);
        Assert.Equal(Completion.Cancelled, result.Pack.Run.Completion);
        Assert.Equal(Completion.Cancelled, Assert.IsType<PackIntact>(PackVerification.Verify(result.Folder)).Manifest.Completion);
        Assert.Equal(VerdictReason.ProbeUnable, Assert.Single(result.Pack.Judgement.Judgements).Reason);
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_and_left_as_it_was()
    {
        await using var server = Saying("HTTP/1.1 200 OK\r\n\r\n");
        var request = _runs.Request(Runs.Yaml(Runs.Endpoint(server.Port)), output: _runs.Folder.File("rulesets"));
        await Assert.ThrowsAsync<PackException>(() => Runs.RunAsync(request));
        Assert.Equal(0, server.Accepted);
        Assert.False(File.Exists(_runs.Folder.File("rulesets/INCOMPLETE")));
    }

    private static ScriptedServer Saying(string answer) => new(async c =>
    {
        _ = await c.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, c.Stop);
        await c.SendAsync(Encoding.UTF8.GetBytes(answer));
    });
}
