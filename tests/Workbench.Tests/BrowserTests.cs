using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Pipeline.Tests;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>The pages in a real browser, as people use them.</summary>
public sealed class BrowserTests : IAsyncLifetime, IDisposable
{
    /// <summary>Every page there is of a pack and of one beside it.</summary>
    private static readonly string[] Paths =
    [
        "/", "/p/pack/", "/p/pack/clauses", "/p/pack/findings", "/p/pack/open", "/p/pack/open/item?r=PEOPLE-01&t=demo", "/p/pack/open/item?r=GREET-01&t=endpoint%3Aportal",
        "/p/pack/open/item?k=item&r=PES-PA-a", "/p/pack/open/item?k=case&r=6.4.1.1", "/p/pack/waivers", "/p/pack/waivers/item?r=GREET-01&t=endpoint%3Aportal", "/p/pack/evidence",
        "/p/pack/compare", "/p/pack/compare?with=later",
    ];

    /// <summary>Of a pack that was forged, and of nothing.</summary>
    private static readonly (string Path, int Status)[] Refused = [("/p/forged/", 409), ("/p/pack/nothing", 404)];

    private readonly Bench _bench = new();
    private string _pack = "";

    public async Task InitializeAsync()
    {
        _bench.WithProtectionRules();
        _pack = await _bench.PackAsync(more: "protectionLevel: 2\n");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [SkippableFact]
    public async Task Somebody_fills_in_the_form_attaches_a_paper_and_sees_the_verdict_change()
    {
        Skip.If(RequiredTool.IsMissing("Chromium", InstalledBrowser.Find()));
        var paper = _bench.Folder.Write("值班制度.txt", PaperText.Some);
        await using var browsing = await Browsing.StartAsync();
        await using (var server = await _bench.ServeAsync(_pack))
        {
            var page = await browsing.EnterAsync(server, 1366);
            await page.GetByRole(AriaRole.Link, new() { Name = "待人工" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "PEOPLE-01" }).ClickAsync();
            Assert.Contains("待人工", await page.InnerTextAsync("#now"), StringComparison.Ordinal);
            await page.GetByLabel("符合", new() { Exact = true }).CheckAsync();
            await page.GetByLabel("确认人").FillAsync("测试人员");
            await page.GetByLabel("单位").FillAsync("测试单位");
            await page.GetByLabel("说明").FillAsync("<script>alert(2)</script>");
            await page.GetByLabel("附上文件").SetInputFilesAsync(paper);
            await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
            Assert.Contains("已保存并重新判定", await page.InnerTextAsync("main"), StringComparison.Ordinal);
            Assert.StartsWith("符合（人工确认）", await page.InnerTextAsync("#now"), StringComparison.Ordinal);
            Assert.Empty(browsing.Said);
        }

        await using var again = await _bench.ServeAsync(_pack);
        var later = await browsing.EnterAsync(again, 1366);
        await later.GotoAsync(new Uri(Visitor.RootOf(again), "/p/pack/open/item?r=PEOPLE-01&t=demo").AbsoluteUri);
        Assert.StartsWith("符合（人工确认）", await later.InnerTextAsync("#now"), StringComparison.Ordinal);
        await later.GotoAsync(new Uri(Visitor.RootOf(again), "/p/pack/").AbsoluteUri);
        await later.GetByRole(AriaRole.Button, new() { Name = "封存为新的证据包" }).ClickAsync();
        await later.WaitForURLAsync("**/p/pack-answered-1/");
        Assert.IsType<PackIntact>(PackVerification.Verify(_bench.Folder.File("packs/pack-answered-1")));
    }

    [SkippableFact]
    public async Task Two_tabs_do_not_overwrite_each_other()
    {
        Skip.If(RequiredTool.IsMissing("Chromium", InstalledBrowser.Find()));
        await using var browsing = await Browsing.StartAsync();
        await using var server = await _bench.ServeAsync(_pack);
        var first = await browsing.EnterAsync(server, 1366);
        var second = await first.Context.NewPageAsync();
        foreach (var page in new[] { first, second })
        {
            await page.GotoAsync(new Uri(Visitor.RootOf(server), "/p/pack/open/item?r=PEOPLE-01&t=demo").AbsoluteUri);
            await page.GetByLabel("不符合", new() { Exact = true }).CheckAsync();
            await page.GetByLabel("确认人").FillAsync("测试人员");
            await page.GetByLabel("单位").FillAsync("测试单位");
            await page.GetByLabel("说明").FillAsync(page == first ? "先" : "后写的话");
        }

        await first.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        Assert.Contains("别处刚刚改过这一项", await second.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("先", await second.InnerTextAsync("#stored"), StringComparison.Ordinal);
        Assert.Equal("后写的话", await second.GetByLabel("说明").InputValueAsync());
        await second.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        Assert.Contains("后写的话", await second.InnerTextAsync("#stored"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_waiver_is_asked_for_from_the_finding_holds_until_its_day_and_leaves_the_verdict()
    {
        Skip.If(RequiredTool.IsMissing("Chromium", InstalledBrowser.Find()));
        await using var browsing = await Browsing.StartAsync();
        await using var server = await _bench.ServeAsync(_pack);
        var page = await browsing.EnterAsync(server, 390);
        await page.GetByRole(AriaRole.Link, new() { Name = "问题" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "申请豁免" }).ClickAsync();
        await page.GetByLabel("理由").FillAsync("旧设备年内更换");
        await page.GetByLabel("批准人").FillAsync("测试人员");
        await page.GetByLabel("到期日").FillAsync("2026-02-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        Assert.Contains("到期日已过", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal("旧设备年内更换", await page.GetByLabel("理由").InputValueAsync());
        await page.GetByLabel("到期日").FillAsync("2026-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        Assert.Contains("已保存并重新判定", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.StartsWith("不符合", await page.InnerTextAsync("#now"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "豁免", Exact = true }).ClickAsync();
        Assert.Contains("生效", await page.InnerTextAsync("main td[data-label=状态]"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "问题", Exact = true }).First.ClickAsync();
        Assert.Contains("0 个，共 1 个", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.GetByLabel("也列出已豁免的").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        Assert.Contains("已豁免", await page.InnerTextAsync("article"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_run_can_be_watched_until_its_result_stands_there()
    {
        Skip.If(RequiredTool.IsMissing("Chromium", InstalledBrowser.Find()));
        using var go = new SemaphoreSlim(0);
        await using var browsing = await Browsing.StartAsync();
        await using var server = await _bench.ServeAsync(_bench.Folder.File("packs"));
        var page = await browsing.EnterAsync(server, 390);
        var running = _bench.PackAsync("running", wait: go);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "running" }).ClickAsync();
        await page.Locator("#going").GetByText("test.greeting").WaitForAsync();
        Assert.Equal("0", await page.GetAttributeAsync("progress", "value"));
        Assert.Equal("1", await page.GetAttributeAsync("progress", "max"));
        Assert.Empty((await page.RunAxe()).Violations);
        go.Release();
        await running;
        await page.GetByRole(AriaRole.Heading, new() { Name = "演示" }).WaitForAsync();
        Assert.Equal(0, await page.Locator("progress").CountAsync());
    }

    [SkippableTheory]
    [InlineData(390, "zh")]
    [InlineData(1366, "en")]
    public async Task Every_page_can_be_used_without_a_mouse_and_heard(int width, string language)
    {
        Skip.If(RequiredTool.IsMissing("Chromium", InstalledBrowser.Find()));
        _ = await _bench.PackAsync("later", status: "200");
        ForgedPack.Of(_pack, _bench.Folder.File("packs/forged"), "judgement.json", "\"notSatisfied\"", "\"satisfied\"");
        await using var browsing = await Browsing.StartAsync();
        await using var server = await _bench.ServeAsync(_bench.Folder.File("packs"));
        var page = await browsing.EnterAsync(server, width);
        var root = Visitor.RootOf(server);
        await page.GotoAsync(new Uri(root, "/p/pack/evidence").AbsoluteUri);
        var view = await page.Locator("main a").First.GetAttributeAsync("href");
        await page.GotoAsync(new Uri(root, $"/language?to={language}&back=%2Fp%2Fpack%2F").AbsoluteUri);
        foreach (var path in Paths.Append(view!).Concat(Refused.Select(r => r.Path)))
        {
            if (path == Refused[0].Path)
            {
                Assert.Empty(browsing.Said);
            }

            await page.GotoAsync(new Uri(root, path).AbsoluteUri);
            Assert.Equal(language == "en" ? "en" : "zh-CN", await page.GetAttributeAsync("html", "lang"));
            var faults = await page.EvaluateAsync<string[]>(Browsing.Accessibility);
            Assert.True(faults.Length == 0, $"{path}: {string.Join("; ", faults)}");
            var heard = await page.RunAxe();
            Assert.True(heard.Violations.Length == 0, $"{path}: {string.Join("; ", heard.Violations.Select(v => $"{v.Id} {v.Nodes[0].Html}"))}");
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("#main", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
            if (Environment.GetEnvironmentVariable("REPORT_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"bench-{width}-{path.Replace('/', '-').Replace('?', '-')}.png"), FullPage = true });
            }
        }

        // A page that is refused says so in the console itself.
        Assert.Equal(Refused.Select(r => $"Failed to load resource: the server responded with a status of {r.Status}"), browsing.Said.Select(s => s[..s.IndexOf(" (", StringComparison.Ordinal)]));
        Assert.All(browsing.Asked, url => Assert.StartsWith(root.AbsoluteUri, url, StringComparison.Ordinal));
    }
}
