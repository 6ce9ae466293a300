using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class StartTlsTests
{
    private static readonly StartTlsProbe Probe = new();

    public static TheoryData<StartTlsProtocol> Protocols => [.. StartTlsNames.All];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Behind_the_dialogue_the_port_is_read_like_any_other(StartTlsProtocol protocol)
    {
        await using var server = new StandIn(protocol);
        var seen = await Observing.SeenAsync(new ProtocolVersionsProbe(), server.Endpoint);
        var certificates = await Observing.SeenAsync(new ServerCertificatesProbe(), server.Endpoint);

        Assert.Equal("TLSv1.2 TLSv1.3", seen.Names("confirmed"));
        Assert.True(certificates.GetProperty("nameMatches").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_dialogue_itself_is_told(StartTlsProtocol protocol)
    {
        await using var server = new StandIn(protocol);
        var evidence = new KeptEvidence();
        var seen = await Observing.SeenAsync(Probe, server.Endpoint, evidence);

        Assert.Equal(protocol.Word(), seen.GetProperty("protocol").GetString());
        Assert.True(seen.GetProperty("accepted").GetBoolean());
        Assert.True(seen.GetProperty("handshakeFollows").GetBoolean());
        Assert.Single(evidence.Files);
        Assert.Equal(protocol switch
        {
            StartTlsProtocol.Smtp => "PLAIN LOGIN",
            StartTlsProtocol.Imap => "",
            StartTlsProtocol.Pop3 => "USER PLAIN CRAM-MD5",
            StartTlsProtocol.Ldap => "GSSAPI",
            StartTlsProtocol.Xmpp => "PLAIN SCRAM-SHA-1",
            StartTlsProtocol.MySql => "caching_sha2_password",
            _ => null,
        }, seen.Names("clearMechanisms"));
        Assert.Equal(protocol is StartTlsProtocol.Smtp or StartTlsProtocol.Pop3 or StartTlsProtocol.Xmpp, seen.TryGetProperty("clearPasswords", out var clear) && clear.GetBoolean());
        Assert.Equal(protocol is StartTlsProtocol.Imap or StartTlsProtocol.Xmpp, seen.TryGetProperty("demandsUpgrade", out var demands) && demands.GetBoolean());
        Assert.Equal(protocol is StartTlsProtocol.Postgres, !seen.TryGetProperty("announced", out _));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_refusal_is_an_observation_of_its_own_and_leaves_the_other_probes_unable(StartTlsProtocol protocol)
    {
        await using var server = new StandIn(protocol) { Refuses = true };
        var seen = await Observing.SeenAsync(Probe, server.Endpoint);
        var unable = await Observing.UnableAsync(new ProtocolVersionsProbe(), server.Endpoint);

        Assert.False(seen.GetProperty("accepted").GetBoolean());
        Assert.False(seen.TryGetProperty("handshakeFollows", out _));
        Assert.False(seen.TryGetProperty("injectedCommandAnswered", out _));
        Assert.Equal(FailureKind.BadInput, unable.Kind);
        Assert.Contains($"拒绝升级到 TLS（{protocol.Word()} STARTTLS）", unable.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StartTlsProtocol.Smtp)]
    [InlineData(StartTlsProtocol.Imap)]
    [InlineData(StartTlsProtocol.Pop3)]
    [InlineData(StartTlsProtocol.Ftp)]
    public async Task A_clear_command_that_slips_into_TLS_is_found(StartTlsProtocol protocol)
    {
        await using var careless = new StandIn(protocol) { KeepsClearCommands = true };
        await using var careful = new StandIn(protocol);
        await using var strict = new StandIn(protocol) { RejectsPipelining = true };

        Assert.True((await Observing.SeenAsync(Probe, careless.Endpoint)).GetProperty("injectedCommandAnswered").GetBoolean());
        Assert.False((await Observing.SeenAsync(Probe, careful.Endpoint)).GetProperty("injectedCommandAnswered").GetBoolean());
        await using var literal = new StandIn(protocol) { FeedsClearCommandsToTls = true };

        Assert.False((await Observing.SeenAsync(Probe, literal.Endpoint)).GetProperty("injectedCommandAnswered").GetBoolean());
        Assert.False((await Observing.SeenAsync(Probe, strict.Endpoint)).GetProperty("injectedCommandAnswered").GetBoolean());
    }

    [Fact]
    public async Task An_endpoint_without_the_dialogue_is_not_asked()
    {
        var endpoint = ProbeContexts.Local(443);

        Assert.IsType<NotNeeded>(await Probe.ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None));
    }

    /// <summary>PostgreSQL announces nothing, and the bit by which MySQL does is its agreement too.</summary>
    public static TheoryData<StartTlsProtocol> Announcing => [.. StartTlsNames.All.Except([StartTlsProtocol.Postgres, StartTlsProtocol.MySql])];

    [Theory]
    [MemberData(nameof(Announcing))]
    public async Task What_is_announced_and_what_is_done_are_told_apart(StartTlsProtocol protocol)
    {
        foreach (var (announces, refuses) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            await using var server = new StandIn(protocol) { Announces = announces, Refuses = refuses };
            var seen = await Observing.SeenAsync(Probe, server.Endpoint);

            Assert.Equal((announces, !refuses), (seen.GetProperty("announced").GetBoolean(), seen.GetProperty("accepted").GetBoolean()));
            Assert.Equal(refuses ? default(int?) : 0, seen.TryGetProperty("clearBytesBehind", out var behind) ? behind.GetInt32() : default(int?));
            Assert.Equal(!refuses, seen.TryGetProperty("handshakeFollows", out var follows) && follows.GetBoolean());
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Clear_text_behind_the_agreement_is_counted(StartTlsProtocol protocol)
    {
        await using var server = new StandIn(protocol) { ClearBehind = "250 OK\r\n" };
        var seen = await Observing.SeenAsync(Probe, server.Endpoint);

        Assert.True(seen.GetProperty("accepted").GetBoolean());
        Assert.Equal(8, seen.GetProperty("clearBytesBehind").GetInt32());
        Assert.False(seen.TryGetProperty("handshakeFollows", out _));
        Assert.False(seen.TryGetProperty("injectedCommandAnswered", out _));
        Assert.Contains("8 字节明文", (await Observing.UnableAsync(new ProtocolVersionsProbe(), server.Endpoint)).Message, StringComparison.Ordinal);
    }

    /// <summary>A packet later it stands where the ServerHello should: that none came with the agreement is no praise then.</summary>
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Clear_text_that_comes_a_moment_later_is_not_taken_for_none(StartTlsProtocol protocol)
    {
        await using var server = new StandIn(protocol) { ClearBehind = "250 OK\r\n", ClearBehindAfter = TimeSpan.FromMilliseconds(150) };
        var seen = await Observing.SeenAsync(Probe, server.Endpoint);

        Assert.True(seen.GetProperty("accepted").GetBoolean());
        Assert.False(seen.TryGetProperty("clearBytesBehind", out _), $"{seen}");
        Assert.True(!seen.TryGetProperty("handshakeFollows", out var follows) || !follows.GetBoolean());
    }

    [Fact]
    public async Task Clear_bytes_behind_the_agreement_stop_the_way_into_TLS()
    {
        await using var server = new ScriptedServer(async c =>
        {
            await c.Stream.ReadExactlyAsync(new byte[8], c.Stop);
            await c.SendAsync("Sxyz"u8.ToArray());
            await c.LingerAsync();
        });
        var endpoint = ProbeContexts.Local(server.Port, EndpointProtocol.Tls) with { StartTls = StartTlsProtocol.Postgres };

        Assert.Contains("3 字节明文", (await Observing.UnableAsync(new ProtocolVersionsProbe(), endpoint)).Message, StringComparison.Ordinal);
        var seen = await Observing.SeenAsync(Probe, endpoint);
        Assert.Equal((true, 3), (seen.GetProperty("accepted").GetBoolean(), seen.GetProperty("clearBytesBehind").GetInt32()));
        Assert.False(seen.TryGetProperty("handshakeFollows", out _));
    }

    [Theory]
    [InlineData("alert", null)]
    [InlineData("words", false)]
    public async Task What_turns_the_hello_away_is_no_handshake(string answer, bool? follows)
    {
        await using var server = new ScriptedServer(async c =>
        {
            await c.Stream.ReadExactlyAsync(new byte[8], c.Stop);
            await c.SendAsync("S"u8.ToArray());
            _ = await c.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, c.Stop);
            await c.SendAsync(answer == "alert" ? ScriptedTls.Alert(40) : "E go away, this is no place for you\r\n"u8.ToArray());
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Tls) with { StartTls = StartTlsProtocol.Postgres });

        Assert.True(seen.GetProperty("accepted").GetBoolean());
        Assert.Equal(follows, seen.TryGetProperty("handshakeFollows", out var value) ? value.GetBoolean() : null);
    }

    [Fact]
    public async Task A_MySQL_server_that_blocked_us_says_so()
    {
        await using var server = new ScriptedServer(async c =>
        {
            byte[] error = [0xFF, 0x69, 0x04, .. "Host '10.0.0.9' is blocked"u8];
            await c.SendAsync(new byte[] { (byte)error.Length, 0, 0, 0 }.Concat(error).ToArray());
        });
        var endpoint = ProbeContexts.Local(server.Port, EndpointProtocol.Tls) with { StartTls = StartTlsProtocol.MySql };

        Assert.Contains("FLUSH HOSTS", (await Observing.UnableAsync(Probe, endpoint)).Message, StringComparison.Ordinal);
    }
}
