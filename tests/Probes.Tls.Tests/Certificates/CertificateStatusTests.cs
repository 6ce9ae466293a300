using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class CertificateStatusTests
{
    private static readonly DateTimeOffset Now = CertificateForm.Now;
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), ForgedKey.Rsa());
    private static readonly ForgedCertificate Other = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), ForgedKey.Rsa());
    private static readonly ForgedKey LeafKey = ForgedKey.Ecdsa();
    private static readonly ForgedCertificate Leaf = Root.Issue(new CertificateForm(), LeafKey);

    [Theory]
    [InlineData("good", "good", "True", null)]
    [InlineData("revoked", "revoked", "True", null)]
    [InlineData("unknown", "unknown", "True", null)]
    [InlineData("stale", "missing", "False", "应答不在其有效期内")]
    [InlineData("another certificate", "missing", "False", "OCSP 应答里没有这张证书")]
    [InlineData("another signer", "missing", "False", "应答的签名无效")]
    [InlineData("weak", "missing", "False", "应答或其签名者的证书用 SHA-1 签名")]
    [InlineData("junk", "missing", null, "DER")]
    public async Task A_staple_counts_where_it_is_about_this_certificate_signed_and_current(string staple, string state, string? counts, string? note)
    {
        var (from, to) = staple == "stale" ? (Now.AddDays(-9), Now.AddDays(-2)) : (Now.AddDays(-1), Now.AddDays(6));
        var about = staple == "another certificate" ? Root.Issue(new CertificateForm { Serial = 5 }, LeafKey) : Leaf;
        var signer = staple == "another signer" ? Other : Root;
        var response = staple == "junk" ? [1, 2, 3] : ForgedStatus.Response(about, signer, staple switch { "revoked" => 1, "unknown" => 2, _ => 0 }, from, to, staple == "weak" ? HashAlgorithmName.SHA1 : null);
        await using var server = FlightServer.Tls([Leaf.Der, Root.Der], response);
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [new CertificateStatusProbe()], [Root]));
        Assert.Equal((state, "True"), (seen.Text("leaf"), seen.Text("stapled")));
        Assert.Equal(counts ?? "missing", seen.Text("staple.counts"));
        Assert.StartsWith(note ?? "", seen.Text("checks.0.note") ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, "good", "responder")]
    [InlineData(true, false, "good", "fetchedList")]
    [InlineData(false, true, "missing", "responder")]
    [InlineData(false, false, "missing", "fetchedList")]
    public async Task Responders_and_lists_are_asked_where_they_are_in_scope_and_nowhere_else(bool inScope, bool responder, string state, string source)
    {
        var asked = 0;
        await using var authority = new ScriptedServer(async c =>
        {
            Interlocked.Increment(ref asked);
            var request = new byte[4096];
            var read = await c.Stream.ReadAsync(request, c.Stop);
            var isPost = Encoding.ASCII.GetString(request, 0, read).StartsWith("POST", StringComparison.Ordinal);
            var body = isPost ? ForgedStatus.Response(Target(c.Number, responder), Root, 0, Now.AddDays(-1), Now.AddDays(6)) : ForgedStatus.List(Root, Now.AddDays(-1), Now.AddDays(6), [1]);
            await c.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
            await c.LingerAsync();
        });
        var leaf = Pointing(authority.Port, responder);
        await using var server = FlightServer.Tls([leaf.Der]);
        Endpoint[] more = inScope ? [new Endpoint { Id = "ca", Host = "127.0.0.1", Port = authority.Port, Protocol = EndpointProtocol.Http }] : [];
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [new CertificateStatusProbe()], [Root], alsoInScope: more));
        Assert.Equal((state, source, "True"), (seen.Text("leaf"), seen.Text("checks.0.source"), seen.Text("namesSource")));
        Assert.Equal(inScope ? 1 : 0, asked);
        Assert.Equal(!inScope, seen.Text("checks.0.note")?.Contains("不在 candidate.yaml 列出的范围内", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "HTTP 状态码 404")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "DER")]
    [InlineData("SSH-2.0-x\r\n\r\n", "HTTP 应答不是")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabc", "HTTP 应答没有结束")]
    public async Task A_responder_that_talks_nonsense_is_noted(string answer, string note)
    {
        await using var authority = new ScriptedServer(async c =>
        {
            var read = await c.Stream.ReadAsync(new byte[4096], c.Stop);
            Assert.True(read > 0);
            await c.SendAsync(Encoding.ASCII.GetBytes(answer));
        });
        await using var server = FlightServer.Tls([Pointing(authority.Port, responder: true).Der]);
        var seen = Assert.Single(await FlightServer.SeenAsync(
            server.Port, [new CertificateStatusProbe()], [Root], alsoInScope: [new Endpoint { Id = "ca", Host = "127.0.0.1", Port = authority.Port, Protocol = EndpointProtocol.Http }]));
        Assert.Equal("missing", seen.Text("leaf"));
        Assert.StartsWith(note, seen.Text("checks.0.note"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Openssl_staples_and_its_staple_is_read(string version)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("staple.der"), ForgedStatus.Response(Leaf, Root, 0, Now.AddDays(-1), Now.AddDays(6)));
        using var server = await OpenSslServer.StartAsync(Leaf.With(), version, "-status_file", folder.File("staple.der"));
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [new CertificateStatusProbe()], [Root]));
        Assert.Equal(("good", "True", "True"), (seen.Text("leaf"), seen.Text("stapled"), seen.Text("staple.counts")));
    }

    [SkippableTheory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Nginx_chains_are_followed_in_every_version(string protocols)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var sub = Root.Issue(CertificateForm.Authority("CN=Sub"), ForgedKey.Ecdsa());
        var leaf = sub.Issue(new CertificateForm(), LeafKey);
        using var server = await NginxServer.StartAsync(leaf.With(sub, Root), protocols);
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [new CertificateChainProbe()], [], new TrustMaterial { Anchors = [Root.File()] }));
        Assert.Equal(("3", "True", "True", "True", "candidate"), (seen.Text("sent"), seen.Text("inOrder"), seen.Text("rootSent"), seen.Text("trusted"), seen.Text("path.2.source")));
        Assert.Equal("CN=Root.der（1 张）", seen.Text("anchorSources"));
    }

    private static ForgedCertificate Pointing(int port, bool responder)
    {
        var uri = Encoding.ASCII.GetBytes($"http://127.0.0.1:{port}/");
        byte[] access = [0x30, (byte)(uri.Length + 14), 0x30, (byte)(uri.Length + 12), 6, 8, 0x2B, 6, 1, 5, 5, 7, 0x30, 1, 0x86, (byte)uri.Length, .. uri];
        byte[] points = [0x30, (byte)(uri.Length + 8), 0x30, (byte)(uri.Length + 6), 0xA0, (byte)(uri.Length + 4), 0xA0, (byte)(uri.Length + 2), 0x86, (byte)uri.Length, .. uri];
        return Root.Issue(new CertificateForm { Further = [responder ? new X509Extension("1.3.6.1.5.5.7.1.1", access, false) : new X509Extension("2.5.29.31", points, false)] }, LeafKey);
    }

    private static ForgedCertificate Target(int number, bool responder) => Root.Issue(new CertificateForm { Serial = number > 0 && responder ? 4711 : 0 }, LeafKey);
}
