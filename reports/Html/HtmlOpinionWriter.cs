using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>规范性意见 as one self-contained page.</summary>
public sealed class HtmlOpinionWriter : IReportWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Format => "opinion";

    public string FileName => "opinion.html";

    public bool Fits(AcceptanceReport report) => report.Archiving.IsJudged;

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        if (!Fits(report))
        {
            throw new ReportUnavailableException(ArchivingOpinion.Nothing);
        }

        var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ManuscriptDocument.Report)] = report,
            [nameof(ManuscriptDocument.Paper)] = ArchivingOpinion.Of(report),
        });
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var root = await renderer.RenderComponentAsync<ManuscriptDocument>(parameters);
            var text = new StringWriter { NewLine = "\n" };
            root.WriteHtmlTo(text);
            return text.ToString();
        });
        await output.WriteAsync(Utf8.GetBytes(html.ReplaceLineEndings("\n")), cancellationToken);
    }
}
