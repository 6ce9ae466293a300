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
        var list = TestKit.ForgedStatus.List(SealFixtures.Root, stamped.AddDays(daysBehind + 1), stamped.AddDays(daysBehind + 30), [SealFixtures.Signer.Form.Serial]);
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
        var list = RevocationList.TryRead(TestKit.ForgedStatus.List(SealFixtures.Root, at.AddDays(1), at.AddDays(30), []), out _)!;
        var trust = new SealTrust([CertificateDetails.TryRead(SealFixtures.Root.Der, out _)!], []) { RevocationLists = [list] };
        foreach (var step in new[] { SealStep.SignerRevocation, SealStep.MakerRevocation })
        {
            Assert.Equal(SealOutcome.Holds, SealFixtures.Verify(SealFixtures.Value(SealStandard.V4), trust: trust).Of(step));
        }

        Assert.Equal(1, list.Verifications);
    }

    private static SealOutcome? Outcome(byte[] token, byte[] content, SealTrust? trust = null) => DetachedSignature.CheckTimestamp(token, content, trust ?? SealTrust.None).Of(SealStep.Timestamp);

    private static byte[] Token(string extension, bool certificates, byte[]? content = null)
    {
        using var folder = new TemporaryFolder();
        var (key, certificate, query, settings) = (Path.Combine(folder.Root, "key.pem"), Path.Combine(folder.Root, "cert.pem"), Path.Combine(folder.Root, "query"), Path.Combine(folder.Root, "tsa.cnf"));
        File.WriteAllText(settings, $"[tsa]\ndefault_tsa=one\n[one]\nserial={Path.Combine(folder.Root, "serial")}\ndefault_policy=1.2.3.4.1\ndigests=sha256\nsigner_digest=sha256\ness_cert_id_alg=sha256\n");
        File.WriteAllBytes(Path.Combine(folder.Root, "content"), content ?? Content);
        OpenSslTool.Run([], "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "10", "-subj", "/CN=时间戳测试", "-utf8", "-addext", extension);
        string[] ask = ["ts", "-query", "-data", Path.Combine(folder.Root, "content"), "-sha256", "-out", query];
        OpenSslTool.Run([], certificates ? [.. ask, "-cert"] : ask);
        OpenSslTool.Run([], "ts", "-reply", "-queryfile", query, "-signer", certificate, "-inkey", key, "-config", settings, "-token_out", "-out", Path.Combine(folder.Root, "token"));
        return File.ReadAllBytes(Path.Combine(folder.Root, "token"));
    }
}
