using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>Revocation lists and OCSP responses, right or wrong.</summary>
public static class ForgedStatus
{
    /// <param name="signer">Signs, and gives its name.</param>
    /// <param name="revoked">Serial numbers on the list.</param>
    public static byte[] List(
        ForgedCertificate signer, DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate, IReadOnlyList<System.Numerics.BigInteger> revoked, params IReadOnlyList<X509Extension> extensions) =>
        List(HashAlgorithmName.SHA256, signer, thisUpdate, nextUpdate, revoked, extensions);

    /// <inheritdoc cref="List(ForgedCertificate, DateTimeOffset, DateTimeOffset?, IReadOnlyList{System.Numerics.BigInteger}, IReadOnlyList{X509Extension})"/>
    /// <param name="hash">Signed under.</param>
    public static byte[] List(
        HashAlgorithmName hash, ForgedCertificate signer, DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate, IReadOnlyList<System.Numerics.BigInteger> revoked, params IReadOnlyList<X509Extension> extensions)
    {
        var tbs = new AsnWriter(AsnEncodingRules.DER);
        using (tbs.PushSequence())
        {
            tbs.WriteInteger(1);
            signer.Key.WriteAlgorithm(tbs, hash);
            tbs.WriteEncodedValue(signer.SubjectDer);
            ForgedCertificate.WriteTime(tbs, thisUpdate);
            if (nextUpdate is { } next)
            {
                ForgedCertificate.WriteTime(tbs, next);
            }

            if (revoked.Count > 0)
            {
                using (tbs.PushSequence())
                {
                    foreach (var serial in revoked)
                    {
                        using (tbs.PushSequence())
                        {
                            tbs.WriteInteger(serial);
                            ForgedCertificate.WriteTime(tbs, thisUpdate.AddDays(-1));
                            ForgedCertificate.WriteExtensions(tbs, [new X509Extension("2.5.29.21", [0x0A, 1, 1], false)]);
                        }
                    }
                }
            }

            if (extensions.Count > 0)
            {
                using (tbs.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    ForgedCertificate.WriteExtensions(tbs, extensions);
                }
            }
        }

        return Signed(tbs.Encode(), signer.Key, hash, null);
    }

    /// <param name="certificate">Spoken of.</param>
    /// <param name="signer">The issuer or a delegated responder, which is then enclosed.</param>
    /// <param name="status">0 good, 1 revoked, 2 unknown.</param>
    /// <param name="hash">Signed under; SHA-256 where null.</param>
    public static byte[] Response(ForgedCertificate certificate, ForgedCertificate signer, int status, DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate, HashAlgorithmName? hash = null)
    {
        var data = new AsnWriter(AsnEncodingRules.DER);
        using (data.PushSequence())
        {
            using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            {
                data.WriteEncodedValue(signer.SubjectDer);
            }

            data.WriteGeneralizedTime(thisUpdate, omitFractionalSeconds: true);
            using (data.PushSequence())
            using (data.PushSequence())
            {
                WriteId(data, certificate);
                WriteStatus(data, status, thisUpdate);
                data.WriteGeneralizedTime(thisUpdate, omitFractionalSeconds: true);
                if (nextUpdate is { } next)
                {
                    using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    {
                        data.WriteGeneralizedTime(next, omitFractionalSeconds: true);
                    }
                }
            }
        }

        var basic = Signed(data.Encode(), signer.Key, hash ?? HashAlgorithmName.SHA256, signer.Der == certificate.Issuer!.Der ? null : signer);
        var response = new AsnWriter(AsnEncodingRules.DER);
        using (response.PushSequence())
        {
            response.WriteEncodedValue(new byte[] { 0x0A, 1, 0 });
            using (response.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (response.PushSequence())
            {
                response.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
                response.WriteOctetString(basic);
            }
        }

        return response.Encode();
    }

    private static void WriteId(AsnWriter data, ForgedCertificate certificate)
    {
        using (data.PushSequence())
        {
            using (data.PushSequence())
            {
                data.WriteObjectIdentifier("1.3.14.3.2.26");
                data.WriteNull();
            }

            data.WriteOctetString(SHA1.HashData(certificate.Issuer!.SubjectDer));
            data.WriteOctetString(SHA1.HashData(certificate.Issuer.Key.PublicBits()));
            data.WriteInteger(certificate.Form.Serial);
        }
    }

    private static void WriteStatus(AsnWriter data, int status, DateTimeOffset at)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, status);
        if (status == 1)
        {
            using (data.PushSequence(tag))
            {
                data.WriteGeneralizedTime(at.AddDays(-2), omitFractionalSeconds: true);
                using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    data.WriteEncodedValue(new byte[] { 0x0A, 1, 1 });
                }
            }
        }
        else
        {
            data.WriteNull(tag);
        }
    }

    private static byte[] Signed(byte[] tbs, ForgedKey key, HashAlgorithmName hash, ForgedCertificate? enclosed)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs);
            key.WriteAlgorithm(writer, hash);
            writer.WriteBitString(key.Sign(tbs, hash));
            if (enclosed is not null)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(enclosed.Der);
                }
            }
        }

        return writer.Encode();
    }
}
