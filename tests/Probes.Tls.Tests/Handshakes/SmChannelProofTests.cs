using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>What is offered is not yet what is proved.</summary>
public sealed class SmChannelProofTests
{
    [Fact]
    public async Task A_signature_over_the_handshake_proves_the_channel()
    {
        await using var server = TlcpServers.Start();
        await ShowsAsync(server.Port, offered: true, proved: true);
    }

    [Fact]
    public async Task A_mutual_port_is_proved_without_a_certificate_of_ours()
    {
        await using var server = TlcpServers.Start(clients: ClientCertificates.Required);
        await ShowsAsync(server.Port, offered: true, proved: true);
    }

    [Fact]
    public async Task A_signature_that_does_not_verify_proves_nothing()
    {
        await using var server = TlcpServers.Start(TlcpDefect.BadSignature);
        await ShowsAsync(server.Port, offered: true, proved: null);
    }

    /// <summary>Anybody can send one, and anybody can repeat what another server sent.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ServerHello_alone_proves_nothing(bool isRepeated)
    {
        var fake = new ScriptedTls { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0101] = [0xE053, 0xE013] } };
        var captured = CapturedFlight.Load("tlcp-tongsuo-ecc.E013.gotlcp").Bytes();
        await using var server = new ScriptedServer(async c =>
        {
            var hello = HelloSeen.Of(await c.ReadRecordAsync());
            await c.SendAsync(hello is null ? ScriptedTls.Alert(70) : isRepeated && hello.RecordVersion == 0x0101 ? captured : fake.Answer(hello));
            await c.LingerAsync();
        });
        await ShowsAsync(server.Port, offered: true, proved: null);
    }

    [SkippableFact]
    public async Task A_port_without_any_says_no()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Ecdsa());
        await ShowsAsync(server.Port, offered: false, proved: false);
    }

    private static async Task ShowsAsync(int port, bool offered, bool? proved)
    {
        var seen = await Observing.SeenAsync(new ProtocolVersionsProbe(), ProbeContexts.Local(port));
        Assert.Equal(offered, seen.GetProperty("tlcp11").GetBoolean());
        Assert.Equal(proved, seen.TryGetProperty("smProved", out var value) ? value.GetBoolean() : null);
    }
}
