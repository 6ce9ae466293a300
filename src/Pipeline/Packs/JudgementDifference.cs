using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The first place where a stored judgement says something else than the one made anew, in words and with both values.</summary>
internal static class JudgementDifference
{
    private const int ShownLength = 160;
    private const int DepthCap = 64;
    private const string Judgements = "judgements";

    private static readonly string[] Names = ["requirementId", "clauseId", "targetId", "fingerprint", "id", "key"];

    /// <returns>Null where the bytes are the same.</returns>
    public static string? Of(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> again)
    {
        if (stored.SequenceEqual(again))
        {
            return null;
        }

        try
        {
            using var was = JsonDocument.Parse(stored.ToArray(), new JsonDocumentOptions { MaxDepth = DepthCap });
            using var now = JsonDocument.Parse(again.ToArray());
            return was.RootElement.ValueKind != JsonValueKind.Object ? "不是判定的样子"
                : OfVerdicts(was.RootElement, now.RootElement) ?? Within("", was.RootElement, now.RootElement) ?? "内容相同而写法不同，不是本工具写出的文件";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return $"不是判定的样子：{broken.Message}";
        }
    }

    /// <summary>Verdicts come first, by requirement and target: an inserted one must not shift all the others.</summary>
    private static string? OfVerdicts(JsonElement was, JsonElement now)
    {
        var stored = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var judgement in was.TryGetProperty(Judgements, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [])
        {
            stored.TryAdd(NameOf(judgement), judgement);
        }

        foreach (var judgement in now.GetProperty(Judgements).EnumerateArray())
        {
            if (!stored.Remove(NameOf(judgement), out var there))
            {
                return $"{NameOf(judgement)} 的判定包里没有，按观测重判为{Value(judgement.GetProperty("verdict"))}";
            }

            if (Within(NameOf(judgement), there, judgement) is { } difference)
            {
                return difference;
            }
        }

        return stored.Count == 0 ? null : $"包里有 {stored.Keys.Order(StringComparer.Ordinal).First()} 的判定，按观测重判没有这一项";
    }

    private static string? Within(string place, JsonElement was, JsonElement now)
    {
        if (JsonElement.DeepEquals(was, now))
        {
            return null;
        }

        return (was.ValueKind, now.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => OfMembers(place, was, now),
            (JsonValueKind.Array, JsonValueKind.Array) => OfItems(place, was, now),
            _ => Said(place, Value(was), Value(now)),
        };
    }

    private static string? OfMembers(string place, JsonElement was, JsonElement now)
    {
        foreach (var member in now.EnumerateObject())
        {
            if (!was.TryGetProperty(member.Name, out var there))
            {
                return Said(Below(place, member.Name), "没有", Value(member.Value));
            }

            if (Within(Below(place, member.Name), there, member.Value) is { } difference)
            {
                return difference;
            }
        }

        return was.EnumerateObject().Where(m => !now.TryGetProperty(m.Name, out _)).Select(m => Said(Below(place, m.Name), Value(m.Value), "没有")).FirstOrDefault();
    }

    private static string? OfItems(string place, JsonElement was, JsonElement now)
    {
        var (stored, again) = (was.EnumerateArray().ToList(), now.EnumerateArray().ToList());
        return stored.Zip(again, (s, a) => Within(Below(place, NameOf(a)), s, a)).FirstOrDefault(d => d is not null)
            ?? (stored.Count == again.Count ? null : Said(place, $"{stored.Count} 项", $"{again.Count} 项"));
    }

    private static string NameOf(JsonElement item)
    {
        var names = item.ValueKind != JsonValueKind.Object ? [] : Names
            .Select(n => item.TryGetProperty(n, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null)
            .OfType<string>().Take(2).ToList();
        return names.Count == 2 ? $"{names[0]}（{names[1]}）" : names.FirstOrDefault() ?? "";
    }

    private static string Below(string place, string name) => (place, name) switch
    {
        ("", _) => name,
        (_, "") => place,
        _ => $"{place}.{Word(name)}",
    };

    private static string Word(string member) => member switch
    {
        "verdict" => "判定",
        "reason" => "原因",
        "explanation" => "说明",
        "readings" => "比对",
        "evidence" => "证据",
        "waiverId" => "豁免",
        "attestationId" => "人工确认",
        _ => member,
    };

    private static string Said(string place, string was, string now) => $"{place}，包里是{was}，按观测重判是{now}";

    private static string Value(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        text = Enum.TryParse<Verdict>(text, ignoreCase: true, out var verdict) && text.All(char.IsAsciiLetter) ? verdict.Name() : text;
        return $"“{(text.Length > ShownLength ? string.Concat(text.AsSpan(0, ShownLength), "…") : text)}”";
    }
}
