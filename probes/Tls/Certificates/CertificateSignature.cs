using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Checks one signature over a TBSCertificate.</summary>
internal static class CertificateSignature
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";

    /// <param name="algorithm">Object identifier of the signature algorithm.</param>
    /// <param name="spki">The key, SubjectPublicKeyInfo in DER.</param>
    /// <param name="signed">The bytes signed.</param>
    /// <param name="signature">As in the certificate.</param>
    /// <returns>Null where the algorithm is not one this tool verifies, or the key does not belong to it.</returns>
    public static bool? Verify(string algorithm, ReadOnlySpan<byte> spki, ReadOnlySpan<byte> signed, byte[] signature)
    {
        try
        {
            return algorithm switch
            {
                Sm2WithSm3 => Sm2PublicKey.ImportSpki(spki).Verify(signed, signature),
                "1.2.840.113549.1.1.5" => VerifyRsa(spki, signed, signature, HashAlgorithmName.SHA1),
                "1.2.840.113549.1.1.11" => VerifyRsa(spki, signed, signature, HashAlgorithmName.SHA256),
                "1.2.840.113549.1.1.12" => VerifyRsa(spki, signed, signature, HashAlgorithmName.SHA384),
                "1.2.840.113549.1.1.13" => VerifyRsa(spki, signed, signature, HashAlgorithmName.SHA512),
                "1.2.840.10045.4.1" => VerifyEcdsa(spki, signed, signature, HashAlgorithmName.SHA1),
                "1.2.840.10045.4.3.2" => VerifyEcdsa(spki, signed, signature, HashAlgorithmName.SHA256),
                "1.2.840.10045.4.3.3" => VerifyEcdsa(spki, signed, signature, HashAlgorithmName.SHA384),
                "1.2.840.10045.4.3.4" => VerifyEcdsa(spki, signed, signature, HashAlgorithmName.SHA512),
                _ => null,
            };
        }
        catch (Exception refused) when (refused is CryptographicException or PlatformNotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static bool VerifyRsa(ReadOnlySpan<byte> spki, ReadOnlySpan<byte> signed, byte[] signature, HashAlgorithmName hash)
    {
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return key.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static bool VerifyEcdsa(ReadOnlySpan<byte> spki, ReadOnlySpan<byte> signed, byte[] signature, HashAlgorithmName hash)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return key.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
