using System.Text.Json;
using NJsonSchema;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reports.Oscal;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Assessment results that other tools read.</summary>
public sealed class OscalReportTests
{
    public static TheoryData<string> Packs => new("rich", "empty", "hostile", "passed", "cancelled");

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task It_keeps_to_the_part_of_the_schema_that_is_written_and_every_reference_leads_somewhere(string pack)
    {
        var text = await Written.TextAsync(new OscalReportWriter(), Named(pack));
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", "oscal-part.json"));
        Assert.Empty(schema.Validate(text).Select(e => $"{e.Path}: {e.Kind}"));
        using var json = JsonDocument.Parse(text);
        var ids = Strings(json.RootElement, "uuid").ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Strings(json.RootElement, "subject-uuid").Concat(Strings(json.RootElement, "observation-uuid")).Concat(Strings(json.RootElement, "risk-uuid")).Concat(Strings(json.RootElement, "href").Where(h => h[0] == '#').Select(h => h[1..])), r => Assert.Contains(r, ids));
        Assert.Equal(text, await Written.TextAsync(new OscalReportWriter(), Named(pack)));
    }

    /// <summary>The format has two states; only 符合 may become the good one.</summary>
    [Fact]
    public async Task Only_what_is_met_is_satisfied_and_what_does_not_apply_is_no_finding()
    {
        var pack = SamplePacks.Rich();
        using var json = JsonDocument.Parse(await Written.TextAsync(new OscalReportWriter(), pack));
        var result = json.RootElement.GetProperty("assessment-results").GetProperty("results")[0];
        Assert.Equal(pack.Judgement.Judgements.Count(j => j.Verdict == Verdict.Satisfied), Strings(result, "state").Count(s => s == "satisfied"));
        Assert.Equal(pack.Judgement.Judgements.Count(j => j.Verdict != Verdict.NotApplicable), result.GetProperty("findings").GetArrayLength());
        Assert.Equal(pack.Judgement.Judgements.Count, result.GetProperty("observations").GetArrayLength());
    }

    private static EvidencePack Named(string pack) => pack switch
    {
        "rich" => SamplePacks.Rich(),
        "hostile" => SamplePacks.Hostile(),
        "passed" => SamplePacks.Passed(),
        "cancelled" => SamplePacks.Cancelled(),
        _ => SamplePacks.Empty(),
    };

    private static IEnumerable<string> Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == name && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : Strings(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Strings(e, name)),
        _ => [],
    };
}
