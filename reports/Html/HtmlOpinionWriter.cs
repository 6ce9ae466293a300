using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>规范性意见 as one self-contained page.</summary>
public sealed class HtmlOpinionWriter : IReportWriter
{
    public string Format => "opinion";

    public string FileName => "opinion.html";

    public bool Fits(AcceptanceReport report) => report.Archiving.IsJudged;

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        if (!Fits(report))
        {
            throw new ReportUnavailableException(ArchivingOpinion.Nothing);
        }

        Dictionary<string, object?> parameters = new(StringComparer.Ordinal)
        {
            [nameof(ManuscriptDocument.Report)] = report,
            [nameof(ManuscriptDocument.Paper)] = ArchivingOpinion.Of(report),
        };
        await PageRendering.WriteAsync<ManuscriptDocument>(parameters, output, cancellationToken);
    }
}
