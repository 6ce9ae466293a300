using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class Tls13HandshakeTests
{
    private static readonly Tls13HandshakeProbe Probe = new();

    [SkippableTheory]
    [InlineData("TLS_AES_128_GCM_SHA256", "X25519", "x25519")]
    [InlineData("TLS_AES_256_GCM_SHA384", "P-256", "secp256r1")]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256", "P-384", "secp384r1")]
    [InlineData("TLS_AES_128_CCM_SHA256", "P-521", "secp521r1")]
    [InlineData("TLS_AES_128_CCM_8_SHA256", "X448", "x448")]
    public async Task Every_suite_and_group_is_completed_with_or_without_a_retry(string suite, string group, string name)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var certificate = TestCertificates.Ecdsa();
        using var server = await OpenSslServer.StartAsync(certificate, "-tls1_3", "-ciphersuites", suite, "-groups", group, "-cipher", "ALL:@SECLEVEL=0");
        await using var handshake = await ConnectAsync(server.Port, Tls13Offer.Anything with { AsksForTickets = true });

        Assert.Equal(HandshakeReach.Finished, handshake.Reach);
        Assert.Equal(suite, CipherSuites.NameOf(handshake.Hello!.Suite));
        Assert.Equal(name, NamedGroups.Of(handshake.Hello.SelectedGroup!.Value).Name);
        Assert.Equal(group is not ("X25519" or "P-256"), handshake.RetryRequest is not null);
        Assert.Equal(certificate.Der(), handshake.Certificates![0].Der.ToArray());
        Assert.Equal(new Tls13Signature(0x0403, SignatureProof.Valid), handshake.Signature);
        Assert.Null(handshake.CertificateRequest);
        Assert.Null(await handshake.SettleAsync(TimeSpan.FromSeconds(5), CancellationToken.None));
        Assert.NotEmpty(handshake.Tickets);
        Assert.All(handshake.Tickets, t => Assert.Null(t.MaxEarlyData));

        await handshake.Stream!.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(handshake.Stream, Encoding.Latin1);
        Assert.StartsWith("HTTP/1.0 200", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Rsa_signs_with_pss_and_early_data_and_client_certificates_are_seen()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Rsa(), "-tls1_3", "-early_data", "-verify", "1", "-alpn", "h2,http/1.1");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal("finished", seen.GetProperty("reached").GetString());
        Assert.StartsWith("rsa_pss_rsae_", seen.GetProperty("signatureScheme").GetString(), StringComparison.Ordinal);
        Assert.True(seen.GetProperty("signatureValid").GetBoolean());
        Assert.True(seen.GetProperty("keyOwned").GetBoolean());
        Assert.True(seen.GetProperty("clientCertificateRequested").GetBoolean());
        Assert.False(seen.GetProperty("clientCertificateRequired").GetBoolean());
        Assert.True(seen.GetProperty("sessionTickets").GetBoolean());
        Assert.True(seen.GetProperty("earlyData").GetBoolean());
        Assert.Equal("none", seen.GetProperty("smExtent").GetString());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("smSuiteName").ValueKind);
    }

    [SkippableFact]
    public async Task A_required_client_certificate_shows_in_the_alert_behind_the_handshake_and_the_chain_is_read_all_the_same()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var certificate = TestCertificates.Ecdsa();
        using var server = await OpenSslServer.StartAsync(certificate, "-tls1_3", "-Verify", "1");
        var endpoint = ProbeContexts.Local(server.Port);
        var seen = await Observing.SeenAsync(Probe, endpoint);

        Assert.Equal("finished", seen.GetProperty("reached").GetString());
        Assert.True(seen.GetProperty("clientCertificateRequired").GetBoolean());
        Assert.Equal("certificate_required", seen.GetProperty("alert").GetString());
        Assert.False(seen.TryGetProperty("sessionTickets", out _));

        var certificates = await Observing.SeenAsync(new ServerCertificatesProbe(), endpoint);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(certificate.Der())), certificates.GetProperty("leaf").GetProperty("sha256").GetString());
    }

    [SkippableTheory]
    [InlineData("ED25519", 0x0807)]
    [InlineData("ED448", 0x0808)]
    [InlineData("RSA-PSS", 0x0809)]
    public async Task Signatures_the_platform_does_not_know_are_verified(string algorithm, int scheme)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        await OpenSslFiles.MakeAsync(folder, algorithm);
        var certificate = new TestCertificate(File.ReadAllText(folder.File("server.crt")), File.ReadAllText(folder.File("server.key")));
        using var server = await OpenSslServer.StartAsync(certificate, "-tls1_3");
        await using var handshake = await ConnectAsync(server.Port, Tls13Offer.Anything);

        Assert.Equal(new Tls13Signature((ushort)scheme, SignatureProof.Valid), handshake.Signature);
    }

    [SkippableFact]
    public async Task A_server_name_and_alpn_are_answered()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Ecdsa(), "TLSv1.3");
        await using var handshake = await ConnectAsync(server.Port, Tls13Offer.Anything with { ApplicationProtocols = ["http/1.1"] });
        Assert.Equal("http/1.1", handshake.ApplicationProtocol);
    }

    [Fact]
    public async Task Ports_without_tls13_need_no_handshake()
    {
        await using var server = new ScriptedServer(async c =>
        {
            await c.ReadRecordAsync();
            await c.SendAsync(WireBytes.ServerHello(0x0303, 0xC02F));
        });
        var endpoint = ProbeContexts.Local(server.Port);
        var outcome = await Probe.ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None);
        Assert.IsType<NotNeeded>(outcome);
    }

    private static async Task<Tls13Handshake> ConnectAsync(int port, Tls13Offer offer)
    {
        var endpoint = ProbeContexts.Local(port, serverName: "gov.test.lab");
        return await new Tls13Client(ProbeContexts.For(new KeptEvidence(), endpoint), endpoint).ConnectAsync(offer, CancellationToken.None);
    }
}

internal static class OpenSslFiles
{
    /// <summary>A self-signed server.crt and its server.key.</summary>
    public static async Task MakeAsync(TemporaryFolder folder, string algorithm)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(RequiredTool.FullPath("openssl"))
        {
            ArgumentList = { "req", "-x509", "-newkey", algorithm, "-nodes", "-days", "30", "-subj", "/CN=gov.test.lab", "-keyout", folder.File("server.key"), "-out", folder.File("server.crt") },
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
