using System.Text.Json.Nodes;

namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class RecordSchemaTests
{
    private enum Colour
    {
        Red,
        DarkBlue,
    }

    private sealed record Name(string Common, string? Unit);

    private sealed record Certificate(Name Subject, Name Issuer, Fact<Name> Alternative);

    private sealed record Seen
    {
        public required Colour Colour { get; init; }

        public string? Maybe { get; init; }

        public Fact<bool> Flag { get; init; }

        public Fact<int?> Days { get; init; }

        public Fact<IReadOnlyList<Colour>> Colours { get; init; }

        public Fact<IReadOnlyList<Certificate>> Chain { get; init; }

        public Fact<Certificate?> Leaf { get; init; }

        public Name? Other { get; init; }
    }

    private sealed record Folder(string Title, Fact<IReadOnlyList<Folder>> Folders);

    private sealed record Link(Fact<Link?> Next, Fact<int> Value);

    [Fact]
    public void Facts_appear_with_the_shape_of_their_value_and_enums_with_their_words()
    {
        var properties = ObservationJson.SchemaOf(typeof(Seen))["properties"]!.AsObject();
        Assert.Equal(["colour", "maybe", "flag", "days", "colours", "chain", "leaf", "other"], properties.Select(p => p.Key));
        Assert.Equal("""["red","darkBlue"]""", properties["colour"]!["enum"]!.ToJsonString());
        Assert.Equal("""["string","null"]""", properties["maybe"]!["type"]!.ToJsonString());
        Assert.Equal("\"boolean\"", properties["flag"]!["type"]!.ToJsonString());
        Assert.Equal("""["integer","null"]""", properties["days"]!["type"]!.ToJsonString());
        Assert.Equal("""["red","darkBlue"]""", properties["colours"]!["items"]!["enum"]!.ToJsonString());
    }

    [Theory]
    [InlineData(typeof(Seen))]
    [InlineData(typeof(Certificate))]
    [InlineData(typeof(Folder))]
    [InlineData(typeof(Link))]
    public void Every_pointer_of_a_schema_leads_to_a_schema(Type record)
    {
        var root = ObservationJson.SchemaOf(record);
        Assert.All(Pointers(root), p => Assert.True(Follow(root, p) is JsonObject, $"{p} leads nowhere in {root.ToJsonString()}"));
    }

    [Fact]
    public void A_repeated_record_below_a_fact_has_its_fields()
    {
        var root = ObservationJson.SchemaOf(typeof(Seen));
        foreach (var path in new[] { "chain/items/properties/issuer", "chain/items/properties/alternative", "leaf/properties/issuer", "other" })
        {
            var node = Follow(root, $"#/properties/{path}");
            node = node?["$ref"]?.GetValue<string>() is { } pointer ? Follow(root, pointer) : node;
            Assert.NotNull(node?["properties"]?["common"]);
        }
    }

    [Fact]
    public void A_record_that_contains_itself_has_a_finite_schema()
    {
        Assert.Contains("$ref", ObservationJson.SchemaOf(typeof(Folder)).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("$ref", ObservationJson.SchemaOf(typeof(Link)).ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Pointers(JsonNode? node) => node switch
    {
        JsonObject one => [.. one.Where(p => p.Key == "$ref" && p.Value is JsonValue).Select(p => p.Value!.GetValue<string>()), .. one.SelectMany(p => Pointers(p.Value))],
        JsonArray list => list.SelectMany(Pointers),
        _ => [],
    };

    private static JsonNode? Follow(JsonNode root, string pointer) =>
        pointer[1..].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)root, (at, step) => at is JsonArray list ? list[int.Parse(step)] : at?[step]);
}
