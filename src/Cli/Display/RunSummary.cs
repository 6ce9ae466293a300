using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The result of a run on standard output.</summary>
internal static class RunSummary
{
    private const int ShownFindings = 12;
    private const int MessageCap = 140;
    private const int PlaceCap = 24;

    public static void Write(RunResult result, int exitCode)
    {
        var report = AcceptanceReport.From(result.Pack);
        var console = Terminal.Out;
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{Printable.Of(result.Pack.Candidate.Name)}[/]");
        var colour = exitCode switch { ExitCode.Passed => "green", ExitCode.Failed => "red", _ => "yellow" };
        console.MarkupLine($"[bold {colour}]{Markup.Escape(report.Conclusion.Sentence)}[/]");
        foreach (var notice in report.Conclusion.Notices)
        {
            console.MarkupLineInterpolated($"[yellow]※[/] {Printable.Of(notice)}");
        }

        var counts = report.Conclusion.Counts;
        console.WriteLine();
        console.WriteLine(string.Join("  ", Enum.GetValues<Verdict>().Select(v => $"{v.Name()} {counts.Of(v)}")));
        foreach (var assessment in report.Assessments.Select(a => a.Assessment))
        {
            WriteAssessment(console, assessment);
        }

        if (result.Pack.Judgement.Protection is { Rate: not null } protection && report.Pillars.Any(p => p.Pillar == Pillar.ClassifiedProtection))
        {
            console.WriteLine($"等保自评  {ProtectionText.Line(protection)}");
        }

        WriteFindings(console, report);
        WritePlaces(console, result);
    }

    private static void WriteAssessment(IAnsiConsole console, Assessment assessment)
    {
        var (score, risks) = assessment.Lines();
        console.WriteLine($"密评自评  {score}");
        if (assessment.Grounds() is { } grounds)
        {
            console.WriteLine($"得分依据  {grounds}");
        }

        console.WriteLine($"高风险项  {risks}");
        foreach (var warning in assessment.Warnings)
        {
            console.MarkupLineInterpolated($"[yellow]※[/] {Printable.Of(warning)}");
        }
    }

    private static void WriteFindings(IAnsiConsole console, AcceptanceReport report)
    {
        var open = report.Findings.Where(f => f.Finding.WaiverId is null).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("程度").NoWrap());
        table.AddColumn(new TableColumn("要求").NoWrap());
        table.AddColumn("问题");
        table.AddColumn("位置");
        foreach (var row in open.Take(ShownFindings))
        {
            table.AddRow(
                new Markup(row.Finding.Severity >= Severity.Major ? $"[red]{row.Finding.Severity.Name()}[/]" : row.Finding.Severity.Name()),
                new Text(row.Finding.RequirementId),
                new Text(Head(Printable.Of(row.Finding.Message))),
                new Text(Tail(Printable.Of(row.Finding.Where))));
        }

        console.Write(table);
        if (open.Count > ShownFindings)
        {
            console.WriteLine($"另有 {open.Count - ShownFindings} 个问题，见报告。");
        }
    }

    /// <summary>A terminal is for the gist; the report has the whole.</summary>
    private static string Head(string message) => message.Length > MessageCap ? string.Concat(message.AsSpan(0, MessageCap - 1), "…") : message;

    /// <summary>The end of a path says most.</summary>
    private static string Tail(string place) => place.Length > PlaceCap ? string.Concat("…", place.AsSpan(place.Length - PlaceCap + 1)) : place;

    private static void WritePlaces(IAnsiConsole console, RunResult result)
    {
        var signer = result.Manifest.Signer;
        console.WriteLine();
        var rows = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        rows.AddRow("证据包", Markup.Escape(result.Folder));
        foreach (var file in result.Reports)
        {
            rows.AddRow(file.EndsWith(".html", StringComparison.Ordinal) ? "报告" : "", Markup.Escape(Path.Combine(result.Folder, file)));
        }

        foreach (var (line, i) in OtherRules.Listed(result.Pack.Rules).Select((l, i) => (l, i)))
        {
            rows.AddRow(i == 0 ? "规则" : "", Markup.Escape(line));
        }

        rows.AddRow("签名", Markup.Escape($"SM2，公钥指纹 {signer.Fingerprint}{(signer.IsPackLocal ? "（自签：只证明封存后未改动，不证明出具人）" : "")}"));
        rows.AddRow("核验", Markup.Escape($"securitycheck verify {result.Folder}"));
        console.Write(rows);
    }
}
