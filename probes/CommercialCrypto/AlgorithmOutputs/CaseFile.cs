using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads cases from JSON (an array, or an object with <c>cases</c>) or from a table with a heading.</summary>
/// <param name="MadeAt">As a challenge says; null elsewhere.</param>
internal sealed record CaseFile(IReadOnlyList<AlgorithmCase> Cases, DateTimeOffset? MadeAt)
{
    public const int FileCap = 32 * 1024 * 1024;
    private const int MaxCases = 100_000;

    /// <exception cref="UnableException">It is neither, or too long.</exception>
    public static CaseFile Read(byte[] bytes, string name)
    {
        try
        {
            return Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ReadTable(bytes, name) : ReadJson(bytes, name);
        }
        catch (JsonException wrong)
        {
            throw new UnableException(FailureKind.BadInput, $"{name} 不是合格的 JSON（第 {wrong.LineNumber + 1} 行第 {wrong.BytePositionInLine + 1} 字节处）", wrong);
        }
        catch (InvalidOperationException wrong)
        {
            throw new UnableException(FailureKind.BadInput, $"{name} 里有不是 UTF-8 的字符串", wrong);
        }
        catch (RowsBrokenException broken)
        {
            throw new UnableException(FailureKind.BadInput, $"{name}：{broken.Message}", broken);
        }
    }

    private static CaseFile ReadJson(byte[] bytes, string name)
    {
        var text = bytes.AsMemory(bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0);
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
        var root = json.RootElement;
        var isObject = root.ValueKind == JsonValueKind.Object;
        var list = isObject && root.TryGetProperty("cases", out var inner) ? inner : root;
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new UnableException(FailureKind.BadInput, $"{name} 应是数组，或带有 cases 数组的对象");
        }

        if (list.GetArrayLength() > MaxCases)
        {
            throw new UnableException(FailureKind.BadInput, $"{name} 有 {list.GetArrayLength()} 个用例，超过上限 {MaxCases}");
        }

        DateTimeOffset? made = isObject && root.TryGetProperty("madeAt", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var moment) ? moment : null;
        return new CaseFile([.. list.EnumerateArray().Select(OfJson)], made);
    }

    private static AlgorithmCase OfJson(JsonElement element)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            {
                fields[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            }
        }

        return new AlgorithmCase(fields);
    }

    private static CaseFile ReadTable(byte[] bytes, string name)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var table = new TableScan(reader, ',');
        var heading = table.Next() ?? throw new UnableException(FailureKind.BadInput, $"{name} 是空文件，第一行应为列名");
        var cases = new List<AlgorithmCase>();
        while (table.Next() is { } row)
        {
            if (row is [""])
            {
                continue;
            }

            if (cases.Count >= MaxCases)
            {
                throw new UnableException(FailureKind.BadInput, $"{name} 的用例超过上限 {MaxCases}");
            }

            // An empty cell of a table is an absent field; an empty message is written "".
            cases.Add(new AlgorithmCase(heading.Zip(row).Where(p => p.Second.Length > 0).DistinctBy(p => p.First, StringComparer.Ordinal)
                .ToDictionary(p => p.First.Trim(), p => p.Second.Trim() == "\"\"" ? "" : p.Second.Trim(), StringComparer.Ordinal)));
        }

        return new CaseFile(cases, null);
    }
}
