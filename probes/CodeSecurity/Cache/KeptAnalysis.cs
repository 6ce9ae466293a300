namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A Java analysis with what its record does not have: the places that its defects speak for.</summary>
/// <param name="Analysis">As the record is.</param>
/// <param name="Folds">By the fingerprint of the defect that is told.</param>
internal sealed record KeptAnalysis(JavaAnalysis Analysis, IReadOnlyDictionary<string, KeptFold> Folds)
{
    public static KeptAnalysis Of(JavaAnalysis analysis) => new(
        analysis,
        analysis.Seen.Where(d => d.Fold is not null).ToDictionary(d => d.Fingerprint, d => new KeptFold(d.Fold!.NamesLines, d.Fold.Places), StringComparer.Ordinal));

    public JavaAnalysis Whole()
    {
        List<CodeDefect> defects = [.. Analysis.Seen.Select(d => Folds.TryGetValue(d.Fingerprint, out var fold) ? d with { Fold = new DefectFold(fold.NamesLines, fold.Places) } : d)];
        return Analysis with { Defects = Analysis.Defects.IsKnown ? new(defects) : default, SeenSoFar = Analysis.Defects.IsKnown ? [] : defects };
    }
}

/// <summary>As <see cref="DefectFold"/>.</summary>
internal sealed record KeptFold(bool NamesLines, IReadOnlyList<CodeDefect> Places);
