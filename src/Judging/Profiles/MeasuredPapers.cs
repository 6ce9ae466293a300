using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What was measured of the documents of <c>materials:</c>.</summary>
internal sealed class MeasuredPapers(JudgeInput input, IReadOnlyList<Judgement> judgements)
{
    private readonly ILookup<string, Judgement> _judged = judgements.ToLookup(j => j.TargetId, StringComparer.Ordinal);
    private readonly ILookup<string, Observation> _seen = input.Records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).ToLookup(o => o.TargetId, StringComparer.Ordinal);

    /// <summary>Some rule says 不符合 of it, and nobody waived that.</summary>
    public bool IsUnfit(Document document) => _judged[document.TargetId].Any(j => j is { Verdict: Verdict.NotSatisfied, Reason: VerdictReason.Measured, WaiverId: null });

    /// <summary>The day stands in the text of the document.</summary>
    public bool Says(Document document, DateOnly day) => Days(document, "days").Contains(day);

    /// <summary>Each 试运行 from one day to another that the document says.</summary>
    public IEnumerable<(DateOnly From, DateOnly To)> TrialsOf(Document document) => Days(document, "trial").Chunk(2).Where(p => p.Length == 2).Select(p => (p[0], p[1]));

    private List<DateOnly> Days(Document document, string field) =>
    [
        .. _seen[document.TargetId].Select(o => FieldValue.Find(o.Data, field)).Where(f => f is { IsMissing: false, Value.ValueKind: JsonValueKind.Array })
            .SelectMany(f => f.Value.EnumerateArray()).Where(v => v.ValueKind == JsonValueKind.String)
            .Select(v => DateOnly.TryParseExact(v.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null).OfType<DateOnly>(),
    ];
}
