using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class Ssl2Tests
{
    private static readonly ScriptedTls Tls = new() { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [0xC02F] } };

    [Fact]
    public void The_hello_is_as_the_draft_says()
    {
        var hello = Ssl2.Hello();

        Assert.Equal(0x80, hello[0] & 0x80);
        Assert.Equal(hello.Length - 2, ((hello[0] & 0x7F) << 8) | hello[1]);
        Assert.Equal([1, 0, 2, 0, (byte)(3 * Ssl2.Ciphers.Count), 0, 0, 0, 16], hello[2..11]);
        Assert.Equal(11 + (3 * Ssl2.Ciphers.Count) + 16, hello.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public void A_server_hello_is_read_in_any_pieces(int size)
    {
        byte[] certificate = [0x30, 0x03, 2, 1, 5];
        var reply = new Ssl2Reply();
        foreach (var piece in ServerHello(certificate, [0x010080, 0x030080]).Chunk(size))
        {
            reply.Take(piece);
        }

        var hello = Assert.IsType<Ssl2Selected>(reply.Conclude(new Closed(Hard: false))).Hello;
        Assert.Equal((Ssl2.Version, 2), (hello.Version, hello.Ciphers.Count));
        Assert.Equal(certificate, hello.Certificate.ToArray());
        Assert.Equal("SSL_CK_RC2_128_CBC_WITH_MD5", Ssl2.NameOf(hello.Ciphers[1]));
    }

    [Fact]
    public void An_error_and_an_alert_are_refusals_and_text_is_foreign()
    {
        Assert.Equal(1, Assert.IsType<Ssl2Refused>(Reply([0x80, 3, 0, 0, 1])).Code);
        Assert.Equal(70, Assert.IsType<Alerted>(Reply(WireBytes.Alert(70))).Alert.Description);
        Assert.Equal(ForeignProtocol.Ssh, Assert.IsType<Foreign>(Reply("SSH-2.0-x\r\n"u8.ToArray())).Protocol);
        Assert.IsType<Closed>(Reply([]));
    }

    [Fact]
    public async Task A_port_that_answers_it_offers_it_with_its_ciphers_and_weaknesses()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            await c.SendAsync(HelloSeen.Of(record) is { } hello ? Tls.Answer(hello) : ServerHello([0x30, 0], [0x0700C0, 0x020080]));
            await c.LingerAsync();
        });
        var endpoint = ProbeContexts.Local(server.Port);
        var versions = await Observing.SeenAsync(new ProtocolVersionsProbe(), endpoint);
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.True(versions.GetProperty("ssl2").GetBoolean());
        Assert.Equal("SSLv2 TLSv1.2", versions.Names("offered"));
        Assert.Equal(["0x0700C0", "0x020080"], SuiteOrderTests.Offers(suites, "SSLv2"));
        Assert.True(suites.GetProperty("offersExport").GetBoolean());
        Assert.Equal("export", suites.GetProperty("weakestClass").GetString());
    }

    [Theory]
    [InlineData("close", false)]
    [InlineData("reset", false)]
    [InlineData("error", false)]
    [InlineData("hang", null)]
    [InlineData("internal error", null)]
    public async Task A_refusal_is_told_from_silence(string how, bool? offered)
    {
        await using var server = new ScriptedServer(async c =>
        {
            if (HelloSeen.Of(await c.ReadRecordAsync()) is { } hello)
            {
                await c.SendAsync(Tls.Answer(hello));
                await c.LingerAsync();
                return;
            }

            await TurnAwayAsync(c, how);
        });
        var seen = await Observing.SeenAsync(new ProtocolVersionsProbe(), ProbeContexts.Local(server.Port));

        Assert.Equal(offered, seen.TryGetProperty("ssl2", out var ssl2) ? ssl2.GetBoolean() : null);
        Assert.Equal(offered is null ? "SSLv2" : string.Empty, seen.Names("undecided"));
    }

    internal static byte[] ServerHello(byte[] certificate, int[] ciphers)
    {
        byte[] body =
        [
            4, 0, 1, 0, 2, (byte)(certificate.Length >> 8), (byte)certificate.Length, 0, (byte)(3 * ciphers.Length), 0, 16,
            .. certificate, .. ciphers.SelectMany(c => (byte[])[(byte)(c >> 16), (byte)(c >> 8), (byte)c]), .. new byte[16],
        ];
        return [(byte)(0x80 | (body.Length >> 8)), (byte)body.Length, .. body];
    }

    private static async Task TurnAwayAsync(ScriptedConnection connection, string how)
    {
        switch (how)
        {
            case "close":
                return;
            case "reset":
                connection.Reset();
                return;
            case "error":
                await connection.SendAsync(new byte[] { 0x80, 3, 0, 0, 1 });
                break;
            case "internal error":
                await connection.SendAsync(WireBytes.Alert(80));
                break;
        }

        await connection.LingerAsync();
    }

    private static HelloReply Reply(byte[] bytes)
    {
        var reply = new Ssl2Reply();
        if (bytes.Length > 0)
        {
            reply.Take(bytes);
        }

        return reply.Conclude(new Closed(Hard: false));
    }
}
