using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SmartCity.SecurityCheck.Model;

/// <summary>How records become JSON everywhere: camelCase, declared order, LF, Chinese readable, missing facts left out.</summary>
public static class ObservationJson
{
    /// <summary>Indented; what lands in files.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    /// <summary>One line; for events and data elements.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Deeper records are refused.</summary>
    internal const int MaxDepth = 64;

    public static JsonElement ToElement<T>(T record) => JsonElement.Parse(RecordWriter.Write(record, typeof(T), indented: false).Span, new JsonDocumentOptions { MaxDepth = MaxDepth });

    /// <summary>The bytes a record has in a file: UTF-8, indented, one LF at the end.</summary>
    public static byte[] ToFile<T>(T record) => [.. RecordWriter.Write(record, typeof(T), indented: true).Span, (byte)'\n'];

    /// <summary>JSON Schema (2020-12) of a record type; facts appear with the shape of their value.</summary>
    public static JsonNode SchemaOf(Type record) => RecordSchemaExport.Of(record, Compact);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,
            NewLine = "\n",
            RespectNullableAnnotations = true,
            MaxDepth = MaxDepth,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutMissingFacts } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutMissingFacts(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => RecordSchemaExport.IsFact(p.PropertyType)))
        {
            var unknown = Activator.CreateInstance(property.PropertyType);
            property.ShouldSerialize = (_, value) => value is not null && !value.Equals(unknown);
            property.IsRequired = false;
        }
    }
}
