using System.Text.Json.Nodes;
using NJsonSchema;
using SmartCity.SecurityCheck.Judging;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>The published schema and the reader say the same.</summary>
public sealed class CandidateSchemaTests : IDisposable
{
    private const string Unheard = "thisKeyIsKnownToNobody";

    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public async Task The_full_candidate_is_valid_and_a_wrong_one_is_not()
    {
        var schema = await JsonSchema.FromJsonAsync(CandidateSchema.Text);
        var candidate = ToJson(YamlText.ReadMapping("candidate.yaml", System.Text.Encoding.UTF8.GetBytes(FullCandidate.Text)));
        Assert.Empty(schema.Validate(candidate.ToJsonString()));
        candidate[Unheard] = 1;
        Assert.Single(schema.Validate(candidate.ToJsonString()));
        candidate.AsObject().Remove(Unheard);
        candidate["protectionLevel"] = 5;
        Assert.Single(schema.Validate(candidate.ToJsonString()));
        candidate["protectionLevel"] = 3;
        var sink = candidate["sourceTrees"]![1]!["flows"]!["sinks"]![0]!;
        foreach (var at in new JsonNode[] { "first", 21, 1.5 })
        {
            sink["at"] = at;
            Assert.NotEmpty(schema.Validate(candidate.ToJsonString()));
        }
    }

    [Fact]
    public void The_full_candidate_uses_every_property_of_the_schema()
    {
        var schema = JsonNode.Parse(CandidateSchema.Text)!;
        var candidate = ToJson(YamlText.ReadMapping("candidate.yaml", System.Text.Encoding.UTF8.GetBytes(FullCandidate.Text)));
        Assert.Equal(Names(schema), Keys(candidate));
        foreach (var (name, items) in Lists(schema))
        {
            Assert.Equal(Names(items), candidate[name]!.AsArray().SelectMany(i => Keys(i!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_reader_knows_exactly_the_keys_of_the_schema()
    {
        var schema = JsonNode.Parse(CandidateSchema.Text)!;
        Assert.Equal(Names(schema), KnownTo($"{Unheard}: 1\n{FullCandidate.Text}"));
        foreach (var (name, items) in Lists(schema))
        {
            Assert.Equal(Names(items), KnownTo(FullCandidate.Text.Replace($"\n{name}:\n- ", $"\n{name}:\n- {Unheard}: 1\n  ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void What_the_schema_requires_the_reader_requires()
    {
        var schema = JsonNode.Parse(CandidateSchema.Text)!;
        var required = schema["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal);
        var missing = _full.FaultsOf("builder: 承建单位\n").Where(f => f.Message.StartsWith("缺少 ", StringComparison.Ordinal)).Select(f => f.Message[3..]);
        Assert.Equal(required, missing.Order(StringComparer.Ordinal));
        foreach (var (name, items) in Lists(schema))
        {
            var start = FullCandidate.Text.Split("endpoints:", StringSplitOptions.None)[0];
            var faults = _full.FaultsOf($"{start}{name}:\n- {{}}\n");
            Assert.Equal(
                items["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal),
                faults.Where(f => f.Message.StartsWith("缺少 ", StringComparison.Ordinal)).Select(f => f.Message[3..]).Order(StringComparer.Ordinal));
        }
    }

    private IEnumerable<string> KnownTo(string text)
    {
        var fault = Assert.Single(_full.FaultsOf(text), f => f.Message.Contains(Unheard, StringComparison.Ordinal));
        return fault.Expected!["其中之一：".Length..].Split('、').Order(StringComparer.Ordinal);
    }

    /// <summary>Lists of records; those of plain texts have no keys.</summary>
    private static IEnumerable<(string Name, JsonNode Items)> Lists(JsonNode schema) =>
        schema["properties"]!.AsObject().Where(p => p.Value!["items"]?["properties"] is not null).Select(p => (p.Key, p.Value!["items"]!));

    private static IEnumerable<string> Names(JsonNode schema) => Keys(schema["properties"]!);

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal);

    private static JsonNode ToJson(YamlMapping map) => map.ToJson()!;
}
