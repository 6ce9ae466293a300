namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Which items of DA/T 70 the checks of DA/T 48 belong to.</summary>
internal static class EepItems
{
    /// <summary>To item 1-1.</summary>
    public static readonly IReadOnlyList<string> Signatures = ["EEP-07", "EEP-08"];

    /// <summary>To item 2-10.</summary>
    public static readonly IReadOnlyList<string> Structure = ["EEP-01", "EEP-02", "EEP-03", "EEP-04", "EEP-05", "EEP-06", "EEP-09", "EEP-10"];

    public static void Add(ItemTally tally, string package, IReadOnlyList<EepCheck> checks, IReadOnlyList<string> which)
    {
        foreach (var check in checks.Where(c => which.Contains(c.Id, StringComparer.Ordinal)))
        {
            tally.Same(check.Comparisons - check.Differences.Count);
            foreach (var (place, left, right) in check.Differences)
            {
                tally.Differ($"{package} {check.Id} {place}", left, right);
            }

            check.Open.ToList().ForEach(o => tally.CouldNot($"{package} {check.Id}：{o}"));
            check.Remarks.ToList().ForEach(r => tally.Remark($"{package} {check.Id}：{r}"));
        }
    }
}
