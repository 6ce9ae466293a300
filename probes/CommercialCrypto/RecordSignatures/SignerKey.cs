using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A key that verifies signatures, with its certificate where there is one.</summary>
internal sealed record SignerKey(Sm2PublicKey Key, CertificateDetails? Certificate)
{
    private const int PointBytes = 65;

    /// <summary>A certificate or public key in PEM or DER, a SubjectPublicKeyInfo in hexadecimal or base64, or a bare point of 64 or 65 bytes.</summary>
    /// <param name="problem">Why there is none, for people.</param>
    public static SignerKey? TryRead(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        var parts = FileTaking.Run(bytes).Parts;
        if (parts.Count == 0 && bytes.Length < 64 * 1024 && SignatureText.Decode(Encoding.Latin1.GetString(bytes.Span), out _) is { } decoded)
        {
            return OfPoint(decoded, out problem) ?? TryDer(decoded, out problem);
        }

        if (parts.Count == 0)
        {
            problem = "不是 PEM、DER、十六进制或 base64 的证书或公钥";
            return null;
        }

        return TryDer(parts[0].Bytes, out problem);
    }

    /// <exception cref="CryptographicException">Its key is no SM2 key.</exception>
    public static SignerKey Of(CertificateDetails certificate) => new(Sm2PublicKey.ImportSpki(certificate.Key.Spki.Span), certificate);

    private static SignerKey? TryDer(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return CertificateDetails.TryRead(der, out _) is { } certificate ? Of(certificate) : new SignerKey(Sm2PublicKey.ImportSpki(der.Span), null);
        }
        catch (CryptographicException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    private static SignerKey? OfPoint(byte[] bytes, out string? problem)
    {
        problem = null;
        try
        {
            return bytes.Length switch
            {
                PointBytes => new SignerKey(Sm2PublicKey.FromPoint(bytes), null),
                PointBytes - 1 => new SignerKey(Sm2PublicKey.FromPoint([4, .. bytes]), null),
                _ => null,
            };
        }
        catch (CryptographicException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }
}
