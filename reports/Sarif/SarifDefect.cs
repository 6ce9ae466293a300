using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary>A defect of source code as an observation holds it.</summary>
internal sealed record SarifDefect
{
    public required string RuleId { get; init; }

    public required string Title { get; init; }

    public int? Cwe { get; init; }

    public required Severity Severity { get; init; }

    public required string Confidence { get; init; }

    public required string File { get; init; }

    public required int Line { get; init; }

    public required string Message { get; init; }

    public required string Code { get; init; }

    public required string Remedy { get; init; }

    public required string Engine { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>new, known; null where there is no baseline.</summary>
    public string? Baseline { get; init; }

    /// <summary>inSource or file with its place, reason, reviewer, day and standing; null where nobody wrote one.</summary>
    public JsonElement? Suppression { get; init; }

    public IReadOnlyList<(string File, int Line, string Message)> Flow { get; init; } = [];

    /// <summary>Null where an element is no defect; whatever engine's field it stands in, a defect is told by its members.</summary>
    public static SarifDefect? Of(JsonElement element) =>
        Text(element, "ruleId") is { } rule && Text(element, "fingerprint") is { Length: > 0 } print && Text(element, "file") is { } file && Text(element, "severity") is { } severity
            ? new SarifDefect
            {
                RuleId = rule, Title = Text(element, "title") ?? rule, Cwe = Number(element, "cwe"), Severity = Enum.TryParse<Severity>(severity, ignoreCase: true, out var known) ? known : Severity.Minor,
                Confidence = Text(element, "confidence") ?? "low", File = file, Line = Math.Max(1, Number(element, "line") ?? 1), Message = Text(element, "message") ?? "", Code = Text(element, "code") ?? "",
                Remedy = Text(element, "remedy") ?? "", Engine = Text(element, "engine") ?? "", Fingerprint = print, Baseline = Text(element, "baseline"),
                Suppression = element.TryGetProperty("suppression", out var suppression) && suppression.ValueKind == JsonValueKind.Object ? suppression : null,
                Flow = element.TryGetProperty("flow", out var flow) && flow.ValueKind == JsonValueKind.Array
                    ? [.. flow.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.Object).Select(s => (Text(s, "file") ?? file, Math.Max(1, Number(s, "line") ?? 1), Text(s, "message") ?? ""))]
                    : [],
            }
            : null;

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>GB/T 30279-2020 has four levels, reports of code inspection mostly three.</summary>
    public static (string Four, string Three) Words(Severity severity) => severity switch
    {
        Severity.Critical => ("超危", "高"),
        Severity.Major => ("高危", "高"),
        Severity.Minor => ("中危", "中"),
        _ => ("低危", "低"),
    };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
