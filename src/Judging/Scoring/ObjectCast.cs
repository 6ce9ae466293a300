using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>One object as a control is asked of it.</summary>
/// <param name="Id">Of a declared object or a target; empty for the control as a whole.</param>
/// <param name="Title">For people.</param>
/// <param name="Targets">Whose judgements speak of it.</param>
/// <param name="IsDeclared">candidate.yaml assigned its targets to it.</param>
internal sealed record CastObject(string Id, string Title, IReadOnlyList<string> Targets, bool IsDeclared);

/// <summary>
/// Which objects a control is asked of. It follows from the candidate and the rules, with one exception: a clear port that was seen to send
/// everybody on to its encrypted neighbour is none. Only more knowledge takes an object out, and until then it counts from 0: less knowledge
/// never betters the mean. Answers make no objects.
/// </summary>
internal sealed class ObjectCast(AssessmentInput input)
{
    /// <summary>At least one: where nothing is known of, the control as a whole.</summary>
    public IReadOnlyList<CastObject> Of(Control control)
    {
        var declared = input.Candidate.Crypto.Objects.Where(o => o.Controls.Contains(control.Key, StringComparer.Ordinal))
            .Select(o => new CastObject(o.Id, o.Title, o.Targets, IsDeclared: true));

        // Whoever assigns a target to an object of one control does not take it away from another.
        var assigned = input.Candidate.Crypto.Objects.Where(o => o.Controls.Contains(control.Key, StringComparer.Ordinal)).SelectMany(o => o.Targets).ToHashSet(StringComparer.Ordinal);
        var byDefault = Targets().Where(t => !assigned.Contains(t.Id) && (IsDefault(control, t.Target) || IsFirstClaim(control, t)))
            .Select(t => new CastObject(t.Id, t.Title, [t.Id], IsDeclared: false));
        List<CastObject> all = [.. declared, .. byDefault];
        return all.Count > 0 ? all : [new CastObject("", "（没有登记测评对象）", [], IsDeclared: false)];
    }

    /// <summary>The claims that speak of an object under a control.</summary>
    public IEnumerable<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> Speaking(Control control, CastObject of) =>
        of.Targets.SelectMany(input.ClaimsOn).Where(c => c.Claim.Controls.Contains(control.Key, StringComparer.Ordinal)
            && (of.IsDeclared || !c.Claim.OnlyDeclared)
            && (of.IsDeclared || c.Claim.Default == control.Key || IsDefault(control, input.Candidate.Targets().FirstOrDefault(t => t.TargetId == c.Judgement.TargetId))));

    private IEnumerable<(string Id, string Title, Target? Target)> Targets() =>
    [
        .. input.Candidate.Targets().Select(t => (t.TargetId, t is Endpoint e ? $"{e.DisplayName}（{e.Authority}）" : t.DisplayName, t)),
        (input.Candidate.Id, input.Candidate.Name, null),
    ];

    private bool IsDefault(Control control, Target? target) => target switch
    {
        Endpoint { Protocol: EndpointProtocol.Http } plain when IsDoorstep(plain) => false,
        Endpoint { Purpose: EndpointPurpose.Management } => control.DefaultObjects.Contains(DefaultObject.ManagementEndpoint),
        Endpoint => control.DefaultObjects.Contains(DefaultObject.Endpoint),
        Host => control.DefaultObjects.Contains(DefaultObject.Host),
        _ => false,
    };

    /// <summary>Nobody has yet seen whether a clear port beside an encrypted one of its host only sends people on.</summary>
    public bool MayBeDoorstep(Endpoint plain) => HasEncryptedNeighbour(plain)
        && Looks(plain) is { Count: > 0 } looks && looks.TrueForAll(j => j.Verdict is Verdict.Satisfied or Verdict.NeedsReview);

    private bool IsDoorstep(Endpoint plain) => HasEncryptedNeighbour(plain)
        && Looks(plain) is { Count: > 0 } looks && looks.TrueForAll(j => j is { Verdict: Verdict.Satisfied, Reason: VerdictReason.Measured });

    private List<Judgement> Looks(Endpoint plain) => [.. input.ClaimsOn(plain.TargetId).Where(c => c.Claim.IsDoorstep).Select(c => c.Judgement)];

    private bool HasEncryptedNeighbour(Endpoint plain) =>
        input.Candidate.Endpoints.Any(e => e.Protocol != EndpointProtocol.Http && e.Purpose == plain.Purpose && string.Equals(e.Host, plain.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Endpoints and hosts are objects by what they are; everything else where the first control of a rule says so.</summary>
    private bool IsFirstClaim(Control control, (string Id, string Title, Target? Target) target) =>
        target.Target is not (Endpoint or Host) && input.ClaimsOn(target.Id).Any(c => c.Claim.Default == control.Key && c.Claim.Aspects.Count > 0);
}
