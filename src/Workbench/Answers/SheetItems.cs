using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>What 等级保护 asks people: items that were open when the pack was sealed, and high-risk cases that were not excluded.</summary>
internal static class SheetItems
{
    public static IReadOnlyList<AnswerItem> Of(Sound sound)
    {
        if (sound is not { Questions: { } questions, Unanswered.Judgement.Protection: { } measured })
        {
            return [];
        }

        var blank = questions.Blank(BeijingTime.DayOf(sound.Unanswered.Run.StartedAt), measured);
        var cases = measured.HighRisks.Where(h => IsOpen(h.Standing)).Select(h => h.Code).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. blank.Answers.Select(a => OfItem(sound, questions, a)).OfType<AnswerItem>(),
            .. blank.Cases.Where(c => c.Cases is [var code] && cases.Contains(code)).Select(c => OfCase(sound, questions, c)).OfType<AnswerItem>(),
        ];
    }

    /// <returns>Null where there is no such thing in this pack; with a refusal where its verdict is not for people to give.</returns>
    public static AnswerItem? Find(Sound sound, StatementItem item)
    {
        if (Of(sound).FirstOrDefault(i => i.Item == item) is { } asked)
        {
            return asked;
        }

        var found = sound.Questions is not { } questions ? null
            : item.Kind == StatementKind.ItemAnswer ? OfItem(sound, questions, new ItemAnswer { Item = item.RequirementId, Object = item.TargetId })
            : OfCase(sound, questions, new CaseAnswer { Cases = [item.RequirementId] });
        return found is null ? null : found with { Refusal = "这一项在运行时已有结论，或不由本系统回答，工作台里的回答不能改变它。请整改后重新运行；写在答题文件里的回答请在答题文件里改。" };
    }

    private static AnswerItem? OfItem(Sound sound, AnswerQuestions questions, ItemAnswer answer)
    {
        if (ObjectOf(sound.Unanswered, answer) is not { } measured)
        {
            return null;
        }

        var (question, now) = (questions.Of(answer), ObjectOf(sound.Now, answer));
        return new AnswerItem(new StatementItem(StatementKind.ItemAnswer, answer.Item, answer.Object), question.Asks, $"{question.Where} · {measured.Title}", Say(measured), now is null ? "" : Say(now), null)
        {
            IsOpen = now?.Verdict == Verdict.NeedsReview,
            Group = question.Where.Split(" · ")[0],
            Remedy = $"{question.Look}\n可接受的证据：{question.Evidence}",
            Documents = DocumentsOf(sound),
        };
    }

    private static AnswerItem? OfCase(Sound sound, AnswerQuestions questions, CaseAnswer answer)
    {
        HighRiskState? StateIn(EvidencePack pack) => pack.Judgement.Protection?.HighRisks.FirstOrDefault(h => h.Code == answer.Cases[0]);
        if (StateIn(sound.Unanswered) is not { } measured)
        {
            return null;
        }

        var (question, now) = (questions.Of(answer), StateIn(sound.Now));
        return new AnswerItem(new StatementItem(StatementKind.CaseAnswer, measured.Code, null), $"{measured.Code} {measured.Title}", question.Asks, Say(measured), now is null ? "" : Say(now), null)
        {
            IsOpen = now is not null && IsOpen(now.Standing),
            Group = "高风险情形",
            Remedy = question.Look,
            Mitigations = questions.MitigationsOf(measured.Code),
            Documents = DocumentsOf(sound),
        };
    }

    /// <summary>What a measurement proved, and what does not apply, is no question.</summary>
    private static bool IsOpen(HighRiskStanding standing) => standing is HighRiskStanding.Open or HighRiskStanding.Suspected;

    private static ItemObject? ObjectOf(EvidencePack pack, ItemAnswer answer) =>
        pack.Judgement.Protection?.Items.FirstOrDefault(i => i.Key == answer.Item)?.Objects.FirstOrDefault(o => o.ObjectId == (answer.Object ?? ""));

    private static IReadOnlyList<SheetDocument> DocumentsOf(Sound sound) => [.. (sound.Unanswered.Candidate.Protection.Answers?.Documents ?? []).Where(d => d.File is not null)];

    private static string Say(ItemObject of) => Say(of.Verdict.Name(), of.Sources);

    private static string Say(HighRiskState state) => Say(state.Standing.Name(), state.Reasons);

    private static string Say(string standing, IReadOnlyList<AspectSource> sources) => sources.Count == 0 ? standing : $"{standing}：{string.Join("；", sources.Select(s => s.Sentence))}";
}
