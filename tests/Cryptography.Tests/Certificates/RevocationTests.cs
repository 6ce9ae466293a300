using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class RevocationTests
{
    private static readonly DateTimeOffset Now = ForgedChains.Now;
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), ForgedChains.Keys[0]);
    private static readonly ForgedCertificate Other = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Other"), ForgedChains.Keys[1]);
    private static readonly ForgedCertificate Leaf = Root.Issue(new CertificateForm(), ForgedChains.Keys[2]);

    private static ForgedCertificate Responder(string purpose = "1.3.6.1.5.5.7.3.9") => Root.Issue(
        new CertificateForm { Subject = "CN=Responder", Purposes = [purpose], KeyUsage = X509KeyUsageFlags.DigitalSignature, Serial = 77 }, ForgedChains.Keys[3]);

    [Theory]
    [InlineData(0, RevocationState.Good)]
    [InlineData(1, RevocationState.Revoked)]
    [InlineData(2, RevocationState.Unknown)]
    public void An_answer_of_the_issuer_or_its_responder_counts(int status, RevocationState state)
    {
        foreach (var signer in new[] { Root, Responder() })
        {
            var finding = Ask(Leaf, signer, status, Now.AddDays(-1), Now.AddDays(6));
            Assert.Equal((state, true, true, true), (finding.Reliable, finding.SignatureVerified, finding.SignerAuthorised, finding.IsCurrent));
            Assert.Equal(status == 1 ? "keyCompromise" : null, finding.Reason);
        }
    }

    [Fact]
    public void An_answer_that_should_not_count_does_not()
    {
        Assert.Null(Ask(Leaf, Root, 0, Now.AddDays(-9), Now.AddDays(-2)).Reliable);
        Assert.Null(Ask(Leaf, Root, 0, Now.AddDays(1), Now.AddDays(9)).Reliable);
        Assert.Null(Ask(Leaf, Root, 0, Now.AddDays(-1), null).Reliable);
        Assert.Equal((null, false), (Ask(Leaf, Other, 0, Now, Now.AddDays(1)).Reliable, Ask(Leaf, Other, 0, Now, Now.AddDays(1)).SignerAuthorised));
        Assert.Null(Ask(Leaf, Responder("1.3.6.1.5.5.7.3.1"), 0, Now, Now.AddDays(1)).Reliable);
        var aboutAnother = Root.Issue(new CertificateForm { Serial = 12 }, ForgedChains.Keys[2]);
        var response = OcspResponse.TryRead(ForgedStatus.Response(aboutAnother, Root, 0, Now, Now.AddDays(1)), out _)!;
        Assert.Null(response.Judge(Leaf.Read(), Root.Read(), Now).State);
    }

    [Fact]
    public void A_revocation_stands_even_when_its_source_has_aged()
    {
        Assert.Equal(RevocationState.Revoked, Ask(Leaf, Root, 1, Now.AddDays(-9), Now.AddDays(-2)).Reliable);
        Assert.Equal(RevocationState.Revoked, Look(ForgedStatus.List(Root, Now.AddDays(-9), Now.AddDays(-2), [4711])).Reliable);
        Assert.Null(Look(ForgedStatus.List(Root, Now.AddDays(-9), Now.AddDays(-2), [4712])).Reliable);
    }

    /// <summary>With such a hash an answer that says good can be made out of one that says something else.</summary>
    [Fact]
    public void A_word_signed_under_a_broken_hash_is_no_proof_that_a_certificate_is_good()
    {
        var sha1 = HashAlgorithmName.SHA1;
        var weakResponder = Root.Issue(new CertificateForm { Subject = "CN=Responder", Purposes = ["1.3.6.1.5.5.7.3.9"], KeyUsage = X509KeyUsageFlags.DigitalSignature, Serial = 78, Hash = sha1 }, ForgedChains.Keys[3]);
        RevocationFinding[] good =
        [
            Ask(Leaf, Root, 0, Now.AddDays(-1), Now.AddDays(6), sha1), Ask(Leaf, Responder(), 0, Now.AddDays(-1), Now.AddDays(6), sha1), Ask(Leaf, weakResponder, 0, Now.AddDays(-1), Now.AddDays(6)),
            Look(ForgedStatus.List(sha1, Root, Now, Now.AddDays(7), [])),
        ];
        Assert.All(good, f => Assert.Equal((RevocationState.Good, true, true, true, "SHA-1", null), (f.State, f.SignatureVerified, f.SignerAuthorised, f.IsCurrent, f.WeakHash, f.Reliable)));
        Assert.Equal(RevocationState.Revoked, Ask(Leaf, Root, 1, Now.AddDays(-1), Now.AddDays(6), sha1).Reliable);
        Assert.Equal(RevocationState.Revoked, Look(ForgedStatus.List(sha1, Root, Now, Now.AddDays(7), [4711])).Reliable);
    }

    [Fact]
    public void An_unsuccessful_answer_says_nothing()
    {
        var response = OcspResponse.TryRead(new byte[] { 0x30, 3, 0x0A, 1, 3 }, out _)!;
        Assert.Equal("tryLater", response.Status);
        Assert.Null(response.Judge(Leaf.Read(), Root.Read(), Now).Reliable);
    }

    [Fact]
    public void A_list_says_good_or_revoked_for_the_certificates_of_its_issuer_alone()
    {
        Assert.Equal(RevocationState.Good, Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [])).Reliable);
        Assert.Equal(RevocationState.Good, Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [1, 2])).Reliable);
        var revoked = Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [1, 4711, 5]));
        Assert.Equal((RevocationState.Revoked, "keyCompromise"), (revoked.Reliable, revoked.Reason));
        Assert.Null(Look(ForgedStatus.List(Other, Now, Now.AddDays(7), [4711])).State);
    }

    [Fact]
    public void Lists_of_another_scope_do_not_say_good()
    {
        static X509Extension Point(params byte[] content) => new("2.5.29.28", [0x30, (byte)content.Length, .. content], true);
        Assert.Null(Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [], Point(0x82, 1, 0xFF))).State);
        Assert.Equal(RevocationState.Good, Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [], Point(0x81, 1, 0xFF))).Reliable);
        Assert.Null(Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [], Point(0x83, 2, 6, 0x40))).State);
        Assert.Equal(RevocationState.Revoked, Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [4711], Point(0x83, 2, 6, 0x40))).Reliable);
        Assert.Null(Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [4711], Point(0x84, 1, 0xFF))).State);
        Assert.Null(Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [], new X509Extension("2.5.29.27", [2, 1, 1], true))).State);
        Assert.Null(Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [], new X509Extension("1.2.3", [5, 0], true))).State);
        Assert.Null(Look(ForgedStatus.List(Root, Now, Now.AddDays(7), [], Point(0xA0, 9, 0xA0, 7, 0x86, 5, (byte)'h', (byte)':', (byte)'/', (byte)'/', (byte)'x'))).State);
    }

    [Fact]
    public void A_long_list_costs_little()
    {
        var list = ForgedStatus.List(Root, Now, Now.AddDays(7), [.. Enumerable.Range(100_000, 40_000).Select(i => (System.Numerics.BigInteger)i)]);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(RevocationState.Good, Look(list).Reliable);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [SkippableFact]
    public void Openssl_reads_our_question_and_we_read_its_answer()
    {
        OpenSslTool.Require();
        using var folder = new TestKit.TemporaryFolder();
        var today = TimeProvider.System.GetUtcNow();
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root") with { NotAfter = today.AddDays(900) }, ForgedChains.Keys[0]);
        var (good, revoked) = (root.Issue(new CertificateForm { Serial = 0x11 }, ForgedChains.Keys[1]), root.Issue(new CertificateForm { Serial = 0x12 }, ForgedChains.Keys[1]));
        folder.Write("root.pem", root.Pem);
        folder.Write("root.key", root.Key.Pem);
        folder.Write("index.txt", "V\t350101000000Z\t\t11\tunknown\t/CN=a\nR\t350101000000Z\t260101000000Z,superseded\t12\tunknown\t/CN=b\n");
        foreach (var (certificate, state) in new[] { (good, RevocationState.Good), (revoked, RevocationState.Revoked) })
        {
            File.WriteAllBytes(folder.File("ask.der"), OcspRequest.Encode(certificate.Read(), root.Read()));
            OpenSslTool.Run(
                [], "ocsp", "-index", folder.File("index.txt"), "-CA", folder.File("root.pem"), "-rsigner", folder.File("root.pem"), "-rkey", folder.File("root.key"),
                "-reqin", folder.File("ask.der"), "-respout", folder.File("answer.der"), "-ndays", "3");
            var finding = OcspResponse.TryRead(File.ReadAllBytes(folder.File("answer.der")), out _)!.Judge(certificate.Read(), root.Read(), TimeProvider.System.GetUtcNow().AddMinutes(1));
            Assert.Equal((state, state == RevocationState.Revoked ? "superseded" : null), (finding.Reliable, finding.Reason));
        }
    }

    private static RevocationFinding Ask(ForgedCertificate certificate, ForgedCertificate signer, int status, DateTimeOffset from, DateTimeOffset? to, HashAlgorithmName? hash = null)
    {
        var response = OcspResponse.TryRead(ForgedStatus.Response(certificate, signer, status, from, to, hash), out var problem);
        Assert.True(response is not null, problem);
        return response.Judge(certificate.Read(), Root.Read(), Now);
    }

    private static RevocationFinding Look(byte[] list)
    {
        var read = RevocationList.TryRead(list, out var problem);
        Assert.True(read is not null, problem);
        return read.Judge(Leaf.Read(), Root.Read(), Now);
    }
}
