using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 等级保护 as far as it is known: from judgements, the list of objects and the answers of people to items, high risks, a rate with
/// bounds, a conclusion and a plan. Pure; every unknown stays between its worst and its best.
/// </summary>
internal static class ProtectionAssessing
{
    /// <summary>Null where the rules hold no conclusion rule for a catalogue.</summary>
    public static ProtectionAssessment? Of(JudgeInput input, IReadOnlyList<Judgement> judgements, ForeignComparison foreign)
    {
        if (input.Library.Conclusions is not [var rule, ..] || input.Library.Catalogues.FirstOrDefault(c => c.File.Id == rule.Catalogue) is not { } general)
        {
            return null;
        }

        return input.Candidate.ProtectionLevel is { } level
            ? At(level, input, judgements, foreign, general, rule)
            : Head(general, rule, "candidate.yaml 没有写等级保护定级（protectionLevel），无法列出条目，结论待认定。");
    }

    private static ProtectionAssessment At(int level, JudgeInput input, IReadOnlyList<Judgement> judgements, ForeignComparison foreign, ControlCatalogue general, ProtectionRule rule)
    {
        var facts = new AssessmentInput(input, judgements, input.Library.Scorings.Select(s => s.Evidence).FirstOrDefault() ?? EvidenceRule.NothingCounts);
        var sheet = input.Candidate.Protection.Answers ?? AnswerSheet.Empty;
        var standing = new AnswerStanding(sheet, input.Library, input.AnswerDay);
        var asked = new AskedItems(input.Candidate, input.Library, rule, standing);
        var decision = new ItemDecision(facts, rule, sheet, standing, foreign);
        List<DecidedItem> items = [.. asked.All(level).Select(decision.Decide)];
        List<DecidedItem> applying = [.. items.Where(i => i.Applies)];
        var guide = input.Library.HighRisks.Where(h => h.Catalogue == general.File.Id).OrderByDescending(h => h.Edition, StringComparer.Ordinal).FirstOrDefault();
        IReadOnlyList<HighRiskState> risks = guide is null ? [] : new ProtectionBoard(facts, guide, level, asked.Extensions(), items, sheet, standing).Decide();
        var (confirmed, open) = (Majors(risks, s => s == HighRiskStanding.Confirmed), Majors(risks, s => s is HighRiskStanding.Suspected or HighRiskStanding.Open));
        var total = Count("", "合计", items);
        var rate = ProtectionConclusion.Rate(total);
        List<TargetCoverage> coverage = [.. Coverage(input, judgements)];
        var (conclusion, sentence) = ProtectionConclusion.Of(rule, rate, total, (confirmed, open), [.. Lacking(input.Candidate, items, coverage)]);
        return Head(general, rule, sentence) with
        {
            Level = level,
            InformationLevel = input.Candidate.Protection.InformationLevel,
            ServiceLevel = input.Candidate.Protection.ServiceLevel,
            Extensions = asked.Extensions(),
            Items = [.. items.Select(Say)],
            Classes = [.. Groups(asked.Catalogues()).Select(g => Count(g.Id, g.Title, items.Where(i => i.Control.GroupId == g.Id))).Where(c => c.Applicable + c.NotApplicable > 0)],
            Total = total,
            Rate = rate,
            LegacyTotal = LegacyScore.Of(rule.Legacy, applying),
            HighRisks = risks,
            MajorConfirmed = confirmed,
            MajorOpen = open,
            Conclusion = conclusion,
            Coverage = coverage,
            Plan = new GapPlanning(rule, input.Library, decision, items, risks).Plan(total),
            Notes = [.. AnswerNotes.Of(input.Candidate, sheet, standing, items, guide), .. asked.Spared(level), .. rule.Notes, .. guide?.Notes ?? []],
            Sources = [.. asked.Catalogues().Select(c => c.File).Concat([rule.File]).Concat(guide is null ? [] : [guide.File]).Select(f => $"{f.Title}：{f.Source}（{f.Confidence.Name()}）")],
        };
    }

    private static IEnumerable<ControlGroup> Groups(IReadOnlyList<ControlCatalogue> catalogues) => catalogues.SelectMany(c => c.Groups).DistinctBy(g => g.Id, StringComparer.Ordinal);

    private static int Majors(IReadOnlyList<HighRiskState> risks, Func<HighRiskStanding, bool> which) => risks.Count(r => r.MajorHazard is not null && which(r.Standing));

    /// <summary>What forbids a favourable conclusion.</summary>
    private static IEnumerable<string> Lacking(Candidate candidate, List<DecidedItem> items, List<TargetCoverage> coverage)
    {
        if (!items.SelectMany(i => i.Asked).SelectMany(o => o.Sources).Any(s => s is { Kind: SourceKind.Measured, Says: not null }))
        {
            yield return "没有任何一条由实测得出，只有人的回答";
        }

        foreach (var thin in coverage.Where(c => c.IsThin))
        {
            yield return $"{candidate.Targets().FirstOrDefault(t => t.TargetId == thin.TargetId)?.DisplayName ?? thin.TargetId} 取证不足（{thin.Asked} 项核查中 {thin.Unread} 项没有读到）";
        }

        if (candidate.Protection.Extensions is null)
        {
            yield return "没有写 protection.extensions（有没有移动互联、物联网），扩展要求是否适用不知道";
        }

        if (candidate.Deployment is null)
        {
            yield return "没有写 deployment（部署方式），云计算扩展要求是否适用不知道";
        }

        if (!candidate.Protection.AreObjectsComplete)
        {
            yield return "对象清单没有声明完整（protection.objectsComplete）";
        }
    }

    private static IEnumerable<TargetCoverage> Coverage(JudgeInput input, IReadOnlyList<Judgement> judgements)
    {
        var pillar = input.Requirements.Where(r => r.Pillar == Pillar.ClassifiedProtection).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var byTarget = judgements.Where(j => pillar.Contains(j.RequirementId) && j.Verdict != Verdict.NotApplicable).ToLookup(j => j.TargetId, StringComparer.Ordinal);
        return input.Candidate.Hosts.Select(h => h.TargetId).Order(StringComparer.Ordinal)
            .Select(t => new TargetCoverage(t, byTarget[t].Count(), byTarget[t].Count(j => j.Reason.IsUnverified())));
    }

    private static ItemCounts Count(string id, string title, IEnumerable<DecidedItem> of)
    {
        var items = of.ToList();
        var applying = items.Where(i => i.Applies).Select(i => i.Range).ToList();
        int Shown(Verdict verdict) => applying.Count(r => r.Shown == verdict);
        return new ItemCounts(id, title, Shown(Verdict.Satisfied), Shown(Verdict.Partial), Shown(Verdict.NotSatisfied), Shown(Verdict.NeedsReview), items.Count - applying.Count, applying.Count(r => r.Best == Verdict.Satisfied));
    }

    private static ItemJudgement Say(DecidedItem item) => new()
    {
        Key = item.Control.Key,
        GroupId = item.Control.GroupId,
        Point = item.Control.Point ?? "",
        Title = item.At.Title ?? item.Control.Title,
        Unit = item.At.Unit ?? "",
        IsUnitChecked = item.Control.UnitsChecked.Contains(item.At.Level),
        Clause = item.At.Clause,
        Level = item.At.Level,
        Extension = item.Item.Extension,
        Verdict = item.Range.Shown,
        Range = item.Range,
        NotApplicableBecause = item.NotApplicableBecause,
        Objects = item.Objects,
        Reach = item.Control.Reach,
        Evidence = item.Control.Evidence,
        Holder = item.Control.Holder,
        Documents = item.Control.Documents,
        Effort = item.Control.Effort ?? ControlEffort.Works,
    };

    private static ProtectionAssessment Head(ControlCatalogue general, ProtectionRule rule, string sentence) => new()
    {
        Catalogue = general.File.Id,
        Standard = general.Standard,
        Edition = rule.Edition,
        Total = new ItemCounts("", "合计", 0, 0, 0, 0, 0, 0),
        Conclusion = AssessmentConclusion.Undecided,
        Sentence = sentence,
        Plan = new GapPlan(0, 0, 0, 0, []),
    };
}
