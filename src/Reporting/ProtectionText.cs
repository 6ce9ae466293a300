using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>How the self-assessment of classified protection is said in every format.</summary>
public static class ProtectionText
{
    /// <summary>What the section is not. No format may leave it out.</summary>
    public const string Disclaimer = "本节是按公开的规则对现状的自评，只说明哪些已知、哪些未知，不代替有资质的测评机构出具的网络安全等级测评报告。";

    /// <summary>Steps a printed page shows; the workbook has all of them.</summary>
    public const int PrintedSteps = 10;

    public static string Heading(ProtectionAssessment assessment) =>
        $"{assessment.Standard} 自评{(assessment.Level is { } level ? $"（{level} 级，S{assessment.InformationLevel ?? level}A{assessment.ServiceLevel ?? level}{(assessment.Extensions.Count > 0 ? $"，含{string.Join("、", assessment.Extensions.Select(e => e.Name()))}扩展" : "")}，{assessment.Edition} 版结论规则）" : "")}";

    public static string Percent(decimal value) => $"{value.ToString("0.##", CultureInfo.InvariantCulture)}%";

    public static string Percent(ScoreRange range) => range.IsExact ? Percent(range.Lower) : $"{Percent(range.Lower)} 至 {Percent(range.Upper)}";

    /// <summary>The plan in one sentence.</summary>
    public static string Say(GapPlan plan) => plan.Missing == 0
        ? $"已确认的符合条目够了；还没有判符合的有 {plan.ByConfiguration + plan.ByDocument + plan.ByWorks} 条。"
        : $"要高于通过线，已确认符合的条目还差 {plan.Missing} 条。还没有判符合的条目里，{plan.ByConfiguration} 条等着改配置，{plan.ByDocument} 条等着交文档和回答，{plan.ByWorks} 条要采购、改造或专项检测（工作量是本工具的估计）。";

    /// <summary>One line for a terminal.</summary>
    public static string Line(ProtectionAssessment assessment)
    {
        int Count(HighRiskStanding standing) => assessment.HighRisks.Count(r => r.Standing == standing);
        return assessment.Rate is { } rate
            ? $"符合率 {Percent(rate)}（适用 {assessment.Total.Applicable} 条，未定 {assessment.Total.Open}），结论{assessment.Conclusion.Name()}；高风险：存在 {Count(HighRiskStanding.Confirmed)}，疑似 {Count(HighRiskStanding.Suspected)}，未排除 {Count(HighRiskStanding.Open)}"
            : assessment.Sentence;
    }

    /// <summary>Items that do not apply, by the reason.</summary>
    public static IReadOnlyList<(string Because, IReadOnlyList<ItemJudgement> Items)> Spared(ProtectionAssessment assessment) =>
    [
        .. assessment.Items.Where(i => i.NotApplicableBecause is not null).GroupBy(i => i.NotApplicableBecause!, StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<ItemJudgement>)[.. g])),
    ];

    /// <summary>A measurement or a person says no on one of its objects, or somebody said what does not count.</summary>
    public static bool IsSpokenAgainst(ItemJudgement item) => item.Objects.Any(o => o.Sources.Any(s => s.Says == false || s.Kind == SourceKind.OnRecord));

    /// <summary>Something was measured or said of it.</summary>
    public static bool IsTouched(ItemJudgement item) => item.Objects.Any(o => o.Sources.Count > 0);
}
