using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads certificates without trusting them: platform parsers refuse SM2 keys and decode more than a scan needs.</summary>
internal static class CertificateReader
{
    private const string BasicConstraintsOid = "2.5.29.19";
    private const string KeyUsageOid = "2.5.29.15";
    private const string ExtendedKeyUsageOid = "2.5.29.37";
    private const string SubjectAlternativeNameOid = "2.5.29.17";
    private const int LongestText = 512;

    /// <summary>Never throws on content: an unreadable certificate comes back with its fingerprints and a problem.</summary>
    /// <param name="der">One certificate as sent.</param>
    /// <param name="position">Its place in the list, from 0.</param>
    public static PresentedCertificate Read(ReadOnlyMemory<byte> der, int position)
    {
        var bare = new PresentedCertificate
        {
            Position = position,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(der.Span)),
            Sm3 = Convert.ToHexStringLower(Sm3.HashData(der.Span)),
            Bytes = der.Length,
        };
        try
        {
            DerGuard.Check(der, DerLimits.Certificate);
            return ReadCertificate(der, bare);
        }
        catch (Exception unreadable) when (unreadable is DerRejectedException or AsnContentException)
        {
            return bare with { Problem = unreadable.Message };
        }
    }

    private static PresentedCertificate ReadCertificate(ReadOnlyMemory<byte> der, PresentedCertificate bare)
    {
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var signed = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var algorithm = certificate.ReadSequence().ReadObjectIdentifier();
        var signature = certificate.ReadBitString(out _);
        if (tbs.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            tbs.ReadEncodedValue();
        }

        var serial = tbs.ReadIntegerBytes();
        tbs.ReadSequence();
        var issuer = tbs.ReadEncodedValue();
        var validity = tbs.ReadSequence();
        var (notBefore, notAfter) = (ReadTime(validity), ReadTime(validity));
        var subject = tbs.ReadEncodedValue();
        var spki = tbs.ReadEncodedValue();
        var key = SubjectKey.Read(spki);
        var read = bare with
        {
            Issuer = DistinguishedName.Format(issuer),
            Subject = DistinguishedName.Format(subject),
            SerialNumber = Convert.ToHexStringLower(serial.Span is [0, _, ..] ? serial.Span[1..] : serial.Span),
            NotBefore = notBefore,
            NotAfter = notAfter,
            ValidityDays = (int)(notAfter - notBefore).TotalDays,
            KeyAlgorithm = key.Algorithm,
            KeyCurve = key.Curve,
            KeyBits = key.Bits,
            SignatureAlgorithm = CertificateAlgorithms.SignatureName(algorithm),
            SignatureAlgorithmOid = algorithm,
            SelfIssued = issuer.Span.SequenceEqual(subject.Span),
        };
        bool? own = read.SelfIssued.Value ? CertificateSignature.Verify(algorithm, spki.Span, signed.Span, signature) : false;
        return ReadExtensions(tbs, own is { } verified ? read with { SelfSigned = verified } : read);
    }

    private static PresentedCertificate ReadExtensions(AsnReader tbs, PresentedCertificate read)
    {
        read = read with
        {
            IsCa = false,
            KeyUsage = new Fact<IReadOnlyList<string>?>(null),
            ExtendedKeyUsage = new Fact<IReadOnlyList<string>?>(null),
            SubjectAlternativeNames = new Fact<IReadOnlyList<string>?>(null),
        };
        var extensionsTag = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        while (tbs.HasData && !tbs.PeekTag().HasSameClassAndValue(extensionsTag))
        {
            tbs.ReadEncodedValue();
        }

        if (!tbs.HasData)
        {
            return read;
        }

        var list = tbs.ReadSequence(extensionsTag).ReadSequence();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
            {
                extension.ReadBoolean();
            }

            read = Apply(read, oid, new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER));
        }

        return read;
    }

    private static PresentedCertificate Apply(PresentedCertificate read, string oid, AsnReader value) => oid switch
    {
        BasicConstraintsOid => read with { IsCa = ReadIsCa(value) },
        KeyUsageOid => read with { KeyUsage = new Fact<IReadOnlyList<string>?>(ReadKeyUsage(value)) },
        ExtendedKeyUsageOid => read with { ExtendedKeyUsage = new Fact<IReadOnlyList<string>?>(ReadPurposes(value)) },
        SubjectAlternativeNameOid => read with { SubjectAlternativeNames = new Fact<IReadOnlyList<string>?>(ReadNames(value)) },
        _ => read,
    };

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime(2049) : validity.ReadGeneralizedTime();

    private static bool ReadIsCa(AsnReader value)
    {
        var constraints = value.ReadSequence();
        return constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && constraints.ReadBoolean();
    }

    private static List<string> ReadKeyUsage(AsnReader value)
    {
        var bits = value.ReadBitString(out _);
        return [.. CertificateAlgorithms.KeyUsages.Where((_, i) => i / 8 < bits.Length && (bits[i / 8] & (0x80 >> (i % 8))) != 0)];
    }

    private static List<string> ReadPurposes(AsnReader value)
    {
        var purposes = new List<string>();
        for (var list = value.ReadSequence(); list.HasData;)
        {
            purposes.Add(CertificateAlgorithms.PurposeName(list.ReadObjectIdentifier()));
        }

        return purposes;
    }

    private static List<string> ReadNames(AsnReader value)
    {
        var names = new List<string>();
        for (var list = value.ReadSequence(); list.HasData;)
        {
            var tag = list.PeekTag();
            names.Add(tag.TagClass == TagClass.ContextSpecific ? ReadName(list, tag) : Other(list));
        }

        return names;
    }

    /// <summary>GeneralName (RFC 5280 §4.2.1.6).</summary>
    private static string ReadName(AsnReader list, Asn1Tag tag) => tag.TagValue switch
    {
        1 => "email:" + ReadText(list, tag),
        2 => "DNS:" + ReadText(list, tag),
        6 => "URI:" + ReadText(list, tag),
        7 => "IP:" + FormatAddress(list.ReadOctetString(tag)),
        _ => Other(list),
    };

    private static string Other(AsnReader list)
    {
        list.ReadEncodedValue();
        return "other";
    }

    private static string ReadText(AsnReader list, Asn1Tag tag)
    {
        var text = list.ReadCharacterString(UniversalTagNumber.IA5String, tag);
        return text.Length <= LongestText ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, LongestText)}…");
    }

    private static string FormatAddress(byte[] address) =>
        address.Length is 4 or 16 ? new IPAddress(address).ToString() : Convert.ToHexStringLower(address);
}
