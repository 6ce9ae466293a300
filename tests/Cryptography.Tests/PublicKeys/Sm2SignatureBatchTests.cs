using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2SignatureBatchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_signature_gets_its_own_verdict_in_the_order_given(int threads)
    {
        var random = new SeededBytes(330);
        using var busy = Sm2PrivateKey.Generate();
        var signers = Enumerable.Range(0, 5).Select(static _ => Sm2PrivateKey.Generate()).Prepend(busy).ToList();
        var keys = signers.ConvertAll(s => new Sm2VerificationKey(s.PublicKey));
        var (contents, expected) = (new List<Sm2SignedContent>(), new List<Sm2SignatureVerdict>());
        for (var i = 0; i < 700; i++)
        {
            // The first signer has most of the work, so that its comb is made on the way.
            var signer = Math.Max(0, random.Below(25) - 19);
            var message = random.Take(random.Below(random.Below(20) == 0 ? 30_000 : 300));
            var (content, verdict) = Make(random, signers[signer], keys[signer], message);
            contents.Add(content);
            expected.Add(verdict);
        }

        Assert.Equal(expected, Sm2SignatureBatch.Verify(contents, threads));
        Assert.All(Enum.GetValues<Sm2SignatureVerdict>(), v => Assert.Contains(v, expected));
        signers.ForEach(static s => s.Dispose());
    }

    [Fact]
    public void Nothing_to_judge_is_no_fault() => Assert.Empty(Sm2SignatureBatch.Verify([]));

    [Fact]
    public void Cancelling_ends_the_batch()
    {
        using var signer = Sm2PrivateKey.Generate();
        var content = Sm2SignedContent.OfMessage(new Sm2VerificationKey(signer.PublicKey), "a"u8.ToArray(), signer.Sign("a"u8));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Sm2SignatureBatch.Verify([.. Enumerable.Repeat(content, 1000)], cancellationToken: cancelled.Token));
    }

    [Fact]
    public void The_identification_used_is_reported_and_counts()
    {
        using var signer = Sm2PrivateKey.Generate();
        var signature = signer.SignRaw("abc"u8, "ALICE123@YAHOO.COM"u8);
        var alice = new Sm2VerificationKey(signer.PublicKey, "ALICE123@YAHOO.COM"u8);
        var usual = new Sm2VerificationKey(signer.PublicKey);
        Assert.Equal("ALICE123@YAHOO.COM"u8.ToArray(), alice.UserId.ToArray());
        Assert.Equal(Sm2.DefaultUserId.ToArray(), usual.UserId.ToArray());
        Assert.Empty(Sm2VerificationKey.WithEmptyUserId(signer.PublicKey).UserId.ToArray());
        Assert.Equal(Sm2SignatureVerdict.Valid, alice.Verify("abc"u8, signature, Sm2SignatureForm.Raw));
        Assert.Equal(Sm2SignatureVerdict.Mismatch, usual.Verify("abc"u8, signature, Sm2SignatureForm.Raw));
        Assert.Equal(Sm2SignatureVerdict.Valid, usual.VerifyDigest(alice.Digest("abc"u8), signature, Sm2SignatureForm.Raw));
        Assert.Equal(Sm2SignatureVerdict.Malformed, alice.Verify("abc"u8, signature));
        Assert.Throws<ArgumentException>(() => new Sm2VerificationKey(signer.PublicKey, new byte[Sm2.MaxUserIdBytes + 1]));
        Assert.Throws<ArgumentException>(() => usual.VerifyDigest(new byte[31], signature));
        Assert.Throws<ArgumentException>(() => Sm2SignedContent.OfDigest(usual, new byte[33], signature));
    }

    [SkippableFact]
    public void Signatures_of_openssl_are_judged_right()
    {
        OpenSslTool.Require();
        using var signer = Sm2PrivateKey.Generate();
        using var folder = new TemporaryFolder();
        var pem = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(signer.ExportPkcs8Pem()));
        var key = new Sm2VerificationKey(signer.PublicKey);
        var contents = new List<Sm2SignedContent>();
        for (var i = 0; i < 20; i++)
        {
            var message = new SeededBytes(340 + i).Take(10 + (i * 50));
            var signature = OpenSslTool.Run(
                [], "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-inkey", pem, "-in", folder.Write("m", message), "-pkeyopt", "distid:1234567812345678");
            contents.Add(Sm2SignedContent.OfMessage(key, message, signature));
            contents.Add(Sm2SignedContent.OfMessage(key, (byte[])[.. message, 0], signature));
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(static i => (Sm2SignatureVerdict)(i % 2)), Sm2SignatureBatch.Verify(contents));
    }

    private static (Sm2SignedContent Content, Sm2SignatureVerdict Verdict) Make(
        SeededBytes random, Sm2PrivateKey signer, Sm2VerificationKey key, byte[] message)
    {
        var raw = signer.SignRaw(message);
        var der = Sm2Signature.Encode(raw);
        var other = SHA256.HashData(message);
        return random.Below(8) switch
        {
            0 => (Sm2SignedContent.OfMessage(key, message, raw, Sm2SignatureForm.Raw), Sm2SignatureVerdict.Valid),
            1 => (Sm2SignedContent.OfDigest(key, key.Digest(message), der), Sm2SignatureVerdict.Valid),
            2 => (Sm2SignedContent.OfDigest(key, other, raw, Sm2SignatureForm.Raw), Sm2SignatureVerdict.Mismatch),
            3 => (Sm2SignedContent.OfMessage(key, other, der), Sm2SignatureVerdict.Mismatch),
            4 => (Sm2SignedContent.OfMessage(key, message, raw), Sm2SignatureVerdict.Malformed),
            5 => (Sm2SignedContent.OfMessage(key, message, new byte[64], Sm2SignatureForm.Raw), Sm2SignatureVerdict.Malformed),
            _ => (Sm2SignedContent.OfMessage(key, message, der), Sm2SignatureVerdict.Valid),
        };
    }
}
