using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Pages that look harmless to a reader who passes over what he does not know.</summary>
public sealed class WebPageTrapTests
{
    private static readonly Uri Page = new("https://portal.example.cn/a/login");

    /// <summary>Expected: address and method of each way a password goes, unsafe ones with an exclamation mark; a question mark where nobody knows.</summary>
    [Theory]
    [InlineData("<form method=post><input type=password></form>", "本页 post")]
    [InlineData("<form method=POST action=do><input type=password></form>", "https://portal.example.cn/a/do post")]
    [InlineData("<form method=' post' action=do><input type=password></form>", "https://portal.example.cn/a/do get!")]
    [InlineData("<form action=do><input type=password></form>", "https://portal.example.cn/a/do get!")]
    [InlineData("<base href='http://portal.example.cn/'><form method=post action=do><input type=password></form>", "http://portal.example.cn/do post!")]
    [InlineData("<form method=post action='//cdn.example.cn/do'><input type=password></form>", "https://cdn.example.cn/do post")]
    [InlineData("<form method=post action='do'><input type=password><button formaction='http://x.example.cn/'>去</button></form>", "http://x.example.cn/ post!")]
    [InlineData("<form id=f method=post action='do'><input type=password></form><input type=submit form=f formmethod=get><button>不相干</button>", "https://portal.example.cn/a/do get!")]
    [InlineData("<form title='>' method=post action='http://x.example.cn/'><input type=password></form>", "http://x.example.cn/ post!")]
    [InlineData("<form method=post action=a><input type=password></form><form method=get action=b><input type=password></form>", "https://portal.example.cn/a/a post|https://portal.example.cn/a/b get!")]
    [InlineData("<!--><form method=get><input type=password></form>-->", "本页 get!")]
    [InlineData("<script>'<form method=post><input type=password></form>'</script><form method=get><input type=password></form>", "本页 get!?")]
    [InlineData("<form method=post action='javascript:go()'><input type=password></form>", "?")]
    [InlineData("<form method=post action='#'><input type=password></form><script></script>", "?")]
    [InlineData("<form onsubmit='go()'><input type=password></form>", "?")]
    [InlineData("<form method=post onsubmit='go();return false'><input type=password></form>", "本页 post?")]
    [InlineData("<form method=dialog><input type=password></form>", "?")]
    [InlineData("<form method=post action=do></form><input type=password>", "?")]
    [InlineData("<form method=post action=do><input type=password></form><input type=password form=other>", "https://portal.example.cn/a/do post?")]
    [InlineData("<base href='javascript:1'><form method=post action=do><input type=password></form>", "?")]
    public void Every_way_a_password_may_go_is_told(string page, string expected)
    {
        var forms = LoginForms.On(page, Page);
        Assert.True(forms.HasPassword);
        var said = string.Join('|', forms.Forms.Select(f => $"{f.Action ?? "本页"} {f.Method}{(f.OverTls && f.Method == "post" ? "" : "!")}"));
        Assert.Equal(expected.Replace("按钮改写：", "", StringComparison.Ordinal), said + (forms.Doubts.Count > 0 ? "?" : ""));
    }

    [Theory]
    [InlineData("<template><form method=post><input type=password></form></template>")]
    [InlineData("<!-- <form method=post><input type=password></form> -->")]
    [InlineData("<textarea><form method=post><input type=password></form></textarea>")]
    [InlineData("<form method=post><input type=text name=password></form>")]
    public void What_browsers_do_not_show_is_no_login(string page) => Assert.False(LoginForms.On(page, Page).HasPassword);

    /// <summary>open, shut or unknown.</summary>
    [Theory]
    [InlineData("plain", 200, "open")]
    [InlineData("gzip", 200, "open")]
    [InlineData("deflate", 200, "open")]
    [InlineData("br", 200, "open")]
    [InlineData("zstd", 200, "unknown")]
    [InlineData("utf-16", 200, "open")]
    [InlineData("two bytes a character, unsaid", 200, "unknown")]
    [InlineData("chunked", 200, "open")]
    [InlineData("blank", 200, "unknown")]
    [InlineData("slash", 200, "open")]
    [InlineData("other", 200, "unknown")]
    [InlineData("login", 200, "shut")]
    [InlineData("plain", 503, "unknown")]
    [InlineData("plain", 429, "unknown")]
    [InlineData("plain", 400, "unknown")]
    [InlineData("plain", 403, "shut")]
    [InlineData("other", 404, "shut")]
    [InlineData("plain", 404, "unknown")]
    public async Task A_path_is_shut_only_where_the_answer_says_so(string how, int status, string expected)
    {
        await using var server = new ScriptedServer(c => AnswerAsync(c, how, status));
        var seen = await Observing.SeenAsync(new OpenPathsProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        var hasOpen = seen.TryGetProperty("hasOpen", out var has) ? has.GetBoolean() : (bool?)null;
        Assert.Equal(expected, hasOpen switch { true => "open", false when seen.GetProperty("open").GetArrayLength() == 0 => "shut", _ => "unknown" });
    }

    [Fact]
    public async Task One_page_for_everything_with_the_path_in_it_is_no_open_page()
    {
        var number = 0;
        await using var server = new ScriptedServer(async c => await SendAsync(c, await PathAsync(c) is var p ? 200 : 0, "", Encoding.UTF8.GetBytes($"<title>门户</title>{new string('x', 300)}{p}{number++}")));
        var seen = await Observing.SeenAsync(new OpenPathsProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.False(seen.GetProperty("hasOpen").GetBoolean());
    }

    /// <summary>A server that was too busy, or sends one nobody knows whither, has shown nothing: that there is no login is not known either.</summary>
    [Theory]
    [InlineData(404, true)]
    [InlineData(503, false)]
    [InlineData(429, false)]
    [InlineData(302, false)]
    public async Task An_error_page_shows_no_login(int status, bool isNone)
    {
        await using var server = new ScriptedServer(async c =>
        {
            await PathAsync(c);
            await SendAsync(c, status, "", "<form method=post><input type=password></form>"u8.ToArray());
        });
        var seen = await Observing.SeenAsync(new LoginPageProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Equal(isNone, seen.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.Null);
        Assert.Equal(isNone, !seen.TryGetProperty("doubts", out var doubts) || doubts.GetArrayLength() == 0);
    }

    /// <summary>One start shows a login that is safe; of the other nobody knows.</summary>
    [Theory]
    [InlineData(404, true)]
    [InlineData(500, false)]
    [InlineData(429, false)]
    [InlineData(302, false)]
    public async Task A_start_that_gave_no_page_leaves_a_doubt(int status, bool isKnown)
    {
        await using var server = new ScriptedServer(async c =>
        {
            var isLogin = await PathAsync(c) == "/login";
            await SendAsync(c, isLogin ? status : 200, "Content-Type: text/html; charset=utf-8\r\n", isLogin ? [] : "<form method=post action='https://portal.example.cn/do'><input type=password></form>"u8.ToArray());
        });
        var seen = await Observing.SeenAsync(new LoginPageProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Equal((isKnown, isKnown), (seen.TryGetProperty("hasUnsafeForm", out _), seen.TryGetProperty("forms", out _)));
    }

    [Fact]
    public void Noise_has_tags_in_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var random = new SeededBytes(11);
        for (var i = 0; i < 300; i++)
        {
            LoginForms.On(Encoding.Latin1.GetString(random.Mutate("<base href=x><form id=f action='a' method=post onsubmit=x><input type=password form=f formaction=//y><button></form><!-- --!><script></script>"u8.ToArray())), Page);
        }

        LoginForms.On(string.Concat(Enumerable.Repeat("<!--", 100_000)), Page);
        LoginForms.On(string.Concat(Enumerable.Repeat("<a b=\"", 100_000)), Page);
        LoginForms.On(string.Concat(Enumerable.Repeat("<form><input type=password>", 20_000)), Page);
        LoginForms.On(string.Concat(Enumerable.Repeat("<form></form>", 10_000)) + string.Concat(Enumerable.Repeat("<input form=a>", 30_000)), Page);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    private static async Task AnswerAsync(ScriptedConnection connection, string how, int status)
    {
        var path = await PathAsync(connection);
        var page = "{\"_links\":{\"self\":{\"href\":\"http://x/actuator\"}}}";
        if (!path.StartsWith("/actuator", StringComparison.Ordinal) || path == "/actuator/env")
        {
            await SendAsync(connection, 404, "", []);
            return;
        }

        if (how == "slash" && path == "/actuator")
        {
            await SendAsync(connection, 302, "Location: /actuator/\r\n", []);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(page);
        await (how switch
        {
            "gzip" => SendAsync(connection, status, "Content-Encoding: gzip\r\n", Packed(bytes, s => new GZipStream(s, CompressionLevel.Optimal))),
            "deflate" => SendAsync(connection, status, "Content-Encoding: deflate\r\n", Packed(bytes, s => new ZLibStream(s, CompressionLevel.Optimal))),
            "br" => SendAsync(connection, status, "Content-Encoding: br\r\n", Packed(bytes, s => new BrotliStream(s, CompressionLevel.Optimal))),
            "zstd" => SendAsync(connection, status, "Content-Encoding: zstd\r\n", [40, 181, 47, 253, 1, 2]),
            "two bytes a character, unsaid" => SendAsync(connection, status, "", Encoding.Unicode.GetBytes(page)),
            "utf-16" => SendAsync(connection, status, "", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(page)]),
            "chunked" => connection.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{page[..4]}\r\n{(page.Length - 4).ToString("x", CultureInfo.InvariantCulture)}\r\n{page[4..]}\r\n0\r\n\r\n")),
            "blank" => SendAsync(connection, status, "", [.. Enumerable.Repeat((byte)' ', 600 * 1024), .. bytes]),
            "other" => SendAsync(connection, status, "", "<h1>Monitor</h1>"u8.ToArray()),
            "login" => SendAsync(connection, status, "", "<form><input type=password></form>"u8.ToArray()),
            _ => SendAsync(connection, status, "", bytes),
        });
    }

    private static byte[] Packed(byte[] plain, Func<Stream, Stream> open)
    {
        var packed = new MemoryStream();
        using (var stream = open(packed))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }

    private static async Task<string> PathAsync(ScriptedConnection connection)
    {
        var buffer = new byte[4096];
        var read = await connection.Stream.ReadAsync(buffer, connection.Stop);
        return Encoding.ASCII.GetString(buffer, 0, read).Split(' ')[1];
    }

    private static async Task SendAsync(ScriptedConnection connection, int status, string fields, byte[] body) =>
        await connection.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\n{fields}Content-Length: {body.Length}\r\n\r\n"), .. body]);
}
