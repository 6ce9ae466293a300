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
    [InlineData("endless", FailureKind.BadInput)]
    public async Task Over_tls_ends_as_unable_in_time(string script, FailureKind kind)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));

        Assert.Equal(kind, (await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port))).Kind);
    }

    [Theory]
    [InlineData("reset", FailureKind.Unreachable)]
    [InlineData("close", FailureKind.Unreachable)]
    [InlineData("silence", FailureKind.TimedOut)]
    [InlineData("ssh drip", FailureKind.TimedOut)]
    [InlineData("ssh", FailureKind.TimedOut)]
    [InlineData("endless", FailureKind.BadInput)]
    public async Task In_clear_ends_as_unable_in_time(string script, FailureKind kind)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));

        Assert.Equal(kind, (await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Http))).Kind);
    }
}
