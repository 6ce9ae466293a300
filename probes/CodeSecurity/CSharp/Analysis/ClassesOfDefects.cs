using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the defects of an analysis are of, class by class. One severe defect is enough to know that there are; that there are none only the whole analysis knows.</summary>
internal static class ClassesOfDefects
{
    private static readonly WeaknessClass[] Told =
    [
        WeaknessClass.Injection, WeaknessClass.Deserialization, WeaknessClass.File, WeaknessClass.Credential, WeaknessClass.Crypto, WeaknessClass.Transport, WeaknessClass.Web,
    ];

    /// <param name="analysis">How far it went.</param>
    /// <param name="defects">Merged, with what people wrote of them.</param>
    /// <param name="words">What the numbers of the engines mean.</param>
    public static CSharpAnalysis Tell(CSharpAnalysis analysis, IReadOnlyList<CodeDefect> defects, EngineWords words)
    {
        var classes = defects.SelectMany(d => Classes(d, words).Select(c => (Class: c, d.IsSuppressed))).ToLookup(p => p.Class, p => p.IsSuppressed);
        bool IsWhole(WeaknessClass kind) => analysis.IsComplete && !(kind switch
        {
            WeaknessClass.Web => analysis.HasWebConfig,
            WeaknessClass.Injection => analysis.UntracedInjection.Count > 0,
            WeaknessClass.File => analysis.UntracedFileAccess.Count > 0,
            _ => false,
        });
        Fact<bool> Has(WeaknessClass kind) => classes[kind].Contains(false) ? true : IsWhole(kind) && !classes[kind].Any() ? false : default(Fact<bool>);
        return analysis with
        {
            HasSevereInjection = Has(WeaknessClass.Injection),
            HasSevereDeserialization = Has(WeaknessClass.Deserialization),
            HasSevereFileAccess = Has(WeaknessClass.File),
            HasSevereCredential = Has(WeaknessClass.Credential),
            HasSevereCrypto = Has(WeaknessClass.Crypto),
            HasSevereTransport = Has(WeaknessClass.Transport),
            HasWebFlaw = Has(WeaknessClass.Web),
            Defects = analysis.IsComplete ? new(defects) : default,
            SeenSoFar = analysis.IsComplete ? [] : defects,
            Suppressed = defects.Count(d => d.IsSuppressed),
            AwaitsAcceptance = [.. Told.Where(c => IsWhole(c) && classes[c].Any() && !classes[c].Contains(false)).Select(c => JsonNamingPolicy.CamelCase.ConvertName($"{c}"))],
        };
    }

    /// <summary>Those for which it weighs: severe ones, web flaws also where they are less, and none that an engine is unsure of.</summary>
    private static IEnumerable<WeaknessClass> Classes(CodeDefect defect, EngineWords words) => DefectMerging.RulesOf(defect).Distinct(StringComparer.Ordinal)
        .Select(words.Of).OfType<EngineRule>()
        .Where(r => r.Certainty is EngineCertainty.Firm or EngineCertainty.Likely && r.Severity >= (r.Class == WeaknessClass.Web ? Severity.Minor : Severity.Major))
        .Select(r => r.Class).Distinct();
}
