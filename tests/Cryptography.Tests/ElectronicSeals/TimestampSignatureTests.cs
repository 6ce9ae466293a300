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

    private static SealOutcome? Outcome(byte[] token, byte[] content, SealTrust? trust = null) => DetachedSignature.CheckTimestamp(token, content, trust ?? SealTrust.None).Of(SealStep.Timestamp);

    private static byte[] Token(string extension, bool certificates)
    {
        using var folder = new TemporaryFolder();
        var (key, certificate, query, settings) = (Path.Combine(folder.Root, "key.pem"), Path.Combine(folder.Root, "cert.pem"), Path.Combine(folder.Root, "query"), Path.Combine(folder.Root, "tsa.cnf"));
        File.WriteAllText(settings, $"[tsa]\ndefault_tsa=one\n[one]\nserial={Path.Combine(folder.Root, "serial")}\ndefault_policy=1.2.3.4.1\ndigests=sha256\nsigner_digest=sha256\ness_cert_id_alg=sha256\n");
        File.WriteAllBytes(Path.Combine(folder.Root, "content"), Content);
        OpenSslTool.Run([], "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "10", "-subj", "/CN=时间戳测试", "-utf8", "-addext", extension);
        string[] ask = ["ts", "-query", "-data", Path.Combine(folder.Root, "content"), "-sha256", "-out", query];
        OpenSslTool.Run([], certificates ? [.. ask, "-cert"] : ask);
        OpenSslTool.Run([], "ts", "-reply", "-queryfile", query, "-signer", certificate, "-inkey", key, "-config", settings, "-token_out", "-out", Path.Combine(folder.Root, "token"));
        return File.ReadAllBytes(Path.Combine(folder.Root, "token"));
    }
}
