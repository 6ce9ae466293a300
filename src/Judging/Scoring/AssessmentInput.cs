using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What an assessment follows from: the judgements as people's attestations left them, and the statements of the candidate.</summary>
internal sealed class AssessmentInput
{
    private readonly ILookup<string, (Judgement Judgement, Requirement Requirement, ControlClaim Claim)> _claims;
    private readonly Dictionary<(string, string), ProbeOutcome> _outcomes;

    public AssessmentInput(JudgeInput input, IReadOnlyList<Judgement> judgements)
    {
        Candidate = input.Candidate;
        Today = input.Today;
        var requirements = input.Requirements.ToDictionary(r => r.Id, StringComparer.Ordinal);
        _claims = judgements
            .SelectMany(j => requirements[j.RequirementId].Basis.Select(b => b.Claim).OfType<ControlClaim>().Select(c => (j, requirements[j.RequirementId], c)))
            .ToLookup(c => c.j.TargetId, c => (c.j, c.Item2, c.c), StringComparer.Ordinal);
        _outcomes = input.Records.ToDictionary(r => (r.ProbeId, r.TargetId), r => r.Outcome);
    }

    public Candidate Candidate { get; }

    public DateOnly Today { get; }

    public IEnumerable<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> AllClaims => _claims.SelectMany(g => g);

    public IEnumerable<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> ClaimsOn(string targetId) => _claims[targetId];

    /// <summary>Bits of security a claim's observation or rule gives; null where it gives none.</summary>
    public int? StrengthOf(Judgement judgement, Requirement requirement, ControlClaim claim)
    {
        if (claim.StrengthField is not { } field)
        {
            return claim.StrengthBits;
        }

        if (requirement.Observes is null || _outcomes.GetValueOrDefault((requirement.Observes, judgement.TargetId)) is not Observed seen)
        {
            return null;
        }

        // Of several observations the weakest; one that does not say it leaves it unknown.
        var bits = seen.Observations.Where(o => o.TargetId == judgement.TargetId).Select(o => FieldValue.Find(o.Data, field))
            .Select(v => !v.IsMissing && v.Value.ValueKind == JsonValueKind.Number && v.Value.TryGetInt32(out var n) ? n : (int?)null).ToList();
        return bits.Count == 0 || bits.Contains(null) ? null : bits.Min();
    }

    /// <summary>A statement of tomorrow is none.</summary>
    public bool IsInEffect(SignedStatement statement) => statement.On <= Today;
}
