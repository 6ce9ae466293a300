using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>The 2025 rule over what is known: said only where nothing unknown could change it; at its gaps it says 待认定 with the inputs.</summary>
public static class ProtectionConclusion
{
    /// <param name="rule">The lines.</param>
    /// <param name="rate">符合率; null where nothing applies.</param>
    /// <param name="total">Items.</param>
    /// <param name="major">Cases that may be 重大风险隐患: confirmed, and still open or suspected.</param>
    /// <param name="lacking">What keeps favourable conclusions from being drawn: nothing measured, hosts not read, lists not whole.</param>
    public static (AssessmentConclusion Conclusion, string Sentence) Of(ProtectionRule rule, ScoreRange? rate, ItemCounts total, (int Confirmed, int Open) major, IReadOnlyList<string> lacking)
    {
        if (rate is null)
        {
            return (AssessmentConclusion.Undecided, "没有适用的条目，结论待认定。");
        }

        var inputs = $"符合率 {Say(rate)}（适用 {total.Applicable} 条，已确认符合 {total.Satisfied} 条，部分符合 {total.Partial} 条按不计，未定 {total.Open} 条）；重大风险隐患：已确认 {major.Confirmed} 项，未排除 {major.Open} 项";
        if (rate.Upper < rule.BasicAbove)
        {
            return (AssessmentConclusion.NotSatisfied, $"未定的全部取最好也低于 {rule.BasicAbove}%，按现状结论会是“不符合”。{inputs}。");
        }

        if (lacking.Count > 0)
        {
            return (AssessmentConclusion.Undecided, $"结论待认定：{string.Join("；", lacking)}。{inputs}。");
        }

        if (rate.Lower > rule.SatisfiedAbove)
        {
            return major is { Confirmed: 0, Open: 0 }
                ? (AssessmentConclusion.Satisfied, $"高于 {rule.SatisfiedAbove}% 且没有重大风险隐患，预计结论为“符合”。{inputs}。")
                : (AssessmentConclusion.Undecided, $"结论待认定：高于 {rule.SatisfiedAbove}%，但{(major.Confirmed > 0 ? "有重大风险隐患，规则没有说清这种情形" : "重大风险隐患还没有全部排除")}，由测评机构认定。{inputs}。");
        }

        if (rate.Lower > rule.BasicAbove && rate.Upper < rule.SatisfiedAbove)
        {
            return (AssessmentConclusion.BasicallySatisfied, $"在 {rule.BasicAbove}% 与 {rule.SatisfiedAbove}% 之间，预计结论为“基本符合”。{inputs}。");
        }

        return rate.IsExact
            ? (AssessmentConclusion.Undecided, $"结论待认定：恰好是 {Say(rate)}，规则没有说清恰好在线上的情形，由测评机构认定。{inputs}。")
            : (AssessmentConclusion.Undecided, $"结论待认定：未定的条目还能改变结论。{inputs}。");
    }

    public static ScoreRange? Rate(ItemCounts total) => total.Applicable == 0
        ? null
        : new ScoreRange(Share(total.Satisfied, total.Applicable), Share(total.CanBeSatisfied, total.Applicable));

    public static string Say(ScoreRange rate) => rate.IsExact ? Number(rate.Lower) : $"{Number(rate.Lower)} 至 {Number(rate.Upper)}";

    private static string Number(decimal rate) => $"{rate.ToString("0.##", CultureInfo.InvariantCulture)}%";

    /// <summary>Six decimals: with fewer than a thousand items none of them is that near a line without being on it.</summary>
    private static decimal Share(int part, int whole) => Math.Round(100m * part / whole, 6);
}
