using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A scored control as the report shows it.</summary>
internal static class ControlResult
{
    public static ControlJudgement Of(ScoredControl scored)
    {
        var (decided, control) = (scored.Decided, scored.Decided.Control);
        return new ControlJudgement
        {
            Key = control.Key,
            GroupId = control.GroupId,
            Title = control.Title,
            Unit = control.Unit,
            Clause = decided.Level.Clause,
            Modal = decided.Level.Modal,
            Weight = decided.Level.Weight,
            Reach = control.Reach,
            Applicability = decided.Applicability,
            ApplicabilityNote = decided.ApplicabilityNote,
            Verdict = VerdictOf(scored),
            Score = scored.Possible,
            Compensation = scored.Compensation,
            Objects = [.. decided.Objects.Zip(scored.Objects, Of)],
            Evidence = control.Evidence,
            Holder = control.Holder,
            Confidence = control.Confidence,
            Questions = decided.Applicability == ControlApplicability.NotApplicable ? [] : decided.Questions,
        };
    }

    /// <summary>By what is settled: a compensation nobody confirmed makes nothing better.</summary>
    private static Verdict VerdictOf(ScoredControl scored) => scored.Decided.Applicability switch
    {
        ControlApplicability.NotApplicable => Verdict.NotApplicable,
        ControlApplicability.Undecided => Verdict.NeedsReview,
        _ => scored.Settled switch
        {
            { Lower: 1 } => Verdict.Satisfied,
            { Upper: 0 } => Verdict.NotSatisfied,
            { Upper: < 1 } => Verdict.Partial,
            _ => Verdict.NeedsReview,
        },
    };

    private static ObjectJudgement Of(DecidedObject decided, (ScoreRange Ra, ScoreRange Rk, ScoreRange Score) scored) => new()
    {
        ObjectId = decided.Object.Id,
        Title = decided.Object.Title,
        Aspects = decided.Aspects,
        Sources = decided.Sources,
        StrengthBits = decided.StrengthBits,
        Ra = scored.Ra,
        Rk = scored.Rk,
        Score = scored.Score,
    };
}
