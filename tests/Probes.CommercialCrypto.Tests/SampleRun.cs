using System.Reflection;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Runs a probe over files of a test and judges what it saw by the rules that are shipped.</summary>
internal static class SampleRun
{
    public static readonly string Rules = Path.Combine(
        typeof(SampleRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets", "commercial-crypto");

    private static readonly IReadOnlyDictionary<string, ObservationKind> Kinds = KindCatalogue.Of(ProbeCatalogue.Of(typeof(SampleFiles).Assembly));

    public static CryptoSample Sample(CryptoSampleKind kind, string path, params IReadOnlyList<(string Name, string Value)> settings)
    {
        var hidden = kind.Form().Settings.Where(s => s.Shape == SampleSettingShape.Secret).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return new CryptoSample
        {
            Id = "sample",
            SampleKind = kind,
            Path = path,
            Settings = settings.Where(s => !hidden.Contains(s.Name)).ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
            Secrets = settings.Where(s => hidden.Contains(s.Name)).ToDictionary(s => s.Name, s => new Secret(s.Value, "env:TEST"), StringComparer.Ordinal),
        };
    }

    public static async Task<SampleSeen> SeenAsync(IProbe probe, CryptoSample sample)
    {
        var redactor = new Redactor(sample.Secrets.Values);
        var evidence = new KeptEvidence(redactor);
        var outcome = await probe.ObserveAsync(sample, ProbeContexts.For(evidence, redactor, sample), CancellationToken.None);
        if (outcome is Unable unable)
        {
            Assert.Fail($"{unable.Kind} {unable.Message} {unable.Detail}");
        }

        var observed = Assert.IsType<Observed>(outcome);
        return new SampleSeen(observed, Assert.Single(observed.Observations).Data, evidence);
    }

    public static async Task<Unable> UnableAsync(IProbe probe, CryptoSample sample) =>
        Assert.IsType<Unable>(await probe.ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample), CancellationToken.None));

    /// <summary>Verdicts by id of the requirement.</summary>
    public static Dictionary<string, Verdict> Judged(this SampleSeen seen, string ruleset, int? cryptoLevel = 3)
    {
        var candidate = new Candidate { Id = "test", Name = "测试系统", Kind = SystemKind.GovernmentService, IsClassified = false, CryptoLevel = cryptoLevel };
        return Requirements(ruleset).ToDictionary(
            r => r.Id, r => RequirementJudge.Judge(r, ("crypto-sample:sample", "样本"), seen.Outcome, EvaluationScope.FactsOf(candidate), ExampleVerification.ExampleClock).Verdict, StringComparer.Ordinal);
    }

    public static IReadOnlyList<Requirement> Requirements(string ruleset)
    {
        var faults = new FaultList();
        var read = new RulesetReader(Kinds, faults).Read($"{ruleset}.yaml", File.ReadAllBytes(Path.Combine(Rules, $"{ruleset}.yaml")));
        faults.ThrowIfAny();
        return read!.Requirements;
    }
}

/// <summary>What a probe saw, as rules read it, and the evidence beside it.</summary>
internal sealed record SampleSeen(Observed Outcome, JsonElement Data, KeptEvidence Evidence)
{
    /// <summary>Everything that leaves the probe, as one text: what must not be there can be looked for in it.</summary>
    public string Everything => Data.GetRawText() + string.Concat(Evidence.Files.Values.Select(Encoding.UTF8.GetString));

    public bool Has(string field) => Data.TryGetProperty(field, out _);

    public long Number(string field) => Data.GetProperty(field).GetInt64();

    public string? Word(string field) => Data.GetProperty(field).GetString();

    public bool Flag(string field) => Data.GetProperty(field).GetBoolean();
}
