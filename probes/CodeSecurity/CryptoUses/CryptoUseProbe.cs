using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lists the uses of cryptography in a source tree.</summary>
public sealed class CryptoUseProbe : Probe<SourceTree, CryptoInCode>
{
    private const int MostListed = 5000;

    /// <summary>What is done to data or keys; digests, passwords and channels have checks of their own.</summary>
    private static readonly string[] Protecting = ["block-cipher", "stream-cipher", "pke", "signature", "key-agree"];

    /// <summary>Checks of which algorithm or mode is used.</summary>
    private static readonly string[] Naming = ["GM-03", "GM-04", "GM-06"];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.crypto-use",
        Pillar = Pillar.CodeSecurity,
        Title = "代码中的密码使用清单",
        Question = "源代码里用了哪些密码算法，在哪里，是商密的还是国外的？",
        Needs = typeof(SourceTree),
        Observes = typeof(CryptoInCode),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(1800),
        Connections = 0,
        Tools = [],
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        var coverage = await PatternCoverage.OfAsync(target, context, cancellationToken);
        var record = Describe(coverage, new AlgorithmNames(context.Tables.Patterns));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(coverage.Uses.Take(20 * MostListed).Select(u => new { algorithm = u.Algorithm, mode = u.Mode, keyBits = u.KeyBits, primitive = u.Primitive, api = u.Api, file = u.File, line = u.Line }));
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "crypto-uses.json", "application/json", bytes, $"代码模式规则认出的密码使用处，逐处文件与行，至多 {20 * MostListed} 处"));
        return Saw(target, context, record, evidence);
    }

    internal static CryptoInCode Describe(PatternCoverage coverage, AlgorithmNames names)
    {
        IReadOnlyList<CryptoUse> uses = [.. coverage.Uses];
        AlgorithmStanding? StandingOf(CryptoUse use) => use.Algorithm is { } name ? names.Known.GetValueOrDefault(name)?.StandingOf(use.KeyBits) : null;
        int? Weakening(CryptoUse use) => use.Algorithm is { } name && names.Known.GetValueOrDefault(name) is { } known && known.StandingOf(use.KeyBits) != known.Standing ? use.KeyBits : null;
        Fact<int> Number(AlgorithmStanding? standing) => coverage.IsWhole ? uses.Count(u => u.Primitive != "drbg" && StandingOf(u) == standing) : default(Fact<int>);
        IReadOnlyList<AlgorithmCount> algorithms =
        [
            .. uses.GroupBy(u => (Name: u.Algorithm ?? "未写明", u.Primitive, Bits: Weakening(u)))
                .Select(g => new AlgorithmCount(g.Key.Name, Said(StandingOf(g.First()), g.Key.Primitive), g.Key.Primitive, g.Count(), string.Create(CultureInfo.InvariantCulture, $"{g.First().File}:{g.First().Line}"), g.Key.Bits))
                .OrderByDescending(a => a.Uses).ThenBy(a => a.Algorithm, StringComparer.Ordinal).ThenBy(a => a.Primitive, StringComparer.Ordinal).ThenBy(a => a.KeyBits ?? 0),
        ];
        IReadOnlyList<AlgorithmCount> foreign = [.. algorithms.Where(a => Protecting.Contains(a.Primitive, StringComparer.Ordinal) && names.Known.GetValueOrDefault(a.Algorithm)?.Standing is AlgorithmStanding.Foreign or AlgorithmStanding.Weak)];
        var mayHideNone = coverage.IsWhole && coverage.Files > 0 && coverage.NotCovered("GM-01").Count == 0 && !uses.Any(u => u.Primitive != "drbg" && StandingOf(u) is null) && !coverage.Defects.Any(IsOpen);
        return new CryptoInCode
        {
            Files = coverage.Files,
            Lines = coverage.Lines,
            Languages = [.. coverage.Present.Select(l => EnumWords.Say(l))],
            NotCovered = coverage.NotCovered("GM-01"),
            LeftOut = coverage.LeftOut,
            IsWhole = coverage.IsWhole,
            Algorithms = coverage.IsWhole ? new(algorithms) : default,
            Uses = coverage.IsWhole && uses.Count <= MostListed ? new(uses) : default,
            SeenSoFar = coverage.IsWhole ? [] : [.. uses.Take(MostListed)],
            SmUses = Number(AlgorithmStanding.Sm),
            ForeignUses = Number(AlgorithmStanding.Foreign),
            WeakUses = Number(AlgorithmStanding.Weak),
            OpenUses = Number(null),
            UsesForeignEncryption = foreign.Count > 0 ? true : mayHideNone ? false : default(Fact<bool>),
            ForeignEncryption = foreign,
        };
    }

    /// <summary>Code that names no algorithm and yet may use one; what lies in tests alone is of low confidence because of that.</summary>
    private static bool IsOpen(CodeDefect defect) =>
        Naming.Contains(CryptoDefectsProbe.CheckOf(defect.RuleId), StringComparer.Ordinal) && (OpenChecks.IsOpen(defect.RuleId) || (defect.Confidence == CodeConfidence.Low && !TestCode.IsTest(defect.File)));

    private static string Said(AlgorithmStanding? standing, string primitive) => standing is null && primitive == "drbg" ? "随机数" : AlgorithmStandings.Say(standing);
}
