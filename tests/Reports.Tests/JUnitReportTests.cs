using System.Xml.Linq;
using System.Xml.Schema;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reports.JUnit;

namespace SmartCity.SecurityCheck.Reports.Tests;

public sealed class JUnitReportTests
{
    private static readonly JUnitReportWriter Writer = new();

    [Fact]
    public async Task Rich_pack_is_written_as_expected() => Golden.Matches("rich.junit.xml", await Written.TextAsync(Writer, SamplePacks.Rich()));

    [Theory]
    [InlineData("rich")]
    [InlineData("cancelled")]
    [InlineData("empty")]
    [InlineData("hostile")]
    [InlineData("large")]
    public async Task Counts_are_those_of_the_cases(string name)
    {
        var root = await RootAsync(name);
        var suites = root.Elements("testsuite").ToList();
        foreach (var suite in suites)
        {
            Assert.Equal((int)suite.Attribute("tests")!, suite.Elements("testcase").Count());
            Assert.Equal((int)suite.Attribute("failures")!, suite.Descendants("failure").Count());
            Assert.Equal((int)suite.Attribute("skipped")!, suite.Descendants("skipped").Count());
        }

        Assert.Equal((int)root.Attribute("tests")!, root.Descendants("testcase").Count());
        Assert.Equal((int)root.Attribute("failures")!, root.Descendants("failure").Count());
    }

    [Fact]
    public async Task Every_judgement_is_a_case_and_only_unwaived_ones_fail()
    {
        var pack = SamplePacks.Rich();
        var root = await RootAsync("rich");
        var judged = root.Elements("testsuite").Where(s => (string)s.Attribute("package")! != "findings").Descendants("testcase").ToList();
        Assert.Equal(pack.Judgement.Judgements.Count, judged.Count);
        Assert.Equal(
            pack.Judgement.Judgements.Count(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial && j.WaiverId is null),
            judged.Count(c => c.Element("failure") is not null));
        Assert.Contains(judged, c => ((string?)c.Element("skipped")?.Attribute("type"))?.Contains("已豁免", StringComparison.Ordinal) == true);
        Assert.Contains(judged, c => c.Element("failure")?.Value.Contains("整改：", StringComparison.Ordinal) == true);
        Assert.Contains(judged, c => c.Element("system-out")?.Value.Contains("应为", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Finding_without_a_judgement_is_not_lost() =>
        Assert.Contains((await RootAsync("rich")).Descendants("testcase"), c => ((string)c.Attribute("name")!).Contains("缺少验收材料", StringComparison.Ordinal));

    [Fact]
    public async Task Bytes_repeat_and_lines_end_in_line_feeds()
    {
        var first = await Written.BytesAsync(Writer, SamplePacks.Hostile());
        Assert.Equal(first, await Written.BytesAsync(Writer, SamplePacks.Hostile()));
        Assert.DoesNotContain((byte)'\r', first);
    }

    /// <summary>The shape CI servers read, in our own writing; JUNIT_SCHEMA may name a copy of Jenkins' junit-10.xsd instead.</summary>
    [Theory]
    [InlineData("rich")]
    [InlineData("empty")]
    [InlineData("hostile")]
    public async Task Output_is_valid_against_the_schema(string name)
    {
        var path = Environment.GetEnvironmentVariable("JUNIT_SCHEMA") ?? Path.Combine(AppContext.BaseDirectory, "Schemas", "junit-part.xsd");
        var schemas = new XmlSchemaSet();
        schemas.Add(null, path);
        var document = new XDocument(await RootAsync(name));
        document.Validate(schemas, (_, e) => Assert.Fail(e.Message));
    }

    private static async Task<XElement> RootAsync(string name) => XElement.Parse(await Written.TextAsync(Writer, HtmlStructureTests.Pack(name)));
}
