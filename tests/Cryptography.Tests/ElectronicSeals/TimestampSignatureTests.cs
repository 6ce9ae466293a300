using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Tokens made by `openssl ts`: the imprint and the token's own signature are verified, each on its own.</summary>
public sealed class TimestampSignatureTests
{
    private static readonly byte[] Content = "某区行政审批局"u8.ToArray();

    [SkippableFact]
    public void A_token_holds_for_its_content_and_for_no_other()
    {
        OpenSslTool.Require();
        var token = Token("extendedKeyUsage=critical,timeStamping", certificates: true);
        Assert.Equal(SealOutcome.NoRoots, Outcome(token, Content));
        var own = new SealTrust(TimestampToken.TryRead(token, out _)!.Message.Certificates, []);
        Assert.Equal(SealOutcome.Holds, Outcome(token, Content, own));
        Assert.Equal(SealOutcome.Fails, Outcome(token, [1, 2, 3], own));
    }

    [SkippableFact]
    public void A_token_whose_signature_or_content_was_changed_fails()
    {
        OpenSslTool.Require();
        var token = Token("extendedKeyUsage=critical,timeStamping", certificates: true);
        var signature = (byte[])token.Clone();
        signature[^1] ^= 1;
        Assert.Equal(SealOutcome.Fails, Outcome(signature, Content));

        // The policy stands in the signed content and in no other step.
        var policy = (byte[])token.Clone();
        policy[policy.AsSpan().IndexOf(new byte[] { 0x2A, 0x03, 0x04, 0x01 }) + 3] ^= 2;
        Assert.Equal(SealOutcome.Fails, Outcome(policy, Content));
    }

    [SkippableFact]
    public void A_token_without_its_certificate_is_left_open()
    {
        OpenSslTool.Require();
        Assert.Equal(SealOutcome.Undecided, Outcome(Token("extendedKeyUsage=critical,timeStamping", certificates: false), Content));
    }

    /// <summary>A certificate that was revoked before the stamp or behind it, with stamps of the signature and of the file.</summary>
    [SkippableTheory]
    [InlineData(true, 4, SealOutcome.Holds)]
    [InlineData(true, -4, SealOutcome.Undecided)]
    [InlineData(false, 4, SealOutcome.Undecided)]
    public void A_stamp_proves_what_was_signed_before_a_revocation_only_where_the_signature_is_stamped(bool ofSignature, int daysBehind, SealOutcome outcome)
    {
        OpenSslTool.Require();
        byte[] token = [];
        var value = SealFixtures.Value(SealStandard.V4, s => token = Token("extendedKeyUsage=critical,timeStamping", certificates: true, ofSignature ? s : SealFixtures.File));
        var read = TimestampToken.TryRead(token, out _)!;
        var stamped = read.At!.Value;
        var list = ForgedStatus.List(SealFixtures.Root, stamped.AddDays(daysBehind + 1), stamped.AddDays(daysBehind + 30), [SealFixtures.Signer.Form.Serial]);
        var report = SealFixtures.Verify(value, trust: new SealTrust([CertificateDetails.TryRead(SealFixtures.Root.Der, out _)!, .. read.Message.Certificates], [])
        {
            RevocationLists = [RevocationList.TryRead(list, out _)!],
        });
        Assert.True(report.SignedAt < stamped.AddDays(-5), $"{report.SignedAt}");
        Assert.Equal(SealOutcome.Holds, report.Of(SealStep.Timestamp));
        Assert.Equal(outcome, report.Of(SealStep.SignerRevocation));
    }

    [Fact]
    public void A_list_is_verified_once_however_many_signers_it_is_asked_about()
    {
        var at = SealFixtures.Verify(SealFixtures.Value(SealStandard.V4)).SignedAt!.Value;
        var list = RevocationList.TryRead(ForgedStatus.List(SealFixtures.Root, at.AddDays(1), at.AddDays(30), []), out _)!;
        var trust = new SealTrust([CertificateDetails.TryRead(SealFixtures.Root.Der, out _)!], []) { RevocationLists = [list] };
        foreach (var step in new[] { SealStep.SignerRevocation, SealStep.MakerRevocation })
        {
            Assert.Equal(SealOutcome.Holds, SealFixtures.Verify(SealFixtures.Value(SealStandard.V4), trust: trust).Of(step));
        }

        Assert.Equal(1, list.Verifications);
    }

    /// <summary>A service that somebody made an anchor, and a list of its authority that names it or not.</summary>
    [SkippableTheory]
    [InlineData(null, SealOutcome.Holds)]
    [InlineData(-3, SealOutcome.Undecided)]
    [InlineData(3, SealOutcome.Undecided)]
    public void An_anchor_is_vouched_for_but_not_against_a_list_that_names_it(int? revokedDaysBehind, SealOutcome outcome)
    {
        OpenSslTool.Require();
        const int Serial = 91;
        var now = DateTimeOffset.UtcNow;
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=时间戳测试根") with { NotBefore = now.AddYears(-1), NotAfter = now.AddYears(1) }, ForgedKey.Rsa());
        var service = root.Issue(
            new CertificateForm
            {
                Subject = "CN=时间戳测试", Serial = Serial, NotBefore = now.AddDays(-30), NotAfter = now.AddDays(300), KeyUsage = X509KeyUsageFlags.DigitalSignature, Purposes = null, DnsNames = [], Addresses = [],
                Further = [new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.8")], critical: true)],
            },
            ForgedKey.Rsa());
        var token = Token("", certificates: true, service: service);
        var list = revokedDaysBehind is { } days ? ForgedStatus.List(root, now.AddDays(days), now.AddDays(days + 30), [Serial]) : ForgedStatus.List(SealFixtures.Root, now, now.AddDays(30), []);
        var trust = new SealTrust([CertificateDetails.TryRead(service.Der, out _)!], [CertificateDetails.TryRead(root.Der, out _)!])
        {
            RevocationLists = [RevocationList.TryRead(list, out _)!],
        };
        Assert.Equal(outcome, Outcome(token, Content, trust));
    }

    private static SealOutcome? Outcome(byte[] token, byte[] content, SealTrust? trust = null) => DetachedSignature.CheckTimestamp(token, content, trust ?? SealTrust.None).Of(SealStep.Timestamp);

    private static byte[] Token(string extension, bool certificates, byte[]? content = null, ForgedCertificate? service = null)
    {
        using var folder = new TemporaryFolder();
        var (key, certificate, query, settings) = (Path.Combine(folder.Root, "key.pem"), Path.Combine(folder.Root, "cert.pem"), Path.Combine(folder.Root, "query"), Path.Combine(folder.Root, "tsa.cnf"));
        File.WriteAllText(settings, $"[tsa]\ndefault_tsa=one\n[one]\nserial={Path.Combine(folder.Root, "serial")}\ndefault_policy=1.2.3.4.1\ndigests=sha256\nsigner_digest=sha256\ness_cert_id_alg=sha256\n");
        File.WriteAllBytes(Path.Combine(folder.Root, "content"), content ?? Content);
        if (service is not null)
        {
            File.WriteAllText(key, service.Key.Pem);
            File.WriteAllText(certificate, service.Pem);
        }
        else
        {
            OpenSslTool.Run([], "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "10", "-subj", "/CN=时间戳测试", "-utf8", "-addext", extension);
        }

        string[] ask = ["ts", "-query", "-data", Path.Combine(folder.Root, "content"), "-sha256", "-out", query];
        OpenSslTool.Run([], certificates ? [.. ask, "-cert"] : ask);
        OpenSslTool.Run([], "ts", "-reply", "-queryfile", query, "-signer", certificate, "-inkey", key, "-config", settings, "-token_out", "-out", Path.Combine(folder.Root, "token"));
        return File.ReadAllBytes(Path.Combine(folder.Root, "token"));
    }
}
