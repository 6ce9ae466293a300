namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>In which order defects are looked at, as reports have it: what is only suspected behind the rest, then gravest, surest, and by place.</summary>
public sealed class DefectOrder : IComparer<CodeDefect>
{
    public static DefectOrder Instance { get; } = new();

    public static IOrderedEnumerable<CodeDefect> Of(IEnumerable<CodeDefect> defects) => defects.Order(Instance);

    public int Compare(CodeDefect? x, CodeDefect? y)
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

    private static int Weight(CodeDefect x, CodeDefect y) =>
        (x.Confidence == CodeConfidence.Low, y.Severity, y.Confidence).CompareTo((y.Confidence == CodeConfidence.Low, x.Severity, x.Confidence));
}
