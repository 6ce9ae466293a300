using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 高风险 in classified protection: candidate, then the questions that lower it, then confirmed or lowered. What was measured makes a
/// candidate; a case nothing can lower is confirmed at once; an answer without a file changes nothing but 存在.
/// </summary>
internal sealed class ProtectionBoard(AssessmentInput facts, HighRiskGuide guide, int level, IReadOnlyList<SystemExtension> extensions, IReadOnlyList<DecidedItem> items, AnswerSheet sheet, AnswerStanding standing)
{
    private readonly Dictionary<string, DecidedItem> _items = items.ToDictionary(i => i.Control.Key, StringComparer.Ordinal);

    public IReadOnlyList<HighRiskState> Decide() => [.. guide.Items.Where(i => i.Extension is not { } e || extensions.Contains(e)).Select(One)];

    private HighRiskState One(HighRiskItem item)
    {
        var (stands, reasons) = Stand(item);
        return new HighRiskState
        {
            Code = item.Code,
            Control = item.Control,
            Title = item.Title,
            Standing = stands,
            Reasons = reasons,
            Triggers = item.Triggers,
            Mitigations = [.. item.Mitigations.Select(m => $"{m.Id}：{m.Asks}")],
            Precondition = item.Precondition,
            ToolSees = item.Decides switch { ToolReach.Full => "核查能证明", ToolReach.Partial => "核查只能看到迹象", _ => null },
            MajorHazard = item.MajorHazard,
        };
    }

    private (HighRiskStanding, IReadOnlyList<AspectSource>) Stand(HighRiskItem item)
    {
        var control = item.Control is null ? null : _items.GetValueOrDefault(item.Control);
        if (!item.Levels.Contains(level) || (item.Control is not null && control is null))
        {
            return (HighRiskStanding.NotApplicable, [Note("本级没有这一项")]);
        }

        if (control is { Applies: false })
        {
            return (HighRiskStanding.NotApplicable, [Note($"条目 {item.Control} 不适用：{control.NotApplicableBecause}")]);
        }

        var answers = sheet.Cases.Where(c => c.Claim is not null && c.Cases.Contains(item.Code, StringComparer.Ordinal))
            .Select(c => (Answer: c, Counts: Counts(item, c))).OrderBy(c => c.Answer.Claim).ThenBy(c => c.Answer.On).ThenBy(c => c.Answer.By, StringComparer.Ordinal).ToList();
        bool Said(HighRiskClaim claim) => answers.Exists(a => a.Counts && a.Answer.Claim == claim);

        var proven = Measured(item.Code, c => c.Triggers, Verdict.NotSatisfied, false).ToList();
        List<AspectSource> seen = [.. Measured(item.Code, c => c.Suspects, Verdict.NotSatisfied, null), .. control is null ? [] : Failing(control)];
        List<AspectSource> waiting = [.. Measured(item.Code, c => [.. c.Triggers, .. c.Suspects], Verdict.NeedsReview, null), .. item.Control is null ? [] : Unread(item.Control)];
        var stands =
            Said(HighRiskClaim.Present) || (proven.Count > 0 && item.Mitigations.Count == 0) ? HighRiskStanding.Confirmed
            : Said(HighRiskClaim.Mitigated) ? HighRiskStanding.Mitigated
            : proven.Count + seen.Count > 0 ? HighRiskStanding.Suspected
            : waiting.Count == 0 && (Said(HighRiskClaim.Absent) || control is { Range.Worst: Verdict.Satisfied }) ? HighRiskStanding.Excluded
            : HighRiskStanding.Open;
        return (stands, [.. proven, .. seen, .. waiting, .. stands == HighRiskStanding.Excluded && !Said(HighRiskClaim.Absent) ? [Note($"条目 {item.Control} 已判符合")] : Array.Empty<AspectSource>(), .. answers.Select(a => Say(item, a.Answer, a.Counts && Fits(a.Answer.Claim!.Value, stands)))]);
    }

    private static bool Fits(HighRiskClaim claim, HighRiskStanding stands) => claim switch
    {
        HighRiskClaim.Present => stands == HighRiskStanding.Confirmed,
        HighRiskClaim.Mitigated => stands == HighRiskStanding.Mitigated,
        _ => stands == HighRiskStanding.Excluded,
    };

    private bool Counts(HighRiskItem item, CaseAnswer answer) => answer.Claim == HighRiskClaim.Present
        ? answer.On is not null && !standing.IsAhead(answer)
        : standing.Faults(answer).Count == 0 && (answer.Claim == HighRiskClaim.Absent || item.Mitigations.Any(m => m.Id == answer.Mitigation));

    private AspectSource Say(HighRiskItem item, CaseAnswer answer, bool counts)
    {
        var what = answer.Claim switch
        {
            HighRiskClaim.Present => "确认存在，没有降低条件",
            HighRiskClaim.Absent => "认为不存在",
            _ => $"以 {answer.Mitigation} 降低",
        };
        List<string> faults = answer.Claim == HighRiskClaim.Present ? [] : [.. standing.Faults(answer)];
        if (answer.Claim == HighRiskClaim.Mitigated && !item.Mitigations.Any(m => m.Id == answer.Mitigation))
        {
            faults.Add("指引没有给这一项这个降低条件");
        }

        var why = counts ? "" : faults.Count > 0 ? $"（{string.Join("，", faults)}，不计）" : "（与所列证据不符或核查没有读到，不计）";
        return new AspectSource(counts ? SourceKind.Answered : SourceKind.OnRecord, counts ? answer.Claim != HighRiskClaim.Present : null, "", $"{answer.Organisation} {answer.By} 于 {answer.On:yyyy-MM-dd} {what}{why}{(answer.Statement is { } says ? $"：{says}" : "")}", []);
    }

    private IEnumerable<AspectSource> Measured(string code, Func<ControlClaim, IReadOnlyList<string>> codes, Verdict verdict, bool? says) =>
        facts.AllClaims.Where(c => c.Judgement.Verdict == verdict && codes(c.Claim).Contains(code, StringComparer.Ordinal))
            .Select(c => c.Judgement).DistinctBy(j => (j.RequirementId, j.TargetId))
            .OrderBy(j => j.RequirementId, StringComparer.Ordinal).ThenBy(j => j.TargetId, StringComparer.Ordinal)
            .Select(j => AspectDecision.Source(j, says));

    /// <summary>Checks of the item that were not read: what they would have said might have been the trigger.</summary>
    private IEnumerable<AspectSource> Unread(string control)
    {
        var unread = facts.AllClaims.Where(c => c.Judgement.Reason.IsUnverified() && c.Claim.Controls.Contains(control, StringComparer.Ordinal)).Select(c => c.Judgement.RequirementId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return unread.Count == 0 ? [] : [Note($"条目 {control} 的核查没有读到：{string.Join("、", unread)}")];
    }

    /// <summary>The item failed altogether on an object: what the guide describes is then likely.</summary>
    private static IEnumerable<AspectSource> Failing(DecidedItem item) =>
        item.Asked.Where(o => o.Range.Best == Verdict.NotSatisfied).Select(o => Note($"条目 {item.Control.Key} 在 {o.Title} 上不符合"));

    private static AspectSource Note(string says) => new(SourceKind.Declared, null, "", says, []);
}
