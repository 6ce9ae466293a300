using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Pdf;

/// <summary>
/// The HTML report, printed by a Chromium of this machine. Running head and page numbers come from the page's own
/// print style, so no driver is needed between us and the browser.
/// </summary>
public sealed class PdfReportWriter : IReportWriter
{
    private const string Missing =
        "没有找到可以打印 PDF 的浏览器。请安装 Chromium 后重试：Debian、Ubuntu、统信、麒麟执行“apt install chromium fonts-noto-cjk”；"
        + "Windows 自带的 Microsoft Edge 即可；macOS 安装 Google Chrome。也可用环境变量 " + InstalledBrowser.Variable + " 指明浏览器程序的完整路径。"
        + "其余格式的报告不受影响，也可以在浏览器中打开 report.html 自行打印。";

    private const long Megabyte = 1 << 20;

    private static readonly TimeSpan PerMegabyte = TimeSpan.FromSeconds(30);

    private readonly Func<string?> _browser;
    private readonly TimeSpan _limit;

    /// <summary>Looks for a browser when a report is written; a print has sixty seconds, and thirty more for every whole megabyte of its page.</summary>
    public PdfReportWriter()
        : this(InstalledBrowser.Find, TimeSpan.FromSeconds(60))
    {
    }

    /// <param name="browser">Path of the program; null where there is none.</param>
    /// <param name="limit">A print of an ordinary report that takes longer is ended.</param>
    public PdfReportWriter(Func<string?> browser, TimeSpan limit)
    {
        _browser = browser;
        _limit = limit;
    }

    public string Format => "pdf";

    public string FileName => "report.pdf";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        var browser = _browser() ?? throw new ReportUnavailableException(Missing);
        var folder = Directory.CreateTempSubdirectory("securitycheck-pdf-");
        try
        {
            var page = Path.Combine(folder.FullName, "report.html");
            await using (var html = File.Create(page))
            {
                await HtmlReportWriter.WriteAsync(report, PageUse.Print, html, cancellationToken);
            }

            var limit = _limit + (PerMegabyte * (new FileInfo(page).Length / Megabyte));
            var printed = await new BrowserPrint(browser, folder.FullName, limit).PrintAsync(page, cancellationToken);
            await using var pdf = File.OpenRead(printed);
            await pdf.CopyToAsync(output, cancellationToken);
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>A browser that was just ended may hold its profile for a moment (Windows); the system cleans its temporary folder.</summary>
    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing of the report is lost by it.
        }
    }
}
