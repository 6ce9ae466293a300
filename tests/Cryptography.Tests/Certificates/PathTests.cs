using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class PathTests
{
    private static readonly IReadOnlyList<ForgedKey> Keys = ForgedChains.Keys;
    private readonly ForgedCertificate _root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), Keys[0]);
    private readonly ForgedCertificate _sub;
    private readonly ForgedCertificate _leaf;

    public PathTests()
    {
        _sub = _root.Issue(CertificateForm.Authority("CN=Sub", pathLength: 0), Keys[1]);
        _leaf = _sub.Issue(new CertificateForm(), Keys[2]);
    }

    [Fact]
    public void A_chain_is_followed_whatever_the_order_and_whatever_else_was_sent()
    {
        var stranger = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Stranger"), Keys[5]);
        foreach (var sent in new ForgedCertificate[][] { [_leaf, _sub], [_leaf, _root, _sub], [_leaf, stranger, _sub, _leaf, stranger] })
        {
            var path = ForgedChains.Find(_leaf, sent, [_root]);
            Assert.True(path.IsTrusted, path.Faults());
            Assert.Equal(["CN=gov.test.lab,O=SmartCity Lab,C=CN", "CN=Sub", "CN=Root"], path.Certificates.Select(c => c.Subject.Text));
        }
    }

    [Fact]
    public void A_missing_intermediate_is_named_and_a_supplied_one_closes_the_gap()
    {
        var open = ForgedChains.Find(_leaf, [_leaf], [_root]);
        Assert.Equal((false, false, "IssuerNotFound@0"), (open.IsTrusted, open.ReachesAnchor, open.Faults()));
        Assert.True(ForgedChains.Find(_leaf, [_leaf], [_root], [_sub]).IsTrusted);
    }

    [Fact]
    public void Without_the_root_the_path_ends_at_a_self_signed_certificate_nobody_vouches_for()
    {
        var path = ForgedChains.Find(_leaf, [_leaf, _sub, _root], []);
        Assert.Equal((false, false, "RootNotAnchor@2"), (path.IsTrusted, path.ReachesAnchor, path.Faults()));
    }

    [Fact]
    public void An_intermediate_and_a_leaf_may_be_anchors_where_somebody_says_so()
    {
        Assert.True(ForgedChains.Find(_leaf, [_leaf], [_sub]).IsTrusted);
        Assert.True(ForgedChains.Find(_leaf, [_leaf], [_leaf]).IsTrusted);
    }

    [Fact]
    public void A_cross_signed_intermediate_is_trusted_by_whichever_root_is_known()
    {
        var other = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Other Root"), Keys[3]);
        var crossed = other.Issue(CertificateForm.Authority("CN=Sub"), Keys[1]);
        var expired = _root.Issue(CertificateForm.Authority("CN=Sub") with { NotAfter = ForgedChains.Now.AddDays(-1) }, Keys[1]);
        Assert.True(ForgedChains.Find(_leaf, [_leaf, _sub, crossed], [other]).IsTrusted);
        Assert.True(ForgedChains.Find(_leaf, [_leaf, crossed, _sub], [_root]).IsTrusted);
        Assert.True(ForgedChains.Find(_leaf, [_leaf, expired, crossed], [_root, other]).IsTrusted);
    }

    [Fact]
    public void Circles_end()
    {
        var a = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=A"), Keys[0]);
        var b = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=B"), Keys[1]);
        var (aByB, bByA) = (b.Issue(CertificateForm.Authority("CN=A"), Keys[0]), a.Issue(CertificateForm.Authority("CN=B"), Keys[1]));
        var leaf = a.Issue(new CertificateForm(), Keys[2]);
        var path = ForgedChains.Find(leaf, [leaf, aByB, bByA], [_root]);
        Assert.False(path.IsTrusted);
        Assert.Equal(3, path.Certificates.Count);
    }

    [Fact]
    public void A_crowd_of_namesakes_is_cut_and_then_nothing_is_decided()
    {
        var crowd = Enumerable.Range(0, 60).Select(i => _root.Issue(CertificateForm.Authority("CN=Sub") with { Serial = 100 + i, NotAfter = ForgedChains.Now.AddDays(-1) }, Keys[1])).ToList();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var path = ForgedChains.Find(_leaf, [_leaf, .. crowd], [_root]);
        Assert.Null(path.IsTrusted);
        Assert.True(path.SearchWasCut);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Long_keys_under_one_name_are_not_checked_against_each_other_for_ever()
    {
        var key = ForgedKey.Ecdsa();
        var modulus = new TestKit.SeededBytes(1).Take(2048);
        modulus[0] = 0x70;
        modulus[^1] |= 1;
        var certificates = Enumerable.Range(0, 32).Select(i =>
        {
            modulus[1] = (byte)i;
            using var rsa = System.Security.Cryptography.RSA.Create(new System.Security.Cryptography.RSAParameters { Modulus = [0x7F, .. modulus.Skip(1)], Exponent = [0xFF, 0xFF, 0xFF, 0xFB] });
            return ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=A") with { Serial = i + 1 }, key.WithSpki(rsa.ExportSubjectPublicKeyInfo(), Keys[0]));
        }).ToList();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEqual(true, ForgedChains.Find(certificates[0], certificates, [_root]).IsTrusted);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    public static TheoryData<string, string> LeafAndIssuerFaults => new()
    {
        { "expired", "Expired@0" }, { "not yet", "NotYetValid@0" }, { "spoilt", "SignatureInvalid@0" }, { "critical", "CriticalExtensionUnknown@0" },
        { "issuer expired", "Expired@1" }, { "issuer no ca", "IssuerNotCa@1" }, { "issuer v1", "IssuerNotCa@1" }, { "issuer usage", "IssuerMayNotSign@1" },
        { "issuer purpose", "PurposeNotAllowed@1" }, { "issuer length", "PathTooLong@2" }, { "name", "NameForbidden@0" }, { "other name", "NameUndecided@0" },
        { "broken constraints", "IssuerNotCa@1 ExtensionUnreadable@1" },
    };

    [Theory]
    [MemberData(nameof(LeafAndIssuerFaults))]
    public void Every_fault_is_named_at_its_place(string defect, string faults)
    {
        var now = ForgedChains.Now;
        var ca = CertificateForm.Authority("CN=Sub");
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root", defect == "issuer length" ? 0 : null), Keys[0]);
        var sub = root.Issue(
            defect switch
            {
                "issuer expired" => ca with { NotAfter = now.AddDays(-1) },
                "issuer no ca" => ca with { IsCa = false },
                "issuer v1" => ca with { Version = 1 },
                "issuer usage" => ca with { KeyUsage = X509KeyUsageFlags.CrlSign },
                "issuer purpose" => ca with { Purposes = ["1.3.6.1.5.5.7.3.2"] },
                "name" => ca with { Further = [Constraints(0xA0, 0x82, "gov.cn"u8)] },
                "other name" => ca with { Further = [Constraints(0xA0, 0x88, [42, 3])] },
                "broken constraints" => ca with { IsCa = null, Further = [new X509Extension("2.5.29.19", [0x04, 0], true)] },
                _ => ca,
            },
            Keys[1]);
        var form = defect switch
        {
            "expired" => new CertificateForm { NotAfter = now.AddDays(-1) },
            "not yet" => new CertificateForm { NotBefore = now.AddDays(1) },
            "spoilt" => new CertificateForm { SpoilSignature = true },
            "critical" => new CertificateForm { Further = [new X509Extension("1.2.3.4", [5, 0], true)] },
            "other name" => new CertificateForm { DnsNames = [], Addresses = [], Further = [new X509Extension("2.5.29.17", [0x30, 4, 0x88, 2, 42, 3], false)] },
            _ => new CertificateForm(),
        };
        var leaf = sub.Issue(form, Keys[2]);
        var middle = defect == "issuer length" ? root.Issue(CertificateForm.Authority("CN=Sub"), Keys[1]) : sub;
        var path = ForgedChains.Find(leaf, [leaf, middle], [root]);
        if (defect == "issuer length")
        {
            Assert.Equal("PathTooLong@2", path.Faults());
        }
        else
        {
            Assert.Equal(string.Join(' ', faults.Split(' ').Order(StringComparer.Ordinal)), string.Join(' ', path.Faults().Split(' ').Order(StringComparer.Ordinal)));
        }

        Assert.Equal(defect == "other name" ? null : false, path.IsTrusted);
    }

    [Fact]
    public void Sm2_chains_are_followed_like_all_others()
    {
        var (rootKey, subKey, leafKey) = (ForgedKey.Sm2(), ForgedKey.Sm2(), ForgedKey.Sm2());
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=国密根, C=CN"), rootKey);
        var sub = root.Issue(CertificateForm.Authority("CN=国密中级, C=CN"), subKey);
        var leaf = sub.Issue(CertificateForm.Tlcp(signing: true), leafKey);
        Assert.True(ForgedChains.Find(leaf, [leaf, sub], [root]).IsTrusted);
        var spoilt = sub.Issue(CertificateForm.Tlcp(signing: true) with { SpoilSignature = true }, leafKey);
        Assert.Equal("SignatureInvalid@0", ForgedChains.Find(spoilt, [spoilt, sub], [root]).Faults());
        var byRsa = _root.Issue(CertificateForm.Tlcp(signing: true), leafKey);
        Assert.True(ForgedChains.Find(byRsa, [byRsa], [_root]).IsTrusted);
    }

    [Fact]
    public void Captured_certificates_of_a_foreign_authority_verify_and_changed_ones_do_not()
    {
        var presented = CertificateBundle.Read(File.ReadAllBytes(Fixture.Path("tlcp-presented.pem"))).Certificates;
        Assert.Equal(3, presented.Count);
        var at = presented[0].NotBefore!.Value.AddDays(1);
        foreach (var leaf in presented.Take(2))
        {
            var path = CertificatePath.Find(new PathQuestion { Leaf = leaf, Presented = presented, Anchors = [presented[2]], At = at });
            Assert.True(path.IsTrusted, path.Faults());
            var changed = leaf.Der.ToArray();
            changed[^1] ^= 1;
            var spoilt = CertificatePath.Find(new PathQuestion { Leaf = ForgedChains.Read(changed), Anchors = [presented[2]], At = at });
            Assert.Equal("SignatureInvalid@0", spoilt.Faults());
        }
    }

    private static X509Extension Constraints(byte part, byte tag, ReadOnlySpan<byte> value) => new(
        "2.5.29.30", [0x30, (byte)(value.Length + 6), part, (byte)(value.Length + 4), 0x30, (byte)(value.Length + 2), tag, (byte)value.Length, .. value], true);
}
