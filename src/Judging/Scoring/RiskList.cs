using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>安全问题, one for every scored control that is not met, and the invariants a 密评 report keeps.</summary>
internal static class RiskList
{
    public static IReadOnlyList<ControlRisk> Of(IReadOnlyList<ControlJudgement> controls, IReadOnlyList<HighRiskState> board)
    {
        var high = board.Where(s => s.Standing == HighRiskStanding.Confirmed).Select(s => s.Control).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. controls.Where(c => c.Weight is not null && c.Score.Upper < 1 && c.Applicability == ControlApplicability.Applies && c.Verdict is Verdict.Partial or Verdict.NotSatisfied)
                .Select(c => high.Contains(c.Key) ? new ControlRisk(c.Key, RiskLevel.High, IsEstimate: false) : new ControlRisk(c.Key, c.Verdict == Verdict.NotSatisfied ? RiskLevel.Medium : RiskLevel.Low, IsEstimate: true)),
        ];
    }

    public static IReadOnlyList<SelfCheck> Check(IReadOnlyList<ControlJudgement> controls, IReadOnlyList<ControlRisk> risks, int expected, ScoreRange? total)
    {
        var scored = controls.Where(c => c.Weight is not null).ToList();
        int Count(Verdict verdict) => scored.Count(c => c.Verdict == verdict);
        int Level(RiskLevel level) => risks.Count(r => r.Level == level);
        var (partial, failed, open) = (Count(Verdict.Partial), Count(Verdict.NotSatisfied), Count(Verdict.NeedsReview));
        var overall = risks.Count == 0 ? "无" : risks.Max(r => r.Level).Name();
        var named = new[] { RiskLevel.High, RiskLevel.Medium, RiskLevel.Low }.Where(l => Level(l) > 0).Select(l => l.Name()).FirstOrDefault("无");
        return
        [
            new($"单元合计：符合 {Count(Verdict.Satisfied)} + 部分符合 {partial} + 不符合 {failed} + 不适用 {Count(Verdict.NotApplicable)} + 未定 {open} = {scored.Count}，本级应有 {expected}", scored.Count == expected && Count(Verdict.Satisfied) + partial + failed + Count(Verdict.NotApplicable) + open == expected),
            new($"问题数 {risks.Count} = 部分符合 {partial} + 不符合 {failed}", risks.Count == partial + failed),
            new($"高 {Level(RiskLevel.High)} + 中 {Level(RiskLevel.Medium)} + 低 {Level(RiskLevel.Low)} = 问题数 {risks.Count}", Level(RiskLevel.High) + Level(RiskLevel.Medium) + Level(RiskLevel.Low) == risks.Count),
            new($"整体风险“{overall}”为各问题中最高的等级", overall == named),
            new(
                total is null ? "总分没有定义，没有上下界" : string.Create(CultureInfo.InvariantCulture, $"下界 {total.Lower} 不大于上界 {total.Upper}，都在 0 到 100 之间"),
                total is null || (total.Lower <= total.Upper && total.Lower >= 0 && total.Upper <= 100)),
        ];
    }
}
