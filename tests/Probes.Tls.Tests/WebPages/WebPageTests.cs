using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Login pages and pages for administrators, on nginx and on servers that lie.</summary>
public sealed class WebPageTests
{
    private static readonly OpenPathsProbe Paths = new();
    private static readonly LoginPageProbe Login = new();

    [SkippableFact]
    public async Task Open_consoles_are_told_from_login_pages_and_from_one_page_for_everything()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var careless = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: """
            location = /actuator { return 200 '{"_links":{"self":{"href":"http://x/actuator"}}}'; }
            location = /druid/index.html { return 302 /druid/login.html; }
            location = /swagger-ui.html { return 401 'Swagger UI'; }
            """);
        var seen = await Observing.SeenAsync(Paths, ProbeContexts.Local(careless.Port));
        Assert.Empty(seen.GetProperty("undecided").EnumerateArray().Select(u => u.GetString()));
        Assert.Equal("/actuator", Assert.Single(seen.GetProperty("open").EnumerateArray()).GetProperty("path").GetString());
        Assert.True(seen.GetProperty("hasOpen").GetBoolean());

        using var soft = await NginxServer.StartAsync(TestCertificates.Ecdsa());
        var shut = await Observing.SeenAsync(Paths, ProbeContexts.Local(soft.Port));
        Assert.Equal(0, shut.GetProperty("open").GetArrayLength());
        Assert.All(shut.GetProperty("answers").EnumerateArray(), a => Assert.Equal(200, a.GetProperty("statusCode").GetInt32()));
    }

    [Theory]
    [InlineData("<form method=post action='/do'><input type=password></form>", "http://127.0.0.1:{0}/do", "post")]
    [InlineData("<FORM ACTION=\"https://sso.example.cn/in?x=1\" METHOD='GET'><input name=p TYPE='password'/>", "https://sso.example.cn/in", "get")]
    [InlineData("<form method=post><input type=\"password\"></form><!-- <form action=http://x method=get><input type=password></form> -->", null, "post")]
    public async Task Forms_say_where_they_send_the_password(string page, string? action, string? method)
    {
        await using var server = Answering(p => p == "/" ? (302, "/in", "") : (200, null, page));
        var seen = await Observing.SeenAsync(Login, ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        var form = Assert.Single(seen.GetProperty("forms").EnumerateArray());
        Assert.Equal((action?.Replace("{0}", $"{server.Port}", StringComparison.Ordinal), method), (form.GetProperty("action").GetString(), form.GetProperty("method").GetString()));
        Assert.False(seen.GetProperty("overTls").GetBoolean());
    }

    [Fact]
    public async Task A_page_drawn_by_a_script_is_not_taken_for_one_without_a_login()
    {
        await using var server = Answering(_ => (200, null, "<div id=app></div><script src=/app.js></script>"));
        var seen = await Observing.SeenAsync(Login, ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, seen.GetProperty("url").ValueKind);
        Assert.False(seen.TryGetProperty("forms", out _));
    }

    [Fact]
    public async Task Pages_of_other_hosts_are_not_asked_for()
    {
        var asked = 0;
        await using var server = Answering(_ => { asked++; return (302, "http://elsewhere.example.cn/login", ""); });
        await Observing.SeenAsync(Login, ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("/api/", null, false)]
    [InlineData("/securitycheck-no-such-page", null, false)]
    [InlineData("/index.html", "https://127.0.0.1:8443/", false)]
    [InlineData("/login", "https://elsewhere.example.cn/login", false)]
    public async Task A_clear_port_that_only_sends_people_on_has_no_login_page(string? odd, string? location, bool isNotNeeded)
    {
        await using var server = Answering(p => p != odd ? (301, $"https://127.0.0.1{p}", "") : location is null ? (404, null, "") : (301, location, ""));
        var here = ProbeContexts.Local(server.Port, EndpointProtocol.Http);
        var outcome = await Login.ObserveAsync(here, ProbeContexts.For(new KeptEvidence(), here, new Endpoint { Id = "encrypted", Host = "127.0.0.1", Port = 443 }), CancellationToken.None);
        Assert.Equal(isNotNeeded, outcome is NotNeeded);
    }

    [Fact]
    public async Task A_server_that_falls_silent_leaves_the_rest_unknown_and_keeps_what_was_open()
    {
        await using var server = new ScriptedServer(async c =>
        {
            if (c.Number <= 2)
            {
                await AnswerAsync(c, p => (p == "/actuator" ? 200 : 404, null, "{\"_links\":\"/actuator\"}"));
            }
        });
        var seen = await Observing.SeenAsync(Paths, ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.False(seen.TryGetProperty("open", out _));
        Assert.True(seen.GetProperty("hasOpen").GetBoolean());
    }

    [Fact]
    public async Task Noise_and_endless_pages_end_in_time()
    {
        var random = new SeededBytes(7);
        await using var endless = new ScriptedServer(async c =>
        {
            await c.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 x\r\n\r\n<input type=password>"));
            for (var i = 0; i < 3000; i++)
            {
                await c.SendAsync(random.Take(1024));
            }
        });
        var seen = await Observing.SeenAsync(Login, ProbeContexts.Local(endless.Port, EndpointProtocol.Http));
        Assert.False(seen.TryGetProperty("forms", out _));

        await using var noise = new ScriptedServer(async c => await c.SendAsync(random.Take(300)));
        await Observing.UnableAsync(Login, ProbeContexts.Local(noise.Port, EndpointProtocol.Http));
        await Observing.UnableAsync(Paths, ProbeContexts.Local(noise.Port, EndpointProtocol.Http));
    }

    private static ScriptedServer Answering(Func<string, (int, string?, string)> answer) => new(c => AnswerAsync(c, answer));

    private static async Task AnswerAsync(ScriptedConnection connection, Func<string, (int Status, string? Location, string Body)> answer)
    {
        var buffer = new byte[4096];
        var read = await connection.Stream.ReadAsync(buffer, connection.Stop);
        var (status, location, body) = answer(Encoding.ASCII.GetString(buffer, 0, read).Split(' ')[1]);
        await connection.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} x\r\n{(location is null ? "" : $"Location: {location}\r\n")}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
    }
}
