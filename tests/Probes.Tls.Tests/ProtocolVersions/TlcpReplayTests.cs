using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class TlcpReplayTests
{
    private static readonly ProtocolVersionsProbe Versions = new();
    private static readonly ServerCertificatesProbe Certificates = new();

    [Theory]
    [InlineData("tlcp-tongsuo-ecc.E013.gotlcp", 0)]
    [InlineData("tlcp-tongsuo-all.E011.tongsuo", 7)]
    [InlineData("tlcp-tongsuo-ecc.E053.tongsuo", 16384)]
    public async Task A_tlcp_only_port_offers_tlcp_alone(string name, int fragment)
    {
        var captured = CapturedFlight.Load(name);
        var flight = fragment == 0 ? captured.Bytes() : captured.Refragmented(fragment);
        await using var server = new ScriptedServer(c => ReplayAsync(c, flight, WireBytes.Alert(70)));
        var endpoint = ProbeContexts.Local(server.Port, serverName: "gov.test.lab");

        var seen = await Observing.SeenAsync(Versions, endpoint);
        Assert.Equal("TLCPv1.1", seen.Names("offered"));
        Assert.Equal($"0x{captured.Suite}", seen.Answer("TLCPv1.1").GetProperty("suite").GetString());

        var certificates = await Observing.SeenAsync(Certificates, endpoint);
        Assert.Equal("digitalSignature nonRepudiation", certificates.GetProperty("signing").Names("keyUsage"));
        Assert.Equal("keyEncipherment dataEncipherment keyAgreement", certificates.GetProperty("encryption").Names("keyUsage"));
        Assert.Equal("SM2", certificates.GetProperty("signing").GetProperty("keyAlgorithm").GetString());
        Assert.Equal("SM2-with-SM3", certificates.GetProperty("signing").GetProperty("signatureAlgorithm").GetString());
        Assert.Equal("CN=gov.test.lab,O=SmartCity Lab,ST=ZJ,C=CN", certificates.GetProperty("encryption").GetProperty("subject").GetString());
        Assert.True(certificates.GetProperty("tlcpNameMatches").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, certificates.GetProperty("certificates").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, certificates.GetProperty("leaf").ValueKind);
    }

    [Fact]
    public async Task A_stack_that_drops_tls_hellos_is_tlcp_only_after_a_control()
    {
        var flight = CapturedFlight.Load("tlcp-tongsuo-ecc.E013.gotlcp").Bytes();
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            if (record[1] == 1)
            {
                await c.SendAsync(flight);
                await c.LingerAsync();
            }
        });
        var seen = await Observing.SeenAsync(Versions, ProbeContexts.Local(server.Port));

        Assert.Equal("TLCPv1.1", seen.Names("offered"));
        Assert.Equal("closed", seen.Answer("TLSv1.2").GetProperty("answer").GetString());
    }

    [Fact]
    public async Task A_server_that_answers_tls_hellos_in_tlcp_does_not_offer_tls()
    {
        var flight = CapturedFlight.Load("tlcp-tongsuo-ecc.E013.gotlcp").Bytes();
        await using var server = new ScriptedServer(c => ReplayAsync(c, flight, flight));
        var seen = await Observing.SeenAsync(Versions, ProbeContexts.Local(server.Port));

        Assert.Equal("TLCPv1.1", seen.Names("offered"));
        Assert.Equal("TLCPv1.1", seen.Answer("TLSv1.2").GetProperty("selectedVersion").GetString());
    }

    [Fact]
    public async Task Silence_towards_tlcp_leaves_tlcp_undecided()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            if (record[1] == 3)
            {
                await c.SendAsync(record[9] == 3 && record[10] == 3 ? WireBytes.ServerHello(0x0303, 0xC02F) : WireBytes.Alert(70));
            }

            await c.LingerAsync();
        });
        var seen = await Observing.SeenAsync(Versions, ProbeContexts.Local(server.Port));

        Assert.Null(seen.Names("offered"));
        Assert.Equal("SSLv2 TLCPv1.1", seen.Names("undecided"));
        Assert.False(seen.TryGetProperty("tlcp11", out _));
        Assert.True(seen.GetProperty("tls12").GetBoolean());
    }

    private static async Task ReplayAsync(ScriptedConnection connection, byte[] toTlcp, byte[] toTls)
    {
        var record = await connection.ReadRecordAsync();
        await connection.SendAsync(record[1] == 1 ? toTlcp : toTls);
        await connection.LingerAsync();
    }
}
