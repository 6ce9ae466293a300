using System.Formats.Asn1;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>SignedData put together here element by element; the certificate and the signature are openssl's.</summary>
public sealed class SignedMessageTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("许可决定书");

    [SkippableTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Both_families_of_identifiers_verify_with_and_without_signed_attributes(bool sm, bool attributes)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        var certificate = Authority(folder);
        var message = Message(folder, certificate, sm, attributes, Content, Sm3.HashData(Content));
        folder.Write("s/enclosed.p7s", message);
        folder.Write("s/beside.txt", Content);
        folder.Write("s/beside.p7s", Message(folder, certificate, sm, attributes, null, Sm3.HashData(Content)));
        folder.Write("s/other.txt", "其他"u8.ToArray());
        folder.Write("s/other.p7s", message);
        if (attributes)
        {
            folder.Write("s/digest.p7s", Message(folder, certificate, sm, attributes, Content, Sm3.HashData("其他"u8)));
        }

        var seen = await SampleLook.AtAsync(new RecordSignaturesProbe(), SampleLook.Sample(CryptoSampleKind.Signature, folder.File("s")));
        Assert.Equal((2, attributes ? 2 : 1, 0), (seen.Number("verified"), seen.Number("failed"), seen.Number("unusable")));
        Assert.Equal(sm ? "GM/T 0010" : "CMS", Assert.Single(seen.Items("readings")).GetProperty("wrapping").GetString());
        Assert.Equal("CN=signer", Assert.Single(seen.Items("signers")).GetProperty("certificate").GetString());
        Assert.Equal(Verdict.Partial, seen.Verdicts("record-signatures.yaml", TimeProvider.System.GetUtcNow())["RECSIG-06"]);
    }

    [SkippableFact]
    public void A_changed_message_is_read_or_refused()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        var original = Message(folder, Authority(folder), true, true, Content, Sm3.HashData(Content));
        var random = new SeededBytes(11);
        var verifier = new RecordVerifier(SignatureSettings.Of(SampleLook.Sample(CryptoSampleKind.Signature, "x")));
        for (var i = 0; i < 400; i++)
        {
            var mutant = random.Mutate(original);
            var verdict = verifier.Decide(Content, mutant, null, null, thorough: true);
            Assert.True(verdict.State != RowState.Verified || SignedMessage.TryRead(mutant, out _) is not null);
        }
    }

    private static CertificateDetails Authority(TemporaryFolder folder)
    {
        OpenSslCommand.Run(folder.Path, "genpkey", "-algorithm", "SM2", "-out", "k.pem");
        OpenSslCommand.Run(folder.Path, "req", "-new", "-x509", "-sm3", "-sigopt", OpenSslCommand.DefaultId, "-key", "k.pem", "-subj", "/CN=signer", "-days", "30", "-outform", "DER", "-out", "c.der");
        return CertificateDetails.TryRead(File.ReadAllBytes(folder.File("c.der")), out _)!;
    }

    private static byte[] Message(TemporaryFolder folder, CertificateDetails certificate, bool sm, bool withAttributes, byte[]? content, byte[] digest)
    {
        var (signedData, data) = sm ? ("1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1") : ("1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1");
        var attributes = withAttributes ? Attributes(data, digest) : null;
        folder.Write("signed", attributes ?? Content);
        var signature = OpenSslCommand.Run(folder.Path, "dgst", "-sm3", "-sign", "k.pem", "-sigopt", OpenSslCommand.DefaultId, "signed");
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var zero = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(signedData);
            using (writer.PushSequence(zero))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    Algorithm(writer, "1.2.156.10197.1.401");
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(data);
                    if (content is not null)
                    {
                        using (writer.PushSequence(zero))
                        {
                            writer.WriteOctetString(content);
                        }
                    }
                }

                using (writer.PushSetOf(zero))
                {
                    writer.WriteEncodedValue(certificate.Der.Span);
                }

                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteInteger(1);
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(certificate.Issuer.Der.Span);
                        writer.WriteInteger(certificate.SerialBytes.Span);
                    }

                    Algorithm(writer, "1.2.156.10197.1.401");
                    if (attributes is not null)
                    {
                        writer.WriteEncodedValue((byte[])[0xA0, .. attributes[1..]]);
                    }

                    Algorithm(writer, "1.2.156.10197.1.301.1");
                    writer.WriteOctetString(signature);
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] Attributes(string contentType, byte[] digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute(writer, "1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier(contentType));
            Attribute(writer, "1.2.840.113549.1.9.4", w => w.WriteOctetString(digest));
            Attribute(writer, "1.2.840.113549.1.9.5", w => w.WriteUtcTime(TimeProvider.System.GetUtcNow()));
        }

        return writer.Encode();
    }

    private static void Attribute(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
            {
                value(writer);
            }
        }
    }

    private static void Algorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
        }
    }
}
