using System.Formats.Asn1;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Certificates signed by OpenSSL under every algorithm there is, verified here.</summary>
public sealed class SignatureAlgorithmTests
{
    [SkippableTheory]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "-md5", "md5WithRSAEncryption", "MD5")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:1024", "-sha1", "sha1WithRSAEncryption", "SHA-1")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:512", "-sha1", "sha1WithRSAEncryption", "SHA-1")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:1031", "-sha224", "sha224WithRSAEncryption", "SHA-224")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3", "-sha256", "sha256WithRSAEncryption", "SHA-256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:3072", "-sha384", "sha384WithRSAEncryption", "SHA-384")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "-sha512", "sha512WithRSAEncryption", "SHA-512")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1", "rsassaPss", "SHA-256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2049", "-sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20", "rsassaPss", "SHA-384")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2047", "-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:0 -sigopt rsa_mgf1_md:sha1", "rsassaPss", "SHA-512")]
    [InlineData("RSA-PSS -pkeyopt rsa_keygen_bits:2048", "-sha1 -sigopt rsa_pss_saltlen:20", "rsassaPss", "SHA-1")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-224", "-sha224", "ecdsa-with-SHA224", "SHA-224")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", "-sha1", "ecdsa-with-SHA1", "SHA-1")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", "-sha512", "ecdsa-with-SHA512", "SHA-512")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-384", "-sha384", "ecdsa-with-SHA384", "SHA-384")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-521", "-sha256", "ecdsa-with-SHA256", "SHA-256")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:secp256k1", "-sha256", "ecdsa-with-SHA256", "SHA-256")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:brainpoolP384r1", "-sha384", "ecdsa-with-SHA384", "SHA-384")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:SM2", "-sm3 -sigopt distid:1234567812345678", "SM2-with-SM3", null)]
    [InlineData("ED25519", "", "Ed25519", null)]
    [InlineData("ED448", "", "Ed448", null)]
    public void A_certificate_of_openssl_verifies_and_a_changed_one_does_not(string key, string signing, string name, string? hash)
    {
        OpenSslTool.Require();
        using var folder = new TestKit.TemporaryFolder();
        OpenSslTool.Run([], ["genpkey", "-algorithm", .. key.Split(' '), "-out", folder.File("key.pem")]);
        OpenSslTool.Run([], ["req", "-x509", "-new", "-key", folder.File("key.pem"), "-subj", "/CN=a", "-out", folder.File("a.pem"), .. signing.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var read = Assert.Single(CertificateBundle.Read(File.ReadAllBytes(folder.File("a.pem"))).Certificates);
        Assert.Equal((name, hash ?? read.SignatureAlgorithm.Hash), (read.SignatureAlgorithm.Name, read.SignatureAlgorithm.Hash));
        Assert.True(read.IsSelfSigned());
        foreach (var changed in new[] { read.Der.Length - 1, read.Der.Length - 9, 20 })
        {
            var der = read.Der.ToArray();
            der[changed] ^= 1;
            Assert.NotEqual(SignatureCheck.Valid, CertificateDetails.TryRead(der, out _)?.IsSignedBy(read) ?? SignatureCheck.Invalid);
        }
    }

    [Fact]
    public void A_key_of_another_kind_never_verifies()
    {
        List<ForgedKey> keys = [ForgedChains.Keys[0], ForgedChains.Keys[1], ForgedKey.Sm2()];
        var signed = keys.ConvertAll(k => ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=a"), k).Read());
        foreach (var (certificate, issuer) in signed.SelectMany(_ => signed, (a, b) => (a, b)))
        {
            Assert.Equal(ReferenceEquals(certificate, issuer) ? SignatureCheck.Valid : SignatureCheck.Invalid, certificate.IsSignedBy(issuer));
        }
    }

    /// <summary>The first byte of a point says its form, and the sender chooses it.</summary>
    [Fact]
    public void A_point_of_any_form_and_length_is_answered_and_only_its_own_form_verifies()
    {
        var certificate = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=a"), ForgedChains.Keys[1]).Read();
        var point = certificate.Key.Value.ToArray();
        for (var form = 0; form <= byte.MaxValue; form++)
        {
            for (var length = 1; length <= 70; length++)
            {
                var other = new byte[length];
                point.AsSpan(0, Math.Min(length, point.Length)).CopyTo(other);
                other[0] = (byte)form;
                var isOwn = (form, length) is (4, 65) || (form, length) == (6 + (point[^1] & 1), 65) || (form, length) == (2 + (point[^1] & 1), 33);
                Assert.Equal(isOwn ? SignatureCheck.Valid : SignatureCheck.Invalid, Check(certificate, other));
            }
        }

        Assert.Equal(SignatureCheck.Invalid, Check(certificate, []));
    }

    private static SignatureCheck Check(CertificateDetails certificate, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier("1.2.840.10045.3.1.7");
            }

            writer.WriteBitString(point);
        }

        return certificate.SignatureAlgorithm.Verify(SubjectKey.Read(writer.Encode()), certificate.Signed.Span, certificate.Signature.Span);
    }
}
