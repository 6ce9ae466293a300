using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>What a certificate is to say, right or wrong. Defaults make an honest server certificate.</summary>
public sealed record CertificateForm
{
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public string Subject { get; init; } = "CN=gov.test.lab, O=SmartCity Lab, C=CN";

    /// <summary>DER of the subject, where a string cannot say it.</summary>
    public byte[]? RawSubject { get; init; }

    public int Version { get; init; } = 3;

    public BigInteger Serial { get; init; } = 4711;

    public DateTimeOffset NotBefore { get; init; } = Now.AddDays(-30);

    public DateTimeOffset NotAfter { get; init; } = Now.AddDays(300);

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Null: no basicConstraints.</summary>
    public bool? IsCa { get; init; } = false;

    public int? PathLength { get; init; }

    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment;

    public IReadOnlyList<string>? Purposes { get; init; } = ["1.3.6.1.5.5.7.3.1"];

    public IReadOnlyList<string> DnsNames { get; init; } = ["gov.test.lab", "localhost"];

    public IReadOnlyList<System.Net.IPAddress> Addresses { get; init; } = [System.Net.IPAddress.Loopback];

    public bool HasKeyIds { get; init; } = true;

    public IReadOnlyList<X509Extension> Further { get; init; } = [];

    /// <summary>Bits of the signature turned after signing.</summary>
    public bool SpoilSignature { get; init; }

    /// <summary>An honest authority of the name.</summary>
    public static CertificateForm Authority(string subject, int? pathLength = null) => new()
    {
        Subject = subject,
        IsCa = true,
        PathLength = pathLength,
        KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        Purposes = null,
        DnsNames = [],
        Addresses = [],
        NotBefore = Now.AddDays(-400),
        NotAfter = Now.AddDays(4000),
    };

    /// <summary>A TLCP leaf for signing or for encryption.</summary>
    public static CertificateForm Tlcp(bool signing) => new()
    {
        KeyUsage = signing ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation : X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyAgreement,
        Serial = signing ? 21 : 22,
    };
}

/// <summary>A certificate with its key and, where it has one, its issuer.</summary>
public sealed record ForgedCertificate(byte[] Der, ForgedKey Key, CertificateForm Form, ForgedCertificate? Issuer)
{
    public string Pem => PemEncoding.WriteString("CERTIFICATE", Der) + "\n";

    public byte[] SubjectDer => Form.RawSubject ?? new X500DistinguishedName(Form.Subject).RawData;

    public static ForgedCertificate SelfSigned(CertificateForm form, ForgedKey key) => Write(form, key, null);

    public ForgedCertificate Issue(CertificateForm form, ForgedKey key) => Write(form, key, this);

    /// <summary>For servers: this certificate with others behind it.</summary>
    public TestCertificate With(params IReadOnlyList<ForgedCertificate> chain) => new(Pem + string.Concat(chain.Select(c => c.Pem)), Key.Pem);

    private static ForgedCertificate Write(CertificateForm form, ForgedKey key, ForgedCertificate? issuer)
    {
        var signer = issuer?.Key ?? key;
        var bare = new ForgedCertificate([], key, form, issuer);
        var tbs = Tbs(bare, signer);
        var signature = signer.Sign(tbs, form.Hash);
        if (form.SpoilSignature)
        {
            signature[^1] ^= 1;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs);
            signer.WriteAlgorithm(writer, form.Hash);
            writer.WriteBitString(signature);
        }

        return bare with { Der = writer.Encode() };
    }

    private static byte[] Tbs(ForgedCertificate certificate, ForgedKey signer)
    {
        var form = certificate.Form;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (form.Version > 1)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteInteger(form.Version - 1);
                }
            }

            writer.WriteInteger(form.Serial);
            signer.WriteAlgorithm(writer, form.Hash);
            writer.WriteEncodedValue((certificate.Issuer ?? certificate).SubjectDer);
            using (writer.PushSequence())
            {
                WriteTime(writer, form.NotBefore);
                WriteTime(writer, form.NotAfter);
            }

            writer.WriteEncodedValue(certificate.SubjectDer);
            writer.WriteEncodedValue(certificate.Key.Spki);
            var extensions = form.Version == 3 ? Extensions(certificate) : [];
            if (extensions.Count > 0)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
                {
                    WriteExtensions(writer, extensions);
                }
            }
        }

        return writer.Encode();
    }

    internal static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.Year < 2050)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    internal static void WriteExtensions(AsnWriter writer, IEnumerable<X509Extension> extensions)
    {
        using (writer.PushSequence())
        {
            foreach (var extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid!.Value!);
                    if (extension.Critical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.RawData);
                }
            }
        }
    }

    private static List<X509Extension> Extensions(ForgedCertificate certificate)
    {
        var form = certificate.Form;
        var extensions = new List<X509Extension>();
        if (form.IsCa is { } isCa)
        {
            extensions.Add(new X509BasicConstraintsExtension(isCa, form.PathLength is not null, form.PathLength ?? 0, critical: true));
        }

        if (form.KeyUsage is { } usage)
        {
            extensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        if (form.Purposes is { } purposes)
        {
            extensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(p => new Oid(p))], critical: false));
        }

        if (form.DnsNames.Count + form.Addresses.Count > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            form.DnsNames.ToList().ForEach(names.AddDnsName);
            form.Addresses.ToList().ForEach(names.AddIpAddress);
            extensions.Add(names.Build());
        }

        if (form.HasKeyIds)
        {
            extensions.Add(new X509SubjectKeyIdentifierExtension(KeyId(certificate.Key), critical: false));
            extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(KeyId((certificate.Issuer ?? certificate).Key)));
        }

        return [.. extensions, .. form.Further];
    }

    internal static byte[] KeyId(ForgedKey key) => SHA1.HashData(key.PublicBits());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Form.Subject} #{Form.Serial}");
}
