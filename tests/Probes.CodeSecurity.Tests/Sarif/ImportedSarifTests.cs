using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>SARIF of other scanners, in the shapes they write.</summary>
public sealed class ImportedSarifTests
{
    private const string Sample = """
        {
          "version": "2.1.0",
          "runs": [
            {
              "tool": {"driver": {"name": "Scanner", "semanticVersion": "3.2.1", "rules": [
                {"id": "sql", "shortDescription": {"text": "SQL built from input"}, "properties": {"tags": ["security", "external/cwe/cwe-089"], "security-severity": "9.1", "precision": "high"}},
                {"id": "hash", "defaultConfiguration": {"level": "note"}, "relationships": [{"target": {"id": "328", "toolComponent": {"name": "CWE"}}}]},
                {"id": "key", "shortDescription": {"text": "Hard-coded secret"}, "properties": {"cwe": ["CWE-798: Use of Hard-coded Credentials"]}}
              ]}},
              "originalUriBaseIds": {"SRCROOT": {"uri": "file:///builds/portal/"}},
              "invocations": [{"executionSuccessful": true}],
              "results": [
                {"ruleId": "sql", "level": "error", "message": {"text": "query uses {0}", "arguments": ["title"]}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "portal/src/Portal.cs", "uriBaseId": "SRCROOT"}, "region": {"startLine": 33, "snippet": {"text": "var c = new SqlCommand(sql);"}}}}]},
                {"ruleIndex": 1, "message": {"text": "weak"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src\\Hash%20of.cs"}, "region": {"startLine": 4}}}]},
                {"ruleId": "key", "message": {"text": "found Zx9kkSecret"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///src/a.cs"}, "region": {"startLine": 9, "snippet": {"text": "password: Zx9kkSecret"}}}}]},
                {"ruleId": "sql", "suppressions": [{"kind": "inSource"}], "message": {"text": "x"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/b.cs"}, "region": {"startLine": 1}}}]},
                {"ruleId": "sql", "kind": "pass", "message": {"text": "x"}},
                {"ruleId": "sql", "baselineState": "absent", "message": {"text": "x"}},
                {"ruleId": "other", "level": "none", "message": {"text": "x"}},
                {"ruleId": "other", "message": {"text": "x"}}
              ]
            }
          ]
        }
        """;

    [Fact]
    public void Rules_weaknesses_levels_places_and_suppressions_are_read()
    {
        var read = SarifReading.Read(Encoding.UTF8.GetBytes(Sample), [], DefectStates.None, CancellationToken.None);
        Assert.Equal(new ForeignScanner { Name = "Scanner", Version = "3.2.1" }, Assert.Single(read.Tools));
        Assert.Equal((3, true, true, 1), (read.Rules, read.IsFinished.Value, read.HasSevere.Value, read.WithoutPlace));
        Assert.Equal(
            [("portal/src/Portal.cs", 33, 89, Severity.Critical), ("", 1, null, Severity.Minor), ("src/a.cs", 9, (int?)798, Severity.Minor), ("src/Hash of.cs", 4, 328, Severity.Info)],
            read.Defects.Value.Select(d => (d.File, d.Line, d.Cwe, d.Severity)));
        Assert.Equal("query uses title", read.Defects.Value[0].Message);
        Assert.Equal(["src/b.cs"], read.Suppressed.Value.Select(d => d.File));
        Assert.DoesNotContain("Zx9kk", JsonSerializer.Serialize(ObservationJson.ToElement(read)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2099-12-31", false)]
    [InlineData("2026-01-01", true)]
    public void What_people_suppress_of_the_tree_is_suppressed_here_too_while_it_lasts(string until, bool isSevere)
    {
        var written = new WrittenSuppression { Kind = SuppressionKind.File, Place = "s.yaml(1)", Rules = ["CWE-89"], File = "portal/src/Portal.cs", Reason = "只在内网", Reviewer = "评审组", Until = DateOnly.Parse(until, CultureInfo.InvariantCulture) };
        var read = SarifReading.Read(Encoding.UTF8.GetBytes(Sample), [], new DefectStates([written], null, new DateOnly(2026, 11, 27)), CancellationToken.None);
        Assert.Equal((isSevere, isSevere ? 1 : 2), (read.HasSevere.IsKnown, read.SuppressedCount));
        Assert.Equal(isSevere ? [] : ["severe"], read.AwaitsAcceptance);
        Assert.Equal(isSevere, read.Defects.Value.Any(d => d.Cwe == 89));
        Assert.Equal(!isSevere, read.Suppressed.Value.Any(d => d.Cwe == 89 && d.File == "portal/src/Portal.cs" && d.Suppression!.Reason == "只在内网"));
    }

    [Fact]
    public void A_number_we_know_says_its_weakness_where_the_scanner_does_not()
    {
        const string text = """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Licensed"}},"results":[{"ruleId":"csharpsquid:S5547","level":"warning","message":{"text":"weak"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.cs"},"region":{"startLine":2}}}]}]}]}""";
        var defect = Assert.Single(SarifReading.Read(Encoding.UTF8.GetBytes(text), Analyzing.Tables, DefectStates.None, CancellationToken.None).Defects.Value);
        Assert.Equal((327, Severity.Major, "Licensed（csharpsquid:S5547）"), (defect.Cwe, defect.Severity, defect.Engine));
    }

    [Fact]
    public void A_byte_order_mark_and_two_byte_text_are_read()
    {
        Assert.True(SarifReading.Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Sample)], [], DefectStates.None, CancellationToken.None).HasSevere.Value);
        Assert.True(SarifReading.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Sample)], [], DefectStates.None, CancellationToken.None).HasSevere.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"version\":\"2.0.0\",\"runs\":[]}")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":{}}")]
    [InlineData("<a/>")]
    public void What_is_no_SARIF_is_said_to_be_none(string text) =>
        Assert.Equal(FailureKind.BadInput, Assert.Throws<UnableException>(() => SarifReading.Read(Encoding.UTF8.GetBytes(text), [], DefectStates.None, CancellationToken.None)).Kind);

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        var deep = "{\"version\":\"2.1.0\",\"runs\":[" + new string('[', 100_000);
        Assert.Contains("嵌套", Assert.Throws<UnableException>(() => SarifReading.Read(Encoding.UTF8.GetBytes(deep), [], DefectStates.None, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("MiB", Assert.Throws<UnableException>(() => SarifReading.Read(new byte[SarifDocument.SizeCap + 1], [], DefectStates.None, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_too_many_results_there_is_no_list()
    {
        var many = string.Join(',', Enumerable.Repeat("{\"ruleId\":\"a\",\"level\":\"error\",\"message\":{}}", 60_000));
        var read = SarifReading.Read(Encoding.UTF8.GetBytes($$"""{"version":"2.1.0","runs":[{"results":[{{many}}]}]}"""), [], DefectStates.None, CancellationToken.None);
        Assert.False(read.Defects.IsKnown);
        Assert.True(read.HasSevere.Value);
    }

    [Theory]
    [InlineData("{'results':[]}", true)]
    [InlineData("{}", false)]
    [InlineData("{'results':null}", false)]
    [InlineData("{'results':{}}", false)]
    [InlineData("{'results':[7]}", false)]
    [InlineData("{'results':[]},7", false)]
    [InlineData("{'results':[],'externalPropertyFileReferences':{'results':[{'location':{'uri':'more'}}]}}", false)]
    [InlineData("{'results':[],'invocations':[{'executionSuccessful':true},{'executionSuccessful':false}]}", false)]
    [InlineData("", false)]
    public void A_run_that_did_not_say_what_it_found_is_not_clean(string run, bool isWhole)
    {
        var read = Read($"{{'version':'2.1.0','runs':[{run}]}}");
        Assert.Equal((isWhole, isWhole), (read.Defects.IsKnown, read.HasSevere.IsKnown));
    }

    [Theory]
    [InlineData("review")]
    [InlineData("open")]
    public void What_is_left_to_people_is_not_clean(string kind)
    {
        var open = $"{{'ruleId':'a','kind':'{kind}','level':'none','message':{{}}}}";
        var only = Read($"{{'version':'2.1.0','runs':[{{'results':[{open}]}}]}}");
        Assert.Equal((1, false), (only.Open, only.HasSevere.IsKnown));
        Assert.True(Read($"{{'version':'2.1.0','runs':[{{'results':[{open},{{'ruleId':'b','level':'error','message':{{}}}}]}}]}}").HasSevere.Value);
    }

    private static ImportedSarif Read(string text) => SarifReading.Read(Encoding.UTF8.GetBytes(text.Replace('\'', '"')), [], DefectStates.None, CancellationToken.None);

    [Fact]
    public void No_mutant_escapes()
    {
        var seed = new SeededBytes(21);
        var read = 0;
        for (var i = 0; i < 3000; i++)
        {
            try
            {
                _ = JsonSerializer.Serialize(ObservationJson.ToElement(SarifReading.Read(seed.Mutate(Encoding.UTF8.GetBytes(Sample)), [], DefectStates.None, CancellationToken.None)));
                read++;
            }
            catch (UnableException)
            {
                // The one way out there is.
            }
        }

        Assert.InRange(read, 50, 2950);
    }

    [Fact]
    public async Task Only_reports_of_code_scanners_are_asked()
    {
        using var folder = new TemporaryFolder();
        var report = new ImportedReport { Id = "scan", Path = folder.Write("a.sarif", Sample), Tool = ForeignTool.Sarif };
        Assert.IsType<NotNeeded>(await new ImportedSarifProbe().ObserveAsync(report with { Tool = ForeignTool.Nmap }, ProbeContexts.For(new KeptEvidence()), CancellationToken.None));
        Assert.IsType<Observed>(await new ImportedSarifProbe().ObserveAsync(report, ProbeContexts.For(new KeptEvidence()), CancellationToken.None));
        Assert.IsType<Unable>(await new ImportedSarifProbe().ObserveAsync(report with { Path = folder.Path }, ProbeContexts.For(new KeptEvidence()), CancellationToken.None));
    }
}
