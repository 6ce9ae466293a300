using System.Net;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Pipeline.Tests;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>Who gets in, what may be asked for, and what the answers say to a browser.</summary>
public sealed class AccessTests : IAsyncLifetime, IDisposable
{
    private const string People = "/p/pack/open/item?r=PEOPLE-01&t=demo";

    private readonly Bench _bench = new();
    private string _pack = "";

    public async Task InitializeAsync() => _pack = await _bench.PackAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Without_the_token_there_is_nothing_and_it_works_once()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var stranger = new Visitor(Visitor.RootOf(server));
        foreach (var path in new[] { "/", "/p/pack/", "/p/pack/evidence", "/language?to=en", "/enter", "/enter?token=0", "/enter?token=" })
        {
            await stranger.PageAsync(path, HttpStatusCode.Forbidden);
        }

        using var refused = await stranger.AnswerAsync(People, "", 0, "Satisfied");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var visitor = await Visitor.EnterAsync(server);
        Assert.Contains("演示", await visitor.PageAsync("/p/pack/"), StringComparison.Ordinal);
        using var again = await stranger.Client.GetAsync(new Uri(server.Entrance));
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
    }

    /// <summary>Anybody on the machine can knock; that must not keep its owner out.</summary>
    [Fact]
    public async Task Whoever_guesses_shuts_nobody_out()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var stranger = new Visitor(Visitor.RootOf(server));
        for (var i = 0; i < 1001; i++)
        {
            using var refused = await stranger.GetAsync($"/enter?token={i}");
        }

        using var visitor = await Visitor.EnterAsync(server);
    }

    /// <summary>Same length, same newest time: only a look at every file sees it.</summary>
    [Fact]
    public async Task A_pack_that_is_changed_while_it_is_looked_at_is_not_shown_any_more()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        Assert.Contains("演示", await visitor.PageAsync("/p/pack/"), StringComparison.Ordinal);
        var log = Path.Combine(_pack, PackLayout.Log);
        var (bytes, before) = (await File.ReadAllBytesAsync(log), File.GetLastWriteTimeUtc(log));
        await File.WriteAllBytesAsync(log, [.. bytes[..^1], (byte)'!']);
        File.SetLastWriteTimeUtc(log, before.AddHours(-1));
        Assert.Contains("run.log", await visitor.PageAsync("/p/pack/", HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_link_makes_a_pack_unsound_and_is_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少建立链接的权限");
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        Assert.Contains("演示", await visitor.PageAsync("/p/pack/"), StringComparison.Ordinal);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            Directory.CreateSymbolicLink(Path.Combine(_pack, name), _pack);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var response = await visitor.Client.GetAsync(new Uri("/p/pack/", UriKind.Relative), limit.Token);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("是链接", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shelf_that_is_too_long_says_so_and_everything_on_it_can_be_opened()
    {
        for (var i = 0; i < 504; i++)
        {
            _bench.Folder.Write($"packs/q{i:000}/run.json", "{}");
        }

        await using var server = await _bench.ServeAsync(_bench.Folder.File("packs"));
        using var visitor = await Visitor.EnterAsync(server);
        var page = await visitor.PageAsync("/");
        Assert.Contains("/p/pack/", page, StringComparison.Ordinal);
        Assert.Contains("/p/q498/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/p/q499/", page, StringComparison.Ordinal);
        Assert.Contains("另有 5 个没有列出", page, StringComparison.Ordinal);
        Assert.Contains("没有通过核验", await visitor.PageAsync("/p/q503/", HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_and_every_answer_is_wrapped()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = new Visitor(Visitor.RootOf(server));
        using var entered = await visitor.Client.GetAsync(new Uri(server.Entrance));
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        foreach (var path in new[] { "/", "/p/pack/", "/p/pack/evidence", "/style.css", "/nothing", People })
        {
            using var response = await visitor.GetAsync(path);
            Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1:1")]
    public async Task A_name_that_was_pointed_here_is_refused(string host)
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/p/pack/", UriKind.Relative));
        request.Headers.Host = host.Replace("{port}", $"{Visitor.RootOf(server).Port}", StringComparison.Ordinal);
        using var response = await visitor.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_saves_nothing()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        using var without = await visitor.AnswerAsync(People, null, 0, "NotSatisfied");
        using var guessed = await visitor.AnswerAsync(People, new string('0', 64), 0, "NotSatisfied");
        using var elsewhere = await visitor.AnswerAsync(People, proof, 0, "NotSatisfied", origin: "http://evil.example");
        using var text = await visitor.Client.PostAsync(new Uri(People, UriKind.Relative), new StringContent("{}", null, "application/json"));
        Assert.All([without, guessed, elsewhere], r => Assert.Equal(HttpStatusCode.Forbidden, r.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, text.StatusCode);
        Assert.False(Directory.Exists(_pack + StatementStore.Suffix));
    }

    [Theory]
    [InlineData("/p/../pack/")]
    [InlineData("/p/%2e%2e%2f/")]
    [InlineData("/p/..%2f..%2fetc/")]
    [InlineData("/p/pack/../../etc/passwd")]
    [InlineData("/p/pack/evidence/file?id=../candidate.yaml")]
    [InlineData("/p/pack/evidence/file?id=candidate.yaml")]
    [InlineData("/p/pack/attachment?h=../../pack/candidate.yaml")]
    [InlineData("/p/pack/attachment?h=")]
    [InlineData("/p/pack.statements/")]
    [InlineData("/p/other/")]
    [InlineData("/p//")]
    public async Task Nothing_outside_of_a_pack_can_be_named(string path)
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        using var response = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Evidence_comes_as_a_file_that_can_do_nothing()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var list = await visitor.PageAsync("/p/pack/evidence");
        var id = System.Text.RegularExpressions.Regex.Match(list, "evidence/view\\?id=(?<id>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["id"].Value;
        var view = await visitor.PageAsync($"/p/pack/evidence/view?id={id}");
        Assert.Contains("&lt;script&gt;", view, StringComparison.Ordinal);
        using var file = await visitor.GetAsync($"/p/pack/evidence/file?id={id}");
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_pack_is_shown_as_one_and_never_judged()
    {
        ForgedPack.Of(_pack, _bench.Folder.File("packs/forged"), "judgement.json", "\"notSatisfied\"", "\"satisfied\"");
        File.AppendAllText(Path.Combine(_pack, "run.log"), "x");
        await using var server = await _bench.ServeAsync(_bench.Folder.File("packs"));
        using var visitor = await Visitor.EnterAsync(server);
        Assert.Contains("/p/forged/", await visitor.PageAsync("/"), StringComparison.Ordinal);
        foreach (var pack in new[] { "forged", "pack" })
        {
            foreach (var rest in new[] { "", "clauses", "findings", "open", "evidence", "compare" })
            {
                var page = await visitor.PageAsync($"/p/{pack}/{rest}", HttpStatusCode.Conflict);
                Assert.Contains("没有通过核验", page, StringComparison.Ordinal);
                Assert.DoesNotContain("GREET-01", page.Replace("GREET-01（endpoint:portal）", "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }

        Assert.False(Directory.Exists(_bench.Folder.File("packs/forged" + StatementStore.Suffix)));
    }

    [Fact]
    public async Task An_unfinished_pack_shows_the_end_of_its_log_and_refreshes()
    {
        File.WriteAllText(Path.Combine(_pack, PackLayout.Unfinished), "");
        await using var server = await _bench.ServeAsync(_bench.Folder.File("packs"));
        using var visitor = await Visitor.EnterAsync(server);
        using var page = await visitor.GetAsync("/p/pack/");
        Assert.Equal("3", Assert.Single(page.Headers.GetValues("Refresh")));
        Assert.Contains("结束 test.greeting", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
