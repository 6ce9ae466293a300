using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class ServerCertificatesTests
{
    private static readonly ServerCertificatesProbe Probe = new();

    [SkippableTheory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task The_same_certificate_is_read_from_a_flight_and_from_a_handshake(string protocols)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var certificate = TestCertificates.Rsa();
        using var server = await NginxServer.StartAsync(certificate, protocols);
        var evidence = new KeptEvidence();
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, serverName: "gov.test.lab"), evidence);
        var leaf = seen.GetProperty("leaf");

        Assert.Equal(protocols, seen.GetProperty("readFrom").GetString());
        Assert.Equal(1, seen.GetProperty("certificates").GetArrayLength());
        Assert.Equal("CN=gov.test.lab,O=SmartCity Lab,C=CN", leaf.GetProperty("subject").GetString());
        Assert.Equal("RSA", leaf.GetProperty("keyAlgorithm").GetString());
        Assert.Equal(2048, leaf.GetProperty("keyBits").GetInt32());
        Assert.Equal(JsonValueKind.Null, leaf.GetProperty("keyCurve").ValueKind);
        Assert.Equal("sha256WithRSAEncryption", leaf.GetProperty("signatureAlgorithm").GetString());
        Assert.Equal("DNS:localhost DNS:gov.test.lab DNS:*.wild.test.lab IP:127.0.0.1", leaf.Names("subjectAlternativeNames"));
        Assert.Equal("digitalSignature keyEncipherment", leaf.Names("keyUsage"));
        Assert.Equal("serverAuth", leaf.Names("extendedKeyUsage"));
        Assert.False(leaf.GetProperty("isCa").GetBoolean());
        Assert.True(leaf.GetProperty("selfSigned").GetBoolean());
        Assert.True(seen.GetProperty("nameMatches").GetBoolean());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("signing").ValueKind);
        var kept = evidence.Files.Single(f => f.Key.EndsWith("tls-certificates.pem", StringComparison.Ordinal));
        Assert.Equal(certificate.Der(), X509Certificate2.CreateFromPem(System.Text.Encoding.ASCII.GetString(kept.Value)).RawData);
    }

    [SkippableFact]
    public async Task An_expired_certificate_with_another_name_is_only_described()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Expired(), "-tls1_2");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, serverName: "other.gov.cn"));

        Assert.False(seen.GetProperty("nameMatches").GetBoolean());
        Assert.Equal("other.gov.cn", seen.GetProperty("checkedName").GetString());
        Assert.Equal(31, seen.GetProperty("validityDays").GetInt32());
        Assert.Equal("2024-02-01T00:00:00+00:00", seen.GetProperty("leaf").GetProperty("notAfter").GetString());
        Assert.Equal("P-256", seen.GetProperty("leaf").GetProperty("keyCurve").GetString());
    }

    [SkippableFact]
    public async Task Anonymous_suites_present_no_certificate()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Ecdsa(), "-tls1_2", "-cipher", "aNULL@SECLEVEL=0");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal(JsonValueKind.Null, seen.GetProperty("certificates").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("leaf").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("nameMatches").ValueKind);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_listed_with_its_fingerprints()
    {
        byte[] list = [0, 0, 7, 0, 0, 4, 1, 2, 3, 4];
        byte[] flight = [.. WireBytes.ServerHello(0x0303, 0xC02F), .. WireBytes.Record(22, 0x0303, [11, 0, 0, 10, .. list]), .. WireBytes.Record(22, 0x0303, [14, 0, 0, 0])];
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            await c.SendAsync(record[9] == 3 && record[10] == 3 ? flight : WireBytes.Alert(70));
            await c.LingerAsync();
        });
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));
        var leaf = seen.GetProperty("leaf");

        Assert.Equal(64, leaf.GetProperty("sm3").GetString()!.Length);
        Assert.Contains("DER", leaf.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.False(leaf.TryGetProperty("notAfter", out _));
        Assert.False(seen.TryGetProperty("nameMatches", out _));
    }

    [Fact]
    public async Task A_tls13_port_the_platform_cannot_talk_to_is_unable()
    {
        var retry = CapturedFlight.Load("tls13-sm-only.00C6.tongsuo").Bytes();
        await using var server = new ScriptedServer(async c =>
        {
            var record = await c.ReadRecordAsync();
            await c.SendAsync(record.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 43, 0, 3, 2, 3, 4]) >= 0 ? retry : WireBytes.Alert(70));
            await c.LingerAsync();
        });
        var unable = await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal(FailureKind.BadInput, unable.Kind);
        Assert.Contains("TLS 1.3", unable.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DNS:a.gov.cn", "a.gov.cn", true)]
    [InlineData("DNS:A.gov.CN", "a.gov.cn", true)]
    [InlineData("DNS:*.gov.cn", "a.gov.cn", true)]
    [InlineData("DNS:*.gov.cn", "a.b.gov.cn", false)]
    [InlineData("DNS:*.gov.cn", "gov.cn", false)]
    [InlineData("DNS:a*.gov.cn", "ab.gov.cn", false)]
    [InlineData("DNS:*", "a", false)]
    [InlineData("DNS:", "", false)]
    [InlineData("IP:127.0.0.1", "127.0.0.1", true)]
    [InlineData("DNS:127.0.0.1", "127.0.0.1", false)]
    [InlineData("IP:::1", "0:0:0:0:0:0:0:1", true)]
    [InlineData("URI:https://a.gov.cn", "a.gov.cn", false)]
    public void Names_match_as_rfc_9525_says(string alternative, string reference, bool matches)
    {
        Assert.Equal(matches, CertificateName.Matches([alternative], reference));
        Assert.False(CertificateName.Matches(null, reference));
    }
}
