using System.Diagnostics;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class SuiteOrderTests
{
    private const int Ssl3Suites = 44;
    private const int Tls12Suites = 71;

    /// <summary>203 suites over four versions, in an order nobody would guess.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_server_that_accepts_everything_shows_its_exact_order(ulong seed)
    {
        var tls = Everything(seed);
        await using var server = new ScriptedServer(TlsQuirks.Server(tls));
        var clock = Stopwatch.StartNew();
        var (suites, opened) = await SeenAsync(server.Port);

        Assert.True(suites.GetProperty("isWhole").GetBoolean());
        Assert.True(suites.GetProperty("serverPrefers").GetBoolean());
        Assert.Equal((2 * Ssl3Suites) + Ssl3Suites + Tls12Suites, tls.Suites.Values.Sum(s => s.Count));
        foreach (var (version, expected) in tls.Suites)
        {
            Assert.Equal(Numbers(expected), Offers(suites, ProtocolVersion.NameOf(version)));
        }

        Assert.InRange(opened, 203, 300);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_server_that_follows_the_client_is_said_to()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Everything(3) with { PrefersOwnOrder = false }));
        var (suites, _) = await SeenAsync(server.Port);

        Assert.True(suites.GetProperty("isWhole").GetBoolean());
        Assert.False(suites.GetProperty("serverPrefers").GetBoolean());
        Assert.Equal(Tls12Suites, Offers(suites, "TLSv1.2").Count);
    }

    /// <summary>TLCP with RSA certificates is a protocol of its own as well.</summary>
    [Fact]
    public async Task TLCP_with_suites_of_RSA_alone_is_found_beside_TLS()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(
            new ScriptedTls { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0101] = [0xE059, 0xE019], [0x0303] = [0xC02F, 0xE013] } }));
        var versions = await Observing.SeenAsync(new ProtocolVersionsProbe(), ProbeContexts.Local(server.Port));
        Assert.Equal("TLSv1.2 TLCPv1.1", versions.Names("confirmed"));

        // Of TLS it has the newest alone, and refusing the older ones contradicts nothing.
        var (suites, _) = await SeenAsync(server.Port);
        Assert.False(suites.GetProperty("answersDiffer").GetBoolean());
        Assert.True(suites.GetProperty("isWhole").GetBoolean());
        Assert.False(versions.GetProperty("tls10").GetBoolean());
        Assert.False(versions.GetProperty("tls11").GetBoolean());
    }

    [Fact]
    public async Task Two_suites_are_enough_to_tell_whose_order_it_is()
    {
        foreach (var prefers in new[] { true, false })
        {
            await using var server = new ScriptedServer(TlsQuirks.Server(Only(0x0303, 0xC02F, 0xC030) with { PrefersOwnOrder = prefers }));
            var (suites, _) = await SeenAsync(server.Port);

            Assert.Equal(prefers, suites.GetProperty("serverPrefers").GetBoolean());
        }
    }

    [Fact]
    public async Task One_suite_has_no_order()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Only(0x0303, 0x009C)));
        var (suites, _) = await SeenAsync(server.Port);

        Assert.Equal(["0x009C"], Offers(suites, "TLSv1.2"));
        Assert.Equal(JsonValueKind.Null, suites.GetProperty("versions")[0].GetProperty("serverPrefers").ValueKind);
        Assert.Equal("TLS_RSA_WITH_AES_128_GCM_SHA256", suites.GetProperty("versions")[0].GetProperty("preferred").GetString());
        Assert.False(suites.TryGetProperty("serverPrefers", out _));
        Assert.True(suites.GetProperty("offersStaticRsa").GetBoolean());
        Assert.False(suites.GetProperty("offersForwardSecrecyOnly").GetBoolean());
    }

    [Fact]
    public async Task A_rare_suite_before_the_common_ones_keeps_its_place()
    {
        // ARIA is not among the common ones, so that the first answer says nothing of it.
        await using var server = new ScriptedServer(TlsQuirks.Server(Only(0x0303, 0xC060, 0xC061, 0xC02F, 0xC05C, 0xC030)));
        var (suites, _) = await SeenAsync(server.Port);

        Assert.Equal(["0xC060", "0xC061", "0xC02F", "0xC05C", "0xC030"], Offers(suites, "TLSv1.2"));
    }

    [Fact]
    public async Task Only_rare_suites_are_found_as_well()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Only(0x0303, 0x00B3, 0xC09B, 0x001E, 0xFF85)));
        var (suites, _) = await SeenAsync(server.Port);

        Assert.True(suites.GetProperty("isWhole").GetBoolean());
        Assert.Equal(["0x00B3", "0xC09B", "0x001E", "0xFF85"], SuiteOrderTests.Offers(suites, "TLSv1.2"));
    }

    internal static async Task<(JsonElement Suites, int Opened)> SeenAsync(int port, string? serverName = null)
    {
        var endpoint = ProbeContexts.Local(port, serverName: serverName);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var outcome = await new CipherSuitesProbe().ObserveAsync(endpoint, context, CancellationToken.None);
        return (Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data, ((SocketDialer)context.Dialer).Opened);
    }

    internal static List<string?> Offers(JsonElement suites, string version) =>
        [.. suites.GetProperty("versions").EnumerateArray().Single(v => v.GetProperty("version").GetString() == version)
            .GetProperty("suites").EnumerateArray().Select(s => s.GetProperty("number").GetString())];

    internal static IEnumerable<string> Numbers(IEnumerable<ushort> suites) => suites.Select(s => $"0x{s:X4}");

    internal static ScriptedTls Only(ushort version, params ushort[] suites) =>
        new() { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [version] = suites } };

    private static ScriptedTls Everything(ulong seed)
    {
        var seeded = new SeededBytes(seed);
        IReadOnlyList<ushort> Some(int count) =>
            [.. SuiteCatalogue.Classic.Take(SuiteCatalogue.Classic.Count - SuiteCatalogue.Unread).Where(s => s != 0).OrderBy(_ => seeded.Next()).Take(count - 1), 0xC013];
        return new ScriptedTls
        {
            Suites = new Dictionary<ushort, IReadOnlyList<ushort>>
            {
                [0x0300] = Some(Ssl3Suites), [0x0301] = Some(Ssl3Suites), [0x0302] = Some(Ssl3Suites), [0x0303] = Some(Tls12Suites),
            },
        };
    }
}
