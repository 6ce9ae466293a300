using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>The probes of flaws on servers people run: nothing is found where nothing is, and the handshakes behind it complete.</summary>
public sealed class LiveFlawTests
{
    private const string Weak = "ALL@SECLEVEL=0";

    [SkippableTheory]
    [InlineData("-tls1_2", "ECDHE-ECDSA-AES128-GCM-SHA256", false)]
    [InlineData("-tls1_2", "ECDHE-RSA-AES256-GCM-SHA384", true)]
    [InlineData("-tls1_2", "ECDHE-RSA-AES256-SHA384", true)]
    [InlineData("-tls1_2", "ECDHE-RSA-AES128-SHA256", true)]
    [InlineData("-tls1_2", "DHE-RSA-AES128-GCM-SHA256", true)]
    [InlineData("-tls1_2", "DHE-RSA-AES256-SHA", true)]
    [InlineData("-tls1_2", "AES256-GCM-SHA384", true)]
    [InlineData("-tls1_2", "AES128-SHA256", true)]
    [InlineData("-tls1_1", "ECDHE-RSA-AES128-SHA", true)]
    [InlineData("-tls1_1", "AES256-SHA", true)]
    [InlineData("-tls1", "ECDHE-ECDSA-AES256-SHA", false)]
    [InlineData("-tls1", "DHE-RSA-AES128-SHA", true)]
    public async Task Our_client_completes_and_takes_up_sessions(string version, string suite, bool isRsa)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(isRsa ? TestCertificates.Rsa() : TestCertificates.Ecdsa(), version, "-cipher", $"{suite}:@SECLEVEL=0");
        var seen = await Observing.SeenAsync(new ResumptionProbe(), ProbeContexts.Local(server.Port));

        Assert.Equal((true, true, true, true), (
            seen.GetProperty("ticketGiven").GetBoolean(), seen.GetProperty("ticketResumed").GetBoolean(),
            seen.GetProperty("sessionIdGiven").GetBoolean(), seen.GetProperty("sessionIdResumed").GetBoolean()));
    }

    [SkippableFact]
    public async Task A_current_server_has_none_of_them()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: $"ssl_ciphers {Weak}; ssl_session_cache shared:s:1m;");
        var seen = await AllAsync(server.Port);

        Assert.False(seen["tls.heartbleed"].GetProperty("leaks").GetBoolean());
        Assert.False(seen["tls.ccs-injection"].GetProperty("accepted").GetBoolean());
        Assert.False(seen["tls.robot"].GetProperty("oracle").GetBoolean());
        Assert.False(seen["tls.ticketbleed"].GetProperty("leaks").GetBoolean());
        Assert.False(seen["tls.cbc-padding"].GetProperty("paddingIgnored").GetBoolean());
        Assert.False(seen["tls.client-renegotiation"].GetProperty("secureAccepted").GetBoolean());
        Assert.False(seen["tls.client-renegotiation"].GetProperty("insecureAccepted").GetBoolean());
        Assert.False(seen["tls.handshake-options"].GetProperty("compression").GetBoolean());
        Assert.True(seen["tls.handshake-options"].GetProperty("secureRenegotiation").GetBoolean());
        Assert.True(seen["tls.handshake-options"].GetProperty("extendedMasterSecret").GetBoolean());
        Assert.True(seen["tls.fallback-scsv"].GetProperty("honoured").GetBoolean());
        Assert.True(seen["tls.resumption"].GetProperty("sessionIdResumed").GetBoolean());
        Assert.True(seen["tls.resumption"].GetProperty("ticketResumed").GetBoolean());
    }

    /// <summary>What the suites and the options already exclude needs no permission; what they leave open is not taken for granted.</summary>
    [SkippableTheory]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "", "tls.heartbleed tls.robot tls.cbc-padding")]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "ssl_session_tickets off;", "tls.heartbleed tls.robot tls.cbc-padding tls.ticketbleed")]
    [InlineData("AES128-SHA256:ECDHE-RSA-AES128-GCM-SHA256", "", "tls.heartbleed")]
    public async Task Without_permission_only_what_gentle_answers_exclude_is_said(string suites, string directives, string settled)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: $"ssl_ciphers {suites}; {directives}");
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        IProbe[] intrusive = [new HeartbleedProbe(), new CcsInjectionProbe(), new RobotProbe(), new CbcPaddingProbe(), new TicketbleedProbe(), new RenegotiationProbe()];

        Assert.All(intrusive, p => Assert.Null(p.ConcludeGently(endpoint, context)));

        await new CipherSuitesProbe().ObserveAsync(endpoint, context, CancellationToken.None);
        var said = intrusive.Select(p => (p.Manifest.Id, Outcome: p.ConcludeGently(endpoint, context))).Where(p => p.Outcome is not null).ToDictionary(p => p.Id, p => p.Outcome!);

        Assert.Equal(settled.Split(' ').Order(StringComparer.Ordinal), said.Keys.Order(StringComparer.Ordinal));
        Assert.All(said.Values.OfType<Observed>().SelectMany(o => o.Observations), o => Assert.DoesNotContain("true", o.Data.ToString(), StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(true, false, "-client_renegotiation")]
    [InlineData(true, true, "-client_renegotiation", "-legacy_renegotiation")]
    [InlineData(false, false)]
    public async Task Renegotiation_of_a_real_library(bool secure, bool insecure, params string[] arguments)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Rsa(), ["-tls1_2", .. arguments]);
        var seen = await Observing.SeenAsync(new RenegotiationProbe(), ProbeContexts.Local(server.Port));

        Assert.Equal((secure, insecure), (seen.GetProperty("secureAccepted").GetBoolean(), seen.GetProperty("insecureAccepted").GetBoolean()));
    }

    [SkippableTheory]
    [InlineData("-tls1_3")]
    public async Task TLS_13_alone_has_no_such_questions(string version)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var server = await OpenSslServer.StartAsync(TestCertificates.Ecdsa(), version);
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        foreach (var probe in new IProbe[] { new HeartbleedProbe(), new CcsInjectionProbe(), new RobotProbe(), new ResumptionProbe(), new HandshakeOptionsProbe() })
        {
            Assert.IsType<NotNeeded>(await probe.ObserveAsync(endpoint, context, CancellationToken.None));
        }

        var fallback = await Observing.SeenAsync(new FallbackScsvProbe(), endpoint);
        Assert.Equal(JsonValueKind.Null, fallback.GetProperty("honoured").ValueKind);
    }

    [SkippableFact]
    public async Task Without_permission_nothing_that_may_disturb_is_sent()
    {
        await using var server = new ScriptedServer(c => c.LingerAsync());
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var plan = ProbeCatalogue.Of(typeof(HeartbleedProbe).Assembly).Plan([endpoint], p => p.Manifest.Intrusiveness == Intrusiveness.Intrusive);
        var records = await new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);

        Assert.True(records.Count >= 6);
        Assert.All(records, r => Assert.Equal(FailureKind.Refused, Assert.IsType<Unable>(r.Outcome).Kind));
        Assert.Equal(0, server.Accepted);
    }

    [Fact]
    public async Task Permission_is_not_asked_for_what_a_clear_port_cannot_have()
    {
        var endpoint = ProbeContexts.Local(9) with { Protocol = EndpointProtocol.Http };
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var plan = ProbeCatalogue.Of(typeof(HeartbleedProbe).Assembly).Plan([endpoint], p => p.Manifest.Intrusiveness == Intrusiveness.Intrusive);
        var records = await new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);

        Assert.True(records.Count >= 6);
        Assert.All(records, r => Assert.IsType<NotNeeded>(r.Outcome));
    }

    private static async Task<Dictionary<string, JsonElement>> AllAsync(int port)
    {
        var endpoint = ProbeContexts.Local(port, serverName: "localhost");
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        IProbe[] probes =
        [
            new HeartbleedProbe(), new CcsInjectionProbe(), new RobotProbe(), new TicketbleedProbe(), new CbcPaddingProbe(), new RenegotiationProbe(),
            new HandshakeOptionsProbe(), new FallbackScsvProbe(), new ResumptionProbe(),
        ];
        foreach (var probe in probes)
        {
            found[probe.Manifest.Id] = Assert.Single(Assert.IsType<Observed>(await probe.ObserveAsync(endpoint, context, CancellationToken.None)).Observations).Data;
        }

        return found;
    }
}
