using System.Formats.Asn1;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Verifies a CertificateVerify by its SignatureScheme (RFC 8446 §4.2.3; sm2sig_sm3: RFC 8998 §3.2.1).</summary>
internal static class HandshakeSignature
{
    /// <param name="certificate">The signer's, DER.</param>
    /// <param name="content">As <see cref="SignedContent.Tls13"/> makes it.</param>
    public static SignatureProof Verify(ushort scheme, ReadOnlyMemory<byte> certificate, byte[] content, byte[] signature)
    {
        if (CertificateKey.Spki(certificate) is not { } spki)
        {
            return SignatureProof.NotChecked;
        }

        try
        {
            return scheme switch
            {
                SignatureSchemes.Sm2 => SignatureProof.OfSm2(Sm2PublicKey.ImportSpki(spki.Span), content, signature, Sm2Identification.Tls13),
                0x0807 => Of(EdwardsSignature.VerifyEd25519(KeyBits(spki), content, signature)),
                0x0808 => Of(EdwardsSignature.VerifyEd448(KeyBits(spki), content, signature)),
                _ => Hash(scheme) is { } hash ? Of(scheme >> 8 == 8 && scheme < 0x081A ? Rsa(spki, content, signature, hash) : Ecdsa(spki, content, signature, hash)) : SignatureProof.NotChecked,
            };
        }
        catch (Exception refused) when (refused is CryptographicException or PlatformNotSupportedException or ArgumentException or AsnContentException)
        {
            return SignatureProof.NotChecked;
        }
    }

    private static SignatureProof Of(bool verified) => verified ? SignatureProof.Valid : SignatureProof.Invalid;

    private static HashAlgorithmName? Hash(ushort scheme) => scheme switch
    {
        0x0403 or 0x0804 or 0x0809 or 0x081A => HashAlgorithmName.SHA256,
        0x0503 or 0x0805 or 0x080A or 0x081B => HashAlgorithmName.SHA384,
        0x0603 or 0x0806 or 0x080B or 0x081C => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>The key bits alone, because the platform does not read the RSASSA-PSS object identifier of rsa_pss_pss.</summary>
    private static bool Rsa(ReadOnlyMemory<byte> spki, byte[] content, byte[] signature, HashAlgorithmName hash)
    {
        using var key = RSA.Create();
        key.ImportRSAPublicKey(KeyBits(spki), out _);
        return key.VerifyData(content, signature, hash, RSASignaturePadding.Pss);
    }

    private static bool Ecdsa(ReadOnlyMemory<byte> spki, byte[] content, byte[] signature, HashAlgorithmName hash)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki.Span, out _);
        return key.VerifyData(content, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static byte[] KeyBits(ReadOnlyMemory<byte> spki)
    {
        var key = new AsnReader(spki, AsnEncodingRules.DER).ReadSequence();
        key.ReadSequence();
        return key.ReadBitString(out _);
    }
}
