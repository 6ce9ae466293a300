using System.Text.Json;
using System.Text.Json.Serialization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>JSON that somebody else may have written: beyond what the serializer checks, no list may hold a null where a record is meant.</summary>
internal static class StrangerJson
{
    /// <summary>The probe's own record inside an observation: its lists are the probe's business.</summary>
    private const string ProbeRecord = "data";

    private static readonly JsonSerializerOptions Options = Strict();

    /// <exception cref="JsonException">Not the shape of <typeparamref name="T"/>; the message is for people and says where.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RefuseWhatNoRecordHolds(bytes);
            return JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException("内容是 null");
        }
        catch (JsonException wrong) when (wrong.Message is not [> '\x7f', ..])
        {
            throw new JsonException(InChinese(wrong), wrong);
        }
    }

    /// <summary>The serializer speaks English and shows the names of our types.</summary>
    private static string InChinese(JsonException wrong)
    {
        var place = wrong.LineNumber is { } line ? $"（第 {line + 1} 行，该行第 {(wrong.BytePositionInLine ?? 0) + 1} 字节）" : "";
        return wrong.Path is { Length: > 0 } path ? $"{path} 处缺少必需的成员，或值不是应有的类型{place}" : $"不是合格的 JSON，或嵌套过深{place}";
    }

    /// <summary>No member left out, and words for enumerations: a number there could be none of them.</summary>
    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions(ObservationJson.Options) { RespectRequiredConstructorParameters = true };
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    private static void RefuseWhatNoRecordHolds(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        var inside = new Stack<(bool IsList, bool IsProbes)>();
        var recordFollows = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    recordFollows = TextOf(ref reader) == ProbeRecord;
                    continue;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    inside.Push((reader.TokenType == JsonTokenType.StartArray, recordFollows || (inside.TryPeek(out var outer) && outer.IsProbes)));
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    inside.Pop();
                    break;
                case JsonTokenType.String:
                    TextOf(ref reader);
                    break;
                case JsonTokenType.Null when inside.TryPeek(out var place) && place is { IsList: true, IsProbes: false }:
                    throw new JsonException("列表里有 null");
            }

            recordFollows = false;
        }
    }

    /// <exception cref="JsonException">Half a surrogate pair, or not UTF-8: what was read could not be written again.</exception>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException("文字不是合格的 Unicode", broken);
        }
    }
}
