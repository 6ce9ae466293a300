using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Answers that look like a shut door.</summary>
public sealed class ShutPathTests
{
    private const string Actuator = "{\"_links\":{\"self\":{\"href\":\"/actuator\"}}}";

    /// <summary>open, shut or unknown; whatever is not told is 404.</summary>
    [Theory]
    [InlineData("203", "open")]
    [InlineData("206", "open")]
    [InlineData("slash", "open")]
    [InlineData("pieces", "open")]
    [InlineData("429", "unknown")]
    [InlineData("found missing", "unknown")]
    [InlineData("without place", "unknown")]
    [InlineData("too far", "unknown")]
    [InlineData("two places", "unknown")]
    [InlineData("elsewhere", "unknown")]
    [InlineData("elsewhere slash", "unknown")]
    [InlineData("banned midway", "unknown")]
    [InlineData("sent to log in", "shut")]
    [InlineData("all sent to log in", "shut")]
    [InlineData("doorstep", "unknown")]
    [InlineData("doorstep to what is looked at", "shut")]
    public async Task A_door_is_shut_only_where_it_was_seen_shut(string how, string expected)
    {
        var number = 0;
        await using var server = new ScriptedServer(async c =>
        {
            var buffer = new byte[4096];
            var read = await c.Stream.ReadAsync(buffer, c.Stop);
            await c.SendAsync(Encoding.UTF8.GetBytes(Answer(how, Encoding.ASCII.GetString(buffer, 0, read).Split(' ')[1], ++number)));
        });
        var seen = await Observing.SeenAsync(new OpenPathsProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http), beside: ProbeContexts.Local(9443) with { Id = "beside" });
        var hasOpen = seen.TryGetProperty("hasOpen", out var has) ? has.GetBoolean() : (bool?)null;
        Assert.Equal(expected, hasOpen switch { true => "open", false => "shut", _ => "unknown" });
    }

    private static string Answer(string how, string path, int number) => (how, path) switch
    {
        ("203" or "206", "/actuator") => Head(int.Parse(how, System.Globalization.CultureInfo.InvariantCulture), Actuator),
        ("429", _) => Head(429, ""),
        ("slash", "/actuator") => Head(301, "", "Location: /actuator/\r\n"),
        ("slash", "/actuator/") => Head(200, Actuator),
        ("pieces", "/actuator") => $"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Actuator.Chunk(5).Select(p => $"{p.Length:x}\r\n{new string(p)}\r\n"))}0\r\n\r\n",
        ("found missing", "/actuator") => Head(404, Actuator),
        ("without place", "/actuator") => Head(300, Actuator),
        ("too far", "/actuator" or "/a/1" or "/a/2" or "/a/3") => Head(302, "", $"Location: /a/{(path == "/actuator" ? 1 : path[^1] - '0' + 1)}\r\n"),
        ("too far", "/a/4") => Head(200, Actuator),
        ("two places", "/actuator") => Head(302, "", "Location: https://127.0.0.1/login\r\nLocation: /actuator/\r\n"),
        ("elsewhere", "/actuator") => Head(302, "", "Location: http://monitor.example.cn/console\r\n"),
        ("elsewhere slash", "/actuator") => Head(301, "", "Location: http://127.0.0.1:9/actuator/\r\n"),
        ("banned midway", _) when number > 5 => Head(403, ""),
        ("sent to log in", "/actuator") => Head(302, "", "Location: https://sso.example.cn/cas/login?service=x\r\n"),
        ("all sent to log in", _) => Head(302, "", "Location: https://id.example.cn/?back=x\r\n"),
        ("doorstep to what is looked at", _) => Head(301, "", $"Location: https://127.0.0.1:9443{path}\r\n"),
        ("doorstep", _) => Head(301, "", $"Location: https://127.0.0.1{path}\r\n"),
        _ => Head(404, ""),
    };

    private static string Head(int status, string body, string fields = "") => $"HTTP/1.1 {status} x\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}";
}
