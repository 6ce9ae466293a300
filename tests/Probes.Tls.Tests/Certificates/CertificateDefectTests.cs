using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>What can be wrong with a server certificate, each told apart from the others.</summary>
public sealed class CertificateDefectTests
{
    private static readonly ForgedKey RootKey = ForgedKey.Rsa();
    private static readonly ForgedKey SubKey = ForgedKey.Rsa();
    private static readonly ForgedKey LeafKey = ForgedKey.Rsa();
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), RootKey);
    private static readonly ForgedCertificate Sub = Root.Issue(CertificateForm.Authority("CN=Sub"), SubKey);
    private static readonly IProbe[] Probes = [new ServerCertificatesProbe(), new CertificateChainProbe(), new CertificateStatusProbe()];

    [Theory]
    [InlineData("good", "chain.trusted=True chain.faults= chain.inOrder=True chain.rootSent=False chain.intermediateMissing=False chain.openIssuer= leaf.nameMatches=True leaf.leaf.allowsServerAuth=True status.stapled=False")]
    [InlineData("expired", "chain.trusted=False chain.anchored=True chain.members.0.validity=expired chain.members.0.daysLeft=-2 chain.faults.0.kind=expired")]
    [InlineData("not yet", "chain.trusted=False chain.members.0.validity=notYetValid chain.faults.0.kind=notYetValid")]
    [InlineData("soon", "chain.trusted=True chain.members.0.daysLeft=20 chain.members.0.validity=current")]
    [InlineData("self-signed", "chain.leafSelfSigned=True chain.trusted=False chain.anchored=False chain.faults.0.kind=rootNotAnchor chain.issuers= leaf.leaf.selfSigned=True")]
    [InlineData("host", "chain.trusted=True leaf.nameMatches=False")]
    [InlineData("no san", "chain.trusted=True leaf.nameMatches=False leaf.leaf.subjectAlternativeNames=")]
    [InlineData("eku", "chain.trusted=True leaf.leaf.allowsServerAuth=False leaf.leaf.extendedKeyUsage=clientAuth")]
    [InlineData("wildcard", "chain.trusted=True leaf.nameMatches=True leaf.leaf.hasWildcard=True")]
    [InlineData("10 years", "chain.trusted=True leaf.validityDays=3650")]
    [InlineData("must-staple", "chain.trusted=True status.mustStaple=True status.stapled=False leaf.leaf.mustStaple=True")]
    [InlineData("e=3", "chain.trusted=True leaf.leaf.keyExponent=3 leaf.leaf.keyExponentIsSmall=True")]
    [InlineData("no chain", "chain.trusted=False chain.sent=1 chain.openIssuer=CN=Sub chain.intermediateMissing=missing chain.issuers=missing chain.faults.0.kind=issuerNotFound")]
    [InlineData("no chain, supplied", "chain.trusted=True chain.sent=1 chain.openIssuer= chain.intermediateMissing=True chain.path.1.source=supplied chain.path.2.source=platform")]
    [InlineData("misordered", "chain.trusted=True chain.inOrder=False chain.sent=3 chain.rootSent=True")]
    [InlineData("root sent", "chain.trusted=True chain.inOrder=True chain.rootSent=True")]
    [InlineData("unrelated", "chain.trusted=True chain.inOrder=False chain.unrelated=2 chain.repeated=False")]
    [InlineData("untrusted", "chain.trusted=False chain.anchored=False chain.intermediateMissing=False chain.faults.0.kind=rootNotAnchor chain.faults.0.position=2")]
    [InlineData("no anchors", "chain.trusted=missing chain.anchored=missing chain.faults=")]
    [InlineData("revoked", "chain.trusted=True status.leaf=revoked status.checks.0.source=suppliedList status.checks.0.answer.reason=keyCompromise")]
    [InlineData("listed good", "chain.trusted=True status.leaf=good status.issuerRevoked=missing")]
    [InlineData("issuer revoked", "status.issuerRevoked=True")]
    [InlineData("sha1", "chain.trusted=True chain.members.0.signatureHash=SHA-1 leaf.leaf.signatureAlgorithm=sha1WithRSAEncryption")]
    [InlineData("md5", "chain.trusted=True chain.members.0.signatureHash=MD5 leaf.leaf.signatureAlgorithm=md5WithRSAEncryption")]
    [InlineData("rsa 1024", "chain.trusted=True chain.members.0.keyBits=1024 leaf.leaf.keyBits=1024")]
    [InlineData("rsa 512", "chain.trusted=True leaf.leaf.keyBits=512")]
    [InlineData("issuer sha1", "chain.trusted=True chain.members.0.signatureHash=SHA-256 chain.members.1.signatureHash=SHA-1 chain.issuers.0.subject=CN=Sub chain.issuers.0.signatureHash=SHA-1 chain.issuers.1.subject=CN=Root chain.issuers.1.signatureHash= chain.issuers.1.keyBits=2048")]
    [InlineData("spoilt", "chain.trusted=False chain.anchored=True chain.faults.0.kind=signatureInvalid chain.inOrder=False chain.issuers=missing")]
    [InlineData("junk behind", "chain.trusted=True chain.inOrder=missing chain.sent=3 chain.members.2.subject=missing")]
    public async Task A_defect_shows_in_its_own_fields(string defect, string expected)
    {
        var (sent, roots, trust) = Arrange(defect);
        await using var server = FlightServer.Tls(sent);
        var seen = await FlightServer.SeenAsync(server.Port, Probes, roots, trust);
        var records = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["leaf"] = seen[0], ["chain"] = seen[1], ["status"] = seen[2] };
        foreach (var pair in System.Text.RegularExpressions.Regex.Split(expected, " (?=[a-z]+\\.)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            var (path, value) = (pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            Assert.Equal($"{path}={value}", $"{path}={records[path.Split('.')[0]].Text(path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..])}");
        }
    }

    private static (IReadOnlyList<byte[]> Sent, IReadOnlyList<ForgedCertificate> Roots, TrustMaterial Trust) Arrange(string defect)
    {
        var leaf = defect == "self-signed" ? ForgedCertificate.SelfSigned(new CertificateForm(), LeafKey) : Issuer(defect).Issue(Form(defect), Key(defect));
        var stranger = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Stranger"), LeafKey);
        IReadOnlyList<byte[]> sent = defect switch
        {
            "self-signed" or "no chain" or "no chain, supplied" => [leaf.Der],
            "misordered" => [leaf.Der, Root.Der, Sub.Der],
            "root sent" or "untrusted" or "no anchors" => [leaf.Der, Sub.Der, Root.Der],
            "unrelated" => [leaf.Der, Sub.Der, stranger.Der],
            "junk behind" => [leaf.Der, Sub.Der, [1, 2, 3]],
            _ => [leaf.Der, leaf.Issuer!.Der],
        };
        IReadOnlyList<ForgedCertificate> roots = defect switch { "untrusted" => [stranger], "no anchors" => [], _ => [Root] };
        var trust = TrustMaterial.None with { Intermediates = defect == "no chain, supplied" ? [Sub.File()] : [], RevocationLists = Lists(defect) };
        return (sent, roots, trust);
    }

    private static IReadOnlyList<SuppliedFile> Lists(string defect)
    {
        (ForgedCertificate? signer, IReadOnlyList<System.Numerics.BigInteger> serials) = defect switch
        {
            "revoked" => (Sub, [4711]),
            "listed good" => (Sub, [4712]),
            "issuer revoked" => (Root, [Sub.Form.Serial]),
            _ => ((ForgedCertificate?)null, (System.Numerics.BigInteger[])[]),
        };
        return signer is null ? [] : [new SuppliedFile("a.crl", ForgedStatus.List(signer, CertificateForm.Now.AddDays(-1), CertificateForm.Now.AddDays(6), serials))];
    }

    private static ForgedCertificate Issuer(string defect) =>
        defect == "issuer sha1" ? Root.Issue(CertificateForm.Authority("CN=Sub") with { Hash = HashAlgorithmName.SHA1 }, SubKey) : Sub;

    private static ForgedKey Key(string defect) => defect switch
    {
        "rsa 1024" => ForgedKey.Rsa(1024),
        "rsa 512" => ForgedKey.Rsa(512),
        "e=3" => ForgedKey.RsaFrom(SmallExponent),
        _ => LeafKey,
    };

    private static CertificateForm Form(string defect)
    {
        var (now, form) = (CertificateForm.Now, new CertificateForm());
        return defect switch
        {
            "expired" => form with { NotAfter = now.AddDays(-1.5) },
            "not yet" => form with { NotBefore = now.AddDays(1) },
            "soon" => form with { NotAfter = now.AddDays(20.5) },
            "host" => form with { DnsNames = ["other.test.lab"] },
            "no san" => form with { DnsNames = [], Addresses = [] },
            "eku" => form with { Purposes = ["1.3.6.1.5.5.7.3.2"] },
            "wildcard" => form with { DnsNames = ["*.test.lab"] },
            "10 years" => form with { NotAfter = form.NotBefore.AddDays(3650) },
            "must-staple" => form with { Further = [new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 5], false)] },
            "sha1" => form with { Hash = HashAlgorithmName.SHA1 },
            "md5" => form with { Hash = HashAlgorithmName.MD5 },
            "spoilt" => form with { SpoilSignature = true },
            _ => form,
        };
    }

    /// <summary>Throw-away, 1024 bits, exponent 3.</summary>
    private const string SmallExponent = """
        -----BEGIN PRIVATE KEY-----
        MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBANb1Kk0wwURCDOea
        iXa8D3eZDQIGJZqF8ZFtUts9X8aZxPccdaZAZAyvdbGRZL8SHin7itQRBfBppfHV
        97AZOc1Q+pun9j2HfQw2uGQPnvedTs9l8os/I3LzSzhEIwH2ek0NtIbMxy0BYxF7
        3iZTbUzD9BHZEsAfdygcYtj6+wPBAgEDAoGBAI9OHDN11i2BXe+8W6R9X6UQs1au
        w7xZS7ZI4ed+P9m72KS9o8Qq7V3KTnZg7dS2vsanseK2A/Wbw/aOpSAQ0TJSFIzk
        6o8g7cAmqXXPksHkL6uu1dpve7HiiYOhAZj7ymhCqFfJbB2SyeXgWW4IZhxgHdM5
        9yrskipJ0jLt4sUDAkEA964zFWewH1uOYwTV/0E1JVWWt7bKth1EjreO7khrEsPl
        g5FmmeKNxao1QTyV6ak0WrNvpmURaRcFwEaNpNQQfwJBAN4tlTsutra83Zm1XVkB
        n6Gxtyf6+OHMo5DFY+RYMWoGyyYmnITCct+KA2oba10q7dkT5Vu67lOE4u1g/vFS
        y78CQQClHsy478q/kl7sreP/gM4Y47nPzzHOvi20el9JhZy3LUOtC5m77F6Dxs4r
        fblGcM2RzPUZmLZGD1kq2bPDOAr/AkEAlB5jfMnPJH3pESOTkKu/wSEkxVH7QTMX
        tdjtQuV2Rq8yGW8TAyxMlQas8Wec6MdJO2KY59H0N63snkCp9jcyfwJBALqx+Gf5
        bRtxm/ce7nNfgGYCVnnc/z1hIpYydq4F3fYYU/cv1wmL6DdoU1QWU7ApMinwOaSB
        AQn+dD2Z1L1gKN0=
        -----END PRIVATE KEY-----
        """;
}
