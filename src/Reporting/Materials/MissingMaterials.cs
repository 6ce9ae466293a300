using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>还缺的验收材料. Says only what the judgements already say.</summary>
internal static class MissingMaterials
{
    private const string Owner = "业主单位";

    /// <summary>What stops an acceptance comes first; what is only for reference last.</summary>
    public static IReadOnlyList<MissingMaterial> Of(EvidencePack pack)
    {
        var clauses = pack.Profile?.Clauses.ToDictionary(c => c.Id, StringComparer.Ordinal) ?? [];
        return
        [
            .. pack.Judgement.Clauses
                .Where(c => c.Verdict != Verdict.NotApplicable)
                .SelectMany(c => c.Materials
                    .Where(m => m.State is MaterialState.Missing or MaterialState.AttestedUnseen or MaterialState.Scant or MaterialState.Unfit)
                    .Select(m => new MissingMaterial(m.Material, c.ClauseId, clauses.GetValueOrDefault(c.ClauseId)?.Article ?? c.ClauseId, c.Gate, m.State, pack.PaperIssuers.GetValueOrDefault(m.Material, Owner))))
                .OrderBy(m => Pressing(m.Gate))
                .DistinctBy(m => m.Material, StringComparer.Ordinal),
        ];
    }

    private static int Pressing(Gate gate) => gate switch
    {
        Gate.Acceptance => 0,
        Gate.GoLive => 1,
        Gate.Filing => 2,
        _ => 3,
    };
}
