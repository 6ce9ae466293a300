using System.Diagnostics;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Pdf;

namespace SmartCity.SecurityCheck.Reports.Tests;

public sealed class PdfReportTests
{
    [SkippableFact]
    public async Task Pdf_carries_the_text_page_numbers_and_every_section()
    {
        NeededTool.Browser();
        var pdf = await Written.BytesAsync(Patient(), SamplePacks.Rich());
        if (ForPeople.Path("rich.pdf") is { } print)
        {
            await File.WriteAllBytesAsync(print, pdf);
        }

        var text = await TextOfAsync(pdf, NeededTool.PdfToText(), "-");
        var dense = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        string[] expected = ["某市一体化政务服务平台（二期）", "暂不具备验收条件", "一、结论一页", "八、方法与版本", "第1页", "本报告不代替法定测评", "redirectsToHttps应为等于true，实测true", SamplePacks.Rich().Evidence[0].Sm3[..24]];
        Assert.All(expected, e => Assert.Contains(e, dense, StringComparison.Ordinal));
        Assert.DoesNotContain("file:/", dense, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Pdf_has_a_sane_number_of_A4_pages_a_title_and_no_script()
    {
        NeededTool.Browser();
        var info = await TextOfAsync(await Written.BytesAsync(Patient(), SamplePacks.Rich()), NeededTool.PdfInfo());
        Assert.Contains("A4", info, StringComparison.Ordinal);
        Assert.Contains("某市一体化政务服务平台（二期） · 验收前安全检查报告", info, StringComparison.Ordinal);
        Assert.Matches(@"JavaScript:\s+no", info);
        var pages = int.Parse(info.Split('\n').First(l => l.StartsWith("Pages:", StringComparison.Ordinal))[6..]);
        Assert.InRange(pages, 6, 14);
    }

    [SkippableFact]
    public async Task Hostile_pack_prints()
    {
        NeededTool.Browser();
        var text = await TextOfAsync(await Written.BytesAsync(Patient(), SamplePacks.Hostile()), NeededTool.PdfToText(), "-");
        Assert.Contains("<script>alert(1)</script>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_browser_says_what_to_install()
    {
        var writer = new PdfReportWriter(() => null, TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<ReportUnavailableException>(() => Written.BytesAsync(writer, SamplePacks.Rich()));
        Assert.Contains("apt install chromium", error.Message, StringComparison.Ordinal);
        Assert.Contains(InstalledBrowser.Variable, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Browser_that_hangs_is_ended_with_its_children()
    {
        NeededTool.ProcFileSystem();
        var folder = Directory.CreateTempSubdirectory("securitycheck-hang-");
        var child = Path.Combine(folder.FullName, "child");
        var writer = new PdfReportWriter(() => Script(folder, $"sleep 300 & echo $! > '{child}'; wait"), TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<ReportUnavailableException>(() => Written.BytesAsync(writer, SamplePacks.Empty()));
        Assert.Contains("秒内没有打印完", error.Message, StringComparison.Ordinal);
        Assert.True(await IsGoneAsync(File.ReadAllText(child).Trim()));
        folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task Browser_that_fails_is_quoted()
    {
        NeededTool.UnixShell();
        var folder = Directory.CreateTempSubdirectory("securitycheck-fail-");
        var writer = new PdfReportWriter(() => Script(folder, "echo no display >&2; exit 21"), TimeSpan.FromSeconds(10));
        var error = await Assert.ThrowsAsync<ReportUnavailableException>(() => Written.BytesAsync(writer, SamplePacks.Empty()));
        Assert.Contains("退出码 21", error.Message, StringComparison.Ordinal);
        Assert.Contains("no display", error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    /// <summary>What a print holds does not depend on how busy the machine is; how long a print may take is the product's sixty seconds.</summary>
    private static PdfReportWriter Patient() => new(InstalledBrowser.Find, TimeSpan.FromMinutes(5));

    /// <summary>Gone, or dead and waiting to be collected by whatever runs as process 1 here.</summary>
    private static async Task<bool> IsGoneAsync(string processId)
    {
        var state = $"/proc/{processId}/stat";
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if (!File.Exists(state) || (await File.ReadAllTextAsync(state)).Contains(") Z ", StringComparison.Ordinal))
            {
                return true;
            }

            await Task.Delay(100);
        }

        return false;
    }

    private static string Script(DirectoryInfo folder, string body)
    {
        var path = Path.Combine(folder.FullName, "browser.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static async Task<string> TextOfAsync(byte[] pdf, string tool, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf);
            using var process = Process.Start(new ProcessStartInfo(tool, [file, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return text;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
