using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Gathers what is known of a control: whether it applies, its objects, and what judgements and people say of each.</summary>
internal sealed class ControlDecision(AssessmentInput input, ObjectCast cast)
{
    /// <summary>The group whose units are asked of machine rooms.</summary>
    private const string Rooms = "PHY";

    private static readonly string[] Channels = ["NET-2", "NET-3", "DEV-2"];

    public DecidedControl Decide(Control control, ControlLevel level, ControlPart part)
    {
        var objects = part == ControlPart.Technical ? cast.Of(control) : [new CastObject("", "", [.. Documents(control)], IsDeclared: true)];
        var (applicability, note) = Applicability(control, level, objects);
        var hasAspects = part == ControlPart.Technical && control.IsScored;
        return new DecidedControl(control, level, part, applicability, note, [.. objects.Select(o => hasAspects ? WithAspects(control, o) : WithVerdict(control, o))])
        {
            Questions = input.Guidance.QuestionsOf(control),
        };
    }

    /// <summary>Targets whose judgements speak of a management control; it has no objects of its own.</summary>
    private IEnumerable<string> Documents(Control control) =>
        input.AllClaims.Where(c => c.Claim.Controls.Contains(control.Key, StringComparer.Ordinal)).Select(c => c.Judgement.TargetId).Distinct(StringComparer.Ordinal);

    private DecidedObject WithAspects(Control control, CastObject of)
    {
        var claims = cast.Speaking(control, of).ToList();
        var answer = AnswerOn(control, of.Id);
        var isBacked = answer is not null && input.IsBacked(answer);
        var decision = new AspectDecision(claims, answer, isBacked, input.HasCertificates, Clear(control, of), [.. input.Guidance.Together(control, claims)]);
        var weak = claims.Where(c => c.Claim.Aspects.Contains(Aspect.A) && c.Judgement.Verdict is Verdict.NotSatisfied or Verdict.Partial)
            .Select(c => (IsAsked: c.Claim.StrengthField is not null || c.Claim.StrengthBits is not null, Bits: input.StrengthOf(c.Judgement, c.Requirement, c.Claim))).ToList();

        // An answer gives what no rule measures; where one should have measured it and did not, it stays open.
        var isOpen = decision.IsOpen(Aspect.A) || weak.Exists(w => w is { IsAsked: true, Bits: null }) || ((answer?.StrengthBits is null || !isBacked) && weak.Exists(w => !w.IsAsked));
        var known = weak.Select(w => w.Bits).Append(answer?.StrengthBits).OfType<int>().ToList();
        var modules = claims.Where(c => c.Claim.ModuleField is not null).Select(c => input.ModuleLevelOf(c.Judgement, c.Requirement, c.Claim)).ToList();
        return new DecidedObject
        {
            Object = of,
            Aspects = [.. Enum.GetValues<Aspect>().Select(decision.Decide)],
            StrengthBits = known.Count == 0 ? null : known.Min(),
            IsStrengthOpen = isOpen || known.Count == 0 || (weak.Count == 0 && !isBacked),

            // What the register lists outweighs the word about it; an answer without a document bounds from above alone.
            ModuleLevel = modules.Append(answer?.ModuleLevel).Where(m => m is not null).Min(),
            IsModuleOpen = modules.Contains(null) || (modules.Count == 0 ? !isBacked : !input.HasCertificates && claims.Exists(c => c.Claim.ModuleField is not null && c.Requirement.IsSelfReport)),
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
        var isBacked = answer is not null && input.IsBacked(answer);
        var counts = said is not null && open.Count == 0 && isBacked;
        var worst = counts ? Worse(said!.Value, best) : Verdict.NotSatisfied;
        IEnumerable<AspectSource> answered = answer is null || said is null
            ? []
            : [Statements.Source(answer, !isBacked ? SourceKind.Unbacked : counts || said == Verdict.NotSatisfied ? SourceKind.Answered : SourceKind.OnRecord, null, $"回答“{said.Value.Name()}”")];
        return new DecidedObject
        {
            Object = of,
            Verdict = (worst, best),
            IsFailureShown = failed.Exists(c => c.Judgement.Reason != VerdictReason.AttestedUnseen) || (said == Verdict.NotSatisfied && isBacked),
            Sources = [.. claims.Select(c => AspectDecision.Source(c.Judgement, null)), .. answered],
        };
    }

    private static Verdict Worse(Verdict one, Verdict other) => VerdictCombination.Rank(one) <= VerdictCombination.Rank(other) ? one : other;

    private CryptoAnswer? AnswerOn(Control control, string objectId) => input.Candidate.Crypto.Answers
        .Where(a => input.IsInEffect(a) && a.Controls.Contains(control.Key, StringComparer.Ordinal) && (a.Object ?? "") == objectId)
        .OrderBy(a => a.Id, StringComparer.Ordinal).Select(a => input.Guidance.On(a, control)).FirstOrDefault();

    /// <summary>
    /// An endpoint written down as HTTP in clear needs no probe to be one, unless an encrypted port of its host is beside it: then it may
    /// only send people on, and until somebody looked nothing is known.
    /// </summary>
    private ClearChannel? Clear(Control control, CastObject of)
    {
        if (!Channels.Contains(control.Key, StringComparer.Ordinal)
            || input.Candidate.Endpoints.Where(e => e.Protocol == EndpointProtocol.Http && of.Targets.Contains(e.TargetId, StringComparer.Ordinal)).OrderBy(cast.MayBeDoorstep).ThenBy(e => e.TargetId, StringComparer.Ordinal).FirstOrDefault() is not { } plain)
        {
            return null;
        }

        return !of.IsDeclared && cast.MayBeDoorstep(plain)
            ? new ClearChannel(false, $"candidate.yaml 把 {plain.Authority} 登记为明文 HTTP；同一主机另有加密端口，它是不是对每个路径都只跳转到 HTTPS 还没有看到")
            : new ClearChannel(true, $"candidate.yaml 把 {plain.Authority} 登记为明文 HTTP");
    }

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

        if (!input.IsBacked(choice))
        {
            return (ControlApplicability.Undecided, $"{said}；没有附上证据文件（evidence 写 materials 里文件的编号），待人工");
        }

        if (input.Guidance.Refuses(control) is { } refusal)
        {
            return (ControlApplicability.Applies, $"{said}；{refusal}，按适用判");
        }

        if (objects.Any(o => o.Targets.Count > 0))
        {
            return (ControlApplicability.Applies, $"{said}；但登记了属于它的对象，按适用判");
        }

        if (input.Candidate.Crypto.Answers.Any(a => a.Controls.Contains(control.Key, StringComparer.Ordinal)))
        {
            return (ControlApplicability.Undecided, $"{said}；同时又有人对它作了回答，前后矛盾");
        }

        if (level.Modal == Modal.Shall)
        {
            return (ControlApplicability.Undecided, $"{said}；本级为“应”，不适用须由测评机构认定");
        }

        var hasRoom = control.GroupId == Rooms && input.Candidate.Deployment != Deployment.GovernmentCloud;
        return (level.Modal == Modal.Should || hasRoom) && !input.HasPlan(choice)
            ? (ControlApplicability.Undecided, hasRoom
                ? $"{said}；系统不是全部部署在政务云上（deployment），自有机房的物理环境不适用须在通过评估的{input.Plan}里论证，evidence 里没有这份方案，待人工"
                : $"{said}；本级为“宜”，不适用须在通过评估的{input.Plan}里论证，evidence 里没有这份方案，待人工")
            : (ControlApplicability.NotApplicable, said);
    }
}

/// <summary>An object with a port of HTTP in clear.</summary>
/// <param name="IsCertain">False where it may yet turn out to send people on to an encrypted one.</param>
/// <param name="Says">For people.</param>
internal sealed record ClearChannel(bool IsCertain, string Says);
