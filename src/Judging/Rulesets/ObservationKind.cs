using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A kind of observation as rulesets know it: its name, what it looks at, and the schema of its record.</summary>
/// <param name="Id">Such as <c>tls.protocol-versions</c>.</param>
/// <param name="TargetKind">The word before the colon of target ids.</param>
/// <param name="Schema">JSON Schema of the record.</param>
public sealed record ObservationKind(string Id, string TargetKind, RecordSchema Schema)
{
    /// <summary>The only samples it is about, where it is about samples; null for all.</summary>
    public CryptoSampleKind? Samples { get; init; }

    /// <summary>As <see cref="ProbeManifest.IsSelfReport"/>.</summary>
    public bool IsSelfReport { get; init; }

    /// <summary>How its fields are called in front of people.</summary>
    public IReadOnlyList<FieldLabel> Labels { get; init; } = [];
}

/// <summary>Answers whether a field exists in a record, from its JSON Schema.</summary>
public sealed class RecordSchema
{
    private readonly Lazy<JsonNode> _root;

    public RecordSchema(JsonNode root) => _root = new(root);

    /// <summary>A schema that is worked out where somebody asks for a field: a look whose rules were proven before asks for none.</summary>
    public RecordSchema(Type record) => _root = new(() => ObservationJson.SchemaOf(record));

    /// <summary>Of what observes nothing: only the candidate can be asked.</summary>
    public static RecordSchema Nothing { get; } = new(new JsonObject { ["type"] = "object" });

    public static RecordSchema CandidateFacts { get; } = new(typeof(CandidateFacts));

    /// <summary>Shape of the field at a path, or null where the record has none.</summary>
    public FieldShape? Find(string path) => Find(Root, path);

    /// <summary>As above, from an element of a list.</summary>
    public static FieldShape? Find(FieldShape from, string path)
    {
        if (path == ".")
        {
            return from;
        }

        FieldShape? at = from;
        foreach (var name in path.Split('.'))
        {
            at = at?.Property(name);
        }

        return at;
    }

    public FieldShape Root => new(_root.Value, _root.Value);
}

/// <summary>One node of a schema.</summary>
public sealed class FieldShape(JsonNode node, JsonNode root)
{
    public bool IsList => Has("array");

    public bool IsRecord => Has("object");

    public bool IsText => Has("string") || Node["enum"] is not null;

    public bool IsNumber => Has("integer") || Has("number");

    public bool IsFlag => Has("boolean");

    public bool IsNullable => Has("null") || (Node["enum"] as JsonArray)?.Any(v => v is null) == true;

    /// <summary>Names of the fields of a record, in declared order.</summary>
    public IReadOnlyList<string> Properties => Node["properties"] is JsonObject properties ? [.. properties.Select(p => p.Key)] : [];

    /// <summary>Words of an enumeration; empty for free text.</summary>
    public IReadOnlyList<string> Words => Node["enum"] is JsonArray words ? [.. words.OfType<JsonValue>().Select(w => w.ToString())] : [];

    public FieldShape? Element => Node["items"] is { } items ? new FieldShape(items, root) : null;

    public FieldShape? Property(string name) => Node["properties"]?[name] is { } property ? new FieldShape(property, root) : null;

    private JsonNode Node { get; } = Resolve(node, root);

    private bool Has(string type) => Types.Any(t => t == type);

    private IReadOnlyList<string> Types => Node["type"] switch
    {
        JsonArray several => [.. several.Select(t => t!.ToString())],
        { } one => [one.ToString()],
        null => [],
    };

    /// <summary>The exporter writes a repeated type as a pointer to its first place.</summary>
    private static JsonNode Resolve(JsonNode node, JsonNode root)
    {
        for (var hops = 0; hops < 8 && node is JsonObject && node["$ref"]?.ToString() is ['#', ..] pointer; hops++)
        {
            var at = root;
            foreach (var step in pointer[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                at = at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
            }

            node = at;
        }

        return node is JsonObject ? node : new JsonObject();
    }
}
