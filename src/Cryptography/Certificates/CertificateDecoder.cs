using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Reads the skeleton of a certificate strictly and its parts leniently.</summary>
internal static class CertificateDecoder
{
    private const int LongestSerial = 20;

    /// <summary>Room for a modulus of 16,384 bits, the longest whose signatures are checked.</summary>
    private static readonly DerLimits Limits = DerLimits.Certificate with { MaxIntegerBytes = 2056 };
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    public static CertificateDetails? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Read(der, Limits, "证书", reader => Read(reader.ReadSequence(), der));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    internal static DateTimeOffset? ReadTime(AsnReader reader)
    {
        var encoded = reader.ReadEncodedValue();
        try
        {
            // BER, because some authorities leave out the seconds or write an offset instead of Z.
            var lenient = new AsnReader(encoded, AsnEncodingRules.BER);
            return lenient.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? lenient.ReadUtcTime(2049) : lenient.ReadGeneralizedTime();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static CertificateDetails Read(AsnReader certificate, ReadOnlyMemory<byte> der)
    {
        var signed = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var outer = SignatureAlgorithm.Read(certificate);
        var signature = certificate.ReadBitString(out _);
        certificate.ThrowIfNotEmpty();

        var problems = new List<string>();
        var version = tbs.PeekTag() == VersionTag ? tbs.ReadSequence(VersionTag).ReadInteger() : BigInteger.Zero;
        var serial = tbs.ReadIntegerBytes();
        var inner = SignatureAlgorithm.Read(tbs);
        var issuer = DistinguishedName.Read(tbs.ReadEncodedValue());
        var validity = tbs.ReadSequence();
        var (notBefore, notAfter) = (ReadTime(validity), ReadTime(validity));
        var subject = DistinguishedName.Read(tbs.ReadEncodedValue());
        var key = SubjectKey.Read(tbs.ReadEncodedValue());
        var extensions = ReadExtensions(tbs, problems);
        var values = ExtensionValues.Read(extensions);
        var details = new CertificateDetails(der)
        {
            Version = version < 100 && version > -100 ? (int)version + 1 : 0,
            SerialNumber = Serial.Show(serial.Span),
            SerialBytes = serial,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Key = key,
            SignatureAlgorithm = outer,
            AlgorithmsAgree = inner.Matches(outer),
            Signed = signed,
            Signature = signature,
            Extensions = extensions,
            Values = values,
            Problems = problems,
        };
        problems.AddRange(Complain(details));
        return details;
    }

    private static List<CertificateExtension> ReadExtensions(AsnReader tbs, List<string> problems)
    {
        while (tbs.HasData && tbs.PeekTag() != ExtensionsTag)
        {
            tbs.ReadEncodedValue();
        }

        if (!tbs.HasData)
        {
            return [];
        }

        var encoded = tbs.ReadSequence(ExtensionsTag);
        if (tbs.HasData)
        {
            problems.Add("扩展之后还有多余内容");
        }

        return CertificateExtension.ReadAll(encoded.ReadSequence());
    }

    private static IEnumerable<string> Complain(CertificateDetails read)
    {
        if (read.Version is < 1 or > 3)
        {
            yield return "版本号不是 1、2 或 3";
        }

        if (read.Version != 3 && read.Extensions.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"版本 {read.Version} 的证书带有扩展");
        }

        if (read.SerialBytes.Span is [>= 0x80, ..])
        {
            yield return "序列号为负数";
        }
        else if (read.SerialBytes.Span is [0])
        {
            yield return "序列号为零";
        }

        if (read.SerialBytes.Length > LongestSerial)
        {
            yield return $"序列号长 {read.SerialBytes.Length} 字节，超过 {LongestSerial} 字节";
        }

        if (!read.AlgorithmsAgree)
        {
            yield return "证书内外的签名算法标识不一致";
        }

        if (read.NotBefore is null || read.NotAfter is null)
        {
            yield return "有效期不是合格的时间";
        }

        foreach (var problem in ComplainOfParts(read))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ComplainOfParts(CertificateDetails read)
    {
        foreach (var oddity in read.Subject.Oddities)
        {
            yield return $"主体：{oddity}";
        }

        foreach (var oddity in read.Issuer.Oddities)
        {
            yield return $"签发者：{oddity}";
        }

        if (read.Key.Problem is { } key)
        {
            yield return key;
        }

        foreach (var oid in read.Values.Unreadable)
        {
            yield return $"扩展 {ExtensionOids.NameOf(oid) ?? oid} 结构不符或重复";
        }
    }
}
