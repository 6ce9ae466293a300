using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Pages that the platform's client cannot fetch, and answers that are no pages.</summary>
public sealed class OldAndClosedServersTests
{
    private static readonly HttpSecurityHeadersProbe Probe = new();

    [SkippableTheory]
    [InlineData("-tls1", "AES128-SHA", "TLSv1.0")]
    [InlineData("-tls1", "DEFAULT", "TLSv1.0")]
    [InlineData("-tls1_1", "ECDHE-RSA-AES256-SHA", "TLSv1.1")]
    [InlineData("-tls1_2", "AES256-SHA", "TLSv1.2")]
    [InlineData("-tls1_2", "DHE-RSA-AES128-SHA", "TLSv1.2")]
    public async Task Pages_behind_old_versions_and_suites_are_read(string version, string suite, string readOver)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Rsa(), version, "-cipher", $"{suite}:@SECLEVEL=0");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal((200, readOver), (seen.GetProperty("statusCode").GetInt32(), seen.GetProperty("readOver").GetString()));
        Assert.False(seen.GetProperty("turnedAwayWithoutCertificate").GetBoolean());
        Assert.True(seen.TryGetProperty("strictTransportSecurity", out _));
    }

    [SkippableFact]
    public async Task Where_nobody_can_the_reason_is_what_was_seen()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Rsa(), "-tls1_2", "-cipher", "ADH-AES128-SHA:@SECLEVEL=0");
        var unable = await Observing.UnableAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Contains("TLSv1.2 TLS_DH_anon_WITH_AES_128_CBC_SHA", unable.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("只会", unable.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("TLSv1.2", "on", true)]
    [InlineData("TLSv1.3", "on", true)]
    [InlineData("TLSv1.2 TLSv1.3", "on", true)]
    [InlineData("TLSv1.2 TLSv1.3", "optional", false)]
    public async Task A_refusal_for_want_of_a_certificate_is_no_page(string protocols, string verify, bool isTurnedAway)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var certificate = TestCertificates.Ecdsa();
        using var folder = new TemporaryFolder();
        var authority = folder.Write("clients.crt", certificate.CertificatePem);
        using var server = await NginxServer.StartAsync(certificate, protocols, $"ssl_verify_client {verify}; ssl_client_certificate {authority};");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal(isTurnedAway, seen.GetProperty("turnedAwayWithoutCertificate").GetBoolean());
        Assert.Equal(isTurnedAway ? 400 : 200, seen.GetProperty("statusCode").GetInt32());
        foreach (var field in new[] { "strictTransportSecurity", "contentSecurityPolicy", "xFrameOptions", "cookies", "disclosesVersion", "redirectsToHttps" })
        {
            Assert.Equal(!isTurnedAway, seen.TryGetProperty(field, out _));
        }
    }

    /// <summary>A 400 or 403 of a server that asks nobody for a certificate is an error like any other: what headers its pages have is not known.</summary>
    [SkippableFact]
    public async Task Other_refusals_are_no_page_either()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: "location = /closed { return 403; }");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port) with { Path = "/closed" });

        Assert.False(seen.GetProperty("turnedAwayWithoutCertificate").GetBoolean());
        Assert.True(seen.GetProperty("answeredWithError").GetBoolean());
        Assert.False(seen.TryGetProperty("contentSecurityPolicy", out _));
    }
}
