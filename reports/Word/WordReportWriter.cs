using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>The whole report as a Word file.</summary>
public sealed class WordReportWriter : IReportWriter
{
    public string Format => "docx";

    public string FileName => "report.docx";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await output.WriteAsync(WordFile.Of(ReportPaper.Of(report)), cancellationToken);
    }
}
