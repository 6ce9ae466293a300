using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// A field of an observation record that may be missing. <c>default</c> = not looked, the field is left out of the JSON
/// and a rule over it is Unknown; a known null = looked, absent. A known list is the whole list.
/// </summary>
/// <typeparam name="T">The shape of the field when it is known.</typeparam>
[JsonConverter(typeof(FactJsonConverterFactory))]
public readonly record struct Fact<T> : IFact
{
    private readonly T _value;

    public Fact(T value)
    {
        _value = value;
        IsKnown = true;
    }

    public bool IsKnown { get; }

    /// <exception cref="InvalidOperationException">The field is missing.</exception>
    public T Value => IsKnown ? _value : throw new InvalidOperationException("未观测到的字段没有值");

    object? IFact.Known => Value;

    public static implicit operator Fact<T>(T value) => new(value);

    public override string ToString() => IsKnown ? $"{_value}" : "(missing)";
}

/// <summary>A fact whatever its shape.</summary>
internal interface IFact
{
    bool IsKnown { get; }

    /// <exception cref="InvalidOperationException">The field is missing.</exception>
    object? Known { get; }
}

internal sealed class FactJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Fact<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(FactJsonConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;
}

internal sealed class FactJsonConverter<T> : JsonConverter<Fact<T>>
{
    public override bool HandleNull => true;

    public override Fact<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<T>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, Fact<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Value, options);
}
