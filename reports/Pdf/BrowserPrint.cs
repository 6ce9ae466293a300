using System.ComponentModel;
using System.Diagnostics;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Pdf;

/// <summary>One headless browser that prints one page and is gone; ended with its children when it takes too long.</summary>
internal sealed class BrowserPrint(string program, string folder, TimeSpan limit)
{
    private const int MessageLength = 600;

    /// <returns>Path of the PDF.</returns>
    public async Task<string> PrintAsync(string page, CancellationToken cancellationToken)
    {
        var pdf = Path.Combine(folder, "report.pdf");
        using var process = new Process { StartInfo = StartInfo(page, pdf) };
        Start(process);
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardError.ReadToEndAsync(CancellationToken.None), process.StandardOutput.ReadToEndAsync(CancellationToken.None));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ReportUnavailableException($"浏览器 {program} 在 {limit.TotalSeconds:0} 秒内没有打印完，已结束。可在浏览器中打开 report.html 自行打印。");
        }
        finally
        {
            await EndAsync(process);
        }

        return File.Exists(pdf) && new FileInfo(pdf).Length > 0
            ? pdf
            : throw new ReportUnavailableException($"浏览器 {program} 没有打印出 PDF（退出码 {process.ExitCode}）：{Ending(await said)}");
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new ReportUnavailableException($"浏览器 {process.StartInfo.FileName} 无法启动：{e.Message}", e);
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string Ending(string[] said)
    {
        var text = VisibleText.OnOneLine(string.Concat(said)).Trim();
        return text.Length <= MessageLength ? text : text[^MessageLength..];
    }

    private ProcessStartInfo StartInfo(string page, string pdf)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in Arguments(page, pdf))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private IEnumerable<string> Arguments(string page, string pdf)
    {
        yield return "--headless";
        if (!OperatingSystem.IsWindows() && Environment.UserName == "root")
        {
            // Chromium refuses to start as root otherwise. The page holds no script and may load nothing (its own policy says so).
            yield return "--no-sandbox";
        }

        yield return "--user-data-dir=" + Path.Combine(folder, "profile");
        yield return "--disable-gpu";
        yield return "--disable-dev-shm-usage";
        yield return "--disable-extensions";
        yield return "--disable-background-networking";
        yield return "--disable-component-update";
        yield return "--disable-default-apps";
        yield return "--disable-sync";
        yield return "--no-first-run";
        yield return "--no-default-browser-check";
        yield return "--no-proxy-server";
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        yield return "--no-pdf-header-footer";
        yield return "--generate-pdf-document-outline";
        yield return "--print-to-pdf=" + pdf;
        yield return new Uri(page).AbsoluteUri;
    }
}
