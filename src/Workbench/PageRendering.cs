using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>A component as an answer to the browser.</summary>
internal static class PageRendering
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();

    public static async Task ShowAsync<TPage>(HttpContext context, PageContext page, string title, int status, params IReadOnlyList<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        var inside = parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<Frame>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Frame.Page)] = page,
                [nameof(Frame.Title)] = title,
                [nameof(Frame.Content)] = typeof(TPage),
                [nameof(Frame.Parameters)] = inside,
            }));
            return root.ToHtmlString();
        });
        SafeHeaders.ForPage(context.Response);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html);
    }

    public static Task TroubleAsync(HttpContext context, PageContext page, int status, string message) =>
        ShowAsync<TroublePage>(context, page, page.Say("不能这样做", "Not possible"), status, (nameof(TroublePage.Message), message));
}
