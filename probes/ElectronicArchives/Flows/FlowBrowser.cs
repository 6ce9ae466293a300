using System.Reflection;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The Chromium that is installed, with no way out but the proxy.</summary>
internal sealed class FlowBrowser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic", "--dns-prefetch-disable",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private FlowBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="UnableException">No browser, or it does not start.</exception>
    public static async Task<FlowBrowser> StartAsync(int proxyPort, bool visible = false)
    {
        var program = InstalledBrowser.Find() ?? throw new UnableException(FailureKind.ToolMissing, $"没有找到 Chromium、Chrome 或 Edge；安装后再试，或设环境变量 {InstalledBrowser.Variable}");
        IPlaywright? playwright = null;
        try
        {
            playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = program,
                Headless = !visible,
                Args = OperatingSystem.IsLinux() && Environment.UserName == "root" ? [.. Arguments, "--no-sandbox"] : Arguments,
                Proxy = new Proxy { Server = $"socks5://127.0.0.1:{proxyPort}", Bypass = "<-loopback>" },
                Timeout = 60_000,
            });
            return new FlowBrowser(playwright, browser);
        }
        catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException or System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            playwright?.Dispose();
            throw new UnableException(FailureKind.ToolMissing, "浏览器启动不了", trouble);
        }
    }

    public async Task<IBrowserContext> OpenAsync(BrowserFlow flow)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = flow.Width, Height = flow.Height },
            Locale = flow.Locale,
            IgnoreHTTPSErrors = true,
            AcceptDownloads = true,
            ServiceWorkers = ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(10_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>A script of this folder, with what all of them go by put in its place.</summary>
    internal static string Script(string name) => Text(name).Replace("/*page.js*/", Text("page"), StringComparison.Ordinal);

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"flows/{name}.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
