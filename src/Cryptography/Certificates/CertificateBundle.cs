using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Certificates and revocation lists of a file: PEM sections, one DER certificate or list, or a PKCS#7 bundle in DER or PEM.</summary>
/// <param name="Certificates">In the order of the file.</param>
/// <param name="RevocationLists">In the order of the file.</param>
/// <param name="Problems">What stood there and could not be read, for people.</param>
public sealed record CertificateBundle(
    IReadOnlyList<CertificateDetails> Certificates, IReadOnlyList<RevocationList> RevocationLists, IReadOnlyList<string> Problems)
{
    /// <summary>Longest file read, in bytes.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private const int MaxParts = 2000;
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>signedData of GM/T 0010-2012.</summary>
    private const string SmSignedData = "1.2.156.10197.6.1.4.2.2";

    /// <summary>Never throws on content.</summary>
    public static CertificateBundle Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MaxBytes)
        {
            return new CertificateBundle([], [], [$"文件有 {file.Length} 字节，超过上限 {MaxBytes}"]);
        }

        var gathering = new Gathering();
        if (file.Span.IndexOf("-----BEGIN "u8) >= 0)
        {
            ReadPem(Encoding.Latin1.GetString(file.Span), gathering);
        }
        else
        {
            gathering.Add(file);
        }

        return new CertificateBundle(gathering.Certificates, gathering.Lists, gathering.Problems);
    }

    private static void ReadPem(string text, Gathering gathering)
    {
        ReadOnlySpan<char> rest = text;
        var parts = 0;
        for (; parts < MaxParts && PemEncoding.TryFind(rest, out var fields); parts++)
        {
            if (rest[fields.Label] is "CERTIFICATE" or "X509 CERTIFICATE" or "X509 CRL" or "PKCS7" or "CMS")
            {
                gathering.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }

            rest = rest[fields.Location.End..];
        }

        // What is no PEM is passed over by the reader, and so is what stands behind the last part it was let read.
        if (text.AsSpan().Count("-----BEGIN ") is var begun && begun > parts)
        {
            gathering.Problems.Add(parts == MaxParts ? $"PEM 超过 {MaxParts} 段，其余没有读" : $"{begun - parts} 段 PEM 读不出");
        }
    }

    private sealed class Gathering
    {
        public List<CertificateDetails> Certificates { get; } = [];

        public List<RevocationList> Lists { get; } = [];

        public List<string> Problems { get; } = [];

        public void Add(ReadOnlyMemory<byte> der)
        {
            try
            {
                DerGuard.Check(der, DerLimits.Cms);
                AddAdmitted(der);
            }
            catch (Exception refused) when (refused is DerRejectedException or AsnContentException)
            {
                Problems.Add(refused.Message);
            }
        }

        /// <summary>A bundle begins with an object identifier; a list's tbs has a time where a certificate's has a SEQUENCE of two.</summary>
        private void AddAdmitted(ReadOnlyMemory<byte> der)
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            if (outer.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
            {
                AddBundle(outer);
            }
            else if (RevocationList.IsLikely(der))
            {
                AddList(der);
            }
            else
            {
                AddCertificate(der);
            }
        }

        private void AddBundle(AsnReader outer)
        {
            var oid = outer.ReadObjectIdentifier();
            if (oid is not (SignedData or SmSignedData))
            {
                Problems.Add($"PKCS#7 内容类型 {oid} 不是 signedData");
                return;
            }

            var data = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            while (data.HasData)
            {
                var tag = data.PeekTag();
                if (tag is not { TagClass: TagClass.ContextSpecific, TagValue: 0 or 1 })
                {
                    data.ReadEncodedValue();
                    continue;
                }

                var list = data.ReadSetOf(skipSortOrderValidation: true, tag);
                while (list.HasData && Certificates.Count + Lists.Count < MaxParts)
                {
                    if (tag.TagValue == 0)
                    {
                        AddCertificate(list.ReadEncodedValue());
                    }
                    else
                    {
                        AddList(list.ReadEncodedValue());
                    }
                }

                if (list.HasData)
                {
                    Problems.Add($"PKCS#7 里的证书与撤销列表超过 {MaxParts} 个，其余没有读");
                    return;
                }
            }
        }

        private void AddCertificate(ReadOnlyMemory<byte> der)
        {
            if (CertificateDetails.TryRead(der, out var problem) is { } certificate)
            {
                Certificates.Add(certificate);
            }
            else
            {
                Problems.Add(problem!);
            }
        }

        private void AddList(ReadOnlyMemory<byte> der)
        {
            if (RevocationList.TryRead(der, out var problem) is { } list)
            {
                Lists.Add(list);
            }
            else
            {
                Problems.Add(problem!);
            }
        }
    }
}
