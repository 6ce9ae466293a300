using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>One self-contained page: no script, nothing loaded from outside, readable on a telephone and on paper.</summary>
public sealed class HtmlReportWriter : IReportWriter
{
    public string Format => "html";

    public string FileName => "report.html";

    public Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken) =>
        WriteAsync(report, PageUse.Screen, output, cancellationToken);

    /// <summary>The page for <paramref name="use"/>; the printed one has every fold open and no links to files beside it.</summary>
    public static Task WriteAsync(AcceptanceReport report, PageUse use, Stream output, CancellationToken cancellationToken) => PageRendering.WriteAsync<ReportDocument>(
        new(StringComparer.Ordinal) { [nameof(ReportDocument.Index)] = new ReportIndex(report, use) },
        output,
        cancellationToken);
}

/// <summary>What the page is for.</summary>
public enum PageUse
{
    /// <summary>Read in a browser, beside the evidence it links to.</summary>
    Screen,

    /// <summary>Turned into a PDF that may be read anywhere.</summary>
    Print,
}
