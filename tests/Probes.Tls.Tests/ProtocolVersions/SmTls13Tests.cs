using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class SmTls13Tests
{
    private const int BehindTheRandom = 40;
    private static readonly ProtocolVersionsProbe Probe = new();

    /// <summary>RFC 8998 hello: curveSM2 is the only group in it.</summary>
    private static readonly byte[] OnlyCurveSm2 = [0, 10, 0, 4, 0, 2, 0, 41];

    [Fact]
    public async Task A_server_with_an_sm2_certificate_answers_the_hello_that_leaves_nothing_else()
    {
        var retry = CapturedFlight.Load("tls13-sm-only.00C6.tongsuo").Bytes();
        var seen = await SeenAsync(toSmAlone: retry, toOthers: retry);
        Assert.True(seen.GetProperty("smTls13").GetBoolean());
    }

    [Fact]
    public async Task A_server_that_accepts_the_suite_beside_others_alone_does_not_count()
    {
        var retry = CapturedFlight.Load("tls13-sm-only.00C6.tongsuo").Bytes();
        var seen = await SeenAsync(toSmAlone: WireBytes.Alert(40), toOthers: retry);
        Assert.True(seen.GetProperty("tls13").GetBoolean());
        Assert.False(seen.GetProperty("smTls13").GetBoolean());
    }

    [Fact]
    public async Task Trouble_of_the_server_leaves_it_open()
    {
        var retry = CapturedFlight.Load("tls13-sm-only.00C6.tongsuo").Bytes();
        var seen = await SeenAsync(toSmAlone: WireBytes.Alert(80), toOthers: retry);
        Assert.False(seen.TryGetProperty("smTls13", out _));
    }

    private static async Task<System.Text.Json.JsonElement> SeenAsync(byte[] toSmAlone, byte[] toOthers)
    {
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            var isTls13 = record.AsSpan().IndexOf([(byte)0, (byte)43, (byte)0, (byte)3, (byte)2, (byte)3, (byte)4]) > BehindTheRandom;
            await c.SendAsync(!isTls13 ? WireBytes.Alert(70) : record.AsSpan().IndexOf(OnlyCurveSm2) > BehindTheRandom ? toSmAlone : toOthers);
            await c.LingerAsync();
        });
        return await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));
    }
}
