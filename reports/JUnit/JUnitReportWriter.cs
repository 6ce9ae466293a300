using System.Text;
using System.Xml;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.JUnit;

/// <summary>
/// JUnit XML in the shape of the Jenkins junit-10 schema: a suite per pillar, a case per judgement. Findings that no
/// judgement stands behind (a missing material, an expired waiver) form a last suite, so that nothing which closes the
/// gate is green here.
/// </summary>
public sealed class JUnitReportWriter : IReportWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Async = true,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    public string Format => "junit";

    public string FileName => "junit.xml";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        var suites = TestSuites.Of(report).ToList();
        await using (var xml = XmlWriter.Create(output, Settings))
        {
            await xml.WriteStartDocumentAsync();
            await xml.WriteStartElementAsync(null, "testsuites", null);
            await AttributeAsync(xml, "name", $"{ReportWords.Title} {report.Pack.Candidate.Name}");
            await AttributeAsync(xml, "tests", $"{suites.Sum(s => s.Cases.Count)}");
            await AttributeAsync(xml, "failures", $"{suites.Sum(s => s.Failures)}");
            await AttributeAsync(xml, "errors", "0");
            foreach (var (suite, index) in suites.Select((s, i) => (s, i)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteSuiteAsync(xml, suite, index, report.Pack.Run);
            }

            await xml.WriteEndElementAsync();
        }

        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    private static async Task WriteSuiteAsync(XmlWriter xml, TestSuite suite, int index, RunInformation run)
    {
        await xml.WriteStartElementAsync(null, "testsuite", null);
        await AttributeAsync(xml, "name", suite.Name);
        await AttributeAsync(xml, "tests", $"{suite.Cases.Count}");
        await AttributeAsync(xml, "failures", $"{suite.Failures}");
        await AttributeAsync(xml, "errors", "0");
        await AttributeAsync(xml, "skipped", $"{suite.Skipped}");
        await AttributeAsync(xml, "timestamp", run.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss"));
        await AttributeAsync(xml, "id", $"{index}");
        await AttributeAsync(xml, "package", suite.Id);
        foreach (var test in suite.Cases)
        {
            await WriteCaseAsync(xml, test);
        }

        await xml.WriteEndElementAsync();
    }

    private static async Task WriteCaseAsync(XmlWriter xml, TestCase test)
    {
        await xml.WriteStartElementAsync(null, "testcase", null);
        await AttributeAsync(xml, "name", test.Name);
        await AttributeAsync(xml, "classname", test.ClassName);
        if (test.Outcome != TestOutcome.Passed)
        {
            await xml.WriteStartElementAsync(null, test.Outcome == TestOutcome.Failed ? "failure" : "skipped", null);
            await AttributeAsync(xml, "type", test.Type);
            await AttributeAsync(xml, "message", test.Message);
            await xml.WriteStringAsync(VisibleText.Of(test.Detail));
            await xml.WriteEndElementAsync();
        }

        if (test.Output.Length > 0)
        {
            await xml.WriteElementStringAsync(null, "system-out", null, VisibleText.Of(test.Output));
        }

        await xml.WriteEndElementAsync();
    }

    /// <summary>Characters XML 1.0 §2.2 forbids are among those that VisibleText spells out.</summary>
    private static Task AttributeAsync(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeStringAsync(null, name, null, VisibleText.OnOneLine(value));
}
