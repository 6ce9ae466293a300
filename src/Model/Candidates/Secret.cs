namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// A value that must not reach a log, a report or evidence: printing, interpolating or serialising it gives <c>***</c>.
/// candidate.yaml names a secret only as <c>env:NAME</c> or <c>file:PATH</c>.
/// </summary>
[System.Text.Json.Serialization.JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret
{
    private readonly string _value;

    /// <param name="value">The value itself.</param>
    /// <param name="origin">Where it came from (<c>env:NAME</c>), which may be shown.</param>
    public Secret(string value, string origin)
    {
        _value = value;
        Origin = origin;
    }

    public string Origin { get; }

    /// <summary>The value. Call it only where it goes onto the wire, and in the redactor.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}

internal sealed class SecretJsonConverter : System.Text.Json.Serialization.JsonConverter<Secret>
{
    public override Secret Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
        throw new System.Text.Json.JsonException("密钥与口令不能从 JSON 读入");

    public override void Write(System.Text.Json.Utf8JsonWriter writer, Secret value, System.Text.Json.JsonSerializerOptions options) =>
        writer.WriteStringValue("***");
}
