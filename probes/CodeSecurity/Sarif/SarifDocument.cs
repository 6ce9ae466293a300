using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Opens a SARIF file that strangers wrote: bounded in size and depth, every missing or misshapen part read as absent.</summary>
internal static class SarifDocument
{
    public const int SizeCap = 64 * 1024 * 1024;
    private const int DepthCap = 64;

    /// <exception cref="UnableException">No JSON, too large, too deep, or not SARIF 2.1.</exception>
    public static JsonDocument Open(byte[] bytes)
    {
        if (bytes.Length > SizeCap)
        {
            throw new UnableException(FailureKind.BadInput, $"SARIF 超过 {SizeCap / 1024 / 1024} MiB，未读");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Utf8(bytes), new JsonDocumentOptions { MaxDepth = DepthCap, CommentHandling = JsonCommentHandling.Disallow });
        }
        catch (JsonException broken)
        {
            throw new UnableException(FailureKind.BadInput, $"不是完整的 JSON，或嵌套超过 {DepthCap} 层（第 {broken.LineNumber + 1} 行附近）", broken);
        }

        if (Text(document.RootElement, "version") is not { } version || !version.StartsWith("2.1", StringComparison.Ordinal) || document.RootElement.Get("runs") is not { ValueKind: JsonValueKind.Array })
        {
            document.Dispose();
            throw new UnableException(FailureKind.BadInput, "不是 SARIF 2.1.0（version 不是 2.1，或没有 runs）");
        }

        return document;
    }

    public static JsonElement? Get(this JsonElement? element, string name) => element is { } known ? known.Get(name) : null;

    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement? element, string name) => element is { } known ? known.Text(name) : null;

    /// <summary>Null where it is no text, or text that is not well formed.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name) is { } value ? AsText(value) : null;

    public static string? AsText(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static int? Integer(this JsonElement? element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static byte[] Utf8(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2)),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2)),
        _ => bytes,
    };
}
