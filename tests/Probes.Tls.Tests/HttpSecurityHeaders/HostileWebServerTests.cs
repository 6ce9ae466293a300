using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class HostileWebServerTests
{
    private static readonly HttpSecurityHeadersProbe Probe = new();

    [Theory]
    [InlineData("reset", FailureKind.Unreachable)]
    [InlineData("close", FailureKind.Unreachable)]
    [InlineData("silence", FailureKind.TimedOut)]
    [InlineData("drip", FailureKind.TimedOut)]
    [InlineData("garbage", FailureKind.BadInput)]
    [InlineData("http", FailureKind.BadInput)]
    [InlineData("ssh", FailureKind.BadInput)]
    [InlineData("oversize", FailureKind.TimedOut)]
    public async Task Over_tls_ends_as_unable_in_time(string script, FailureKind kind)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));

        Assert.Equal(kind, (await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port))).Kind);
    }

    /// <summary>Two things are true of it: its handshake is unreadable, and it does not end. Which one is met first is a matter of how busy the machine is.</summary>
    [Fact]
    public async Task A_flight_without_end_over_tls_ends_as_unable_in_time()
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync("endless", c));

        var unable = await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port));
        Assert.Contains(unable.Kind == FailureKind.BadInput ? "TLS 握手没有完成" : "没有给出完整的 HTTP 应答头", unable.Message, StringComparison.Ordinal);
        Assert.Contains(unable.Kind, new[] { FailureKind.BadInput, FailureKind.TimedOut });
    }

    /// <summary>The platform meets garbage; what is tried after it is answered too slowly to come to an end.</summary>
    [Fact]
    public async Task What_is_tried_afterwards_does_not_hide_what_was_met_first()
    {
        await using var server = new ScriptedServer(async c =>
        {
            await (c.Number == 1 ? HostileScripts.RunAsync("garbage", c) : Task.Delay(3500, c.Stop));
            await c.SendAsync(WireBytes.Record(21, 0x0301, [2, 40]));
        });

        Assert.Equal(FailureKind.BadInput, (await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port))).Kind);
    }

    [Theory]
    [InlineData("reset", FailureKind.Unreachable)]
    [InlineData("close", FailureKind.Unreachable)]
    [InlineData("silence", FailureKind.TimedOut)]
    [InlineData("ssh drip", FailureKind.BadInput)]
    [InlineData("ssh", FailureKind.BadInput)]
    [InlineData("endless", FailureKind.BadInput)]
    public async Task In_clear_ends_as_unable_in_time(string script, FailureKind kind)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));

        Assert.Equal(kind, (await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Http))).Kind);
    }
}
