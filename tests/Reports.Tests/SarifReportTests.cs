using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reports.Sarif;

namespace SmartCity.SecurityCheck.Reports.Tests;

public sealed class SarifReportTests
{
    private static readonly SarifReportWriter Writer = new();

    [Fact]
    public async Task Rich_pack_is_written_as_expected() => Golden.Matches("rich.sarif", await Written.TextAsync(Writer, SamplePacks.Rich()));

    [Theory]
    [InlineData("rich")]
    [InlineData("cancelled")]
    [InlineData("empty")]
    [InlineData("hostile")]
    [InlineData("large")]
    public async Task Rules_artifacts_and_addresses_hang_together(string name)
    {
        var run = await RunAsync(name);
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray().Select(r => (string)r!["id"]!).ToList();
        var artifacts = run["artifacts"]!.AsArray();
        Assert.Equal(rules.Count, rules.Distinct(StringComparer.Ordinal).Count());
        foreach (var result in run["results"]!.AsArray())
        {
            Assert.Equal((string)result!["ruleId"]!, rules[(int)result["ruleIndex"]!]);
            Assert.NotEmpty((string)result["message"]!["text"]!);
            Assert.Contains((string)result["level"]!, ((string)result["kind"]!) == "fail" ? ["error", "warning", "note"] : new[] { "none" });
            var place = result["locations"]![0]!["physicalLocation"]!;
            AssertRelative((string)place["artifactLocation"]!["uri"]!);
            Assert.True((int)place["region"]!["startLine"]! > 0);
            foreach (var attachment in result["attachments"]?.AsArray() ?? [])
            {
                var location = attachment!["artifactLocation"]!;
                Assert.Equal((string)location["uri"]!, (string)artifacts[(int)location["index"]!]!["location"]!["uri"]!);
                AssertRelative((string)location["uri"]!);
            }
        }
    }

    [Fact]
    public async Task Findings_fail_open_questions_are_for_review_and_the_rest_is_left_out()
    {
        var pack = SamplePacks.Rich();
        var results = (await RunAsync("rich"))["results"]!.AsArray();
        Assert.Equal(pack.Judgement.Findings.Count, results.Count(r => (string)r!["kind"]! == "fail"));
        Assert.Equal(pack.Judgement.Judgements.Count(j => j.Verdict == Verdict.NeedsReview), results.Count(r => (string)r!["kind"]! == "review"));
        Assert.Equal(pack.Judgement.Findings.Select(f => f.Fingerprint).Order(StringComparer.Ordinal), results.Select(r => (string?)r!["partialFingerprints"]?["securitycheck/v1"]).OfType<string>().Order(StringComparer.Ordinal));
        var suppressed = Assert.Single(results, r => r!["suppressions"] is not null);
        Assert.Contains("W-2026-01", (string)suppressed!["suppressions"]![0]!["justification"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_in_source_is_a_file_and_a_line()
    {
        var results = (await RunAsync("rich"))["results"]!.AsArray();
        var place = results.First(r => (string)r!["ruleId"]! == "CODE-01")!["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("config/application-prod.yml", (string)place["artifactLocation"]!["uri"]!);
        Assert.Equal(42, (int)place["region"]!["startLine"]!);
    }

    [Fact]
    public async Task Interrupted_run_did_not_succeed()
    {
        Assert.False((bool)(await RunAsync("cancelled"))["invocations"]![0]!["executionSuccessful"]!);
        Assert.True((bool)(await RunAsync("rich"))["invocations"]![0]!["executionSuccessful"]!);
    }

    [Fact]
    public async Task Messages_hold_no_links_placeholders_or_hidden_characters()
    {
        var text = await Written.TextAsync(Writer, SamplePacks.Hostile());
        Assert.DoesNotContain("](", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\r');
        var message = (string)JsonNode.Parse(text)!["runs"]![0]!["results"]![0]!["message"]!["text"]!;
        Assert.Contains("{{0}}", message, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩", message, StringComparison.Ordinal);
    }

    /// <summary>The published schema is not ours to ship: our own reading of it is closed and always at hand; SARIF_SCHEMA may name a copy of the other.</summary>
    [Theory]
    [InlineData("rich")]
    [InlineData("cancelled")]
    [InlineData("empty")]
    [InlineData("hostile")]
    public async Task Output_is_valid_against_the_schema(string name)
    {
        var path = Environment.GetEnvironmentVariable("SARIF_SCHEMA") ?? Path.Combine(AppContext.BaseDirectory, "Schemas", "sarif-part.json");
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(path));
        var errors = schema.Validate(await Written.TextAsync(Writer, HtmlStructureTests.Pack(name)));
        Assert.Empty(errors.Select(e => e.ToString()));
    }

    private static void AssertRelative(string uri)
    {
        Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Relative), uri);
        Assert.DoesNotContain("..", uri.Split('/'));
        Assert.DoesNotContain(":", uri, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> RunAsync(string name) =>
        JsonSerializer.Deserialize<JsonNode>(await Written.BytesAsync(Writer, HtmlStructureTests.Pack(name)))!["runs"]![0]!;
}
