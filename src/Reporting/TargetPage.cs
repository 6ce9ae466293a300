using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>One target through the eyes of a pillar: what is wrong with it, what is open, what was seen.</summary>
/// <param name="TargetId">Of the candidate.</param>
/// <param name="Counts">Its judgements in this pillar.</param>
/// <param name="Grade">Its letter; null where nothing graded was decided.</param>
/// <param name="Problems">Unwaived and waived findings, highest severity first.</param>
/// <param name="Open">Judgements that are 待人工.</param>
/// <param name="Seen">One a probe that looked or tried to.</param>
public sealed record TargetPage(
    string TargetId, VerdictCounts Counts, TargetGrade? Grade, IReadOnlyList<FindingRow> Problems, IReadOnlyList<Judgement> Open, IReadOnlyList<SeenByProbe> Seen)
{
    internal static List<TargetPage> Of(EvidencePack pack, IReadOnlyList<RequirementRow> rows, IReadOnlyList<FindingRow> findings)
    {
        var kinds = rows.Select(r => r.Requirement.Observes).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var pillars = kinds.Select(k => k.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var ids = rows.Select(r => r.Requirement.Id).ToHashSet(StringComparer.Ordinal);
        var judged = rows.SelectMany(r => r.Judgements).ToLookup(j => j.TargetId, StringComparer.Ordinal);
        var pages = new List<TargetPage>();
        foreach (var target in pack.Candidate.Targets().Where(t => judged.Contains(t.TargetId)))
        {
            var judgements = judged[target.TargetId].ToList();
            pages.Add(new TargetPage(
                target.TargetId,
                VerdictCounts.Of(judgements.Select(j => j.Verdict)),
                pack.Judgement.Grades.FirstOrDefault(g => g.TargetId == target.TargetId && g.Pillar == rows[0].Requirement.Pillar),
                [.. findings.Where(f => f.Finding.TargetId == target.TargetId && ids.Contains(f.Finding.RequirementId))],
                [.. judgements.Where(j => j.Verdict == Verdict.NeedsReview)],
                [.. pack.Outcomes.Where(o => o.TargetId == target.TargetId && pillars.Contains(o.ProbeId.Split('.')[0])).Select(o => SeenByProbe.Of(pack, o))]));
        }

        return pages;
    }
}

/// <summary>What one probe saw of one target.</summary>
/// <param name="Title">Of the probe.</param>
/// <param name="Facts">Labelled fields; empty where nothing was observed.</param>
/// <param name="Trouble">Why nothing was observed; null where it was.</param>
public sealed record SeenByProbe(string Title, IReadOnlyList<SeenFact> Facts, string? Trouble)
{
    /// <summary>Every cipher suite seen, in place of the field it stands in; empty for other probes.</summary>
    public IReadOnlyList<SuiteRow> Suites { get; init; } = [];

    internal static SeenByProbe Of(EvidencePack pack, ProbeRecord record)
    {
        IReadOnlyList<Observation> observations = record.Outcome is Observed observed ? observed.Observations : [];
        List<SuiteRow> suites = [.. observations.SelectMany(SuiteRow.Read)];
        var probe = pack.Run.Probes.FirstOrDefault(p => p.Id == record.ProbeId);
        return new SeenByProbe(
            probe?.Title ?? record.ProbeId,
            [.. observations.SelectMany(o => SeenFact.Read([.. (probe?.Labels ?? []).Where(l => suites.Count == 0 || l.Field != SuiteRow.Field)], o.Data))],
            record.Outcome switch
            {
                Unable unable => $"{VerdictReason.ProbeUnable.Name()}：{unable.Message}",
                NotNeeded notNeeded => notNeeded.Why,
                _ => null,
            })
        {
            Suites = suites,
        };
    }
}
