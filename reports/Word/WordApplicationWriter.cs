using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>验收申请附件 as a Word file to be signed.</summary>
public sealed class WordApplicationWriter : IReportWriter
{
    public string Format => "application-docx";

    public string FileName => "application.docx";

    public bool Fits(AcceptanceReport report) => report.Pack.Profile is not null;

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Fits(report))
        {
            throw new ReportUnavailableException(ApplicationPaper.Nothing);
        }

        await output.WriteAsync(WordFile.Of(ApplicationPaper.Of(report)), cancellationToken);
    }
}
