using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Oscal;

/// <summary>
/// OSCAL assessment results: a component for each target, an observation and a finding for each judgement, a risk for each problem. OSCAL knows two
/// states of a finding; everything that is not 符合 is not-satisfied there, and the verdict itself stands in the properties. 不适用 is an observation alone.
/// </summary>
public sealed class OscalReportWriter : IReportWriter
{
    private const string FormatVersion = "1.1.3";

    public string Format => "oscal";

    public string FileName => "oscal-results.json";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.Record(() => json.Record("assessment-results", () =>
            {
                json.WriteString("uuid", OscalId.Of("results", report.Pack.Candidate.Id, $"{report.Pack.Run.StartedAt:O}", $"{report.Pack.Judgement.JudgedAt:O}"));
                Metadata(json, report);
                json.Record("import-ap", () =>
                {
                    json.WriteString("href", $"#{OscalId.Of("resource", "run.json")}");
                    json.Text("remarks", "没有另写评估计划：run.json 记着跑了哪些探测、用了哪些规则。");
                });
                json.List("results", () => json.Record(() => Result(json, report, cancellationToken)));
                BackMatter(json, report);
            }));
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(output, cancellationToken);
    }

    private static void Metadata(Utf8JsonWriter json, AcceptanceReport report) => json.Record("metadata", () =>
    {
        json.Text("title", $"{report.Pack.Candidate.Name} {ReportWords.Title}");
        json.Moment("last-modified", report.Pack.Judgement.JudgedAt);
        json.Text("version", report.Pack.Run.ToolVersion);
        json.WriteString("oscal-version", FormatVersion);
        json.Properties(("tool", $"SmartCity.SecurityCheck {report.Pack.Run.ToolVersion}"), ("profile", report.Pack.Profile?.Title));
        if (report.Pack.Candidate.OwnerUnit is { } owner)
        {
            json.List("parties", () => json.Record(() =>
            {
                json.WriteString("uuid", OscalId.Of("party", owner));
                json.WriteString("type", "organization");
                json.Text("name", owner);
            }));
        }

        json.Text("remarks", ReportWords.Disclaimer);
    });

    private static void Result(Utf8JsonWriter json, AcceptanceReport report, CancellationToken stop)
    {
        var pack = report.Pack;
        json.WriteString("uuid", OscalId.Of("result", pack.Candidate.Id, $"{pack.Run.StartedAt:O}"));
        json.Text("title", report.Conclusion.Headline);
        json.Text("description", $"{report.Conclusion.Sentence} {report.Conclusion.Readiness.Answer}");
        json.Moment("start", pack.Run.StartedAt);
        json.Moment("end", pack.Run.FinishedAt);
        json.Properties(
        [
            ("gate", pack.Judgement.Gate.Outcome.ToString()), ("stage", pack.Judgement.Gate.Stage.Name()), ("completion", pack.Run.Completion.ToString()),
            .. Enum.GetValues<Verdict>().Select(v => ($"count-{v}", $"{report.Conclusion.Counts.Of(v)}")),
        ]);
        Components(json, report);
        json.Record("reviewed-controls", () =>
        {
            json.Text("description", "所用规则集的全部要求；条款与标准的编号在各结论的属性里。");
            json.List("control-selections", () => json.Record(() => json.Record("include-all", () => { })));
        });
        var requirements = pack.Requirements.ToDictionary(r => r.Id, StringComparer.Ordinal);
        OscalJudgements.Write(json, report, requirements, stop);
        if (report.Clauses.Count > 0)
        {
            json.Text("remarks", string.Join("；", report.Clauses.Select(c => $"{c.Clause.Article}（{c.Clause.Id}，{c.Clause.Gate.Name()}）{c.Judgement.Verdict.Name()}")));
        }
    }

    private static void Components(Utf8JsonWriter json, AcceptanceReport report)
    {
        var known = report.Pack.Candidate.Targets().Select(t => t.TargetId).ToHashSet(StringComparer.Ordinal);
        List<string> targets = [.. known.Concat(report.Pack.Judgement.Judgements.Select(j => j.TargetId)).Append(report.Pack.Candidate.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        json.Record("local-definitions", () => json.List("components", () => targets.ForEach(id => json.Record(() =>
        {
            json.WriteString("uuid", OscalId.Of("component", id));
            json.WriteString("type", id == report.Pack.Candidate.Id ? "this-system" : OscalJson.Token(id.Split(':')[0]));
            json.Text("title", report.TargetName(id));
            json.Text("description", id);
            json.Record("status", () =>
            {
                json.WriteString("state", "other");
                json.Text("remarks", "是否在运行没有另外核对，见各项结论。");
            });
        }))));
    }

    /// <summary>Files of the pack with their digests: run.json as the plan, and all evidence.</summary>
    private static void BackMatter(Utf8JsonWriter json, AcceptanceReport report) => json.Record("back-matter", () => json.List("resources", () =>
    {
        json.Record(() =>
        {
            json.WriteString("uuid", OscalId.Of("resource", "run.json"));
            json.WriteString("title", "run.json");
            json.List("rlinks", () => json.Record(() => json.WriteString("href", "run.json")));
        });
        foreach (var evidence in report.Evidence.DistinctBy(e => e.RelativePath, StringComparer.Ordinal))
        {
            json.Record(() =>
            {
                json.WriteString("uuid", OscalId.Of("resource", evidence.RelativePath));
                json.Text("title", evidence.Description);
                json.Properties(("sm3", evidence.Sm3));
                json.List("rlinks", () => json.Record(() =>
                {
                    json.WriteString("href", OscalJson.Address(evidence.RelativePath));
                    json.List("hashes", () => json.Record(() =>
                    {
                        json.WriteString("algorithm", "SHA-256");
                        json.WriteString("value", evidence.Sha256);
                    }));
                }));
            });
        }
    }));
}
