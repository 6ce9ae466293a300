using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>One self-contained page: no script, nothing loaded from outside, readable on a telephone and on paper.</summary>
public sealed class HtmlReportWriter : IReportWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Format => "html";

    public string FileName => "report.html";

    public Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken) =>
        WriteAsync(report, PageUse.Screen, output, cancellationToken);

    /// <summary>The page for <paramref name="use"/>; the printed one has every fold open and no links to files beside it.</summary>
    public static async Task WriteAsync(AcceptanceReport report, PageUse use, Stream output, CancellationToken cancellationToken)
    {
        var html = await RenderAsync(report, use, cancellationToken);
        await output.WriteAsync(Utf8.GetBytes(html.ReplaceLineEndings("\n")), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static async Task<string> RenderAsync(AcceptanceReport report, PageUse use, CancellationToken cancellationToken)
    {
        // Without this encoder every Chinese character would become an entity.
        var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ReportDocument.Index)] = new ReportIndex(report, use),
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var root = await renderer.RenderComponentAsync<ReportDocument>(parameters);
            var text = new StringWriter { NewLine = "\n" };
            root.WriteHtmlTo(text);
            return text.ToString();
        });
    }
}

/// <summary>What the page is for.</summary>
public enum PageUse
{
    /// <summary>Read in a browser, beside the evidence it links to.</summary>
    Screen,

    /// <summary>Turned into a PDF that may be read anywhere.</summary>
    Print,
}
