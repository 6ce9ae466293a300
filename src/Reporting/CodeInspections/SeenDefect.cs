using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>A defect of source code as an observation holds it.</summary>
public sealed record SeenDefect
{
    public required string RuleId { get; init; }

    public required string Title { get; init; }

    /// <summary>Number of the weakness; null where the engine names none.</summary>
    public int? Cwe { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>low, medium, high.</summary>
    public required string Confidence { get; init; }

    /// <summary>Why it is not of high confidence; null where it is, or where the engine does not say.</summary>
    public string? Doubt { get; init; }

    /// <summary>Low for that one reason alone: people are to look into it.</summary>
    public bool IsForPeople { get; init; }

    /// <summary>Relative to the tree.</summary>
    public required string File { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Line { get; init; }

    public required string Message { get; init; }

    /// <summary>The line of code, secrets blackened; empty where the engine shows none.</summary>
    public required string Code { get; init; }

    public required string Remedy { get; init; }

    /// <summary>All that point at it, joined by 、.</summary>
    public required string Engine { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>new, known; null where there is no baseline.</summary>
    public string? Baseline { get; init; }

    /// <summary>Null where nobody wrote one.</summary>
    public SeenSuppression? Suppression { get; init; }

    /// <summary>The way to it; empty where the engine tells none.</summary>
    public IReadOnlyList<SeenStep> Flow { get; init; } = [];

    /// <summary>Other places a way to it begins at; null where there are none.</summary>
    public SeenEntries? OtherEntries { get; init; }

    /// <summary>The project's declarations of which one alone stops the way, joined by 、; null where none does.</summary>
    public string? DeclaredClean { get; init; }

    /// <summary>Where it stands among others.</summary>
    public DefectKey Key => new(Rank, Severity, File, Line, RuleId, Fingerprint);

    /// <summary>3 for high, 1 for low: what is surer goes first.</summary>
    public int Rank => Confidence switch { "high" => 3, "medium" => 2, _ => 1 };

    /// <summary>A suppression is in effect.</summary>
    public bool IsSuppressed => Suppression is { Standing: "inEffect" };

    /// <summary>Null where an element is no defect; whatever field it stands in, a defect is told by its members.</summary>
    public static SeenDefect? Of(JsonElement element) =>
        element.Text("ruleId") is { } rule && element.Text("fingerprint") is { Length: > 0 } print && element.Text("file") is { } file && element.Text("severity") is { } severity
            ? new SeenDefect
            {
                RuleId = rule,
                Title = element.Text("title") ?? rule,
                Cwe = element.Number("cwe"),
                Severity = Enum.TryParse<Severity>(severity, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : Severity.Minor,
                Confidence = element.Text("confidence") ?? "low",
                Doubt = element.Text("doubt"),
                IsForPeople = element.Flag("isForPeople") == true,
                File = file,
                Line = Math.Max(1, element.Number("line") ?? 1),
                Message = element.Text("message") ?? "",
                Code = element.Text("code") ?? "",
                Remedy = element.Text("remedy") ?? "",
                Engine = element.Text("engine") ?? "",
                Fingerprint = print,
                Baseline = element.Text("baseline"),
                Suppression = SeenSuppression.Of(element, "suppression"),
                Flow = [.. element.Items("flow").Select(s => SeenStep.Of(s, file))],
                OtherEntries = SeenEntries.Of(element, file),
                DeclaredClean = string.Join('、', element.Texts("declaredClean")) is { Length: > 0 } names ? names : element.Text("declaredClean"),
            }
            : null;

    /// <summary>Every defect that stands in a list of the record, whatever the list is called; lists of a register repeat them.</summary>
    internal static IEnumerable<SeenDefect> AllOf(JsonElement data) => data.ValueKind != JsonValueKind.Object ? [] : data.EnumerateObject()
        .Where(p => p.Value.ValueKind == JsonValueKind.Array).SelectMany(p => p.Value.EnumerateArray()).Select(Of).OfType<SeenDefect>();
}

/// <param name="File">Relative to the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Message">Empty where the engine does not say.</param>
public sealed record SeenStep(string File, int Line, string Message)
{
    /// <summary>Null where the engine does not show it.</summary>
    public SeenPiece? Code { get; init; }

    internal static SeenStep Of(JsonElement step, string file) => new(step.Text("file") ?? file, Math.Max(1, step.Number("line") ?? 1), step.Text("message") ?? "") { Code = SeenPiece.Of(step) };
}

/// <summary>A line of code with the piece that a step means.</summary>
/// <param name="Text">Secrets blackened.</param>
/// <param name="Column">In the file, from 1.</param>
/// <param name="Length">In the file.</param>
/// <param name="Mark">Where the piece begins in the text, from 0; null where it is not to be seen there.</param>
public sealed record SeenPiece(string Text, int Column, int Length, int? Mark)
{
    /// <summary>What stands before the piece, the piece, and what follows.</summary>
    public (string Before, string Piece, string After) Parts => Mark is { } at ? (Text[..at], Text.Substring(at, Length), Text[(at + Length)..]) : (Text, "", "");

    /// <summary>A record may say anything; a mark outside of its text is none.</summary>
    internal static SeenPiece? Of(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object || !step.TryGetProperty("code", out var code) || code.Text("text") is not { Length: > 0 } text)
        {
            return null;
        }

        var (column, length, mark) = (Math.Max(1, code.Number("column") ?? 1), Math.Clamp(code.Number("length") ?? 0, 0, 1000), code.Number("mark"));
        return new SeenPiece(text, column, length, length > 0 && mark is >= 0 && mark + length <= text.Length ? mark : null);
    }
}

/// <param name="Count">All of them.</param>
/// <param name="First">The first of them.</param>
public sealed record SeenEntries(int Count, IReadOnlyList<SeenStep> First)
{
    internal static SeenEntries? Of(JsonElement defect, string file)
    {
        if (!defect.TryGetProperty("otherEntries", out var others) || others.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        IReadOnlyList<SeenStep> first = [.. others.Items("first").Select(s => SeenStep.Of(s, file))];
        return others.Number("count") is > 0 and var count ? new SeenEntries(Math.Max(count, first.Count), first) : null;
    }
}

/// <param name="Kind">inSource, file, imported, declared.</param>
/// <param name="Place">File and line; the scanner where it is imported.</param>
/// <param name="Standing">inEffect, or why not.</param>
/// <param name="Reason">Null where none was written.</param>
/// <param name="Reviewer">Null where none was written.</param>
/// <param name="Until">Null where none was written.</param>
public sealed record SeenSuppression(string Kind, string Place, string Standing, string? Reason, string? Reviewer, string? Until)
{
    /// <summary>Nobody looked over what a project declares: somebody answers for it.</summary>
    public string ReviewerLabel => Kind == "declared" ? "负责" : "复核";

    internal static SeenSuppression? Of(JsonElement holder, string field) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(field, out var written) && written.ValueKind == JsonValueKind.Object ? Of(written) : null;

    internal static SeenSuppression Of(JsonElement written) =>
        new(written.Text("kind") ?? "", written.Text("place") ?? "", written.Text("standing") ?? "", written.Text("reason"), written.Text("reviewer"), written.Text("until"));
}
