using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What the system's own detection said of one batch.</summary>
/// <param name="Name">Of the batch.</param>
/// <param name="IsRefused">Null where the word is none that is known.</param>
/// <param name="Reason">In the system's words; empty where it gave none.</param>
public sealed record DetectorAnswer(string Name, bool? IsRefused, string Reason)
{
    private const int SizeCap = 16 * 1024 * 1024;

    private static readonly string[] Refused = ["不通过", "未通过", "拒绝", "拒收", "退回", "不合格", "失败", Verdict.NotSatisfied.Name(), "异常", "FAIL", "FAILED", "REJECT", "REJECTED", "RETURNED", "FALSE"];
    private static readonly string[] Accepted = ["通过", "接收", "接受", "合格", "成功", Verdict.Satisfied.Name(), "正常", "PASS", "PASSED", "ACCEPT", "ACCEPTED", "OK", "TRUE"];

    /// <summary>For the person who fills the table in.</summary>
    public static string Words => "通过 或 不通过（也认 接收/退回、合格/不合格、PASS/FAIL）";

    /// <summary>CSV with a head (批次,判定,理由), UTF-8, UTF-16 with a mark, or GBK; or a JSON list of objects with the same names, or <c>batch</c>, <c>verdict</c>, <c>reason</c>.</summary>
    /// <exception cref="InvalidDataException">No such table.</exception>
    public static IReadOnlyList<DetectorAnswer> Read(string path, CancellationToken stop) => Of(Content(path), stop);

    /// <summary>The bytes of a table, which may also be told by their digest.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static byte[] Content(string path)
    {
        try
        {
            return RegularFile.Read(path, SizeCap);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"结果表读不了：{broken.Message}", broken);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<DetectorAnswer> Of(byte[] bytes, CancellationToken stop)
    {
        var text = DocumentText.Decode(bytes) ?? throw new InvalidDataException("结果表不是 UTF-8、UTF-16 或 GB18030 文本");
        return text.AsSpan().TrimStart() is ['[', ..] ? Json(text) : Table(text, stop);
    }

    private static List<DetectorAnswer> Table(string text, CancellationToken stop)
    {
        var rows = SeparatedText.Read(text, stop);
        var head = rows.Count > 0 ? rows[0].Select(c => c.Trim()).ToList() : [];
        var (name, verdict, reason) = (head.IndexOf("批次"), head.IndexOf("判定"), head.IndexOf("理由"));
        if (name < 0 || verdict < 0)
        {
            throw new InvalidDataException("结果表的第一行应有 批次,判定,理由");
        }

        string At(IReadOnlyList<string> row, int at) => at >= 0 && at < row.Count ? row[at].Trim() : "";
        return [.. rows.Skip(1).Where(r => At(r, name).Length > 0).Select(r => new DetectorAnswer(At(r, name), Meaning(At(r, verdict)), At(r, reason)))];
    }

    private static List<DetectorAnswer> Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return [.. document.RootElement.EnumerateArray().Select(e => new DetectorAnswer(Text(e, "批次", "batch"), Meaning(Text(e, "判定", "verdict")), Text(e, "理由", "reason"))).Where(a => a.Name.Length > 0)];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("结果表不是 JSON 的列表", broken);
        }
    }

    private static string Text(JsonElement element, string chinese, string english) =>
        element.ValueKind == JsonValueKind.Object && (element.TryGetProperty(chinese, out var value) || element.TryGetProperty(english, out value)) ? value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText() : "";

    private static bool? Meaning(string word) =>
        Array.Exists(Refused, w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase)) ? true
        : Array.Exists(Accepted, w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase)) ? false
        : null;
}
