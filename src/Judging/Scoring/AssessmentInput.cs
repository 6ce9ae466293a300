using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What an assessment follows from: the judgements as people's attestations left them, and the statements of the candidate.</summary>
internal sealed class AssessmentInput
{
    private readonly EvidenceRule _rule;
    private readonly ILookup<string, (Judgement Judgement, Requirement Requirement, ControlClaim Claim)> _claims;
    private readonly Dictionary<(string, string), ProbeOutcome> _outcomes;
    private readonly Papers _papers;

    public AssessmentInput(JudgeInput input, IReadOnlyList<Judgement> judgements, EvidenceRule rule)
    {
        _rule = rule;
        Candidate = input.Candidate;
        Today = input.Today;
        _outcomes = input.Records.ToDictionary(r => (r.ProbeId, r.TargetId), r => r.Outcome);
        _papers = new Papers(input, rule);
        Guidance = new GuidanceEffects([.. input.Library.Guidance.SelectMany(g => g.Points)], Candidate);
        HasCertificates = rule.Certificates.Length > 0 && Documents.Any(d => d.MaterialKind.Contains(rule.Certificates, StringComparison.Ordinal));
        var attestations = input.Candidate.Attestations.ToLookup(a => a.Id, StringComparer.Ordinal);
        var requirements = input.Requirements.ToDictionary(r => r.Id, StringComparer.Ordinal);
        _claims = judgements
            .Select(j => Believed(j, attestations))
            .SelectMany(j => requirements[j.RequirementId].Basis.Select(b => b.Claim).OfType<ControlClaim>().Select(c => (j, requirements[j.RequirementId], c)))
            .ToLookup(c => c.j.TargetId, c => (c.j, c.Item2, c.c), StringComparer.Ordinal);
    }

    public Candidate Candidate { get; }

    public DateOnly Today { get; }

    public GuidanceEffects Guidance { get; }

    /// <summary>Of <c>materials:</c>, those whose bytes were read and are enough to say something.</summary>
    public IReadOnlyList<Document> Documents => _papers.There;

    /// <summary>Bytes below which a document says nothing.</summary>
    public long FewestBytes => _rule.FewestBytes;

    /// <summary>Kind of the material that argues units away.</summary>
    public string Plan => _rule.Plan;

    /// <summary>Copies of products' certificates were handed in: what a register says of products is then more than a word.</summary>
    public bool HasCertificates { get; }

    /// <summary>Kind of the material that a register of products leans on.</summary>
    public string Certificates => _rule.Certificates;

    public IEnumerable<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> AllClaims => _claims.SelectMany(g => g);

    public IEnumerable<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> ClaimsOn(string targetId) => _claims[targetId];

    /// <summary>It names a document of <c>materials:</c> whose bytes were read, as id, target or path.</summary>
    public bool IsBacked(SignedStatement statement) => _papers.IsBacked(statement.Evidence);

    /// <summary>Documents a statement names that have too little in the shape of a document, as "name（n 字节）".</summary>
    public IReadOnlyList<string> ScantOf(SignedStatement statement) =>
        [.. _papers.Scant.Where(d => Papers.Names(statement.Evidence, d.Document)).Select(d => $"{d.Document.Id}（{d.Bytes} 字节）").Order(StringComparer.Ordinal)];

    /// <summary>One of those documents is the plan of the cryptography.</summary>
    public bool HasPlan(SignedStatement statement) => Documents.Any(d => d.MaterialKind.Contains(Plan, StringComparison.Ordinal) && Papers.Names(statement.Evidence, d));

    /// <summary>Registers of products that the rules on levels of modules look at, with their rows.</summary>
    public IReadOnlyList<(string TargetId, IReadOnlyList<JsonElement> Products)> Registers =>
    [
        .. AllClaims.Where(c => c.Claim.ModuleField is not null && c.Requirement is { IsSelfReport: true, Observes: not null })
            .Select(c => (c.Judgement.TargetId, Kind: c.Requirement.Observes!, List: c.Claim.ModuleField!.Split('.')[0])).Distinct()
            .Select(r => (r.TargetId, (IReadOnlyList<JsonElement>)[.. Rows(r.Kind, r.TargetId, r.List)])),
    ];

    /// <summary>Level of the weakest product an observation lists, 0 for none; null where one is not said.</summary>
    public int? ModuleLevelOf(Judgement judgement, Requirement requirement, ControlClaim claim)
    {
        if (claim.ModuleField?.Split('.') is not [var list, var field] || requirement.Observes is null
            || _outcomes.GetValueOrDefault((requirement.Observes, judgement.TargetId)) is not Observed seen)
        {
            return null;
        }

        var levels = seen.Observations.Where(o => o.TargetId == judgement.TargetId).Select(o => FieldValue.Find(o.Data, list))
            .SelectMany(v => v.IsMissing || v.Value.ValueKind != JsonValueKind.Array ? [(int?)null] : v.Value.EnumerateArray().Select(p => Level(p, field))).ToList();
        return levels.Count == 0 || levels.Contains(null) ? null : levels.Min();
    }

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

    /// <summary>A statement of tomorrow is none, and one of years ago speaks of another system.</summary>
    public bool IsInEffect(SignedStatement statement) => WhyDated(statement) is null;

    /// <summary>Why the date of a statement does not stand; null where it does.</summary>
    public string? WhyDated(SignedStatement statement) => statement.On > Today ? "在将来"
        : statement.On < Today.AddMonths(-_rule.ValidMonths) ? $"距今超过 {_rule.ValidMonths} 个月"
        : null;

    private IEnumerable<JsonElement> Rows(string kind, string target, string list) => _outcomes.GetValueOrDefault((kind, target)) is not Observed seen ? []
        : seen.Observations.Where(o => o.TargetId == target).Select(o => FieldValue.Find(o.Data, list))
            .Where(v => !v.IsMissing && v.Value.ValueKind == JsonValueKind.Array).SelectMany(v => v.Value.EnumerateArray()).Where(p => p.ValueKind == JsonValueKind.Object);

    private static int? Level(JsonElement product, string field) => !product.TryGetProperty(field, out var level) ? null
        : level.ValueKind == JsonValueKind.Null ? 0
        : level.ValueKind == JsonValueKind.Number && level.TryGetInt32(out var n) ? n : null;

    /// <summary>What people said of a requirement without a document opens the question again; a 不符合 stays, and triggers nothing.</summary>
    private Judgement Believed(Judgement judgement, ILookup<string, Attestation> attestations) =>
        judgement.Reason is not (VerdictReason.Attested or VerdictReason.AttestedUnseen) ? judgement
        : attestations[judgement.AttestationId ?? ""].Any(_papers.IsBacked) ? judgement with { Reason = VerdictReason.Attested }
        : judgement.Verdict == Verdict.NotSatisfied ? judgement with { Reason = VerdictReason.AttestedUnseen }
        : judgement with { Verdict = Verdict.NeedsReview, Explanation = $"{judgement.Explanation}（没有附上证据文件）" };
}
