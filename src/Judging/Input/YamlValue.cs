using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A YAML node that knows where it stands. Closed: scalar, sequence, mapping.</summary>
public abstract class YamlValue
{
    private protected YamlValue(SourcePosition at) => At = at;

    public SourcePosition At { get; }

    /// <summary>The node as JSON, scalars by the YAML 1.2 core schema (so <c>yes</c> stays text).</summary>
    public abstract JsonNode? ToJson();

    public JsonElement ToElement() => JsonSerializer.SerializeToElement(ToJson());
}

public sealed class YamlScalar(SourcePosition at, string text, bool isQuoted) : YamlValue(at)
{
    public string Text { get; } = text;

    /// <summary>Quoted or block text is text, whatever it looks like.</summary>
    public bool IsQuoted { get; } = isQuoted;

    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override JsonNode? ToJson()
    {
        if (IsQuoted)
        {
            return JsonValue.Create(Text);
        }

        if (IsNull)
        {
            return null;
        }

        if (Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return JsonValue.Create(char.ToLowerInvariant(Text[0]) == 't');
        }

        if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && !HasLeadingZero())
        {
            return JsonValue.Create(whole);
        }

        return decimal.TryParse(Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && !HasLeadingZero()
            ? JsonValue.Create(number)
            : JsonValue.Create(Text);
    }

    /// <summary>007 is an identifier, 0 and 0.5 are numbers.</summary>
    private bool HasLeadingZero()
    {
        var digits = Text.TrimStart('+', '-');
        return digits.Length > 1 && digits[0] == '0' && digits[1] != '.';
    }
}

public sealed class YamlSequence(SourcePosition at, IReadOnlyList<YamlValue> items) : YamlValue(at)
{
    public IReadOnlyList<YamlValue> Items { get; } = items;

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(i => i.ToJson())]);
}

public sealed class YamlMapping(SourcePosition at, IReadOnlyList<KeyValuePair<YamlScalar, YamlValue>> entries) : YamlValue(at)
{
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlValue>> Entries { get; } = entries;

    public YamlValue? this[string key] => Entries.FirstOrDefault(e => e.Key.Text == key).Value;

    public override JsonNode ToJson()
    {
        var json = new JsonObject();
        foreach (var (key, value) in Entries)
        {
            json[key.Text] = value.ToJson();
        }

        return json;
    }
}
