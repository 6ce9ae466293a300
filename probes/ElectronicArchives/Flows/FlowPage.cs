using System.Text.Json;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The page a flow is at; what opens in a new window becomes the page, and what closes gives way to the one before.</summary>
internal sealed class FlowPage : IAsyncDisposable
{
    private const int MostFrames = 20;
    private const int MostDialogs = 100;
    private const string Remove = "() => { const c = document.getElementById('securitycheck-cover'); if (c) c.remove(); }";

    /// <summary>A page's own scripts may never give way to ours.</summary>
    internal static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(10);
    private static readonly string[] On = ["是", "选", "选中", "勾选", "true"];
    private static readonly string[] Off = ["否", "不选", "不勾选", "取消", "false"];
    private static readonly string Look = FlowBrowser.Script("look");
    private static readonly string Cover = FlowBrowser.Script("cover");

    private readonly IBrowserContext _context;
    private readonly List<IPage> _pages = [];
    private readonly List<string> _dialogs;
    private readonly IReadOnlyList<string> _masks;
    private List<IJSHandle?> _handles = [];
    private int _underWay;

    private FlowPage(IBrowserContext context, IReadOnlyList<string> masks, List<string> dialogs)
    {
        (_context, _masks, _dialogs) = (context, masks, dialogs);
        context.Page += (_, page) => Attend(page);
        context.Request += (_, _) => Interlocked.Increment(ref _underWay);
        context.RequestFinished += (_, _) => Interlocked.Decrement(ref _underWay);
        context.RequestFailed += (_, _) => Interlocked.Decrement(ref _underWay);
    }

    public bool AcceptDialogs { get; set; } = true;

    public string Url => Current.Url;

    /// <summary>No request is under way.</summary>
    public bool IsQuiet => Volatile.Read(ref _underWay) <= 0;

    private IPage Current => _pages.FindLast(p => !p.IsClosed) ?? throw new StepEndException(StepOutcome.Trouble, "页面都关了");

    public static async Task<FlowPage> OpenAsync(FlowBrowser browser, BrowserFlow flow, NetworkLog log, List<string> dialogs)
    {
        var context = await browser.OpenAsync(flow);
        log.Listen(context);
        var page = new FlowPage(context, flow.Masks, dialogs);
        await context.NewPageAsync();
        return page;
    }

    /// <returns>HTTP status; null where there was none.</returns>
    public async Task<int?> GoAsync(Uri address, TimeSpan limit)
    {
        try
        {
            var response = await Current.GotoAsync(address.AbsoluteUri, new() { Timeout = (float)limit.TotalMilliseconds, WaitUntil = WaitUntilState.Load });
            return response?.Status;
        }
        catch (TimeoutException)
        {
            throw new StepEndException(StepOutcome.TimedOut, $"{limit.TotalSeconds} 秒内没有打开 {Shown(address)}");
        }
        catch (PlaywrightException trouble)
        {
            throw new StepEndException(StepOutcome.Trouble, $"打不开 {Shown(address)}：{First(trouble)}");
        }
    }

    public async Task<PageSnapshot> LookAsync()
    {
        List<FrameSnapshot> frames = [];
        List<IJSHandle?> handles = [];
        foreach (var frame in Current.Frames.Take(MostFrames))
        {
            try
            {
                var handle = await frame.EvaluateHandleAsync(Look, _masks).WaitAsync(ScriptLimit);
                var json = await (await handle.GetPropertyAsync("json")).JsonValueAsync<string>();
                frames.Add(JsonSerializer.Deserialize<FrameSnapshot>(json, JsonSerializerOptions.Web)!);
                handles.Add(handle);
            }
            catch (Exception moving) when (moving is PlaywrightException or TimeoutException or JsonException)
            {
                // It is just being replaced by another; the next look sees that one.
                frames.Add(new FrameSnapshot { Whole = false, Coverable = false });
                handles.Add(null);
            }
        }

        if (Current.Frames.Count > MostFrames)
        {
            frames.Add(new FrameSnapshot { Whole = false, Coverable = false });
            handles.Add(null);
        }

        _handles = handles;
        return new PageSnapshot(frames);
    }

    public async Task ClickAsync(SeenElement element) => await (await HandleAsync(element)).ClickAsync(new() { Timeout = 10_000 });

    public async Task FillAsync(SeenElement element, string value)
    {
        var handle = await HandleAsync(element);
        if (element.Role is "checkbox" or "radio")
        {
            var isOn = value == element.Name || On.Contains(value, StringComparer.Ordinal);
            if (!isOn && !(element.Role == "checkbox" && Off.Contains(value, StringComparer.Ordinal)))
            {
                throw new StepEndException(StepOutcome.NotFound, $"{element.Name} 只能选或不选，值写 是 或 否");
            }

            await handle.SetCheckedAsync(isOn, new() { Timeout = 10_000 });
            return;
        }

        if (element.Tag == "select")
        {
            await handle.SelectOptionAsync(new SelectOptionValue { Label = value }, new() { Timeout = 10_000 });
            return;
        }

        await handle.FillAsync(value, new() { Timeout = 10_000 });
    }

    public async Task UploadAsync(SeenElement element, string file) => await (await HandleAsync(element)).SetInputFilesAsync(file);

    /// <summary>Clicks and keeps what comes.</summary>
    public async Task<long> DownloadAsync(SeenElement element, string path, long cap, TimeSpan limit)
    {
        var handle = await HandleAsync(element);
        IDownload download;
        try
        {
            download = await Current.RunAndWaitForDownloadAsync(() => handle.ClickAsync(), new() { Timeout = (float)limit.TotalMilliseconds });
        }
        catch (TimeoutException)
        {
            throw new StepEndException(StepOutcome.TimedOut, $"{limit.TotalSeconds} 秒内没有开始下载");
        }

        var saving = download.PathAsync();
        try
        {
            var from = await saving.WaitAsync(limit);
            var length = new FileInfo(from).Length;
            if (length > cap)
            {
                throw new StepEndException(StepOutcome.Trouble, $"下载的文件有 {length} 字节，超过上限 {cap}，没有保存");
            }

            File.Copy(from, path, overwrite: true);
            return length;
        }
        catch (TimeoutException)
        {
            await download.CancelAsync();
            throw new StepEndException(StepOutcome.TimedOut, $"{limit.TotalSeconds} 秒内没有下载完");
        }
        catch (PlaywrightException broken)
        {
            throw new StepEndException(StepOutcome.Trouble, $"下载中断：{First(broken)}");
        }
        finally
        {
            await Quietly(download.DeleteAsync);
        }
    }

    /// <summary>The answer of the system's own interface, asked by the page itself.</summary>
    public async Task<(int Status, string Body)> AskAsync(string address)
    {
        const string script = "async a => { const r = await fetch(a, { credentials: 'same-origin', redirect: 'error', signal: AbortSignal.timeout(20000) }); return r.status + ' ' + (await r.text()).slice(0, 1000000); }";
        var said = await Current.EvaluateAsync<string>(script, address);
        var blank = said.IndexOf(' ', StringComparison.Ordinal);
        return (int.Parse(said[..blank]), said[(blank + 1)..]);
    }

    /// <summary>PNG of what is in the window, values covered before it is taken.</summary>
    /// <returns>Null where there is none, or where what had to be covered moved meanwhile.</returns>
    public async Task<CoveredPicture?> PictureAsync(IReadOnlyList<string> hidden)
    {
        try
        {
            var before = await CoverAsync(hidden);
            var png = await Current.ScreenshotAsync(new() { Timeout = 10_000, Animations = ScreenshotAnimations.Disabled });
            var after = await CoverAsync(hidden);
            return before is not null && after is not null && before.SequenceEqual(after, StringComparer.Ordinal) ? new CoveredPicture(png, before.Count) : null;
        }
        catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException)
        {
            return null;
        }
        finally
        {
            foreach (var frame in Current.Frames.Take(MostFrames))
            {
                await Quietly(() => frame.EvaluateAsync(Remove).WaitAsync(ScriptLimit));
            }
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    /// <summary>The first line; addresses in it lose what addresses of the network log lose.</summary>
    internal static string First(Exception trouble) => NetworkLog.PlainIn(trouble.Message.Split('\n')[0]);

    private static string Shown(Uri address) => Uri.UnescapeDataString(new Uri(NetworkLog.Plain(address.AbsoluteUri)).AbsolutePath);

    private void Attend(IPage page)
    {
        lock (_pages)
        {
            _pages.Add(page);
        }

        page.Dialog += async (_, dialog) =>
        {
            lock (_dialogs)
            {
                if (_dialogs.Count < MostDialogs)
                {
                    _dialogs.Add($"{dialog.Type}：{(dialog.Message.Length > 200 ? dialog.Message[..200] : dialog.Message)}（{(AcceptDialogs ? "确定" : "取消")}）");
                }
            }

            await Quietly(() => AcceptDialogs ? dialog.AcceptAsync() : dialog.DismissAsync());
        };
    }

    /// <returns>Places of what was covered; null where it was too much.</returns>
    private async Task<List<string>?> CoverAsync(IReadOnlyList<string> hidden)
    {
        List<string> places = [];
        var frames = Current.Frames;
        foreach (var (frame, number) in frames.Take(MostFrames).Select((f, i) => (f, i)))
        {
            if (await frame.EvaluateAsync<string[]?>(Cover, new { hidden, masks = _masks }).WaitAsync(ScriptLimit) is not { } boxes)
            {
                return null;
            }

            places.AddRange(boxes.Select(b => $"{number}:{b}"));
        }

        return frames.Count > MostFrames && _masks.Count > 0 ? null : places;
    }

    private static async Task Quietly(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception gone) when (gone is PlaywrightException or TimeoutException)
        {
            // The page went away meanwhile, and with it what was to be done.
        }
    }

    private async Task<IElementHandle> HandleAsync(SeenElement element) =>
        element.Frame < _handles.Count && _handles[element.Frame] is { } handle && (await handle.EvaluateHandleAsync("(h, i) => h.elements[i]", element.Index)).AsElement() is { } found
            ? found : throw new StepEndException(StepOutcome.Trouble, "元素已经不在页面上");
}

/// <param name="Png">Of the window.</param>
/// <param name="Covers">How many places were covered.</param>
internal sealed record CoveredPicture(byte[] Png, int Covers);

/// <summary>A step cannot go on; never leaves the engine.</summary>
internal sealed class StepEndException(StepOutcome outcome, string why, IReadOnlyList<string>? candidates = null) : Exception(why)
{
    public StepOutcome Outcome { get; } = outcome;

    public IReadOnlyList<string> Candidates { get; } = candidates ?? [];
}
