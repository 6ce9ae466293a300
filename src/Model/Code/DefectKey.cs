using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Model;

/// <summary>Where a defect stands among others, in every list and format: surest first, then gravest, then by place. Ends with what names a defect, so that no two are equal.</summary>
/// <param name="Sureness">The larger, the surer.</param>
/// <param name="Severity">Of it.</param>
/// <param name="File">Relative to the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="RuleId">Of the engine.</param>
/// <param name="Fingerprint">Of the defect.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DefectKey(int Sureness, Severity Severity, string File, int Line, string RuleId, string Fingerprint) : IComparable<DefectKey>
{
    /// <summary>The same without place and name.</summary>
    public static IComparer<DefectKey> ByWeight { get; } = Comparer<DefectKey>.Create(Weight);

    public int CompareTo(DefectKey other)
    {
        foreach (var order in (ReadOnlySpan<int>)[Weight(this, other), string.CompareOrdinal(File, other.File), Line.CompareTo(other.Line), string.CompareOrdinal(RuleId, other.RuleId)])
        {
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(Fingerprint, other.Fingerprint);
    }

    public static bool operator <(DefectKey left, DefectKey right) => left.CompareTo(right) < 0;

    public static bool operator >(DefectKey left, DefectKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(DefectKey left, DefectKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DefectKey left, DefectKey right) => left.CompareTo(right) >= 0;

    private static int Weight(DefectKey x, DefectKey y) => (y.Sureness, y.Severity).CompareTo((x.Sureness, x.Severity));
}
