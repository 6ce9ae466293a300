using Microsoft.Playwright;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The page in a real browser, on a telephone and on a desk.</summary>
public sealed class HtmlBrowserTests
{
    private const string Overflowing = """
        () => [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('svg') && !e.closest('.unseen') && !e.closest('.cards thead'))
          .filter(e => { const r = e.getBoundingClientRect(); const s = getComputedStyle(e);
            return r.width > 0 && (r.right > innerWidth + 1 || r.left < -1
              || (e.scrollWidth > e.clientWidth + 1 && s.display !== 'inline' && e.clientWidth > 0)); })
          .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 60))
        """;

    [SkippableTheory]
    [InlineData("rich", 390)]
    [InlineData("rich", 1366)]
    [InlineData("hostile", 390)]
    [InlineData("hostile", 1366)]
    [InlineData("empty", 390)]
    [InlineData("empty", 1366)]
    public async Task Nothing_overflows_runs_or_is_fetched(string name, int width)
    {
        var browserPath = NeededTool.Browser();
        var folder = Directory.CreateTempSubdirectory("securitycheck-html-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllBytesAsync(file, await Written.BytesAsync(new HtmlReportWriter(), HtmlStructureTests.Pack(name)));
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = browserPath, Args = ["--no-sandbox", "--disable-background-networking"] });
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
            var said = new List<string>();
            var asked = new List<string>();
            page.Console += (_, message) => said.Add(message.Text);
            page.PageError += (_, message) => said.Add(message);
            page.Dialog += (_, dialog) => said.Add(dialog.Message);
            page.Request += (_, request) => asked.Add(request.Url);
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
            Assert.Empty(await page.EvaluateAsync<string[]>(Overflowing));
            Assert.Contains("本报告不代替法定测评", await page.InnerTextAsync("#conclusion"), StringComparison.Ordinal);
            Assert.Contains(HtmlStructureTests.Pack(name).Judgement.Gate.Sentence, await page.InnerTextAsync("#conclusion"), StringComparison.Ordinal);
            Assert.Empty(said);
            Assert.Single(asked);
            if (ForPeople.Path($"{name}-{width}.png") is { } picture)
            {
                await page.ScreenshotAsync(new() { Path = picture, FullPage = name != "hostile" });
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
