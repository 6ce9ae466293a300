using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Servers as distributions package them.</summary>
public sealed class PackagedServerTests
{
    [SkippableFact]
    public async Task OpenSSH_is_named_and_nothing_is_said_of_its_TLS()
    {
        Skip.If(RequiredTool.IsMissing("sshd") || RequiredTool.IsRootMissing());
        Directory.CreateDirectory("/run/sshd");
        using var folder = new TemporaryFolder();
        var (_, key) = TestCertificates.Rsa(3072).WriteTo(folder);
        var port = ChildServer.FreePort();
        var configuration = folder.Write("sshd_config", string.Create(CultureInfo.InvariantCulture, $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {key}
            PidFile {folder.File("sshd.pid")}
            StrictModes no

            """));
        using var server = ChildServer.Start("sshd", "-D", "-e", "-f", configuration);
        await server.UntilListeningAsync(port);
        var unable = await Observing.UnableAsync(new ProtocolVersionsProbe(), ProbeContexts.Local(port));

        Assert.Equal(FailureKind.BadInput, unable.Kind);
        Assert.Contains("SSH-2.0-OpenSSH", unable.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_wrapper_in_front_of_nothing_shows_all_of_its_TLS()
    {
        Skip.If(RequiredTool.IsMissing("stunnel4"));
        using var folder = new TemporaryFolder();
        var (certificate, key) = TestCertificates.Ecdsa().WriteTo(folder);
        var port = ChildServer.FreePort();
        var nowhere = ChildServer.FreePort();
        var configuration = folder.Write("stunnel.conf", string.Create(CultureInfo.InvariantCulture, $"""
            foreground = yes
            pid =
            [test]
            accept = 127.0.0.1:{port}
            connect = 127.0.0.1:{nowhere}
            cert = {certificate}
            key = {key}
            """));
        using var server = ChildServer.Start("stunnel4", configuration);
        await server.UntilListeningAsync(port);
        var endpoint = ProbeContexts.Local(port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);

        var versions = await SeenAsync(new ProtocolVersionsProbe());
        Assert.Equal("TLSv1.2 TLSv1.3", versions.Names("offered"));
        var suites = await SeenAsync(new CipherSuitesProbe());
        Assert.True(suites.GetProperty("isWhole").GetBoolean());
        Assert.False(suites.GetProperty("offersStaticRsa").GetBoolean());
        var keys = await SeenAsync(new KeyExchangeProbe());
        Assert.Equal(255, keys.GetProperty("smallestCurveBits").GetInt32());
        Assert.False(keys.GetProperty("signsWithBrokenHash").GetBoolean());
        var handshake = await SeenAsync(new Tls13HandshakeProbe());
        Assert.True(handshake.GetProperty("keyOwned").GetBoolean());
        Assert.IsType<Unable>(await new HttpSecurityHeadersProbe().ObserveAsync(endpoint, context, CancellationToken.None));

        async Task<System.Text.Json.JsonElement> SeenAsync(IProbe probe) =>
            Assert.Single(Assert.IsType<Observed>(await probe.ObserveAsync(endpoint, context, CancellationToken.None)).Observations).Data;
    }
}
