using System.Diagnostics;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>A server that stumbles is read as completely as one that does not, and what it does is said.</summary>
public sealed class QuirkTests
{
    private static readonly ushort[] Suites12 = [0xC030, 0xC02F, 0x009D];

    private static readonly ScriptedTls Modern = new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = Suites12, [0x0304] = [0x1302, 0x1301] },
    };

    private static readonly ScriptedTls Old = new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0301] = [0xC014, 0x0035, 0x000A] },
    };

    public static TheoryData<string, string> Stumbling => new()
    {
        { "more than 64 suites", "close" },
        { "more than 64 suites", "reset" },
        { "more than 64 suites", "hang" },
        { "more than 64 suites", "alert 50" },
        { "256 to 511 bytes", "hang" },
        { "more than 1500 bytes", "close" },
        { "more than 1500 bytes", "hang" },
        { "unknown extension", "close" },
        { "unknown extension", "alert 110" },
        { "no server name", "alert 112" },
    };

    [Theory]
    [MemberData(nameof(Stumbling))]
    public async Task Nothing_is_missed_and_nothing_false(string what, string how)
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Modern, Stumbles(what), how));
        var clock = Stopwatch.StartNew();
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port, serverName: "gov.test.lab");

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.True(suites.GetProperty("isWhole").GetBoolean(), $"{suites}");
        Assert.Equal(SuiteOrderTests.Numbers(Suites12), SuiteOrderTests.Offers(suites, "TLSv1.2"));
        Assert.Equal(["0x1302", "0x1301"], SuiteOrderTests.Offers(suites, "TLSv1.3"));
        Assert.Equal(KindOf(what), Behaviours(suites));
    }

    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    [InlineData("alert 70")]
    public async Task A_version_intolerant_server_keeps_its_old_versions(string how)
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Old, h => h.HelloVersion > 0x0301 || h.HasSupportedVersions, how));
        var clock = Stopwatch.StartNew();
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var versions = Data(await new ProtocolVersionsProbe().ObserveAsync(endpoint, context, CancellationToken.None));
        var suites = Data(await new CipherSuitesProbe().ObserveAsync(endpoint, context, CancellationToken.None));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.Equal("TLSv1.0", versions.Names("offered"));
        Assert.Contains("refusesHigherVersions", Behaviours(versions), StringComparison.Ordinal);
        Assert.Equal(["0xC014", "0x0035", "0x000A"], SuiteOrderTests.Offers(suites, "TLSv1.0"));
    }

    [Fact]
    public async Task A_server_that_closes_on_supported_versions_is_named()
    {
        var tls = new ScriptedTls { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = Suites12 } };
        await using var server = new ScriptedServer(TlsQuirks.Server(tls, h => h.HasSupportedVersions));
        var seen = await Observing.SeenAsync(new ProtocolVersionsProbe(), ProbeContexts.Local(server.Port));

        Assert.Equal("TLSv1.2", seen.Names("offered"));
        Assert.Contains("closesOnSupportedVersions", Behaviours(seen), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    public async Task A_server_that_closes_instead_of_alerting_ends_the_list_all_the_same(string how)
    {
        bool Refuses(HelloSeen hello) => ScriptedTls.Alert(40).AsSpan().SequenceEqual(Modern.Answer(hello)) || ScriptedTls.Alert(70).AsSpan().SequenceEqual(Modern.Answer(hello));
        await using var server = new ScriptedServer(TlsQuirks.Server(Modern, Refuses, how));
        var clock = Stopwatch.StartNew();
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.Equal(SuiteOrderTests.Numbers(Suites12), SuiteOrderTests.Offers(suites, "TLSv1.2"));
        Assert.Contains("closesInsteadOfAlert", Behaviours(suites), StringComparison.Ordinal);
        Assert.True(suites.GetProperty("isWhole").GetBoolean());
    }

    [Fact]
    public async Task A_rate_limiter_slows_the_walk_and_hides_nothing()
    {
        await using var server = new ScriptedServer(TlsQuirks.Limited(Modern, 8));
        var clock = Stopwatch.StartNew();
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.Equal(SuiteOrderTests.Numbers(Suites12), SuiteOrderTests.Offers(suites, "TLSv1.2"));
        Assert.True(suites.GetProperty("isWhole").GetBoolean());
        Assert.Equal("limitsRate", Behaviours(suites));
    }

    [Fact]
    public async Task A_server_that_wants_a_name_where_there_is_none_is_said_to()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Modern, h => !h.HasServerName, "alert 112"));
        var seen = await Observing.SeenAsync(new ProtocolVersionsProbe(), ProbeContexts.Local(server.Port));

        Assert.Equal(string.Empty, seen.Names("confirmed"));
        Assert.Equal("requiresServerName", Behaviours(seen));
    }

    [Fact]
    public async Task A_slow_limiter_leaves_the_rest_open()
    {
        await using var server = new ScriptedServer(TlsQuirks.Limited(Modern, 1));
        var clock = Stopwatch.StartNew();
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.False(suites.GetProperty("isWhole").GetBoolean());
        Assert.False(suites.TryGetProperty("offersNull", out _));
        Assert.Contains("limitsRate", Behaviours(suites), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_reads_64_suites_of_a_long_list_is_asked_in_short_ones()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var hello = HelloSeen.Of(await c.ReadRecordAsync());
            var tls = Modern;
            if (hello is { Suites.Count: > 64 })
            {
                var read = hello.Suites.Take(64).ToHashSet();
                tls = Modern with { Suites = Modern.Suites.ToDictionary(v => v.Key, v => (IReadOnlyList<ushort>)[.. v.Value.Where(read.Contains)]) };
            }

            await c.SendAsync(hello is null ? ScriptedTls.Alert(70) : tls.Answer(hello));
            await c.LingerAsync();
        });
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.Equal(SuiteOrderTests.Numbers(Suites12), SuiteOrderTests.Offers(suites, "TLSv1.2"));
        Assert.True(suites.GetProperty("isWhole").GetBoolean());
    }

    [Fact]
    public async Task Fragments_of_seven_bytes_and_a_certificate_request_are_said()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Modern with { RecordSize = 7, AsksForClientCertificate = true, Certificates = [new byte[900]] }));
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.Equal(SuiteOrderTests.Numbers(Suites12), SuiteOrderTests.Offers(suites, "TLSv1.2"));
        Assert.Equal("requestsClientCertificate fragmentsRecords", Behaviours(suites));
    }

    [Fact]
    public async Task A_server_that_answers_the_same_whatever_is_asked_has_no_list()
    {
        await using var server = new ScriptedServer(async c =>
        {
            await c.ReadRecordAsync();
            await c.SendAsync(WireBytes.ServerHello(0x0303, 0x0005));
            await c.LingerAsync();
        });
        var clock = Stopwatch.StartNew();
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.False(suites.GetProperty("isWhole").GetBoolean());
        Assert.False(suites.TryGetProperty("offersNull", out _));
        Assert.True(suites.GetProperty("offersRc4").GetBoolean());
        Assert.Contains("selectsUnofferedSuites", Behaviours(suites), StringComparison.Ordinal);
    }

    /// <summary>One that takes its first suite once more where it is no longer offered, or the signal of RFC 5746 for a suite; in TLS 1.2 and 1.3.</summary>
    [Theory]
    [InlineData(0x0303, 0xC030)]
    [InlineData(0x0303, 0x00FF)]
    [InlineData(0x0304, 0x1302)]
    [InlineData(0x0304, 0x00FF)]
    public async Task What_was_not_offered_or_is_no_suite_ends_the_list_and_nothing_else(int version, int stray)
    {
        var follows = Modern with { PrefersOwnOrder = false };
        var insisting = Modern with { Suites = Modern.Suites.ToDictionary(v => v.Key, v => (IReadOnlyList<ushort>)[(ushort)stray]) };
        await using var server = new ScriptedServer(async c =>
        {
            var hello = HelloSeen.Of(await c.ReadRecordAsync());
            var asked = hello is { AsksForTls13: true } ? 0x0304 : 0x0303;
            var isLeft = hello is not null && Modern.Suites[(ushort)asked].Take(2).Any(hello.Suites.Contains);
            await c.SendAsync(hello is null ? ScriptedTls.Alert(70) : asked == version && !isLeft && hello.HelloVersion == 0x0303 ? Insists(insisting, hello) : follows.Answer(hello));
            await c.LingerAsync();
        });
        var clock = Stopwatch.StartNew();
        var (suites, opened) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.InRange(opened, 10, 60);
        Assert.False(suites.GetProperty("isWhole").GetBoolean(), $"{suites}");
        var broken = suites.GetProperty("versions").EnumerateArray().Single(v => v.GetProperty("version").GetString() == ProtocolVersion.NameOf((ushort)version));
        var confirmed = broken.GetProperty("confirmed").EnumerateArray().Select(s => s.GetProperty("number").GetString()!).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(SuiteOrderTests.Numbers(Modern.Suites[(ushort)version].Take(2)).ToHashSet(StringComparer.Ordinal), confirmed);
        Assert.DoesNotContain("0x00FF", confirmed);
    }

    /// <summary>The answer to a hello that had offered it.</summary>
    private static byte[] Insists(ScriptedTls tls, HelloSeen hello)
    {
        var record = hello.Record.ToArray();
        var at = 5 + 4 + 34;
        at += 1 + record[at] + 2;
        var stray = tls.Suites[0x0303][0];
        (record[at], record[at + 1]) = ((byte)(stray >> 8), (byte)stray);
        return tls.Answer(HelloSeen.Of(record)!);
    }

    [Fact]
    public async Task A_slow_drip_ends_in_time_with_what_was_proven()
    {
        await using var server = new ScriptedServer(TlsQuirks.Dripping(Modern, TimeSpan.FromMilliseconds(120)));
        var clock = Stopwatch.StartNew();
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
        Assert.False(suites.TryGetProperty("offersNull", out _) && !suites.GetProperty("isWhole").GetBoolean());
        Assert.Contains("answersSlowly", Behaviours(suites), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_suite_there_is_in_every_version_is_not_believed_without_end()
    {
        var tls = new ScriptedTls { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0301] = SuiteCatalogue.Classic, [0x0302] = SuiteCatalogue.Classic, [0x0303] = SuiteCatalogue.Classic } };
        await using var server = new ScriptedServer(TlsQuirks.Server(tls));
        var clock = Stopwatch.StartNew();
        var (suites, opened) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.InRange(opened, 500, 640);
        Assert.False(suites.GetProperty("isWhole").GetBoolean());
        Assert.True(suites.GetProperty("offersNull").GetBoolean());
    }

    private static Func<HelloSeen, bool> Stumbles(string what) => what switch
    {
        "more than 64 suites" => h => h.Suites.Count > 64,
        "256 to 511 bytes" => h => h.Length is >= 256 and <= 511,
        "more than 1500 bytes" => h => h.Length > 1500,
        "unknown extension" => h => h.Extensions.ContainsKey(0x6A6A),
        "no server name" => h => !h.HasServerName && h.HelloVersion > 0x0300,
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static string KindOf(string what) => what switch
    {
        "more than 64 suites" => "closesAbove64Suites",
        "256 to 511 bytes" => "hangsOnMediumHellos",
        "more than 1500 bytes" => "closesOnLargeHellos",
        "unknown extension" => "closesOnUnknownExtensions",
        _ => string.Empty,
    };

    private static string Behaviours(JsonElement record) =>
        string.Join(' ', record.GetProperty("behaviours").EnumerateArray().Select(b => b.GetProperty("kind").GetString()));

    private static JsonElement Data(ProbeOutcome outcome) => Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data;

    /// <summary>As a mail server without DH parameters does: it chooses DHE, has nothing to send, and closes.</summary>
    [Theory]
    [InlineData("close", true)]
    [InlineData("alert 40", true)]
    [InlineData("alert 80", false)]
    public async Task A_server_that_stumbles_over_DHE_does_not_hide_its_other_suites(string how, bool isWhole)
    {
        ushort[] suites = [0xC02F, 0xC030, 0xC014, 0x009C];
        var tls = new ScriptedTls { Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = suites } };
        await using var server = new ScriptedServer(TlsQuirks.Server(tls, h => h.Suites.Contains((ushort)0x009F) && !h.Suites.Contains((ushort)0xC02F), how));
        var (seen, _) = await SuiteOrderTests.SeenAsync(server.Port);

        var version = Assert.Single(seen.GetProperty("versions").EnumerateArray());
        var found = version.GetProperty(isWhole ? "suites" : "confirmed").EnumerateArray().Select(s => s.GetProperty("number").GetString());
        Assert.Equal(SuiteOrderTests.Numbers(suites).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(isWhole, seen.GetProperty("isWhole").GetBoolean());
    }
}
