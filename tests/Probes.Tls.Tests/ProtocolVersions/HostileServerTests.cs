using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Nothing of this may ever read as "nothing offered".</summary>
public sealed class HostileServerTests
{
    private static readonly ProtocolVersionsProbe Probe = new();

    public static TheoryData<string, FailureKind, string> Cases => new()
    {
        { "reset", FailureKind.Unreachable, "127.0.0.1" },
        { "close", FailureKind.Unreachable, "立即断开" },
        { "silence", FailureKind.TimedOut, "限定时间" },
        { "drip", FailureKind.TimedOut, "限定时间" },
        { "garbage", FailureKind.BadInput, "不是 TLS/TLCP" },
        { "http", FailureKind.BadInput, "明文 HTTP" },
        { "ssh", FailureKind.BadInput, "SSH" },
        { "ssh drip", FailureKind.BadInput, "SSH" },
        { "smtp", FailureKind.BadInput, "STARTTLS" },
        { "oversize", FailureKind.BadInput, "记录长度" },
        { "endless", FailureKind.BadInput, "字节" },
        { "half a record", FailureKind.BadInput, "中途" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Ends_as_unable_in_time(string script, FailureKind kind, string says)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var outcomes = await Task.WhenAll(((IProbe[])[Probe, new ServerCertificatesProbe()]).Select(p => Observing.UnableAsync(p, endpoint, context)));
        foreach (var unable in outcomes)
        {
            Assert.Equal(kind, unable.Kind);
            Assert.Contains(says, unable.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        var unable = await Observing.UnableAsync(Probe, ProbeContexts.Local(ChildServer.FreePort()));

        Assert.Equal(FailureKind.Unreachable, unable.Kind);
        Assert.Contains("拒绝连接", unable.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(80)]
    public async Task Alerts_alone_decide_nothing(byte alert)
    {
        await using var server = new ScriptedServer(async c =>
        {
            await c.ReadRecordAsync();
            await c.SendAsync(WireBytes.Alert(alert));
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Null(seen.Names("offered"));
        Assert.Equal(string.Empty, seen.Names("confirmed"));
        Assert.Equal("SSLv2 SSLv3 TLSv1.0 TLSv1.1 TLSv1.2 TLSv1.3 TLCPv1.1", seen.Names("undecided"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    public async Task A_rate_limiter_hides_nothing(int aSecond)
    {
        var window = new RateWindow(aSecond);
        await using var server = new ScriptedServer(async c =>
        {
            if (!window.Admits())
            {
                c.Reset();
                return;
            }

            var version = Asked(await c.ReadRecordAsync());
            await c.SendAsync(version is 0x0302 or 0x0303 ? WireBytes.ServerHello(version, 0x002F) : WireBytes.Alert(70));
            await c.LingerAsync();
        });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.True(seen.Names("offered") == "TLSv1.1 TLSv1.2", $"{seen}");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Observing.HostileLimit);
    }

    [Fact]
    public async Task A_server_that_drops_supported_versions_and_old_hellos_is_read_right()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var version = Asked(await c.ReadRecordAsync());
            if (version == 0x0303)
            {
                await c.SendAsync(WireBytes.ServerHello(version, 0xC02F));
                await c.LingerAsync();
            }
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal("TLSv1.2", seen.Names("offered"));
        Assert.Equal(3, seen.Answer("TLSv1.3").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task A_server_that_resets_at_random_leaves_doubt_and_never_a_false_no()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var version = Asked(await c.ReadRecordAsync());
            if (version == 0x0303 && c.Number < 4)
            {
                await c.SendAsync(WireBytes.ServerHello(version, 0xC02F));
                return;
            }

            c.Reset();
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.True(seen.GetProperty("tls12").GetBoolean());
        Assert.Null(seen.Names("offered"));
        Assert.False(seen.TryGetProperty("tls10", out _));
    }

    [Fact]
    public async Task Rare_suites_are_offered_where_the_common_ones_fail()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            var rare = record.AsSpan(44, 6).IndexOf((ReadOnlySpan<byte>)[0x00, 0x18]) >= 0;
            await c.SendAsync(Asked(record) == 0x0301 && rare ? WireBytes.ServerHello(0x0301, 0x0018) : WireBytes.Alert(40));
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal("TLSv1.0", seen.Names("offered"));
        Assert.Equal("TLS_DH_ANON_WITH_RC4_128_MD5", seen.Answer("TLSv1.0").GetProperty("suiteName").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task Cancelling_surfaces_as_cancellation()
    {
        await using var server = new ScriptedServer(c => c.LingerAsync());
        var endpoint = ProbeContexts.Local(server.Port);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Probe.ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), soon.Token));
    }

    [Fact]
    public async Task A_clear_http_endpoint_needs_no_versions()
    {
        var endpoint = ProbeContexts.Local(80, EndpointProtocol.Http);

        Assert.IsType<NotNeeded>(await Probe.ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None));
    }

    /// <summary>The highest version a hello asks for; supported_versions is looked for by its bytes.</summary>
    private static ushort Asked(byte[] record) =>
        record.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 43, 0, 3, 2, 3, 4]) >= 0 ? (ushort)0x0304 : (ushort)((record[9] << 8) | record[10]);

    private sealed class RateWindow(int aSecond)
    {
        private readonly Queue<long> _admitted = new();
        private readonly Lock _gate = new();

        public bool Admits()
        {
            lock (_gate)
            {
                var now = Environment.TickCount64;
                while (_admitted.TryPeek(out var oldest) && now - oldest >= 1000)
                {
                    _admitted.Dequeue();
                }

                if (_admitted.Count >= aSecond)
                {
                    return false;
                }

                _admitted.Enqueue(now);
                return true;
            }
        }
    }
}
