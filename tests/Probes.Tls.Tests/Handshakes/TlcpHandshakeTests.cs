using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class TlcpHandshakeTests
{
    private const int FewConnections = 8;
    private static readonly TlcpHandshakeProbe Probe = new();

    [Theory]
    [InlineData(0xE053, RecordLayout.OnePerMessage)]
    [InlineData(0xE013, RecordLayout.OnePerMessage)]
    [InlineData(0xE053, RecordLayout.OneForAll)]
    [InlineData(0xE013, RecordLayout.SevenBytes)]
    public async Task A_good_server_proves_both_keys(int suite, RecordLayout layout)
    {
        await using var server = TlcpServers.Start(layout: layout, suites: (ushort)suite);
        var evidence = new KeptEvidence();
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port), evidence);

        Assert.Equal("finished", seen.GetProperty("reached").GetString());
        Assert.Equal($"0x{suite:X4}", seen.GetProperty("suite").GetString());
        Assert.True(seen.GetProperty("signatureValid").GetBoolean());
        Assert.Equal("1234567812345678", seen.GetProperty("signatureUserId").GetString());
        Assert.Equal(0, seen.GetProperty("signerPosition").GetInt32());
        Assert.True(seen.GetProperty("keyOwned").GetBoolean());
        Assert.True(seen.GetProperty("doubleCertificate").GetBoolean());
        Assert.True(seen.GetProperty("eccSuites").GetBoolean());
        Assert.Equal(3, seen.GetProperty("certificatesSent").GetInt32());
        Assert.False(seen.GetProperty("clientCertificateRequested").GetBoolean());
        Assert.False(seen.GetProperty("clientCertificateRequired").GetBoolean());
        Assert.Equal(1, server.Completed);
        Assert.InRange(server.Accepted, 2, FewConnections);
        Assert.Contains("TLCPv1.1 handshake", Encoding.UTF8.GetString(Assert.Single(evidence.Files).Value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlcpDefect.BadSignature, false, null, true, true)]
    [InlineData(TlcpDefect.OtherIdentification, true, "TLSv1.3+GM+Cipher+Suite", true, true)]
    [InlineData(TlcpDefect.SwappedCertificates, true, "1234567812345678", true, true)]
    [InlineData(TlcpDefect.SingleCertificate, true, "1234567812345678", true, false)]
    [InlineData(TlcpDefect.SameCertificateTwice, true, "1234567812345678", true, false)]
    [InlineData(TlcpDefect.ForeignEncryptionKey, true, "1234567812345678", false, true)]
    [InlineData(TlcpDefect.BadFinished, true, "1234567812345678", false, true)]
    public async Task A_defect_is_seen_as_what_it_is(TlcpDefect defect, bool signed, string? userId, bool owned, bool pair)
    {
        await using var server = TlcpServers.Start(defect);
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal(signed, seen.GetProperty("signatureValid").GetBoolean());
        Assert.Equal(userId, seen.GetProperty("signatureUserId").GetString());
        Assert.Equal(owned, seen.GetProperty("keyOwned").GetBoolean());
        Assert.Equal(pair, seen.GetProperty("doubleCertificate").GetBoolean());
        Assert.Equal(owned ? "finished" : "serverFlight", seen.GetProperty("reached").GetString());
        var signer = seen.GetProperty("signerPosition");
        int? position = signer.ValueKind == JsonValueKind.Null ? null : signer.GetInt32();
        Assert.Equal(!signed ? null : defect == TlcpDefect.SwappedCertificates ? 1 : 0, position);
    }

    [Theory]
    [InlineData(ClientCertificates.Asked, false)]
    [InlineData(ClientCertificates.Required, true)]
    public async Task Asking_for_a_client_certificate_and_requiring_one_are_told_apart(ClientCertificates clients, bool required)
    {
        await using var server = TlcpServers.Start(clients: clients);
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.True(seen.GetProperty("clientCertificateRequested").GetBoolean());
        Assert.Equal(required, seen.GetProperty("clientCertificateRequired").GetBoolean());
        Assert.True(seen.GetProperty("signatureValid").GetBoolean());
        Assert.Equal(!required, seen.TryGetProperty("keyOwned", out _));
        Assert.Equal(required ? "handshake_failure" : null, seen.GetProperty("alert").GetString());
    }

    [Fact]
    public async Task An_ecdhe_only_server_is_read_from_the_survey_and_completed_with_client_certificates()
    {
        await using var server = TlcpServers.Start(suites: [0xE051, 0xE011]);
        var endpoint = ProbeContexts.Local(server.Port);
        var seen = await Observing.SeenAsync(Probe, endpoint);

        Assert.False(seen.GetProperty("eccSuites").GetBoolean());
        Assert.Equal("serverFlight", seen.GetProperty("reached").GetString());
        Assert.True(seen.GetProperty("signatureValid").GetBoolean());
        Assert.True(seen.GetProperty("clientCertificateRequested").GetBoolean());
        Assert.False(seen.TryGetProperty("keyOwned", out _));

        using var authority = new Sm2Authority("Client CA", TimeProvider.System);
        var (signing, encryption) = (authority.IssueSigning("client"), authority.IssueEncryption("client"));
        var identity = new TlcpIdentity(signing.Certificate, signing.Key, encryption.Certificate, encryption.Key);
        foreach (ushort suite in new ushort[] { 0xE051, 0xE011 })
        {
            var client = new TlcpClient(ProbeContexts.For(new KeptEvidence(), endpoint), endpoint) { Identity = identity, Offer = [suite] };
            await using var handshake = await client.ConnectAsync(withName: false, CancellationToken.None);
            Assert.Equal(HandshakeReach.Finished, handshake.Reach);
        }
    }

    [Fact]
    public async Task Application_data_flows_both_ways_in_any_size_and_ends_with_close_notify()
    {
        var identity = TlcpServers.Identity;
        await using var server = new TlcpServer(new TlcpServerOptions { Identity = identity, Suites = [0xE013] }, EchoAsync);
        var endpoint = ProbeContexts.Local(server.Port);
        await using var handshake = await new TlcpClient(ProbeContexts.For(new KeptEvidence(), endpoint), endpoint).ConnectAsync(withName: false, CancellationToken.None);
        var stream = handshake.Stream!;
        foreach (var length in new[] { 1, 100, 16384, 50_000 })
        {
            var sent = new SeededBytes((ulong)length).Take(length);
            await stream.WriteAsync(sent);
            var got = new byte[length];
            await stream.ReadExactlyAsync(got);
            Assert.Equal(sent, got);
        }

        await stream.WriteAsync("bye"u8.ToArray());
        var rest = new byte[8];
        await stream.ReadExactlyAsync(rest.AsMemory(0, 3));
        Assert.Equal(0, await stream.ReadAsync(rest));
        Assert.Null(stream.Ending);
    }

    [Fact]
    public async Task Http_headers_of_a_tlcp_only_site_are_read_over_tlcp()
    {
        await using var server = TlcpServers.Start();
        var seen = await Observing.SeenAsync(new HttpSecurityHeadersProbe(), ProbeContexts.Local(server.Port));

        Assert.Equal("TLCPv1.1", seen.GetProperty("readOver").GetString());
        Assert.Equal(200, seen.GetProperty("statusCode").GetInt32());
        Assert.Equal("nosniff", seen.GetProperty("xContentTypeOptions").GetString());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("strictTransportSecurity").ValueKind);
    }

    [Fact]
    public async Task Survey_handshake_and_certificates_of_a_tlcp_site_take_few_connections_together()
    {
        await using var server = TlcpServers.Start();
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        foreach (var probe in new IProbe[] { Probe, new ServerCertificatesProbe() })
        {
            Assert.IsType<Observed>(await probe.ObserveAsync(endpoint, context, CancellationToken.None));
        }

        Assert.InRange(server.Accepted, 2, FewConnections);
    }

    [Fact]
    public async Task Ports_without_tlcp_need_no_handshake()
    {
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            await c.SendAsync(record[1] == 1 ? WireBytes.Alert(70) : WireBytes.ServerHello(0x0303, 0xC02F));
        });
        var endpoint = ProbeContexts.Local(server.Port);
        var outcome = await Probe.ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None);
        Assert.IsType<NotNeeded>(outcome);
    }

    [Theory]
    [InlineData("tlcp-tongsuo-ecc.E013.gotlcp", null)]
    [InlineData("tlcp-tongsuo-all.E011.tongsuo", 41)]
    [InlineData("tlcp-tongsuo-ecc.E053.tongsuo", null)]
    public void A_captured_flight_proves_its_signature_with_the_random_it_answers_and_no_other(string name, int? curve)
    {
        var captured = CapturedFlight.Load(name);
        var assembler = new FlightAssembler();
        assembler.Take(captured.Bytes());
        var random = Convert.FromHexString(captured.ClientRandom!);

        var read = TlcpKeyExchange.Read(assembler.Flight!, random);
        Assert.Equal(new SignatureProof(SignatureOutcome.Valid, Sm2Identification.Default), read.Signature);
        Assert.Equal((0, 1), (read.SignerPosition, read.EncryptionPosition));
        Assert.Equal(curve is not null, read.EphemeralPoint is not null);
        random[3] ^= 1;
        Assert.Equal(SignatureProof.Invalid, TlcpKeyExchange.Read(assembler.Flight!, random).Signature);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("silence")]
    [InlineData("garbage")]
    [InlineData("http")]
    [InlineData("oversize")]
    [InlineData("half a record")]
    public async Task Hostile_ports_end_in_time(string script)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));
        await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port));
    }

    private static async Task EchoAsync(TlcpSession session, CancellationToken cancellationToken)
    {
        while (await session.ReadAsync(cancellationToken) is { IsEmpty: false } data)
        {
            await session.WriteAsync(data, cancellationToken);
            if (data.Span.SequenceEqual("bye"u8))
            {
                return;
            }
        }
    }
}
