using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <param name="Name">As people know it.</param>
/// <param name="Version">Null where it was not found.</param>
/// <param name="For">What it is used for.</param>
/// <param name="Loss">What is lost without it.</param>
/// <param name="Install">How to get it.</param>
internal sealed record OutsideTool(string Name, string? Version, string For, string Loss, string Install);

/// <summary>Programs outside this tool: asked for their version, never installed.</summary>
internal static partial class OutsideTools
{
    private static readonly ProcessToolRunner Runner = new();

    public static async Task<IReadOnlyList<ToolReference>> FindAsync(CancellationToken cancellationToken) =>
        [.. (await InspectAsync(cancellationToken)).Select(t => new ToolReference(t.Name, t.Version))];

    public static async Task<IReadOnlyList<OutsideTool>> InspectAsync(CancellationToken cancellationToken)
    {
        var browser = InstalledBrowser.Find();
        var versions = await Task.WhenAll(
            browser is null ? Task.FromResult<string?>(null) : BrowserAsync(browser, cancellationToken),
            FontAsync(cancellationToken),
            VersionAsync("nmap", ["--version"], cancellationToken),
            VersionAsync("ssh", ["-V"], cancellationToken));
        return
        [
            new("Chromium/Edge", versions[0], "把报告打印成 PDF", "没有 report.pdf，其余照常", "Debian/Ubuntu：apt install chromium；Windows 自带 Edge；或设环境变量 SECURITYCHECK_CHROMIUM"),
            new("中文字体", versions[1], "PDF 里显示中文", "PDF 里的中文成为方框", "Debian/Ubuntu：apt install fonts-noto-cjk"),
            new("nmap", versions[2], "端口与服务识别（暴露面）", "改用内置连接扫描，服务只按端口号和问候语辨认", "Debian/Ubuntu：apt install nmap"),
            new("ssh", versions[3], "登录主机读取配置（等级保护）；试 SSH 出厂口令（暴露面）", "主机各项为未核验，可改用离线采集；SSH 口令为待人工", "Debian/Ubuntu：apt install openssh-client；Windows 自带"),
        ];
    }

    /// <summary>Windows browsers open a window when asked for a version; their file says it too.</summary>
    private static async Task<string?> BrowserAsync(string path, CancellationToken cancellationToken) => OperatingSystem.IsWindows()
        ? System.Diagnostics.FileVersionInfo.GetVersionInfo(path).ProductVersion ?? path
        : await VersionAsync(path, ["--version"], cancellationToken);

    private static async Task<string?> FontAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            return "系统自带";
        }

        var listed = await OutputAsync("fc-list", [":lang=zh", "family"], cancellationToken);
        return listed?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).FirstOrDefault()?.Trim();
    }

    private static async Task<string?> VersionAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await OutputAsync(program, arguments, cancellationToken) is { } said
            ? Number().Match(said) is { Success: true } match ? match.Value : "已安装"
            : null;

    private static async Task<string?> OutputAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var result = await Runner.RunAsync(new ToolCall(program, arguments) { Timeout = TimeSpan.FromSeconds(10), OutputCap = 256 * 1024 }, cancellationToken);
            return result.ExitCode == 0 ? result.OutputText + result.ErrorText : null;
        }
        catch (UnableException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]+[0-9A-Za-z.]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
