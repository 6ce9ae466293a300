using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// The defects of an earlier look at a tree, by their fingerprints and those of the places they speak for: JSON with <c>format</c>, <c>writtenOn</c>, <c>tool</c> and <c>defects</c>, those
/// sorted by file, rule and fingerprint. It says what was there and not whether that is well.
/// </summary>
public sealed class CodeBaseline
{
    private const string Format = "securitycheck-baseline/1";
    private const int SizeCap = 64 * 1024 * 1024;
    private const int MostDefects = 200_000;

    private readonly Dictionary<string, BaselineDefect> _defects;
    private readonly HashSet<string> _prints;

    private CodeBaseline(DateOnly writtenOn, IEnumerable<BaselineDefect> defects)
    {
        WrittenOn = writtenOn;
        _defects = defects.DistinctBy(d => d.Fingerprint, StringComparer.Ordinal).ToDictionary(d => d.Fingerprint, StringComparer.Ordinal);
        _prints = [.. _defects.Keys, .. _defects.Values.SelectMany(d => d.Places ?? [])];
    }

    /// <summary>In Beijing.</summary>
    public DateOnly WrittenOn { get; }

    /// <summary>By file, rule and fingerprint.</summary>
    public IReadOnlyList<BaselineDefect> Defects => Sorted(_defects.Values);

    /// <summary>It was told, or one that was told spoke for it.</summary>
    public bool Has(string fingerprint) => _prints.Contains(fingerprint);

    /// <exception cref="UnableException">No file, too large, or no baseline.</exception>
    public static CodeBaseline Open(string path)
    {
        try
        {
            return Read(RegularFile.Read(path, SizeCap));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UnableException(FailureKind.BadInput, $"基线 {Path.GetFileName(path)} 读不了：{unreadable.Message}", unreadable);
        }
    }

    /// <exception cref="UnableException">No baseline.</exception>
    public static CodeBaseline Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement? root = document.RootElement;
            if (root.Text("format") == Format && DateOnly.TryParseExact(root.Text("writtenOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return new CodeBaseline(day, root.Items("defects").Take(MostDefects).Select(Defect));
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new UnableException(FailureKind.BadInput, "这不是基线文件：应由 securitycheck probe code 目录 --write-baseline 文件 写成");
    }

    /// <param name="defects">Of one tree.</param>
    /// <param name="clock">Gives the day.</param>
    /// <param name="tool">Name and version.</param>
    /// <returns>UTF-8, the same bytes for the same defects and day.</returns>
    public static byte[] Write(IEnumerable<CodeDefect> defects, TimeProvider clock, string tool) => ObservationJson.ToFile(new Written(
        Format,
        BeijingTime.DayOf(clock.GetUtcNow()),
        tool,
        Sorted(defects.Select(d => new BaselineDefect(d.Fingerprint, d.RuleId, d.File) { Places = PlacesOf(d) }).DistinctBy(d => d.Fingerprint, StringComparer.Ordinal))));

    private static List<string>? PlacesOf(CodeDefect defect) =>
        defect.Fold is { } fold && fold.Places.Select(p => p.Fingerprint).Where(p => p != defect.Fingerprint).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } others ? others : null;

    private static BaselineDefect Defect(JsonElement element)
    {
        JsonElement? one = element;
        List<string> places = [.. one.Items("places").Select(p => p.ValueKind == JsonValueKind.String ? p.GetString()! : "")];
        return one.Text("fingerprint") is { } print && places.Prepend(print).All(IsPrint)
            ? new BaselineDefect(print, Shown(one.Text("ruleId")), Shown(one.Text("file"))) { IsOfHistory = one.Text("file") is { } file && HistorySearch.IsPlace(file), Places = places.Count > 0 ? places : null }
            : throw new JsonException();
    }

    private static bool IsPrint(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Somebody may have edited it.</summary>
    private static string Shown(string? text) => text is null ? "" : SecretMask.Show(text, always: false);

    private static IReadOnlyList<BaselineDefect> Sorted(IEnumerable<BaselineDefect> defects) =>
        [.. defects.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.RuleId, StringComparer.Ordinal).ThenBy(d => d.Fingerprint, StringComparer.Ordinal)];

    private sealed record Written(string Format, DateOnly WrittenOn, string Tool, IReadOnlyList<BaselineDefect> Defects);
}

/// <param name="Fingerprint">64 hexadecimal digits.</param>
/// <param name="RuleId">Of the engine.</param>
/// <param name="File">Relative to the tree.</param>
public sealed record BaselineDefect(
    [property: System.ComponentModel.Description("")] string Fingerprint, [property: System.ComponentModel.Description("规则")] string RuleId, [property: System.ComponentModel.Description("")] string File)
{
    /// <summary>Fingerprints of other places it speaks for; null where it is one.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    [System.ComponentModel.Description("同报的其他处")]
    public IReadOnlyList<string>? Places { get; init; }

    /// <summary>It stood in an earlier version of a file.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOfHistory { get; init; }
}
