using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// Which documents of <c>materials:</c> can carry a word of people: those whose bytes were read, that are enough to say something, and that
/// are not of tomorrow. One bound for materials of clauses and for attestations; that of the answers of a catalogue stands in its scoring rule.
/// </summary>
internal sealed class Papers
{
    private readonly Dictionary<string, Document> _there;

    public Papers(JudgeInput input)
    {
        var rule = Bound(input);
        var read = input.Records.Where(r => r.ProbeId == rule.Probe).ToLookup(r => r.TargetId, StringComparer.Ordinal);
        _there = input.Candidate.Materials
            .Where(d => !(d.IssuedOn > input.Today) && read[d.TargetId].Any(r => BytesOf(r, d) >= rule.FewestBytes))
            .ToDictionary(d => d.Id, StringComparer.Ordinal);
    }

    /// <summary>The strictest of the catalogues.</summary>
    public static EvidenceRule Bound(JudgeInput input) =>
        input.Library.Scorings.Select(s => s.Evidence).Append(EvidenceRule.Usual).Where(e => e.Probe == EvidenceRule.Usual.Probe).MaxBy(e => e.FewestBytes)!;

    public bool IsThere(Document document) => _there.ContainsKey(document.Id);

    /// <summary>A document that the answer names as id, target or path.</summary>
    public bool IsBacked(Attestation answer) => _there.Values.Any(d => answer.EvidenceIds.Any(e => e == d.Id || e == d.TargetId || e == d.Path));

    private static long? BytesOf(ProbeRecord record, Document document) => record.Outcome is not Observed seen ? null : seen.Observations
        .Where(o => o.TargetId == document.TargetId && !FieldValue.Find(o.Data, "sha256").IsMissing)
        .Select(o => FieldValue.Find(o.Data, "bytes") is { IsMissing: false, Value: { ValueKind: JsonValueKind.Number } value } && value.TryGetInt64(out var bytes) ? bytes : (long?)null).Max();
}
