using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>Something people may say a word about: a judgement, or a material of a clause.</summary>
/// <param name="Item">What is saved under.</param>
/// <param name="Title">What it is.</param>
/// <param name="Where">Target or clause, for people.</param>
/// <param name="Measured">State of what was sealed.</param>
/// <param name="Now">State with what was said.</param>
/// <param name="Refusal">Why nothing can be said of it; null where it can.</param>
public sealed record AnswerItem(StatementItem Item, string Title, string Where, string Measured, string Now, string? Refusal)
{
    /// <summary>What a probe should have seen: an answer is kept beside it, only a bad one counts.</summary>
    public bool IsUnverified { get; init; }

    public bool IsMaterial { get; init; }

    /// <summary>A material whose files were measured as unfit: no favourable word about them counts.</summary>
    public bool IsUnfit { get; init; }

    /// <summary>Asked for, and nobody has answered.</summary>
    public bool IsOpen { get; init; }

    public string Remedy { get; init; } = "";

    /// <summary>Of 等级保护: the class it stands under.</summary>
    public string Group { get; init; } = "";

    /// <summary>Of a case of the high-risk guide: what may lower it.</summary>
    public IReadOnlyList<Mitigation> Mitigations { get; init; } = [];

    /// <summary>Of 等级保护: papers of the answers file that may be named.</summary>
    public IReadOnlyList<SheetDocument> Documents { get; init; } = [];

    /// <summary>As it is called in lists and on top of its page.</summary>
    public string Heading => IsMaterial || Item.Kind == StatementKind.CaseAnswer ? Title : $"{Item.RequirementId} {Title}";

    public bool IsSheet => Item.Kind is StatementKind.ItemAnswer or StatementKind.CaseAnswer;

    /// <summary>Whether that verdict may be given.</summary>
    public bool Offers(Verdict verdict) => !IsUnfit || verdict is Verdict.NotSatisfied or Verdict.NotApplicable;

    /// <summary>What to put into the address of its form.</summary>
    public static string WordOf(StatementKind kind) => kind switch
    {
        StatementKind.ItemAnswer => "item",
        StatementKind.CaseAnswer => "case",
        _ => "",
    };

    /// <summary>Path of its form below the pack's pages, with the query.</summary>
    public string Address => $"{(Item.Kind == StatementKind.Waiver ? "waivers" : "open")}/item?{string.Join('&', Pairs.Where(p => p.Value.Length > 0).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"))}";

    private IEnumerable<(string Name, string Value)> Pairs => [("k", WordOf(Item.Kind)), ("r", Item.RequirementId), ("t", Item.TargetId ?? "")];
}

/// <summary>What can be answered in a pack.</summary>
internal static class AnswerItems
{
    /// <summary>Judgements that are 待人工 without answers, materials of clauses that apply, then what 等级保护 asks.</summary>
    public static IReadOnlyList<AnswerItem> Of(Sound sound) =>
    [
        .. sound.Unanswered.Judgement.Judgements.Where(j => j.Verdict == Verdict.NeedsReview).Select(j => OfJudgement(sound, j, StatementKind.Attestation)),
        .. Materials(sound),
        .. SheetItems.Of(sound),
    ];

    /// <returns>Null where there is no such thing in this pack.</returns>
    public static AnswerItem? Find(Sound sound, StatementItem item) => item.Kind is StatementKind.ItemAnswer or StatementKind.CaseAnswer
        ? SheetItems.Find(sound, item)
        : Find(sound, item.Kind, item.RequirementId, item.TargetId);

    private static AnswerItem? Find(Sound sound, StatementKind kind, string requirement, string? target) =>
        sound.Unanswered.Judgement.Judgements.FirstOrDefault(j => j.RequirementId == requirement && j.TargetId == target) is { } judgement
            ? OfJudgement(sound, judgement, kind)
            : kind == StatementKind.Attestation && target is null ? Materials(sound).FirstOrDefault(m => m.Item.RequirementId == requirement) : null;

    private static AnswerItem OfJudgement(Sound sound, Judgement judgement, StatementKind kind)
    {
        var requirement = sound.Unanswered.Requirements.FirstOrDefault(r => r.Id == judgement.RequirementId);
        var now = sound.Now.Judgement.Judgements.FirstOrDefault(j => j.RequirementId == judgement.RequirementId && j.TargetId == judgement.TargetId);
        return new AnswerItem(
            new StatementItem(kind, judgement.RequirementId, judgement.TargetId),
            requirement?.Title ?? judgement.RequirementId,
            sound.Unanswered.Candidate.Targets().FirstOrDefault(t => t.TargetId == judgement.TargetId)?.DisplayName ?? sound.Unanswered.Candidate.Name,
            Say(judgement),
            now is null ? "" : Say(now),
            Refusal(judgement, now, kind))
        {
            IsUnverified = judgement.Reason.IsUnverified(),
            IsOpen = now?.Verdict == Verdict.NeedsReview,
            Remedy = requirement?.Remedy ?? "",
        };
    }

    private static string? Refusal(Judgement measured, Judgement? now, StatementKind kind) => kind switch
    {
        StatementKind.Attestation when measured.Verdict != Verdict.NeedsReview =>
            $"已有{measured.Reason.Name()}结论“{measured.Verdict.Name()}”，人工确认不能改变它。请整改后重新运行；确需接受的，按程序申请豁免。",
        StatementKind.Waiver when (now ?? measured).Verdict is not (Verdict.NotSatisfied or Verdict.Partial) => "这一项没有问题可以豁免。",
        _ => null,
    };

    private static IEnumerable<AnswerItem> Materials(Sound sound)
    {
        var clauses = sound.Unanswered.Profile?.Clauses.ToDictionary(c => c.Id, StringComparer.Ordinal) ?? [];
        var now = sound.Now.Judgement.Clauses.ToDictionary(c => c.ClauseId, StringComparer.Ordinal);
        foreach (var judged in sound.Unanswered.Judgement.Clauses.Where(c => clauses.ContainsKey(c.ClauseId)))
        {
            foreach (var material in judged.Materials)
            {
                var clause = clauses[judged.ClauseId];
                var state = now.GetValueOrDefault(judged.ClauseId)?.Materials.FirstOrDefault(m => m.Material == material.Material) ?? material;
                yield return new AnswerItem(
                    new StatementItem(StatementKind.Attestation, $"{clause.Id}/{material.Material}", null), material.Material, $"{clause.Article} {clause.Summary}", material.State.Name(), state.State.Name(), null)
                {
                    IsMaterial = true,
                    IsUnfit = material.State == MaterialState.Unfit,
                    IsOpen = state.State != MaterialState.Attested,
                };
            }
        }
    }

    private static string Say(Judgement judgement) => $"{judgement.Verdict.Name()}（{judgement.Reason.Name()}）：{judgement.Explanation}";
}
