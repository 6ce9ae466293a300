using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// JSON Schema of a record with facts. The exporter sees a fact as opaque, so that the shape of its value is exported
/// apart and put in its place; pointers inside it are made to start from the root of the whole, and a type that contains
/// itself points back to where it began.
/// </summary>
internal static class RecordSchemaExport
{
    public static JsonNode Of(Type record, JsonSerializerOptions options) => Of(record, options, "#", new Dictionary<Type, string>());

    public static bool IsFact(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Fact<>);

    private static JsonNode Of(Type type, JsonSerializerOptions options, string at, Dictionary<Type, string> around)
    {
        if (around.TryGetValue(type, out var begun))
        {
            return new JsonObject { ["$ref"] = begun };
        }

        var inside = new Dictionary<Type, string>(around) { [type] = at };
        return options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                if (IsFact(context.TypeInfo.Type))
                {
                    return Of(context.TypeInfo.Type.GetGenericArguments()[0], options, Pointer(at, context.Path), inside);
                }

                if (node is JsonObject one && one["$ref"]?.GetValue<string>() is ['#', .. var rest])
                {
                    one["$ref"] = at + rest;
                }

                return node;
            },
        });
    }

    private static string Pointer(string from, ReadOnlySpan<string> path) =>
        string.Join('/', [from, .. path.ToArray().Select(s => s.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))]);
}
