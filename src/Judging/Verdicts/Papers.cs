using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// Which documents of <c>materials:</c> can carry a word of people: those whose bytes were read, that are enough to say something, and that
/// are not of tomorrow. One bound for materials of clauses and for attestations; the answers of a catalogue are under that of its scoring rule.
/// </summary>
internal sealed class Papers
{
    private readonly HashSet<string> _listed;

    public Papers(JudgeInput input)
        : this(input, Bound(input))
    {
    }

    public Papers(JudgeInput input, EvidenceRule rule)
    {
        var records = input.Records.Where(r => r.ProbeId == rule.Probe).ToLookup(r => r.TargetId, StringComparer.Ordinal);
        var read = input.Candidate.Materials.Where(d => !(d.IssuedOn > input.Today))
            .SelectMany(d => records[d.TargetId].Max(r => BytesOf(r, d)) is { } bytes ? [(Document: d, Bytes: bytes)] : Array.Empty<(Document Document, long Bytes)>())
            .Concat(input.Candidate.Attached.Select(a => (a.Document, a.Bytes))).ToLookup(d => d.Bytes >= rule.FewestBytes);
        _listed = input.Candidate.Materials.Select(d => d.TargetId).ToHashSet(StringComparer.Ordinal);
        There = [.. read[true].Select(d => d.Document)];
        Scant = [.. read[false]];
    }

    public IReadOnlyList<Document> There { get; }

    /// <summary>Those that were read and have too few bytes in the shape of a document to say anything, with those bytes.</summary>
    public IReadOnlyList<(Document Document, long Bytes)> Scant { get; }

    /// <summary>Of the catalogues the strictest in each.</summary>
    public static EvidenceRule Bound(JudgeInput input)
    {
        var all = input.Library.Scorings.Select(s => s.Evidence).Append(EvidenceRule.Usual).Where(e => e.Probe == EvidenceRule.Usual.Probe).ToList();
        return all.MaxBy(e => e.FewestBytes)! with { ValidMonths = all.Min(e => e.ValidMonths) };
    }

    public bool IsThere(Document document) => There.Any(d => d.Id == document.Id);

    /// <summary>A document that the answer names as id, target or path.</summary>
    public bool IsBacked(Attestation answer) => IsBacked(answer.EvidenceIds);

    /// <inheritdoc cref="IsBacked(Attestation)"/>
    public bool IsBacked(IReadOnlyList<string> evidence) => There.Any(d => Names(evidence, d));

    /// <summary>
    /// The same where the judgement is on that target: of a listed document only itself says something, or a file that came with the word.
    /// </summary>
    public bool IsBacked(Attestation answer, string targetId) =>
        There.Any(d => Names(answer.EvidenceIds, d) && (!IsListed(targetId) || d.TargetId == targetId || !IsListed(d.TargetId)));

    /// <summary>Whether the target is a document of <c>materials:</c>.</summary>
    public bool IsListed(string targetId) => _listed.Contains(targetId);

    public static bool Names(IReadOnlyList<string> evidence, Document document) => evidence.Any(e => e == document.Id || e == document.TargetId || e == document.Path);

    private static long? BytesOf(ProbeRecord record, Document document) => record.Outcome is not Observed seen ? null : seen.Observations
        .Where(o => o.TargetId == document.TargetId && !FieldValue.Find(o.Data, "sha256").IsMissing)
        .Select(o => FieldValue.Find(o.Data, "legibleBytes") is { IsMissing: false, Value: { ValueKind: JsonValueKind.Number } value } && value.TryGetInt64(out var bytes) ? bytes : (long?)null).Max();
}
