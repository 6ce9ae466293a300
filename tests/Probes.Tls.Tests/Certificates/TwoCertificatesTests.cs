using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>A server with a certificate for RSA and one for ECDSA shows either according to the client: both are looked at.</summary>
public sealed class TwoCertificatesTests
{
    private const string Ciphers =
        "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
        + ":ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;";

    private const string Curves = "ssl_ecdh_curve X25519:prime256v1:secp384r1;";

    [SkippableTheory]
    [InlineData("TLSv1.2", true)]
    [InlineData("TLSv1.2", false)]
    [InlineData("TLSv1.3", true)]
    [InlineData("TLSv1.3", false)]
    public async Task The_expired_one_is_not_hidden_by_the_good_one(string protocols, bool isRsaExpired)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var past = new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);
        using var folder = new TemporaryFolder();
        using var server = await StartAsync(folder, TestCertificates.Rsa(notAfter: isRsaExpired ? past : null), TestCertificates.Ecdsa(isRsaExpired ? null : past), protocols);
        var (context, endpoint) = Context(server.Port);

        var certificates = await SeenAsync(new ServerCertificatesProbe(), context, endpoint);
        Assert.Equal(["ECDSA", "RSA"], certificates.Select(c => c.GetProperty("leaf").GetProperty("keyAlgorithm").GetString()).Order(StringComparer.Ordinal));
        var expired = Assert.Single(certificates, c => c.GetProperty("leaf").GetProperty("notAfter").GetDateTimeOffset() == past);
        Assert.Equal(isRsaExpired ? "RSA" : "ECDSA", expired.GetProperty("leaf").GetProperty("keyAlgorithm").GetString());
        Assert.All(certificates, c => Assert.Contains("共 2 条", c.GetProperty("which").GetString(), StringComparison.Ordinal));
        Assert.All(certificates, c => Assert.Equal(JsonValueKind.Null, c.GetProperty("signing").ValueKind));

        var chains = await SeenAsync(new CertificateChainProbe(), context, endpoint);
        Assert.Equal(["current", "expired"], chains.Select(c => c.GetProperty("members")[0].GetProperty("validity").GetString()).Order(StringComparer.Ordinal));

        var statuses = await SeenAsync(new CertificateStatusProbe(), context, endpoint);
        Assert.Equal(2, statuses.Count);
        Assert.Contains(statuses, s => s.GetProperty("stapled").GetBoolean() == false);
    }

    /// <summary>The suites of TLS 1.2 admit one kind of key alone; TLS 1.3 chooses by signature schemes and shows the other one as well.</summary>
    [SkippableTheory]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "ECDSA")]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", "RSA")]
    public async Task One_shown_in_TLS_1_3_alone_is_seen_beside_classic_TLS(string suite, string expiredKey)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var past = new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var (certificate, other) = expiredKey == "RSA" ? (TestCertificates.Rsa(notAfter: past), TestCertificates.Ecdsa()) : (TestCertificates.Ecdsa(past), TestCertificates.Rsa());
        using var folder = new TemporaryFolder();
        var (path, key) = certificate.WriteTo(folder, "second");
        using var server = await NginxServer.StartAsync(other, "TLSv1.2 TLSv1.3", $"ssl_certificate {path}; ssl_certificate_key {key}; ssl_ciphers {suite}; ssl_ecdh_curve X25519:prime256v1:secp384r1;");
        var (context, endpoint) = Context(server.Port);

        var certificates = await SeenAsync(new ServerCertificatesProbe(), context, endpoint);
        Assert.Equal(2, certificates.Count);
        var expired = Assert.Single(certificates, c => c.GetProperty("leaf").GetProperty("notAfter").GetDateTimeOffset() == past);
        Assert.Equal((expiredKey, "TLSv1.3"), (expired.GetProperty("leaf").GetProperty("keyAlgorithm").GetString(), expired.GetProperty("readFrom").GetString()));
        Assert.Equal(["current", "expired"], (await SeenAsync(new CertificateChainProbe(), context, endpoint)).Select(c => c.GetProperty("members")[0].GetProperty("validity").GetString()).Order(StringComparer.Ordinal));
        var plan = ProbeCatalogue.Of(typeof(CipherSuitesProbe).Assembly).Plan([endpoint], p => p.Manifest.Pillar == Pillar.Tls);
        await new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);
        Assert.InRange(((SocketDialer)context.Dialer).Opened, 20, 40);
    }

    [SkippableFact]
    public async Task A_port_with_one_certificate_has_one_observation()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), "TLSv1.2 TLSv1.3");
        var (context, endpoint) = Context(server.Port);

        Assert.Equal("共 1 条", Assert.Single(await SeenAsync(new ServerCertificatesProbe(), context, endpoint)).GetProperty("which").GetString());
        Assert.Single(await SeenAsync(new CertificateChainProbe(), context, endpoint));
        Assert.False(Assert.Single(await SeenAsync(new CertificateStatusProbe(), context, endpoint)).GetProperty("stapled").GetBoolean());
    }

    /// <summary>Without a line on curves the library's own list holds, of five curves and five finite fields.</summary>
    [SkippableTheory]
    [InlineData(Curves, 3, 3)]
    [InlineData("", 6, 5)]
    [InlineData(Curves + " ssl_prefer_server_ciphers on;", 3, 3)]
    [InlineData("ssl_ecdh_curve X25519:prime256v1;", 2, 2)]
    [InlineData("ssl_ecdh_curve prime256v1:X25519; ssl_prefer_server_ciphers on;", 2, 2)]
    public async Task All_probes_together_are_gentle_with_a_good_server(string more, int groups, int curves)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var folder = new TemporaryFolder();
        using var server = await StartAsync(folder, TestCertificates.Rsa(), TestCertificates.Ecdsa(), "TLSv1.2 TLSv1.3", more);
        var (context, endpoint) = Context(server.Port);

        // As the command does: pages are read for other pillars, at a cost of their own.
        var plan = ProbeCatalogue.Of(typeof(CipherSuitesProbe).Assembly).Plan([endpoint], p => p.Manifest.Pillar == Pillar.Tls);
        var records = await new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);

        Assert.DoesNotContain(records, r => r.Outcome is Unable { Kind: not FailureKind.Refused });
        Assert.InRange(((SocketDialer)context.Dialer).Opened, 23, 35);
        var suites = Data(records, "tls.cipher-suites");
        Assert.Equal((9, 2), (suites.GetProperty("versions").EnumerateArray().Sum(v => v.GetProperty("suites").GetArrayLength()), suites.GetProperty("versions").GetArrayLength()));
        var keys = Data(records, "tls.key-exchange");
        Assert.Equal((groups, curves), (keys.GetProperty("tls13Confirmed").GetArrayLength(), keys.GetProperty("curves").GetArrayLength()));
        Assert.Equal(groups <= 3, keys.TryGetProperty("tls13Groups", out _));
        Assert.False(keys.GetProperty("reusesEphemeralKeys").GetBoolean());
        var options = Data(records, "tls.handshake-options");
        Assert.Equal((false, true, true), (options.GetProperty("compression").GetBoolean(), options.GetProperty("extendedMasterSecret").GetBoolean(), options.GetProperty("sessionTicket").GetBoolean()));
    }

    private static JsonElement Data(IReadOnlyList<ProbeRecord> records, string probe) =>
        Assert.Single(Assert.IsType<Observed>(records.Single(r => r.ProbeId == probe).Outcome).Observations).Data;

    private static Task<NginxServer> StartAsync(TemporaryFolder folder, TestCertificate rsa, TestCertificate ecdsa, string protocols, string more = Curves)
    {
        var (certificate, key) = ecdsa.WriteTo(folder, "second");
        return NginxServer.StartAsync(rsa, protocols, $"ssl_certificate {certificate}; ssl_certificate_key {key}; {Ciphers} {more}");
    }

    private static (ProbeContext Context, Endpoint Endpoint) Context(int port)
    {
        var endpoint = ProbeContexts.Local(port, serverName: "localhost");
        return (ProbeContexts.For(new KeptEvidence(), endpoint), endpoint);
    }

    private static async Task<IReadOnlyList<JsonElement>> SeenAsync(IProbe probe, ProbeContext context, Endpoint endpoint) =>
        [.. Assert.IsType<Observed>(await probe.ObserveAsync(endpoint, context, CancellationToken.None)).Observations.Select(o => o.Data)];
}
