using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class HttpSecurityHeadersTests
{
    private static readonly TestCertificate TestCertificate = TestCertificates.Ecdsa();

    private static readonly HttpSecurityHeadersProbe Probe = new();

    [SkippableTheory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Headers_are_read_over_tls(string protocols)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Expired(), protocols, """
            add_header Strict-Transport-Security 'max-age=31536000; includeSubDomains; preload' always;
            add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none' https://a.gov.cn" always;
            add_header X-Frame-Options DENY always;
            add_header X-Content-Type-Options nosniff always;
            add_header Set-Cookie 'session=s3cr3t-value; Path=/; Secure; HttpOnly; SameSite=lax' always;
            add_header Set-Cookie 'theme=dark' always;
            """);
        var evidence = new KeptEvidence();
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port), evidence);

        Assert.Equal(200, seen.GetProperty("statusCode").GetInt32());
        Assert.True(seen.GetProperty("overTls").GetBoolean());
        Assert.Equal(31536000, seen.GetProperty("strictTransportSecurity").GetProperty("maxAge").GetInt64());
        Assert.True(seen.GetProperty("strictTransportSecurity").GetProperty("includeSubDomains").GetBoolean());
        Assert.Equal("'none' https://a.gov.cn", seen.Names("frameAncestors"));
        Assert.Equal("DENY", seen.GetProperty("xFrameOptions").GetString());
        Assert.Equal("nosniff", seen.GetProperty("xContentTypeOptions").GetString());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("referrerPolicy").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("redirectsTo").ValueKind);
        Assert.True(seen.GetProperty("disclosesVersion").GetBoolean());
        Assert.Equal(
            """[{"name":"session","secure":true,"httpOnly":true,"sameSite":"Lax","note":"session（Secure 有，HttpOnly 有，SameSite Lax）"},{"name":"theme","secure":false,"httpOnly":false,"sameSite":null,"note":"theme（Secure 无，HttpOnly 无，SameSite 无）"}]""",
            seen.GetProperty("cookies").GetRawText());
        var head = Encoding.Latin1.GetString(Assert.Single(evidence.Files).Value);
        Assert.DoesNotContain("s3cr3t", head, StringComparison.Ordinal);
        Assert.Contains("session=***; Path=/; Secure", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-AspNet-Version: 4.0.30319", "X-AspNet-Version: 4.0.30319")]
    [InlineData("X-Generator: Some CMS 5.2", "X-Generator: Some CMS 5.2")]
    [InlineData("Via: 1.1 squid/3.1", "Via: 1.1 squid/3.1")]
    [InlineData("Via: HTTP/1.1 front, 1.0 back (proxy/2.4)", "Via: HTTP/1.1 front, 1.0 back (proxy/2.4)")]
    [InlineData("Via: 1.1 front, HTTP/2 back", null)]
    [InlineData("Server: nginx", null)]
    public void Every_field_that_tells_a_version_is_named(string field, string? told)
    {
        var read = HeaderReading.Read(ResponseHead.Parse(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{field}\r\n\r\n")), new Uri("https://a.gov.cn/"), _ => true);
        Assert.Equal(told is null ? [] : [told], read.DisclosedVersions.Value);
        Assert.Equal(told is not null, read.DisclosesVersion.Value);
    }

    /// <summary>Clients take one or the other; the one without TLS is the one to fear.</summary>
    [Fact]
    public void Of_two_addresses_the_clear_one_counts()
    {
        var head = ResponseHead.Parse("HTTP/1.1 301 Moved\r\nLocation: https://a.gov.cn/\r\nLocation: http://b.example.cn/\r\n\r\n"u8.ToArray());
        var read = HeaderReading.Read(head, new Uri("http://a.gov.cn/"), h => h == "a.gov.cn");
        Assert.Equal((false, false), (read.RedirectsToHttps.Value, read.RedirectsToNamedHost.Value));
    }

    [SkippableFact]
    public async Task A_plain_http_endpoint_that_redirects_is_recorded_and_not_followed()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(
            TestCertificates.Ecdsa(), directives: "return 301 https://portal.gov.cn/login?token=abc;", tls: false);
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Http));

        Assert.Equal("https://portal.gov.cn/login", seen.GetProperty("redirectsTo").GetString());
        Assert.True(seen.GetProperty("redirectsToHttps").GetBoolean());
        Assert.False(seen.GetProperty("redirectsToNamedHost").GetBoolean());
        Assert.False(seen.GetProperty("overTls").GetBoolean());
    }

    [SkippableFact]
    public async Task Compression_under_TLS_is_a_fact_and_in_clear_none()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        const string compressed = "gzip on; gzip_min_length 1; gzip_types *; default_type text/html; location /long { return 200 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; }";
        using var server = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: compressed);
        using var plain = await NginxServer.StartAsync(TestCertificates.Ecdsa(), directives: compressed, tls: false);
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port) with { Path = "/long" });
        var clear = await Observing.SeenAsync(Probe, ProbeContexts.Local(plain.Port, EndpointProtocol.Http) with { Path = "/long" });

        Assert.Equal(("gzip", true), (seen.GetProperty("contentEncoding").GetString(), seen.GetProperty("compressedUnderTls").GetBoolean()));
        Assert.Equal(("gzip", JsonValueKind.Null), (clear.GetProperty("contentEncoding").GetString(), clear.GetProperty("compressedUnderTls").ValueKind));
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK", "1.0")]
    [InlineData("HTTP/1.1 200", "1.1")]
    public void The_version_of_HTTP_is_read(string status, string version)
    {
        var head = ResponseHead.Parse(Encoding.ASCII.GetBytes($"{status}\nServer: \u00b7\n\n"));

        Assert.Equal(version, HeaderReading.Read(head, new Uri("https://a.gov.cn/"), _ => true).HttpVersion.Value);
    }

    [Theory]
    [InlineData(true, true, true, "img-src 'self'")]
    [InlineData(false, false, false, "default-src 'self'")]
    [InlineData(true, false, false, "default-src 'self' 'unsafe-inline'")]
    [InlineData(false, true, true, "default-src 'none'; script-src https: 'unsafe-eval'")]
    [InlineData(false, false, false, "script-src 'unsafe-inline' 'nonce-abc' *.gov.cn")]
    [InlineData(false, false, false, "Script-Src 'unsafe-inline' 'strict-dynamic' * 'sha256-x'")]
    [InlineData(false, false, false, "script-src *", "script-src 'self'")]
    [InlineData(true, false, true, "script-src 'unsafe-inline' *, img-src *")]
    public void A_policy_is_read_as_browsers_do(bool inline, bool eval, bool anywhere, params string[] policies)
    {
        var read = ContentPolicies.Of(policies)!;

        Assert.Equal((inline, eval, anywhere), (read.AllowsInlineScripts, read.AllowsEval, read.AllowsScriptsFromAnywhere));
        Assert.Null(ContentPolicies.Of(["", " , "]));
    }

    [Theory]
    [InlineData("https://127.0.0.1/", true)]
    [InlineData("https://127.0.0.1:8443/login", true)]
    [InlineData("/login", true)]
    [InlineData("https://PORTAL.example.cn./", true)]
    [InlineData("https://xn--fiqs8s.example.cn/", true)]
    [InlineData("https://other.example.cn/", true)]
    [InlineData("https://portal.example.cn.evil.example/", false)]
    [InlineData("https://127.0.0.1@evil.example/", false)]
    [InlineData("https://www.portal.example.cn/", false)]
    [InlineData("//elsewhere.example.cn/", false)]
    public async Task A_redirection_leads_to_a_host_of_the_candidate_or_elsewhere(string location, bool isNamed)
    {
        await using var server = Answering($"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n");
        var endpoint = ProbeContexts.Local(server.Port, EndpointProtocol.Http);
        var others = new[] { ("a", "10.0.0.1", "portal.example.cn"), ("b", "中国.example.cn", null), ("c", "other.example.cn", null) };
        var context = ProbeContexts.For(new KeptEvidence(), [endpoint, .. others.Select(o => new Endpoint { Id = o.Item1, Host = o.Item2, Port = 443, ServerName = o.Item3 })]);
        var seen = Assert.Single(Assert.IsType<Observed>(await Probe.ObserveAsync(endpoint, context, CancellationToken.None)).Observations).Data;

        Assert.Equal(isNamed, seen.GetProperty("redirectsToNamedHost").GetBoolean());
    }

    /// <summary>Protocol tls puts the rules about pages out of force, so that it is looked at whether there are any.</summary>
    [SkippableFact]
    public async Task A_page_behind_what_is_called_plain_tls_is_read_all_the_same()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Ecdsa());
        var seen = await Observing.SeenAsync(Probe, ProbeContexts.Local(server.Port, EndpointProtocol.Tls));

        Assert.True(seen.GetProperty("overTls").GetBoolean());
    }

    [SkippableTheory]
    [InlineData("220 mail.example.cn ESMTP\r\n")]
    [InlineData("")]
    public async Task What_answers_no_page_over_tls_is_no_page(string greeting)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(TestCertificate.CertificatePem, TestCertificate.KeyPem);
        await using var server = new ScriptedServer(async c =>
        {
            await using var tls = new System.Net.Security.SslStream(c.Stream);
            await tls.AuthenticateAsServerAsync(new System.Net.Security.SslServerAuthenticationOptions { ServerCertificate = certificate }, c.Stop);
            await tls.WriteAsync(Encoding.ASCII.GetBytes(greeting), c.Stop);
            _ = await tls.ReadAsync(new byte[4096], c.Stop);
        });
        var endpoint = ProbeContexts.Local(server.Port, EndpointProtocol.Tls);

        Assert.IsType<NotNeeded>(await Probe.ObserveAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None));
    }

    /// <summary>204 where it came, 200 where it did not.</summary>
    [SkippableTheory]
    [InlineData(true, "127.0.0.1", null)]
    [InlineData(false, "127.0.0.1", "信任锚")]
    [InlineData(true, "elsewhere.example.cn", "没有名称")]
    public async Task The_authorization_is_sent_to_a_server_that_proved_who_it_is_alone(bool anchored, string name, string? doubt)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificate, directives: "if ($http_authorization = \"Bearer topsecret-token\") { return 204; }");
        var trust = new TrustMaterial { Anchors = anchored ? [new SuppliedFile("own.pem", Encoding.ASCII.GetBytes(TestCertificate.CertificatePem))] : [] };
        var endpoint = ProbeContexts.Local(server.Port, serverName: name) with { Authorization = new Secret("Bearer topsecret-token", "env:TOKEN"), Trust = trust };
        if (doubt is null)
        {
            Assert.Equal(204, (await Observing.SeenAsync(Probe, endpoint)).GetProperty("statusCode").GetInt32());
            return;
        }

        var unable = await Observing.UnableAsync(Probe, endpoint);
        Assert.Equal(FailureKind.Refused, unable.Kind);
        Assert.Contains(doubt, unable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", unable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authorization_is_never_sent_in_clear()
    {
        await using var server = Answering("HTTP/1.1 200 OK\r\n\r\n");
        var endpoint = ProbeContexts.Local(server.Port, EndpointProtocol.Http) with { Authorization = new Secret("Bearer topsecret-token", "env:TOKEN") };

        Assert.Equal(FailureKind.Refused, (await Observing.UnableAsync(Probe, endpoint)).Kind);
        Assert.Equal(0, server.Accepted);
    }

    [Fact]
    public async Task The_authorization_goes_onto_the_wire_and_nowhere_else()
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(TestCertificate.CertificatePem, TestCertificate.KeyPem);
        var asked = new TaskCompletionSource<string>();
        await using var server = new ScriptedServer(async c =>
        {
            await using var tls = new System.Net.Security.SslStream(c.Stream);
            await tls.AuthenticateAsServerAsync(new System.Net.Security.SslServerAuthenticationOptions { ServerCertificate = certificate }, c.Stop);
            var buffer = new byte[4096];
            var read = await tls.ReadAsync(buffer, c.Stop);
            var request = Encoding.ASCII.GetString(buffer, 0, read);
            asked.TrySetResult(request);
            await tls.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nX-Powered-By: topsecret-token\r\n\r\nbody"), c.Stop);
        });
        var secret = new Secret("Bearer topsecret-token", "env:TOKEN");
        var redactor = new Redactor([secret]);
        var evidence = new KeptEvidence(redactor);
        var endpoint = ProbeContexts.Local(server.Port) with
        {
            Authorization = secret, Path = "/a b?q=1", Trust = new TrustMaterial { Anchors = [new SuppliedFile("own.pem", Encoding.ASCII.GetBytes(TestCertificate.CertificatePem))] },
        };
        var outcome = await Probe.ObserveAsync(endpoint, ProbeContexts.For(evidence, redactor, endpoint), CancellationToken.None);
        var request = await asked.Task;

        Assert.Contains("GET /a%20b?q=1 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer topsecret-token\r\n", request, StringComparison.Ordinal);
        var seen = Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data.GetRawText();
        Assert.DoesNotContain("topsecret", seen, StringComparison.Ordinal);
        Assert.Contains("\"statusCode\":200", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", Encoding.Latin1.GetString(evidence.Files.Single().Value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-x\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("HTTP/1.1 099 x\r\n\r\n")]
    public void What_is_no_http_is_said_to_be_none(string head) =>
        Assert.Throws<UnableException>(() => ResponseHead.Parse(Encoding.ASCII.GetBytes(head)));

    [Fact]
    public async Task Heads_have_caps()
    {
        static Task<ResponseHead> ReadAsync(string text) => ResponseHead.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), CancellationToken.None);
        var manyFields = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 201)) + "\r\n";
        var longHead = "HTTP/1.1 200 OK\r\nA: " + new string('x', ResponseHead.MaxBytes) + "\r\n\r\n";
        var interims = string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 20)) + "HTTP/1.1 200 OK\r\n\r\n";

        await Assert.ThrowsAsync<UnableException>(() => ReadAsync(manyFields));
        await Assert.ThrowsAsync<UnableException>(() => ReadAsync(longHead));
        await Assert.ThrowsAsync<UnableException>(() => ReadAsync(interims));
        await Assert.ThrowsAsync<UnableException>(() => ReadAsync("HTTP/1.1 200 OK\r\nA: b"));
        Assert.Equal("b c", (await ReadAsync("HTTP/1.1 200 OK\nA: b\n c\n\nbody")).Value("a"));
    }

    [Fact]
    public void Mutated_heads_never_throw_anything_else()
    {
        var seeded = new SeededBytes(11);
        var original = Encoding.ASCII.GetBytes(
            "HTTP/1.1 302 Found\r\nLocation: //x/y?z\r\nSet-Cookie: a=b; SameSite=None; Secure\r\nStrict-Transport-Security: max-age=\"1\"\r\nContent-Security-Policy: frame-ancestors\r\n\r\n");
        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                var read = HeaderReading.Read(ResponseHead.Parse(seeded.Mutate(original)), new Uri("https://a/"), _ => true);
                Assert.InRange(read.StatusCode, 100, 599);
            }
            catch (UnableException)
            {
                // A head that is none is said to be none.
            }
        }
    }

    [Theory]
    [InlineData("max-age=31536000", 31536000, false)]
    [InlineData("MAX-AGE=\"60\" ; INCLUDESUBDOMAINS", 60, true)]
    [InlineData("includeSubDomains", null, false)]
    [InlineData("max-age=-1", null, false)]
    [InlineData("", null, false)]
    public void Strict_transport_security_is_read_as_rfc_6797_says(string value, int? maxAge, bool includeSubDomains)
    {
        var read = HeaderReading.Hsts([value, "max-age=5"]);

        Assert.Equal(maxAge, read?.MaxAge);
        Assert.Equal(includeSubDomains, read?.IncludeSubDomains ?? false);
    }

    private static ScriptedServer Answering(string answer) => new(async c =>
    {
        _ = await c.Stream.ReadAsync(new byte[4096], c.Stop);
        await c.SendAsync(Encoding.ASCII.GetBytes(answer));
    });
}
