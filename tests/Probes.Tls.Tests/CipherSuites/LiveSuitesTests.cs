using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class LiveSuitesTests
{
    [SkippableFact]
    public async Task Nginx_shows_its_configured_order_in_few_connections()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: """
            ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:AES128-SHA;
            ssl_prefer_server_ciphers on; ssl_ecdh_curve X25519:prime256v1;
            """);
        var (suites, opened) = await SuiteOrderTests.SeenAsync(server.Port, serverName: "localhost");

        Assert.Equal(["0xC030", "0xC02F", "0xCCA8", "0x002F"], SuiteOrderTests.Offers(suites, "TLSv1.2"));
        Assert.Equal(["0x1302", "0x1303", "0x1301"], SuiteOrderTests.Offers(suites, "TLSv1.3"));
        Assert.Equal(
            (true, true, true, false, false),
            (suites.GetProperty("isWhole").GetBoolean(), suites.GetProperty("serverPrefers").GetBoolean(), suites.GetProperty("offersStaticRsa").GetBoolean(), suites.GetProperty("offersNull").GetBoolean(), suites.GetProperty("offersSm").GetBoolean()));
        Assert.Equal("dated", suites.GetProperty("weakestClass").GetString());
        Assert.InRange(opened, 10, 22);
    }

    [SkippableFact]
    public async Task Everything_openssl_has_is_found_with_its_weaknesses()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Rsa(), "-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-serverpref", "-no_tls1_3", "-dhparam", DhParameters());
        var (suites, _) = await SuiteOrderTests.SeenAsync(server.Port);

        Assert.True(suites.GetProperty("isWhole").GetBoolean(), $"{suites}");
        Assert.True(suites.GetProperty("offersNull").GetBoolean());
        Assert.True(suites.GetProperty("offersAnonymous").GetBoolean());
        Assert.False(suites.GetProperty("offersExport").GetBoolean());
        Assert.True(suites.GetProperty("serverPrefers").GetBoolean());
        Assert.Equal("unencrypted", suites.GetProperty("weakestClass").GetString());
        Assert.True(SuiteOrderTests.Offers(suites, "TLSv1.2").Count > 60);
        Assert.Equal(SuiteOrderTests.Offers(suites, "TLSv1.0"), SuiteOrderTests.Offers(suites, "TLSv1.1"));
    }

    private static string DhParameters() => Path.Combine(AppContext.BaseDirectory, "Fixtures", "dh1024.pem");
}
