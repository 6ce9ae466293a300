using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>What can be wrong with the two certificates of TLCP, each told apart from the others.</summary>
public sealed class TlcpCertificatePairTests
{
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=国密根, C=CN"), ForgedKey.Sm2());
    private static readonly ForgedCertificate Sub = Root.Issue(CertificateForm.Authority("CN=国密中级, C=CN"), ForgedKey.Sm2());
    private static readonly ForgedCertificate OtherRoot = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=别家根, C=CN"), ForgedKey.Sm2());
    private static readonly ForgedCertificate RsaRoot = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=RSA Root"), ForgedKey.Rsa());
    private static readonly (ForgedKey Signing, ForgedKey Encryption) Keys = (ForgedKey.Sm2(), ForgedKey.Sm2());
    private static readonly IProbe Probe = new TlcpCertificatePairProbe();

    [Theory]
    [InlineData("good", "sent=2 inOrder=True swapped=False distinctCertificates=True distinctKeys=True sameSubject=True sameAlternativeNames=True sameIssuer=True signing.trusted=True encryption.trusted=True signing.sm2Throughout=True signing.nameMatches=True signing.allowsSigning=True signing.allowsEncryption=False encryption.allowsSigning=False encryption.allowsEncryption=True signing.keyAlgorithm=SM2")]
    [InlineData("chain sent", "sent=3 inOrder=True signing.trusted=True encryption.trusted=True")]
    [InlineData("no intermediate", "signing.trusted=False signing.openIssuer=CN=国密中级,C=CN encryption.anchored=False")]
    [InlineData("no anchors", "signing.trusted=missing encryption.trusted=missing signing.anchored=missing signing.faults=")]
    [InlineData("rsa anchors alone", "signing.trusted=missing")]
    [InlineData("swapped", "inOrder=False swapped=True")]
    [InlineData("single", "sent=1 encryption= inOrder= distinctKeys= sameSubject= signing.trusted=True")]
    [InlineData("single with its authority", "sent=2 secondIsAuthority=True encryption= inOrder= distinctCertificates= distinctKeys= sameSubject= signing.trusted=True")]
    [InlineData("same twice", "distinctCertificates=False distinctKeys=False inOrder=False swapped=False")]
    [InlineData("same key", "distinctCertificates=True distinctKeys=False inOrder=True")]
    [InlineData("signing expired", "signing.validity=expired signing.trusted=False encryption.trusted=True")]
    [InlineData("encryption expired", "encryption.validity=expired encryption.trusted=False signing.trusted=True")]
    [InlineData("other subject", "sameSubject=False sameAlternativeNames=True")]
    [InlineData("other names", "sameSubject=True sameAlternativeNames=False encryption.nameMatches=False")]
    [InlineData("other ca", "sameIssuer=False signing.trusted=True encryption.trusted=False")]
    [InlineData("wrong signing usage", "signing.allowsSigning=False signing.allowsEncryption=True inOrder=False swapped=False")]
    [InlineData("wrong encryption usage", "encryption.allowsEncryption=False encryption.allowsSigning=True inOrder=False swapped=False")]
    [InlineData("no usage", "signing.allowsSigning= signing.keyUsage= inOrder=missing")]
    [InlineData("wrong host", "signing.nameMatches=False")]
    [InlineData("self-signed", "signing.selfSigned=True signing.trusted=False signing.anchored=False")]
    [InlineData("by rsa ca", "signing.sm2Throughout=False signing.signatureAlgorithm=sha256WithRSAEncryption signing.keyAlgorithm=SM2 signing.trusted=True")]
    [InlineData("rsa pair", "signing.keyAlgorithm=RSA encryption.keyAlgorithm=RSA signing.sm2Throughout=False")]
    [InlineData("spoilt", "signing.trusted=False signing.anchored=True signing.faults.0.kind=signatureInvalid")]
    [InlineData("junk", "encryption.trusted=missing signing.trusted=True distinctKeys=missing distinctCertificates=True")]
    public async Task A_defect_shows_in_its_own_fields(string defect, string expected)
    {
        await using var server = FlightServer.Tlcp(Pair(defect));
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [Probe], [], Trust(defect)));
        foreach (var pair in System.Text.RegularExpressions.Regex.Split(expected, " (?=[a-zA-Z.0-9]+=)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            Assert.Equal(pair, $"{pair[..at]}={seen.Text(pair[..at])}");
        }
    }

    [Fact]
    public async Task A_port_without_TLCP_has_no_pair()
    {
        await using var server = FlightServer.Tls([RsaRoot.Issue(new CertificateForm(), ForgedKey.Ecdsa()).Der]);
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [Probe], []));
        Assert.Equal((null, null, null), (seen.Text("sent"), seen.Text("signing"), seen.Text("inOrder")));
    }

    [Fact]
    public async Task Revocation_lists_speak_of_both_certificates()
    {
        var now = CertificateForm.Now;
        await using var server = FlightServer.Tlcp(Pair("good"));
        var trust = Trust("good") with { RevocationLists = [new SuppliedFile("sub.crl", ForgedStatus.List(Sub, now.AddDays(-1), now.AddDays(6), [22]))] };
        var seen = Assert.Single(await FlightServer.SeenAsync(server.Port, [new CertificateStatusProbe()], [], trust));
        Assert.Equal(("good", "revoked", null), (seen.Text("signing"), seen.Text("encryption"), seen.Text("leaf")));
    }

    [Theory]
    [InlineData("tlcp-tongsuo-ecc.E013.gotlcp")]
    [InlineData("tlcp-tongsuo-all.E011.tongsuo")]
    [InlineData("tlcp-tongsuo-ecc.E053.tongsuo")]
    public async Task Captured_flights_are_read_as_honest_pairs(string name)
    {
        var flight = CapturedFlight.Load(name);
        await using var server = new ScriptedServer(async c =>
        {
            var hello = await c.ReadRecordAsync();
            await c.SendAsync(hello[1] == 1 ? flight.Bytes() : WireBytes.Alert(70));
            await c.LingerAsync();
        });
        var endpoint = ProbeContexts.Local(server.Port, serverName: "gov.test.lab");
        var at = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var anchors = flight.Certificates!.Count > 2 ? [new SuppliedFile("sub.der", Convert.FromHexString(flight.Certificates[2]))] : (SuppliedFile[])[];
        var outcome = await Probe.ObserveAsync(endpoint with { Trust = new TrustMaterial { Anchors = anchors } }, ProbeContexts.For(new KeptEvidence(), endpoint).At(at), CancellationToken.None);
        var seen = Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data;
        Assert.Equal(("True", "False", "True", "True", "True"), (seen.Text("inOrder"), seen.Text("swapped"), seen.Text("distinctKeys"), seen.Text("sameSubject"), seen.Text("signing.nameMatches")));
        Assert.Equal(anchors.Length > 0 ? "True" : "missing", seen.Text("signing.trusted"));
        Assert.Equal(anchors.Length > 0 ? "True" : "missing", seen.Text("encryption.trusted"));
    }

    private static TrustMaterial Trust(string defect) => new()
    {
        Anchors = defect switch
        {
            "no anchors" => [],
            "rsa anchors alone" => [RsaRoot.File()],
            "by rsa ca" => [Root.File(), RsaRoot.File()],
            _ => [Root.File()],
        },
        Intermediates = defect is "no intermediate" or "chain sent" ? [] : [Sub.File()],
    };

    private static IReadOnlyList<byte[]> Pair(string defect)
    {
        var (now, honest, encrypting) = (CertificateForm.Now, CertificateForm.Tlcp(signing: true), CertificateForm.Tlcp(signing: false));
        var signing = SigningForm(defect, honest, now);
        var encryption = defect switch
        {
            "encryption expired" => encrypting with { NotAfter = now.AddDays(-1) },
            "other subject" => encrypting with { Subject = "CN=other.test.lab" },
            "other names" => encrypting with { DnsNames = ["other.test.lab"] },
            "wrong encryption usage" => encrypting with { KeyUsage = honest.KeyUsage },
            "no usage" => encrypting with { KeyUsage = null },
            _ => encrypting,
        };
        if (defect == "self-signed")
        {
            return [ForgedCertificate.SelfSigned(signing, Keys.Signing).Der, ForgedCertificate.SelfSigned(encryption, Keys.Encryption).Der];
        }

        var issuer = defect == "by rsa ca" ? RsaRoot : Sub;
        var first = issuer.Issue(signing, defect == "rsa pair" ? ForgedKey.Rsa() : Keys.Signing).Der;
        var second = (defect == "other ca" ? OtherRoot : issuer).Issue(encryption, defect switch { "same key" => Keys.Signing, "rsa pair" => ForgedKey.Rsa(), _ => Keys.Encryption }).Der;
        if (defect == "rsa pair")
        {
            (first, second) = (RsaRoot.Issue(signing, ForgedKey.Rsa()).Der, RsaRoot.Issue(encryption, ForgedKey.Rsa()).Der);
        }

        return defect switch
        {
            "swapped" => [second, first],
            "single" => [first],
            "single with its authority" => [first, Sub.Der],
            "same twice" => [first, first],
            "chain sent" => [first, second, Sub.Der],
            "junk" => [first, [5, 5, 5]],
            _ => [first, second],
        };
    }

    private static CertificateForm SigningForm(string defect, CertificateForm honest, DateTimeOffset now) => defect switch
    {
        "signing expired" => honest with { NotAfter = now.AddDays(-1) },
        "wrong signing usage" => honest with { KeyUsage = X509KeyUsageFlags.KeyEncipherment },
        "no usage" => honest with { KeyUsage = null },
        "wrong host" => honest with { DnsNames = ["elsewhere.test.lab"] },
        "spoilt" => honest with { SpoilSignature = true },
        _ => honest,
    };
}
