using System.Formats.Asn1;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The public key of a certificate nobody has trusted yet.</summary>
internal static class CertificateKey
{
    /// <returns>SubjectPublicKeyInfo in DER; null where the certificate is not readable.</returns>
    public static ReadOnlyMemory<byte>? Spki(ReadOnlyMemory<byte> certificate)
    {
        try
        {
            DerGuard.Check(certificate, DerLimits.Certificate);
            var tbs = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (tbs.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                tbs.ReadEncodedValue();
            }

            // serialNumber, signature, issuer, validity, subject (RFC 5280 §4.1).
            for (var skipped = 0; skipped < 5; skipped++)
            {
                tbs.ReadEncodedValue();
            }

            return tbs.ReadEncodedValue();
        }
        catch (Exception unreadable) when (unreadable is DerRejectedException or AsnContentException)
        {
            return null;
        }
    }

    /// <returns>Null where the certificate holds no SM2 key.</returns>
    public static Sm2PublicKey? Sm2(ReadOnlyMemory<byte> certificate)
    {
        try
        {
            return Spki(certificate) is { } spki ? Sm2PublicKey.ImportSpki(spki.Span) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
