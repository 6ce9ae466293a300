using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>GB/T 35275 SignedData over the SM3 digest of a file, with or without signed attributes.</summary>
internal static class SignedMessageForge
{
    private const string Data = "1.2.156.10197.6.1.4.2.1";
    private const string SignedData = "1.2.156.10197.6.1.4.2.2";
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public static byte[] Make(byte[] file, ForgedCertificate by, Sm2PrivateKey key, bool attributes, bool isDetached = false, string typed = Data)
    {
        var digest = Sm3.HashData(file);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    Algorithm(writer, "1.2.156.10197.1.401");
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Data);
                    if (!isDetached)
                    {
                        using var content = writer.PushSequence(Zero);
                        writer.WriteOctetString(digest);
                    }
                }

                using (writer.PushSetOf(Zero))
                {
                    writer.WriteEncodedValue(by.Der);
                }

                using (writer.PushSetOf())
                {
                    Signer(writer, by, key, digest, attributes ? Attributes(digest, typed) : null);
                }
            }
        }

        return writer.Encode();
    }

    private static void Signer(AsnWriter writer, ForgedCertificate by, Sm2PrivateKey key, byte[] digest, byte[]? signed)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(new X500DistinguishedName((by.Issuer ?? by).Form.Subject).RawData);
                writer.WriteInteger(by.Form.Serial);
            }

            Algorithm(writer, "1.2.156.10197.1.401");
            if (signed is not null)
            {
                byte[] tagged = [0xA0, .. signed[1..]];
                writer.WriteEncodedValue(tagged);
            }

            Algorithm(writer, "1.2.156.10197.1.301.1");
            writer.WriteOctetString(key.Sign(signed ?? digest));
        }
    }

    /// <param name="digest">messageDigest.</param>
    /// <param name="typed">contentType; empty for none.</param>
    private static byte[] Attributes(byte[] digest, string typed)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            if (typed.Length > 0)
            {
                using var type = writer.PushSequence();
                writer.WriteObjectIdentifier("1.2.840.113549.1.9.3");
                using var values = writer.PushSetOf();
                writer.WriteObjectIdentifier(typed);
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.9.4");
                using (writer.PushSetOf())
                {
                    writer.WriteOctetString(digest);
                }
            }
        }

        return writer.Encode();
    }

    private static void Algorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteNull();
        }
    }
}
