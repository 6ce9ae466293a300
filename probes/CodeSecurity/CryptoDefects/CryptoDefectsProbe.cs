using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Holds the pattern rules against a source tree and says what they found, check by check.</summary>
public sealed class CryptoDefectsProbe : Probe<SourceTree, CryptoDefects>
{
    private const int MostListed = 5000;
    private const int MostSeen = 20;

    /// <summary>No browser runs these; JSP and PHP write pages and stay.</summary>
    private static readonly string[] BackEnd = [.. new[] { SourceLanguage.Java, SourceLanguage.Kotlin, SourceLanguage.CSharp, SourceLanguage.Python, SourceLanguage.Go, SourceLanguage.C, SourceLanguage.Cpp }.Select(l => EnumWords.Say(l))];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.crypto-defects",
        Pillar = Pillar.CodeSecurity,
        Title = "代码中的密码误用",
        Question = "源代码里有没有不安全的算法、模式、密钥、随机数和证书核实？",
        Needs = typeof(SourceTree),
        Observes = typeof(CryptoDefects),
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
        var record = Describe(coverage);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "crypto-defects.json", "application/json", ObservationJson.ToFile(coverage.Defects.Take(MostListed).ToList()), $"代码模式规则的发现，逐处文件与行，至多 {MostListed} 处；代码行里的字符串已遮盖"));
        return Saw(target, context, record, evidence);
    }

    internal static CryptoDefects Describe(PatternCoverage coverage)
    {
        var all = coverage.Defects;
        var isListed = coverage.IsWhole && all.Count <= MostListed;
        var checks = all.ToLookup(d => CheckOf(d.RuleId), StringComparer.Ordinal);
        DefectGroup Of(string check) => Group([.. checks[check]], coverage.NotCovered(check), coverage.IsWhole && coverage.Files > 0);
        return WithAcceptance(new CryptoDefects
        {
            Files = coverage.Files,
            Lines = coverage.Lines,
            Languages = [.. coverage.Present.Select(l => EnumWords.Say(l))],
            LeftOut = coverage.LeftOut,
            IsWhole = coverage.IsWhole,
            Defects = isListed ? new(all) : default,
            SeenSoFar = isListed ? [] : [.. all.Take(MostListed)],
            WeakHash = Of("GM-03"),
            WeakCipher = Of("GM-04"),
            ShortKey = Of("GM-05"),
            Ecb = Of("GM-06"),
            FixedIv = Of("GM-07"),
            FixedKey = Of("GM-08"),
            WeakRandom = Of("GM-09"),
            Sm2Order = Of("GM-10"),
            Sm2WithoutSm3 = Of("GM-11"),
            PasswordStorage = Of("GM-13"),
            TrustAll = Of("GM-14"),
            OldProtocol = Of("GM-14-protocol"),
            OwnImplementation = Of("GM-15"),
            Unauthenticated = Of("GM-12"),
            FrontEndKey = Group([.. checks["GM-16"]], [.. coverage.NotCovered("GM-16").Except(BackEnd, StringComparer.Ordinal)], coverage.IsWhole && coverage.Files > 0),
            Suppressed = all.Count(d => d.IsSuppressed),
            AwaitsAcceptance = [],
        });
    }

    /// <summary>Checks of which all is known and all that was found is suppressed.</summary>
    private static CryptoDefects WithAcceptance(CryptoDefects seen) => seen with
    {
        AwaitsAcceptance =
        [
            .. new (string Name, DefectGroup Group)[]
                {
                    ("weakHash", seen.WeakHash), ("weakCipher", seen.WeakCipher), ("shortKey", seen.ShortKey), ("ecb", seen.Ecb), ("fixedIv", seen.FixedIv), ("fixedKey", seen.FixedKey),
                    ("weakRandom", seen.WeakRandom), ("sm2Order", seen.Sm2Order), ("sm2WithoutSm3", seen.Sm2WithoutSm3), ("passwordStorage", seen.PasswordStorage),
                    ("trustAll", seen.TrustAll), ("oldProtocol", seen.OldProtocol), ("ownImplementation", seen.OwnImplementation), ("unauthenticated", seen.Unauthenticated), ("frontEndKey", seen.FrontEndKey),
                }
                .Where(g => g.Group is { IsFound.IsKnown: false, Suppressed: > 0, NotCovered.Count: 0, Count: { IsKnown: true, Value: 0 } }).Select(g => g.Name),
        ],
    };

    /// <summary>Hits that are only likely leave it open; so do languages nobody wrote rules for, and hits that were suppressed.</summary>
    internal static DefectGroup Group(IReadOnlyList<CodeDefect> all, IReadOnlyList<string> notCovered, bool isWhole)
    {
        List<CodeDefect> found = [.. all.Where(d => !d.IsSuppressed)];
        return new DefectGroup
        {
            IsFound = found.Exists(d => d.Confidence >= CodeConfidence.Medium) ? true : isWhole && all.Count == 0 && notCovered.Count == 0 ? false : default(Fact<bool>),
            Count = isWhole ? found.Count : default(Fact<int>),
            Suppressed = all.Count - found.Count,
            Seen = [.. found.OrderByDescending(d => d.Confidence).ThenBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).Take(MostSeen).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.File}:{d.Line}"))],
            NotCovered = notCovered,
        };
    }

    /// <summary>Rules are named CHECK-WORDS; the longest check that any group stands for.</summary>
    internal static string CheckOf(string ruleId) => ruleId.StartsWith("GM-14-protocol", StringComparison.Ordinal) ? "GM-14-protocol" : ruleId.Length >= 5 ? ruleId[..5] : ruleId;
}
