using System.Formats.Asn1;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class SealVerificationTests
{
    private const int Mutants = 4000;

    [Theory]
    [InlineData("MD2", true)]
    [InlineData("MD5", true)]
    [InlineData("SHA-1", true)]
    [InlineData("SHA-256", false)]
    [InlineData("SM3", false)]
    public void Broken_hashes_are_known_by_name(string name, bool isWeak)
    {
        Assert.Equal(isWeak, SealHashes.IsWeak(name));
        Assert.Equal(isWeak ? name : null, SealHashes.FirstWeak(null, "SM3", name));
    }

    [Theory]
    [InlineData(SealStandard.V1)]
    [InlineData(SealStandard.V4)]
    [InlineData(SealStandard.V5)]
    public void What_was_made_is_read_and_holds(SealStandard standard)
    {
        var report = SealFixtures.Verify(SealFixtures.Value(standard), SealFixtures.Seal(standard));
        Assert.Equal((SealShape.Seal, (SealStandard?)standard, CertificateForm.Now), (report.Shape, report.Standard, report.SignedAt));
        Assert.Equal(("ES", "0001", "测试章", 500), (report.Seal!.HeaderId, report.Seal.SealId, report.Seal.Name, report.Seal.Picture.Length));
        Assert.Equal(SealOutcome.Holds, report.Of(SealStep.SignerSignature));
        Assert.Equal(SealOutcome.Holds, report.Of(SealStep.MakerSignature));
        // Two seals made with the same words differ in their maker's signature.
        Assert.Equal(SealOutcome.Fails, report.Of(SealStep.SealFile));
        Assert.Equal(SealOutcome.NoRoots, report.Of(SealStep.SignerChain));
        Assert.Equal(SealOutcome.Absent, report.Of(SealStep.Timestamp));
        var trusted = SealFixtures.Verify(SealFixtures.Value(standard), trust: new SealTrust([CertificateDetails.TryRead(SealFixtures.Root.Der, out _)!], []));
        Assert.Equal(SealOutcome.Holds, trusted.Of(SealStep.SignerChain));
        Assert.Equal(SealOutcome.Holds, trusted.Of(SealStep.MakerChain));
    }

    [Fact]
    public void A_timestamp_is_compared_with_the_signature()
    {
        // The imprint is right, but nobody signed the token.
        Assert.Equal(SealOutcome.Undecided, SealFixtures.Verify(SealFixtures.Value(SealStandard.V4, s => Token(Sm3.HashData(s)))).Of(SealStep.Timestamp));
        Assert.Equal(SealOutcome.Fails, SealFixtures.Verify(SealFixtures.Value(SealStandard.V4, _ => Token(new byte[32]))).Of(SealStep.Timestamp));
        Assert.Equal(SealOutcome.Undecided, SealFixtures.Verify(SealFixtures.Value(SealStandard.V4, _ => [5, 0])).Of(SealStep.Timestamp));
    }

    /// <summary>Any change of the value makes a step fail, or is one that no step speaks of: none may be accepted with another content.</summary>
    [Theory]
    [InlineData(SealStandard.V1, 11)]
    [InlineData(SealStandard.V4, 12)]
    public void Mutated_values_never_throw_and_never_verify(SealStandard standard, ulong seed)
    {
        var bytes = new TestKit.SeededBytes(seed);
        var value = SealFixtures.Value(standard);
        for (var i = 0; i < Mutants; i++)
        {
            var mutant = bytes.Mutate(value);
            var report = SealFixtures.Verify(mutant);
            var holds = report.Of(SealStep.SignerSignature) == SealOutcome.Holds;
            Assert.True(!holds || SealSignature.TryRead(mutant, out _)!.Signed.Span.SequenceEqual(SealSignature.TryRead(value, out _)!.Signed.Span), $"mutant {i}");
        }
    }

    [Fact]
    public void Every_single_bit_of_the_signed_part_counts()
    {
        var value = SealFixtures.Value(SealStandard.V4);
        var signed = SealSignature.TryRead(value, out _)!.Signed;
        var from = value.AsSpan().IndexOf(signed.Span);
        for (var at = from; at < from + signed.Length; at += 7)
        {
            byte[] flipped = [.. value];
            flipped[at] ^= 0x10;
            Assert.NotEqual(SealOutcome.Holds, SealFixtures.Verify(flipped).Of(SealStep.SignerSignature));
        }
    }

    [Theory]
    [InlineData(SealStandard.V1)]
    [InlineData(SealStandard.V4)]
    [InlineData(SealStandard.V5)]
    public void Openssl_reads_the_structure_and_verifies_the_same_bytes(SealStandard standard)
    {
        OpenSslTool.Require();
        var value = SealFixtures.Value(standard);
        var read = SealSignature.TryRead(value, out _)!;
        Assert.Contains("SM2-with-SM3", System.Text.Encoding.UTF8.GetString(OpenSslTool.Run(value, "asn1parse", "-inform", "DER")), StringComparison.Ordinal);
        byte[] signedByMaker = standard == SealStandard.V1 ? read.Seal.InfoWithMaker() : read.Seal.SealInfo.ToArray();
        foreach (var (signed, signature, by, expected) in new[]
        {
            (read.Signed.ToArray(), read.Signature.ToArray(), SealFixtures.Signer, true), (signedByMaker, read.Seal.MakerSignature.ToArray(), SealFixtures.Maker, true),
            (signedByMaker, read.Signature.ToArray(), SealFixtures.Signer, false),
        })
        {
            using var folder = new TemporaryFolder();
            var key = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(Sm2PrivateKey.ImportPem(by.Key.Pem).PublicKey.ExportPem()));
            Assert.Equal(expected, OpenSslTool.Succeeds("dgst", "-sm3", "-verify", key, "-sigopt", "distid:1234567812345678", "-signature", folder.Write("signature", signature), folder.Write("signed", signed)));
        }
    }

    private static byte[] Token(byte[] imprint)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteInteger(1);
            info.WriteObjectIdentifier("1.2.3.4");
            using (info.PushSequence())
            {
                using (info.PushSequence())
                {
                    info.WriteObjectIdentifier("1.2.156.10197.1.401");
                }

                info.WriteOctetString(imprint);
            }

            info.WriteInteger(7);
            info.WriteGeneralizedTime(CertificateForm.Now, omitFractionalSeconds: true);
        }

        var zero = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var token = new AsnWriter(AsnEncodingRules.DER);
        using (token.PushSequence())
        {
            token.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (token.PushSequence(zero))
            using (token.PushSequence())
            {
                token.WriteInteger(3);
                token.PushSetOf();
                token.PopSetOf();
                using (token.PushSequence())
                {
                    token.WriteObjectIdentifier("1.2.840.113549.1.9.16.1.4");
                    using (token.PushSequence(zero))
                    {
                        token.WriteOctetString(info.Encode());
                    }
                }

                token.PushSetOf();
                token.PopSetOf();
            }
        }

        return token.Encode();
    }
}
