using System.Reflection;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>One look at a sample: what the probe saw, as rules read it, and all that left it.</summary>
internal sealed record SampleLook(Observed Outcome, JsonElement Data, KeptEvidence Evidence)
{
    private static readonly string Root = typeof(SampleLook).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Observation and evidence as one text, in which secrets can be looked for.</summary>
    public string Everything => Data.GetRawText() + string.Concat(Evidence.Files.Values.Select(Encoding.UTF8.GetString));

    public static string Fixture(string folder, string name) => Path.Combine(AppContext.BaseDirectory, folder, "Fixtures", name);

    public static CryptoSample Sample(CryptoSampleKind kind, string path, params IReadOnlyList<(string Name, string Value)> settings) => new()
    {
        Id = "sample",
        SampleKind = kind,
        Path = path,
        Settings = settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
    };

    public static async Task<SampleLook> AtAsync(IProbe probe, CryptoSample sample, DateTimeOffset? now = null)
    {
        var kept = new KeptEvidence();
        var context = ProbeContexts.For(kept, sample);
        var outcome = await probe.ObserveAsync(sample, now is { } at ? context.At(at) : context, CancellationToken.None);
        var observed = outcome as Observed ?? throw new InvalidOperationException($"{outcome}");
        return new SampleLook(observed, Assert.Single(observed.Observations).Data, kept);
    }

    public static async Task<Unable> UnableAsync(IProbe probe, CryptoSample sample) =>
        Assert.IsType<Unable>(await probe.ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample), CancellationToken.None));

    /// <summary>Verdicts by id of the requirement.</summary>
    public Dictionary<string, Verdict> Verdicts(string ruleset, DateTimeOffset now) =>
        Judgements(ruleset, now).ToDictionary(j => j.Key, j => j.Value.Verdict, StringComparer.Ordinal);

    /// <summary>By id of the requirement.</summary>
    public Dictionary<string, Judgement> Judgements(string ruleset, DateTimeOffset now)
    {
        var faults = new FaultList();
        var rules = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(SampleFiles).Assembly)), faults)
            .Read(ruleset, File.ReadAllBytes(Path.Combine(Root, "rulesets", "commercial-crypto", ruleset)));
        faults.ThrowIfAny();
        var candidate = new Candidate { Id = "test", Name = "测试系统", Kind = SystemKind.Other, IsClassified = false };
        return rules!.Requirements.ToDictionary(r => r.Id, r => RequirementJudge.Judge(r, ("crypto-sample:sample", "样本"), Outcome, EvaluationScope.FactsOf(candidate), now), StringComparer.Ordinal);
    }

    public long Number(string field) => Data.GetProperty(field).GetInt64();

    public IReadOnlyList<JsonElement> Items(string field) => [.. Data.GetProperty(field).EnumerateArray()];

    public JsonElement Item(string field, string file) => Items(field).First(i => i.GetProperty("file").GetString() == file);

    public string Notes(string field) => string.Join('\n', Items(field).Select(i => i.GetProperty("note").GetString()));
}
