using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Gathers what is known of a control: whether it applies, its objects, and what judgements and people say of each.</summary>
internal sealed class ControlDecision(AssessmentInput input, ObjectCast cast)
{
    private static readonly string[] Channels = ["NET-2", "NET-3", "DEV-2"];

    public DecidedControl Decide(Control control, ControlLevel level, ControlPart part)
    {
        var objects = part == ControlPart.Technical ? cast.Of(control) : [new CastObject("", "", [.. Documents(control)], IsDeclared: true)];
        var (applicability, note) = Applicability(control, level, objects);
        var hasAspects = part == ControlPart.Technical && control.IsScored;
        return new DecidedControl(control, level, part, applicability, note, [.. objects.Select(o => hasAspects ? WithAspects(control, o) : WithVerdict(control, o))]);
    }

    /// <summary>Targets whose judgements speak of a management control; it has no objects of its own.</summary>
    private IEnumerable<string> Documents(Control control) =>
        input.AllClaims.Where(c => c.Claim.Controls.Contains(control.Key, StringComparer.Ordinal)).Select(c => c.Judgement.TargetId).Distinct(StringComparer.Ordinal);

    private DecidedObject WithAspects(Control control, CastObject of)
    {
        var claims = cast.Speaking(control, of).ToList();
        var answer = AnswerOn(control, of.Id);
        var decision = new AspectDecision(claims, answer, DeclaredPlain(control, of));
        var weak = claims.Where(c => c.Claim.Aspects.Contains(Aspect.A) && c.Judgement.Verdict is Verdict.NotSatisfied or Verdict.Partial)
            .Select(c => (IsAsked: c.Claim.StrengthField is not null || c.Claim.StrengthBits is not null, Bits: input.StrengthOf(c.Judgement, c.Requirement, c.Claim))).ToList();

        // An answer gives what no rule measures; where one should have measured it and did not, it stays open.
        var isOpen = decision.IsOpen(Aspect.A) || weak.Exists(w => w is { IsAsked: true, Bits: null }) || (answer?.StrengthBits is null && weak.Exists(w => !w.IsAsked));
        var known = weak.Select(w => w.Bits).Append(answer?.StrengthBits).OfType<int>().ToList();
        return new DecidedObject
        {
            Object = of,
            Aspects = [.. Enum.GetValues<Aspect>().Select(decision.Decide)],
            StrengthBits = known.Count == 0 ? null : known.Min(),
            IsStrengthOpen = isOpen || known.Count == 0,
            ModuleLevel = answer?.ModuleLevel,
        };
    }

    private DecidedObject WithVerdict(Control control, CastObject of)
    {
        var claims = cast.Speaking(control, of).Where(c => c.Claim.Aspects.Count == 0).ToList();
        var failed = claims.Where(c => c.Judgement.Verdict == Verdict.NotSatisfied).ToList();
        var partial = claims.Where(c => c.Judgement.Verdict == Verdict.Partial).ToList();
        var open = claims.Where(c => c.Judgement.Verdict == Verdict.NeedsReview).ToList();
        var answer = AnswerOn(control, of.Id);
        var said = answer?.Verdict;
        var best = failed.Count > 0 || said == Verdict.NotSatisfied ? Verdict.NotSatisfied : partial.Count > 0 || said == Verdict.Partial ? Verdict.Partial : Verdict.Satisfied;
        var counts = said is not null && open.Count == 0;
        var worst = counts ? Worse(said!.Value, best) : Verdict.NotSatisfied;
        IEnumerable<AspectSource> answered = answer is null || said is null
            ? []
            : [Statements.Source(answer, counts || said == Verdict.NotSatisfied ? SourceKind.Answered : SourceKind.OnRecord, null, $"回答“{said.Value.Name()}”")];
        return new DecidedObject
        {
            Object = of,
            Verdict = (worst, best),
            Sources = [.. claims.Select(c => AspectDecision.Source(c.Judgement, null)), .. answered],
        };
    }

    private static Verdict Worse(Verdict one, Verdict other) => VerdictCombination.Rank(one) <= VerdictCombination.Rank(other) ? one : other;

    private CryptoAnswer? AnswerOn(Control control, string objectId) => input.Candidate.Crypto.Answers
        .Where(a => input.IsInEffect(a) && a.Controls.Contains(control.Key, StringComparer.Ordinal) && (a.Object ?? "") == objectId)
        .OrderBy(a => a.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>An endpoint written down as HTTP in clear needs no probe to be one.</summary>
    private string? DeclaredPlain(Control control, CastObject of) =>
        Channels.Contains(control.Key, StringComparer.Ordinal)
        && input.Candidate.Endpoints.FirstOrDefault(e => e.Protocol == EndpointProtocol.Http && of.Targets.Contains(e.TargetId, StringComparer.Ordinal)) is { } plain
            ? $"candidate.yaml 把 {plain.Authority} 登记为明文 HTTP"
            : null;

    private (ControlApplicability, string?) Applicability(Control control, ControlLevel level, IReadOnlyList<CastObject> objects)
    {
        var choice = input.Candidate.Crypto.Applicability
            .Where(c => input.IsInEffect(c) && c.Controls.Contains(control.Key, StringComparer.Ordinal))
            .OrderBy(c => c.Applies).ThenBy(c => c.Id, StringComparer.Ordinal).FirstOrDefault();
        if (choice is null)
        {
            return level.Modal == Modal.May
                ? (ControlApplicability.Undecided, "本级为“可”，由建设单位自行决定，还没有选择")
                : (ControlApplicability.Applies, null);
        }

        var said = Statements.Say(choice, choice.Applies ? "选择适用" : "选择不适用");
        if (choice.Applies)
        {
            return (ControlApplicability.Applies, said);
        }

        if (objects.Any(o => o.Targets.Count > 0))
        {
            return (ControlApplicability.Applies, $"{said}；但登记了属于它的对象，按适用判");
        }

        if (input.Candidate.Crypto.Answers.Any(a => a.Controls.Contains(control.Key, StringComparer.Ordinal)))
        {
            return (ControlApplicability.Undecided, $"{said}；同时又有人对它作了回答，前后矛盾");
        }

        return level.Modal == Modal.Shall
            ? (ControlApplicability.Undecided, $"{said}；本级为“应”，不适用须由测评机构认定")
            : (ControlApplicability.NotApplicable, said);
    }
}
