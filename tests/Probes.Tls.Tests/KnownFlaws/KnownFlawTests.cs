using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Each flaw on a server that has it, on one that has not, and on one that leaves it open.</summary>
public sealed class KnownFlawTests
{
    [Fact]
    public async Task Heartbleed()
    {
        Assert.Equal((true, true), await BeatsAsync(new CarelessServer { Beats = true, Bleeds = true }));
        Assert.Equal((true, false), await BeatsAsync(new CarelessServer { Beats = true }));
        Assert.Equal((false, false), await BeatsAsync(new CarelessServer()));
        Assert.Equal((true, null), await BeatsAsync(new CarelessServer { Beats = true, BeatsInSilence = true }));
    }

    [Fact]
    public async Task What_bled_is_not_kept()
    {
        await using var server = new CarelessServer { Beats = true, Bleeds = true, GivesTickets = true, PadsShortNames = true };
        var evidence = new KeptEvidence();
        await Observing.SeenAsync(new HeartbleedProbe(), server.Endpoint, evidence);
        await Observing.SeenAsync(new TicketbleedProbe(), server.Endpoint, evidence);
        var transcripts = evidence.Files.Values.Select(f => JsonDocument.Parse(f).RootElement).SelectMany(t => t.GetProperty("connections").EnumerateArray()).ToList();

        Assert.Equal(2, transcripts.Count);
        Assert.All(transcripts, t => Assert.DoesNotContain("short", t.GetProperty("question").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_keys_before_there_are_any()
    {
        Assert.True(await FlagAsync(new CcsInjectionProbe(), new CarelessServer { TakesEarlyChange = true }, "accepted"));
        Assert.False(await FlagAsync(new CcsInjectionProbe(), new CarelessServer(), "accepted"));
        Assert.Null(await FlagAsync(new CcsInjectionProbe(), new CarelessServer { IgnoresEarlyChange = true }, "accepted"));
    }

    [Theory]
    [InlineData(nameof(Oracle.None), false, null, null)]
    [InlineData(nameof(Oracle.Start), true, "strong", "full")]
    [InlineData(nameof(Oracle.Whole), true, "weak", "full")]
    [InlineData(nameof(Oracle.ShortFlow), true, "strong", "short")]
    [InlineData(nameof(Oracle.Moody), null, null, null)]
    public async Task An_oracle_is_told_from_chance(string oracle, bool? found, string? strength, string? flow)
    {
        await using var server = new CarelessServer { Oracle = Enum.Parse<Oracle>(oracle) };
        var seen = await Observing.SeenAsync(new RobotProbe(), server.Endpoint);

        Assert.True(found == Flag(seen, "oracle"), seen.ToString());
        Assert.Equal((strength, flow), (Text(seen, "strength"), Text(seen, "flow")));
        Assert.Equal(5, seen.GetProperty("answers").GetArrayLength());
    }

    [SkippableFact]
    public async Task Without_static_RSA_there_is_no_oracle_to_ask()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Ecdsa(), "-tls1_2");
        var endpoint = ProbeContexts.Local(server.Port);

        Assert.IsType<NotNeeded>(await new RobotProbe().ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None));
    }

    [Fact]
    public async Task Ticketbleed()
    {
        Assert.True(await FlagAsync(new TicketbleedProbe(), new CarelessServer { GivesTickets = true, PadsShortNames = true }, "leaks"));
        Assert.False(await FlagAsync(new TicketbleedProbe(), new CarelessServer { GivesTickets = true }, "leaks"));
        Assert.False(await FlagAsync(new TicketbleedProbe(), new CarelessServer(), "leaks"));
        Assert.Null(await FlagAsync(new TicketbleedProbe(), new CarelessServer { GivesTickets = true, ForgetsTickets = true }, "leaks"));
    }

    [Fact]
    public async Task Padding_that_nobody_checks()
    {
        Assert.True(await FlagAsync(new CbcPaddingProbe(), new CarelessServer { IgnoresPadding = true }, "paddingIgnored"));
        Assert.False(await FlagAsync(new CbcPaddingProbe(), new CarelessServer(), "paddingIgnored"));
    }

    [Theory]
    [InlineData(true, true, true, false, true, true)]
    [InlineData(true, false, false, false, false, false)]
    [InlineData(true, true, false, false, true, false)]
    [InlineData(true, true, false, true, true, false)]
    [InlineData(false, false, true, false, null, true)]
    [InlineData(false, false, false, false, null, false)]
    public async Task Renegotiation_in_both_forms(bool knows, bool secure, bool insecure, bool insists, bool? secureAccepted, bool insecureAccepted)
    {
        await using var server = new CarelessServer
        {
            KnowsRenegotiationInfo = knows, RenegotiatesSecurely = secure, RenegotiatesInsecurely = insecure, InsistsOnRenegotiationInfo = insists,
        };
        var seen = await Observing.SeenAsync(new RenegotiationProbe(), server.Endpoint);

        Assert.Equal((secureAccepted, insecureAccepted), (Flag(seen, "secureAccepted"), Flag(seen, "insecureAccepted")));
        Assert.Equal(knows, seen.GetProperty("secureAccepted").ValueKind != JsonValueKind.Null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Options_are_read_even_where_unknown_extensions_are_dropped(bool drops)
    {
        await using var careless = new CarelessServer { Compresses = true, Beats = true, GivesTickets = true, KnowsRenegotiationInfo = false, DropsUnknownExtensions = drops };
        await using var careful = new CarelessServer { DropsUnknownExtensions = drops };
        var (bad, good) = (await Observing.SeenAsync(new HandshakeOptionsProbe(), careless.Endpoint), await Observing.SeenAsync(new HandshakeOptionsProbe(), careful.Endpoint));
        bool? dropped = drops ? null : true;

        Assert.Equal((true, false, dropped), (Flag(bad, "compression"), Flag(bad, "secureRenegotiation"), Flag(bad, "heartbeat")));
        Assert.Equal((false, true, !dropped), (Flag(good, "compression"), Flag(good, "secureRenegotiation"), Flag(good, "heartbeat")));
        Assert.Equal((!dropped, dropped), (Flag(good, "extendedMasterSecret"), Flag(bad, "sessionTicket")));
    }

    [Fact]
    public async Task A_fallback_is_noticed_or_not()
    {
        Assert.True(await FlagAsync(new FallbackScsvProbe(), new CarelessServer { HonoursFallback = true }, "honoured"));
        Assert.False(await FlagAsync(new FallbackScsvProbe(), new CarelessServer(), "honoured"));
    }

    [Fact]
    public async Task Sessions_are_taken_up_by_ticket()
    {
        await using var server = new CarelessServer { GivesTickets = true };
        await using var forgetful = new CarelessServer { GivesTickets = true, ForgetsTickets = true };
        var (seen, forgot) = (await Observing.SeenAsync(new ResumptionProbe(), server.Endpoint), await Observing.SeenAsync(new ResumptionProbe(), forgetful.Endpoint));

        Assert.Equal((true, true, false, 7200), (Flag(seen, "ticketGiven"), Flag(seen, "ticketResumed"), Flag(seen, "sessionIdGiven"), seen.GetProperty("ticketLifetime").GetInt32()));
        Assert.Equal((true, false), (Flag(forgot, "ticketGiven"), Flag(forgot, "ticketResumed")));
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("sessionIdResumed").ValueKind);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("garbage")]
    [InlineData("silence")]
    [InlineData("http")]
    public async Task A_port_without_TLS_leaves_every_flaw_open(string script)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));
        var endpoint = ProbeContexts.Local(server.Port);
        await Task.WhenAll(All().Select(p => Observing.UnableAsync(p, endpoint)));
    }

    /// <summary>Answers hellos and then misbehaves: nothing may be proven or ruled out by it, and nothing may hang.</summary>
    [Theory]
    [InlineData("silence")]
    [InlineData("endless")]
    [InlineData("garbage")]
    public async Task A_port_that_loses_the_thread_proves_nothing(string script)
    {
        await using var server = new ScriptedServer(async c =>
        {
            var hello = HeardHello.Parse((await c.ReadRecordAsync()).AsSpan(5))!;
            if (hello.Version != 0x0303 || !hello.Suites.Contains((ushort)0x002F))
            {
                await c.SendAsync(WireBytes.Alert(70));
                return;
            }

            await c.SendAsync(WireBytes.ServerHello(0x0303, 0x002F));
            await HostileScripts.RunAsync(script, c);
        });
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var outcomes = await Task.WhenAll(All().Where(p => p.Manifest.Intrusiveness == Intrusiveness.Intrusive).Select(p => p.ObserveAsync(endpoint, context, CancellationToken.None)));

        Assert.All(outcomes.OfType<Observed>().SelectMany(o => o.Observations), o => Assert.DoesNotContain(
            o.Data.EnumerateObject(), f => f.Name is "leaks" or "accepted" or "oracle" or "paddingIgnored" or "secureAccepted" or "insecureAccepted"));
    }

    /// <summary>A flight by rote and the door: no key behind it, so that leaving refuses nothing.</summary>
    [Theory]
    [InlineData("reset")]
    [InlineData("close")]
    public async Task A_port_that_only_ever_leaves_refuses_nothing(string script)
    {
        var certificate = TestCertificates.Rsa().Der();
        await using var server = new ScriptedServer(async c =>
        {
            var hello = HeardHello.Parse((await c.ReadRecordAsync()).AsSpan(5))!;
            if (hello.Version != 0x0303 || !hello.Suites.Contains((ushort)0x002F))
            {
                await c.SendAsync(WireBytes.Alert(70));
                return;
            }

            var list = new byte[] { 0, (byte)((certificate.Length + 3) >> 8), (byte)(certificate.Length + 3), 0, (byte)(certificate.Length >> 8), (byte)certificate.Length };
            await c.SendAsync(WireBytes.ServerHello(0x0303, 0x002F));
            await c.SendAsync(WireBytes.Record(22, 0x0303, new HandshakeMessage((byte)HandshakeType.Certificate, (byte[])[.. list, .. certificate]).ToBytes()));
            await c.SendAsync(WireBytes.Record(22, 0x0303, new HandshakeMessage((byte)HandshakeType.ServerHelloDone, Array.Empty<byte>()).ToBytes()));
            await c.ReadRecordAsync();
            await HostileScripts.RunAsync(script, c);
        });

        Assert.Null(Flag(await Observing.SeenAsync(new CcsInjectionProbe(), ProbeContexts.Local(server.Port)), "accepted"));
        Assert.Null(Flag(await Observing.SeenAsync(new RobotProbe(), ProbeContexts.Local(server.Port)), "oracle"));
    }

    /// <summary>Some stacks leave without an alert; that they complete handshakes in order shows what they left for.</summary>
    [Fact]
    public async Task A_sound_server_that_leaves_without_an_alert_is_decided()
    {
        Assert.False(await FlagAsync(new CcsInjectionProbe(), new CarelessServer { LeavesWithoutAlert = true }, "accepted"));
        Assert.False(await FlagAsync(new RobotProbe(), new CarelessServer { LeavesWithoutAlert = true }, "oracle"));
    }

    private static IReadOnlyList<IProbe> All() =>
    [
        new HeartbleedProbe(), new CcsInjectionProbe(), new RobotProbe(), new TicketbleedProbe(), new CbcPaddingProbe(), new RenegotiationProbe(),
        new HandshakeOptionsProbe(), new FallbackScsvProbe(), new ResumptionProbe(),
    ];

    private static async Task<(bool?, bool?)> BeatsAsync(CarelessServer server)
    {
        await using (server)
        {
            var seen = await Observing.SeenAsync(new HeartbleedProbe(), server.Endpoint);
            return (Flag(seen, "heartbeatOffered"), Flag(seen, "leaks"));
        }
    }

    private static async Task<bool?> FlagAsync(IProbe probe, CarelessServer server, string field)
    {
        await using (server)
        {
            return Flag(await Observing.SeenAsync(probe, server.Endpoint), field);
        }
    }

    private static bool? Flag(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : null;

    private static string? Text(JsonElement record, string field) => record.TryGetProperty(field, out var value) ? value.GetString() : null;
}
