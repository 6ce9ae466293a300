using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>规范性意见 as a Word file to be edited and signed.</summary>
public sealed class WordOpinionWriter : IReportWriter
{
    public string Format => "opinion-docx";

    public string FileName => "opinion.docx";

    public bool Fits(AcceptanceReport report) => report.Archiving.IsJudged;

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Fits(report))
        {
            throw new ReportUnavailableException(ArchivingOpinion.Nothing);
        }

        await output.WriteAsync(WordFile.Of(ArchivingOpinion.Of(report)), cancellationToken);
    }
}
