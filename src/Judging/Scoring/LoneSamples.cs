using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Samples that speak of several units at once. A log, an access list and business data are different things, and one file is of one of them.</summary>
internal static class LoneSamples
{
    /// <summary>Units of one layer are often of the same data; from so many on it is said.</summary>
    private const int Many = 2;

    public static IEnumerable<string> Of(AssessmentInput facts, ControlCatalogue catalogue, IReadOnlyList<DecidedControl> decided)
    {
        foreach (var sample in facts.Candidate.CryptoSamples.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            var units = decided
                .Where(d => d.HasAspects && d.Objects.Any(o => o.Object.Targets.Contains(sample.TargetId, StringComparer.Ordinal) && o.Aspects.Any(a => a.Holds == true && IsBy(facts, sample, a))))
                .Select(d => d.Control.Key).ToList();
            if (units.Count >= Many)
            {
                yield return $"样本 {sample.Id}（{sample.DisplayName}）一份使 {units.Count} 个单元判“是”：{string.Join("、", units)}；各单元问的是不同的数据（{string.Join("、", units.Select(u => catalogue.Controls.First(c => c.Key == u).Title))}），一份样本只取自其中一处，请为每个单元各给样本，或附上说明它们同在一处的文件。";
            }
        }
    }

    private static bool IsBy(AssessmentInput facts, CryptoSample sample, AspectJudgement aspect) => aspect.Sources.Any(s =>
        s is { Kind: SourceKind.Measured, Says: true } && facts.ClaimsOn(sample.TargetId).Any(c => c.Judgement.RequirementId == s.Id && c.Judgement.Verdict == Verdict.Satisfied));
}
