using System.Numerics;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Describes certificates without trusting them.</summary>
internal static class CertificateReader
{
    private const int CommonExponent = 65_537;

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
        return CertificateDetails.TryRead(der, out var problem) is { } details
            ? WithExtensions(WithKey(Describe(bare, details), details), details)
            : bare with { Problem = problem };
    }

    private static PresentedCertificate Describe(PresentedCertificate bare, CertificateDetails details) => bare with
    {
        Oddities = new Fact<IReadOnlyList<string>>(details.Problems),
        Version = details.Version,
        Subject = details.Subject.Text,
        Issuer = details.Issuer.Text,
        SerialNumber = details.SerialNumber,
        NotBefore = Known(details.NotBefore),
        NotAfter = Known(details.NotAfter),
        ValidityDays = details is { NotBefore: { } from, NotAfter: { } to } ? (int)(to - from).TotalDays : default(Fact<int>),
        SignatureAlgorithm = details.SignatureAlgorithm.Name,
        SignatureAlgorithmOid = details.SignatureAlgorithm.Oid,
        SignatureHash = details.SignatureAlgorithm.HashIsKnown ? details.SignatureAlgorithm.Hash : default(Fact<string?>),
        SignatureMaskHash = details.SignatureAlgorithm.HashIsKnown ? details.SignatureAlgorithm.MaskHash : default(Fact<string?>),
        SelfIssued = details.IsSelfIssued,
        SelfSigned = Known(details.IsSelfSigned()),
    };

    private static PresentedCertificate WithKey(PresentedCertificate read, CertificateDetails details) => read with
    {
        KeyAlgorithm = details.Key.Algorithm,
        KeyCurve = details.Key.Curve,
        KeyBits = details.Key.Bits,
        KeyExponent = details.Key.Exponent is { } exponent ? exponent <= long.MaxValue && exponent > 0 ? (long)exponent : default(Fact<long?>) : new Fact<long?>(null),
        KeyExponentIsSmall = details.Key.Exponent is { } small ? small < new BigInteger(CommonExponent) : null,
    };

    private static PresentedCertificate WithExtensions(PresentedCertificate read, CertificateDetails details)
    {
        var values = details.Values;
        return read with
        {
            SubjectAlternativeNames = Of(details, "2.5.29.17", values.AlternativeNames?.Select(n => n.Labelled)),
            HasWildcard = Readable(details, "2.5.29.17", values.AlternativeNames?.Any(n => n.Kind == GeneralNameKind.Dns && n.Value.Contains('*', StringComparison.Ordinal)) == true),
            KeyUsage = Of(details, "2.5.29.15", values.KeyUsage),
            ExtendedKeyUsage = Of(details, "2.5.29.37", values.Purposes?.Select(CertificateAlgorithms.PurposeName)),
            AllowsServerAuth = Readable(details, "2.5.29.37", values.Purposes?.Any(p => p is PathQuestion.ServerAuth or "2.5.29.37.0")),
            IsCa = Readable(details, "2.5.29.19", values.BasicConstraints?.IsCa == true),
            PathLength = Readable(details, "2.5.29.19", values.BasicConstraints?.PathLength),
            MustStaple = Readable(details, "1.3.6.1.5.5.7.1.24", values.TlsFeatures?.Any(f => f is 5 or 17) == true),
            OcspUris = Readable<IReadOnlyList<string>>(details, "1.3.6.1.5.5.7.1.1", values.OcspUris),
            CrlUris = Of(details, "2.5.29.31", values.CrlUris),
            Policies = Of(details, "2.5.29.32", values.Policies),
            EmbeddedTimestamps = Readable(details, "1.3.6.1.4.1.11129.2.4.2", values.EmbeddedTimestamps),
            CriticalExtensions = new Fact<IReadOnlyList<string>>([.. details.Extensions.Where(e => e.IsCritical).Select(e => e.Name)]),
        };
    }

    private static Fact<T> Known<T>(T? value)
        where T : struct => value is { } known ? known : default(Fact<T>);

    private static Fact<T> Readable<T>(CertificateDetails details, string oid, T value) =>
        details.Values.IsReadable(oid) ? new Fact<T>(value) : default;

    private static Fact<IReadOnlyList<string>?> Of(CertificateDetails details, string oid, IEnumerable<string>? values) =>
        Readable<IReadOnlyList<string>?>(details, oid, values is null ? null : [.. values]);
}
