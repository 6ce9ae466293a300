using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Writes an OCSPRequest for one certificate (RFC 6960 §4.1.1), unsigned, without a nonce.</summary>
public static class OcspRequest
{
    /// <summary>DER; names are hashed with SHA-1, which every responder knows (RFC 5019 §2.1.1).</summary>
    public static byte[] Encode(CertificateDetails certificate, CertificateDetails issuer)
    {
        var id = OcspCertificateId.Of(certificate, issuer, SignedHash.Default);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(id.HashOid);
                writer.WriteNull();
            }

            writer.WriteOctetString(id.NameHash.Span);
            writer.WriteOctetString(id.KeyHash.Span);
            writer.WriteInteger(id.Serial.Span);
        }

        return writer.Encode();
    }
}
