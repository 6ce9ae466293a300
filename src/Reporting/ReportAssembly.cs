using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Orders a pack into the report's sections. Never judges.</summary>
internal static class ReportAssembly
{
    public static AcceptanceReport Assemble(EvidencePack pack)
    {
        var requirements = pack.Requirements.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var findings = Findings(pack, requirements);
        return new AcceptanceReport
        {
            Pack = pack,
            Conclusion = Conclude(pack),
            Clauses = Clauses(pack),
            Papers = MaterialFacts.Of(pack),
            Pillars = Pillars(pack, findings),
            Assessments = [.. pack.Judgement.Assessments.Select(AssessmentSection.Of)],
            Crypto = CryptoInventory.Of(pack),
            Code = CodeInspection.Of(pack),
            Archiving = ArchivingReview.Of(pack, findings),
            Findings = findings,
            Waivers = pack.Judgement.WaiversInEffect,
            Attestations = pack.Judgement.AttestationsInEffect,
            AttestationsOnRecord = pack.Judgement.AttestationsOnRecord,
            Remarks = pack.Judgement.Remarks,
            Unverified = [.. Unverified(pack, requirements)],
            Evidence = [.. pack.Evidence.OrderBy(e => e.RelativePath, StringComparer.Ordinal)],
        };
    }

    public static string TargetName(Candidate candidate, string targetId) =>
        targetId == candidate.Id
            ? candidate.Name
            : candidate.Targets().FirstOrDefault(t => t.TargetId == targetId) switch
            {
                Endpoint endpoint => $"{endpoint.DisplayName}（{endpoint.Authority}）",
                { } target => target.DisplayName,
                null => targetId,
            };

    private static Conclusion Conclude(EvidencePack pack)
    {
        var judgement = pack.Judgement;
        var counts = VerdictCounts.Of(judgement.Judgements.Select(j => j.Verdict));
        var applicable = counts.Total - counts.NotApplicable;
        var missing = Reporting.MissingMaterials.Of(pack);
        return new Conclusion
        {
            Headline = ReportWords.Headline(judgement.Gate),
            MissingMaterials = missing,
            Readiness = Readiness.Of(pack, missing),
            Sentence = judgement.Gate.Sentence,
            Gate = judgement.Gate,
            Notices = [.. Notices(pack)],
            Counts = counts,
            Severities =
            [
                .. Enum.GetValues<Severity>().Reverse()
                    .Select(s => new SeverityCount(s, judgement.Findings.Count(f => f.Severity == s && f.WaiverId is null))),
            ],
            UntestedShare = applicable == 0 ? null : (double)counts.NeedsReview / applicable,
        };
    }

    private static IEnumerable<string> Notices(EvidencePack pack)
    {
        if (pack.Run.Completion == Completion.Cancelled)
        {
            yield return "本次运行被中断：未执行的项目一律记为未核验，本报告不能作为完整结果使用。";
        }

        if (ReportWords.OtherRules(pack.Rules) is { } otherRules)
        {
            yield return otherRules;
        }

        foreach (var note in pack.Profile?.Notes ?? [])
        {
            yield return note;
        }

        var today = BeijingTime.DayOf(pack.Judgement.JudgedAt);
        if (pack.Profile is { ValidUntil: { } until } expired && until < today)
        {
            yield return $"《{expired.Title}》已过有效期（{until:yyyy-MM-dd}），到判定之日 {today:yyyy-MM-dd} 已过 {today.DayNumber - until.DayNumber} 天，请确认现行依据。";
        }

        if (pack.Profile is { ValidFrom: { } from } future && from > today)
        {
            yield return $"《{future.Title}》自 {from:yyyy-MM-dd} 起施行，目前尚未生效。";
        }

        var waived = pack.Judgement.Findings.Count(f => f.WaiverId is not null);
        if (waived > 0)
        {
            yield return $"有 {waived} 个问题被豁免，不计入门禁，见“豁免与人工确认”。";
        }

        if (pack.Judgement.AttestationsOnRecord is { Count: > 0 } statements)
        {
            yield return $"有 {statements.Count} 份人工确认说的是应由探测核验而没有核验的项目，只作记录，不改变判定，见“豁免与人工确认”。";
        }
    }

    private static List<ClauseRow> Clauses(EvidencePack pack)
    {
        if (pack.Profile is null)
        {
            return [];
        }

        var judged = pack.Judgement.Clauses.ToDictionary(c => c.ClauseId, StringComparer.Ordinal);
        return [.. pack.Profile.Clauses.Where(c => judged.ContainsKey(c.Id)).Select(c => new ClauseRow(c, judged[c.Id]))];
    }

    private static List<PillarSection> Pillars(EvidencePack pack, List<FindingRow> findings)
    {
        var verdicts = pack.Judgement.Requirements.ToDictionary(r => r.RequirementId, StringComparer.Ordinal);
        var judgements = pack.Judgement.Judgements.ToLookup(j => j.RequirementId, StringComparer.Ordinal);
        var asked = pack.Profile?.Clauses.SelectMany(c => c.Pillars).ToHashSet() ?? [];
        var sections = new List<PillarSection>();
        foreach (var pillar in Enum.GetValues<Pillar>())
        {
            var rows = pack.Requirements
                .Where(r => r.Pillar == pillar && verdicts.ContainsKey(r.Id))
                .Select(r => new RequirementRow(r, verdicts[r.Id], [.. judgements[r.Id]]))
                .ToList();
            if (rows.Count > 0 || asked.Contains(pillar) || pack.Judgement.Assessments.Any(a => a.Pillar == pillar))
            {
                sections.Add(new PillarSection(pillar, VerdictCounts.Of(rows.SelectMany(r => r.Judgements).Select(j => j.Verdict)), TargetPage.Of(pack, rows, findings), rows));
            }
        }

        return sections;
    }

    private static List<FindingRow> Findings(EvidencePack pack, Dictionary<string, Requirement> requirements)
    {
        var judgements = pack.Judgement.Judgements.ToLookup(j => (j.RequirementId, j.TargetId));
        return
        [
            .. pack.Judgement.Findings
                .OrderByDescending(f => f.Severity)
                .ThenBy(f => f.RequirementId, StringComparer.Ordinal)
                .ThenBy(f => f.TargetId, StringComparer.Ordinal)
                .ThenBy(f => f.Where, StringComparer.Ordinal)
                .ThenBy(f => f.Fingerprint, StringComparer.Ordinal)
                .Select((f, i) => new FindingRow(
                    i + 1,
                    f,
                    requirements.GetValueOrDefault(f.RequirementId),
                    judgements[(f.RequirementId, f.TargetId)].FirstOrDefault())),
        ];
    }

    private static IEnumerable<UnverifiedRow> Unverified(EvidencePack pack, Dictionary<string, Requirement> requirements)
    {
        foreach (var open in pack.Judgement.Judgements.Where(j => j.Verdict == Verdict.NeedsReview || j.Reason.IsUnverified()))
        {
            var title = requirements.GetValueOrDefault(open.RequirementId)?.Title ?? open.RequirementId;
            yield return new UnverifiedRow(open.RequirementId, title, TargetName(pack.Candidate, open.TargetId), open.Reason.Name(), open.Explanation);
        }

        var summaries = pack.Profile?.Clauses.ToDictionary(c => c.Id, c => $"{c.Article} {c.Summary}", StringComparer.Ordinal) ?? [];
        foreach (var open in pack.Judgement.Clauses.Where(c => c.Verdict == Verdict.NeedsReview))
        {
            yield return new UnverifiedRow(open.ClauseId, summaries.GetValueOrDefault(open.ClauseId, open.ClauseId), pack.Candidate.Name, "条款待人工", open.Explanation);
        }
    }
}
