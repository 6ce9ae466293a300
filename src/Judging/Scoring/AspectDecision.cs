using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// D, A and K of one object. What was measured to be wrong outweighs every answer; an answer of no counts; an answer of yes counts only
/// where it names a document and no probe that bears on it is still 待人工, so that a failed probe cannot be talked away; a rule proves yes only where it says so
/// and only for all targets of the object, and one over a table that somebody filled in only beside copies of the certificates.
/// </summary>
internal sealed class AspectDecision(IReadOnlyList<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> claims, CryptoAnswer? answer, bool isBacked, bool hasCertificates, ClearChannel? clear, IReadOnlyList<(Aspect Aspect, bool IsNo, AspectSource Source)> together)
{
    public AspectJudgement Decide(Aspect aspect)
    {
        var bearing = claims.Where(c => c.Claim.Aspects.Contains(aspect)).ToList();
        var against = bearing.Where(c => c.Judgement.Verdict is Verdict.NotSatisfied or Verdict.Partial).Select(c => Source(c.Judgement, false)).ToList();
        if (aspect == Aspect.D && clear is { IsCertain: true })
        {
            against.Add(new AspectSource(SourceKind.Declared, false, "", clear.Says, []));
        }

        against.AddRange(together.Where(t => t.Aspect == aspect && t.IsNo).Select(t => t.Source));
        var said = answer?.Of(aspect);
        if (against.Count > 0 || (said == false && isBacked))
        {
            return new(aspect, false, [.. against, .. Answered(said, said == true ? SourceKind.OnRecord : Kind)]);
        }

        var open = bearing.Where(c => c.Judgement.Verdict == Verdict.NeedsReview).Select(c => Source(c.Judgement, null)).ToList();
        open.AddRange(together.Where(t => t.Aspect == aspect && !t.IsNo).Select(t => t.Source));
        var all = claims.Where(c => c.Judgement.Verdict == Verdict.Satisfied && c.Claim.Proves.Contains(aspect)).ToList();
        var proofs = all.Where(p => hasCertificates || p.Judgement.Reason != VerdictReason.SelfReported).ToList();
        List<AspectSource> speaking = [.. proofs.Select(p => Source(p.Judgement, true)), .. all.Except(proofs).Select(p => Bare(p.Judgement))];
        if (aspect == Aspect.D && clear is { IsCertain: false })
        {
            open.Add(new AspectSource(SourceKind.Declared, null, "", clear.Says, []));
        }

        if (open.Count > 0)
        {
            return new(aspect, said == false ? false : null, [.. open, .. speaking, .. Answered(said, said == false ? Kind : SourceKind.OnRecord)]);
        }

        var touched = claims.Where(c => c.Claim.Aspects.Count + c.Claim.Proves.Count > 0).Select(c => c.Judgement.TargetId).ToHashSet(StringComparer.Ordinal);
        var isProven = touched.Count > 0 && touched.All(t => proofs.Any(p => p.Judgement.TargetId == t));
        return said == false
            ? new(aspect, isProven ? null : false, [.. speaking, .. Answered(said, Kind)])
            : new(aspect, (said == true && isBacked) || isProven ? true : null, [.. speaking, .. Answered(said, Kind)]);
    }

    /// <summary>A judgement that would refute it may still come.</summary>
    public bool IsOpen(Aspect aspect) => claims.Any(c => c.Claim.Aspects.Contains(aspect) && c.Judgement.Verdict == Verdict.NeedsReview);

    public static AspectSource Source(Judgement judgement, bool? says) => new(
        judgement.Reason switch
        {
            VerdictReason.Attested => SourceKind.Answered,
            VerdictReason.AttestedUnseen => SourceKind.Unbacked,
            VerdictReason.SelfReported => SourceKind.SelfReported,
            _ => SourceKind.Measured,
        },
        says,
        judgement.RequirementId,
        judgement.Explanation,
        judgement.Evidence);

    /// <summary>A table nobody can check says nothing for the better.</summary>
    private static AspectSource Bare(Judgement judgement) =>
        Source(judgement, null) with { Sentence = $"{judgement.Explanation}（登记表所填，materials 里没有产品认证证书一类的文件，不计）" };

    private SourceKind Kind => isBacked ? SourceKind.Answered : SourceKind.Unbacked;

    private IEnumerable<AspectSource> Answered(bool? said, SourceKind kind) =>
        answer is null || said is null ? [] : [Statements.Source(answer, kind, said, $"回答“{ControlNames.Answer(said)}”")];
}
