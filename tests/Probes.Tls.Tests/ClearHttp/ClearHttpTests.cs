using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>A port in clear that is a doorstep, and those that only look like one.</summary>
public sealed class ClearHttpTests
{
    private static readonly ClearHttpProbe Probe = new();

    private static readonly Endpoint Encrypted = new() { Id = "encrypted", Host = "127.0.0.1", Port = 443 };

    [Fact]
    public async Task One_that_sends_every_path_to_https_of_its_host_is_a_doorstep()
    {
        using var nginx = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: "return 301 https://$host$request_uri;", tls: false);
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(nginx.Port, EndpointProtocol.Http), beside: Encrypted);
        Assert.True(seen.GetProperty("sendsEverybodyOn").GetBoolean());
        Assert.Equal(5, seen.GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task One_that_sends_people_to_a_port_nobody_looks_at_is_not_known()
    {
        await using var server = Answering(asked => (301, "https://127.0.0.1:8443" + asked));
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Http), beside: Encrypted);
        Assert.False(seen.TryGetProperty("sendsEverybodyOn", out _));
        Assert.Contains("没有核验", seen.GetProperty("answers")[0].GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", 200, null)]
    [InlineData("/api/", 200, null)]
    [InlineData("/securitycheck-no-such-page", 404, null)]
    [InlineData("/login", 302, "http://127.0.0.1/login")]
    [InlineData("/login", 302, "https://elsewhere.example.cn/login")]
    [InlineData("/login", 200, "https://127.0.0.1/login")]
    public async Task One_path_that_is_not_sent_on_makes_it_a_channel(string path, int status, string? location)
    {
        await using var server = Answering(asked => asked == path ? (status, location) : (301, "https://127.0.0.1" + asked));
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Http), beside: Encrypted);
        Assert.False(seen.GetProperty("sendsEverybodyOn").GetBoolean());
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(301, null)]
    public async Task One_that_falls_silent_is_known_only_where_it_already_served_something(int first, bool? expected)
    {
        await using var server = new ScriptedServer(async c =>
        {
            if (c.Number == 1)
            {
                await AnswerAsync(c, _ => (first, "https://127.0.0.1/"));
            }
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Http), beside: Encrypted);
        Assert.False(seen.TryGetProperty("answers", out _));
        Assert.Equal(expected, seen.TryGetProperty("sendsEverybodyOn", out var known) ? known.GetBoolean() : null);
    }

    [Fact]
    public async Task An_encrypted_port_is_not_asked() =>
        Assert.IsType<NotNeeded>(await Probe.ObserveAsync(ProbeContexts.Local(1), ProbeContexts.For(new KeptEvidence(), ProbeContexts.Local(1)), CancellationToken.None));

    private static ScriptedServer Answering(Func<string, (int, string?)> answer) => new(c => AnswerAsync(c, answer));

    private static async Task AnswerAsync(ScriptedConnection connection, Func<string, (int Status, string? Location)> answer)
    {
        var buffer = new byte[4096];
        var read = await connection.Stream.ReadAsync(buffer, connection.Stop);
        var (status, location) = answer(Encoding.ASCII.GetString(buffer, 0, read).Split(' ')[1]);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\n{(location is null ? "" : $"Location: {location}\r\n")}Content-Length: 0\r\n\r\n"));
    }
}
