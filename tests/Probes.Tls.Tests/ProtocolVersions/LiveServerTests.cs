using System.Diagnostics;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class LiveServerTests
{
    private static readonly ProtocolVersionsProbe Probe = new();

    [SkippableTheory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    [InlineData("TLSv1.2 TLSv1.3")]
    public async Task Nginx_offers_what_it_was_told_to(string protocols)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), protocols);
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, serverName: "localhost"));

        Assert.Equal(protocols, seen.Names("offered"));
        Assert.Equal(string.Empty, seen.Names("undecided"));
        Assert.False(seen.GetProperty("tlcp11").GetBoolean());
        Assert.Equal(protocols.Contains("1.3", StringComparison.Ordinal) ? "helloRetryRequest" : "alert", seen.Answer("TLSv1.3").GetProperty("answer").GetString());
    }

    [SkippableTheory]
    [InlineData("-tls1", "TLSv1.0")]
    [InlineData("-tls1_1", "TLSv1.1")]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_3", "TLSv1.3")]
    [InlineData("-no_tls1_3", "TLSv1.0 TLSv1.1 TLSv1.2")]
    public async Task Old_versions_are_found(string argument, string offered)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Ecdsa(), argument, "-cipher", "DEFAULT@SECLEVEL=0");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal(offered, seen.Names("offered"));
        Assert.Equal(offered, seen.Names("confirmed"));
    }

    [SkippableFact]
    public async Task A_server_that_wants_a_client_certificate_is_read_like_any_other()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var certificate = TestCertificates.Ecdsa();
        using var folder = new TemporaryFolder();
        var authority = folder.Write("clients.crt", certificate.CertificatePem);
        using var server = await NginxServer.StartAsync(certificate, directives: $"ssl_verify_client on; ssl_client_certificate {authority};");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port));

        Assert.Equal("TLSv1.2 TLSv1.3", seen.Names("offered"));
    }

    [SkippableFact]
    public async Task A_server_that_rejects_every_name_leaves_versions_undecided()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: "ssl_reject_handshake on;");
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, serverName: "wrong.test.lab"));

        Assert.Null(seen.Names("offered"));
        Assert.Equal(string.Empty, seen.Names("confirmed"));
        Assert.Equal("unrecognized_name", seen.Answer("TLSv1.2").GetProperty("alert").GetString());
        Assert.False(seen.TryGetProperty("tls10", out _));
    }

    [SkippableFact]
    public async Task The_probes_share_their_handshakes()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa());
        var endpoint = ProbeContexts.Local(server.Port, serverName: "localhost");
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var catalogue = ProbeCatalogue.Of(typeof(ProtocolVersionsProbe).Assembly);
        var clock = Stopwatch.StartNew();
        string[] three = ["tls.http-security-headers", "tls.protocol-versions", "tls.server-certificates"];
        var plan = catalogue.Plan([endpoint], p => three.Contains(p.Manifest.Id));
        var records = await new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);
        var elapsed = clock.Elapsed;

        Assert.Equal(three, records.Select(r => r.ProbeId));
        Assert.All(records, r => Assert.IsType<Observed>(r.Outcome));

        Assert.InRange(((SocketDialer)context.Dialer).Opened, 1, 90);
        Assert.True(elapsed < TimeSpan.FromSeconds(20), $"{elapsed}");
    }
}
