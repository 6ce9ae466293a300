using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary>
/// SARIF 2.1.0. Results are what somebody must act on (kind <c>fail</c>, waived ones with a suppression) or look at
/// (kind <c>review</c>). 符合 and 不适用 are left out: common consumers show every result as an alert. Source trees have runs of their own,
/// with a result for each defect.
/// </summary>
public sealed class SarifReportWriter : IReportWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public string Format => "sarif";

    public string FileName => "findings.sarif";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        var log = new SarifLog(report);
        await using (var json = new Utf8JsonWriter(output, Options))
        {
            Begin(json);
            json.WriteStartObject();
            SarifTool.Write(json, log);
            SarifInvocation.Write(json, report);
            SarifArtifacts.Write(json, log);
            cancellationToken.ThrowIfCancellationRequested();
            SarifResults.Write(json, log);
            WriteRunProperties(json, report);
            json.WriteEndObject();
            foreach (var code in SarifCodeRun.Of(log))
            {
                cancellationToken.ThrowIfCancellationRequested();
                code.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>A log of source trees alone, without a pack: a run each, also where nothing was found.</summary>
    /// <param name="version">Of the tool.</param>
    /// <param name="inspections">One a tree.</param>
    /// <returns>UTF-8, one LF at the end.</returns>
    public static byte[] OfCode(string version, IReadOnlyList<CodeInspection> inspections)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            Begin(json);
            inspections.ToList().ForEach(i => new SarifCodeRun("probe", version, i).Write(json));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
    }

    private static void WriteRunProperties(Utf8JsonWriter json, AcceptanceReport report)
    {
        var gate = report.Conclusion.Gate;
        json.WriteString("language", "zh-CN");
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"securitycheck/{SarifText.Plain(report.Pack.Candidate.Id)}/");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("candidate", SarifText.Plain(report.Pack.Candidate.Name));
        json.WriteString("gate", JsonNamingPolicy.CamelCase.ConvertName(gate.Outcome.ToString()));
        json.WriteString("conclusion", SarifText.Plain(gate.Sentence));
        json.WriteString("disclaimer", ReportWords.Disclaimer);
        json.WriteEndObject();
    }
}
