namespace SmartCity.SecurityCheck.Reporting;

/// <summary>In which order defects are told, in every format: what is only suspected behind the rest, then gravest, surest, and by place. Ends with what names a defect, so that no two are equal.</summary>
public sealed class SeenDefectOrder : IComparer<SeenDefect>
{
    public static SeenDefectOrder Instance { get; } = new();

    /// <summary>The same without the place.</summary>
    public static IComparer<SeenDefect> ByWeight { get; } = Comparer<SeenDefect>.Create(Weight);

    public int Compare(SeenDefect? x, SeenDefect? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        foreach (var order in new[] { Weight(x, y), string.CompareOrdinal(x.File, y.File), x.Line.CompareTo(y.Line), string.CompareOrdinal(x.RuleId, y.RuleId) })
        {
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(x.Fingerprint, y.Fingerprint);
    }

    private static int Weight(SeenDefect x, SeenDefect y) =>
        (x.IsSuspected, y.Severity, y.Rank).CompareTo((y.IsSuspected, x.Severity, x.Rank));
}
