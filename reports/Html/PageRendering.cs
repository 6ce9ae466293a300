using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>A component as one page: UTF-8 without a mark, line feeds alone, Chinese characters as they are.</summary>
internal static class PageRendering
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task WriteAsync<TPage>(Dictionary<string, object?> parameters, Stream output, CancellationToken cancellationToken)
        where TPage : IComponent
    {
        // Without this encoder every Chinese character would become an entity.
        var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var root = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            var text = new StringWriter { NewLine = "\n" };
            root.WriteHtmlTo(text);
            return text.ToString();
        });
        await output.WriteAsync(Utf8.GetBytes(html.ReplaceLineEndings("\n")), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
