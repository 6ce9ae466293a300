using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Known extensions of a certificate, read; null where the certificate has none. What stands in <see cref="Unreadable"/> is null as well.</summary>
public sealed record ExtensionValues
{
    private const int MaxUris = 32;

    /// <summary>Object identifiers of known extensions that are there but do not have their structure, or are there twice.</summary>
    public IReadOnlyList<string> Unreadable { get; private init; } = [];

    public BasicConstraints? BasicConstraints { get; private init; }

    /// <summary>Names of RFC 5280 §4.2.1.3.</summary>
    public IReadOnlyList<string>? KeyUsage { get; private init; }

    /// <summary>Object identifiers of RFC 5280 §4.2.1.12.</summary>
    public IReadOnlyList<string>? Purposes { get; private init; }

    public IReadOnlyList<GeneralName>? AlternativeNames { get; private init; }

    /// <summary>Lower-case hexadecimal digits.</summary>
    public string? SubjectKeyId { get; private init; }

    public AuthorityKey? AuthorityKey { get; private init; }

    public NameConstraints? NameConstraints { get; private init; }

    /// <summary>Object identifiers.</summary>
    public IReadOnlyList<string>? Policies { get; private init; }

    /// <summary>URIs of cRLDistributionPoints.</summary>
    public IReadOnlyList<string>? CrlUris { get; private init; }

    /// <summary>id-ad-ocsp of authorityInfoAccess.</summary>
    public IReadOnlyList<string> OcspUris { get; private init; } = [];

    /// <summary>id-ad-caIssuers of authorityInfoAccess.</summary>
    public IReadOnlyList<string> IssuerUris { get; private init; } = [];

    /// <summary>TLS extension numbers (RFC 7633 §4); 5 is must-staple.</summary>
    public IReadOnlyList<int>? TlsFeatures { get; private init; }

    /// <summary>Number of embedded certificate transparency timestamps (RFC 6962 §3.3).</summary>
    public int? EmbeddedTimestamps { get; private init; }

    public bool HasOcspNoCheck { get; private init; }

    /// <summary>False where the extension is there and could not be read.</summary>
    public bool IsReadable(string oid) => !Unreadable.Contains(oid, StringComparer.Ordinal);

    /// <summary>Whether keyUsage names one of the uses; null without the extension.</summary>
    public bool? AllowsUse(params IEnumerable<string> uses) => KeyUsage is { } usage ? uses.Any(u => usage.Contains(u, StringComparer.Ordinal)) : null;

    /// <summary>Whether extKeyUsage names exactly this purpose; null without the extension.</summary>
    public bool? NamesPurpose(string oid) => Purposes?.Contains(oid, StringComparer.Ordinal);

    internal static ExtensionValues Read(IReadOnlyList<CertificateExtension> extensions)
    {
        var values = new ExtensionValues();
        var unreadable = new List<string>();
        foreach (var group in extensions.GroupBy(e => e.Oid, StringComparer.Ordinal))
        {
            try
            {
                values = group.Skip(1).Any() ? throw new AsnContentException() : values.With(group.First());
            }
            catch (Exception strange) when (strange is AsnContentException or DerRejectedException)
            {
                unreadable.Add(group.Key);
            }
        }

        return values with { Unreadable = unreadable };
    }

    private ExtensionValues With(CertificateExtension extension)
    {
        var value = new AsnReader(extension.Value, AsnEncodingRules.DER);
        return extension.Oid switch
        {
            ExtensionOids.BasicConstraints => this with { BasicConstraints = BasicConstraints.Read(value) },
            ExtensionOids.KeyUsage => this with { KeyUsage = ReadKeyUsage(value) },
            ExtensionOids.ExtendedKeyUsage => this with { Purposes = ReadOids(value) },
            ExtensionOids.SubjectAlternativeName => this with { AlternativeNames = GeneralName.ReadAll(value.ReadSequence()) },
            ExtensionOids.SubjectKeyIdentifier => this with { SubjectKeyId = Convert.ToHexStringLower(value.ReadOctetString()) },
            ExtensionOids.AuthorityKeyIdentifier => this with { AuthorityKey = AuthorityKey.Read(value) },
            ExtensionOids.NameConstraints => this with { NameConstraints = NameConstraints.Read(value) },
            ExtensionOids.CertificatePolicies => this with { Policies = ReadPolicies(value) },
            ExtensionOids.CrlDistributionPoints => this with { CrlUris = ReadDistributionPoints(value) },
            ExtensionOids.AuthorityInformationAccess => WithAccess(value),
            ExtensionOids.TlsFeature => this with { TlsFeatures = ReadFeatures(value) },
            ExtensionOids.OcspNoCheck => this with { HasOcspNoCheck = true },
            ExtensionOids.EmbeddedTimestamps => this with { EmbeddedTimestamps = CountTimestamps(extension.Value) },
            _ => this,
        };
    }

    private static List<string> ReadKeyUsage(AsnReader value)
    {
        var bits = value.ReadBitString(out _);
        return [.. CertificateAlgorithms.KeyUsages.Where((_, i) => i / 8 < bits.Length && (bits[i / 8] & (0x80 >> (i % 8))) != 0)];
    }

    private static List<string> ReadOids(AsnReader value)
    {
        var found = new List<string>();
        for (var list = value.ReadSequence(); list.HasData;)
        {
            found.Add(list.ReadObjectIdentifier());
        }

        return found;
    }

    private static List<string> ReadPolicies(AsnReader value)
    {
        var found = new List<string>();
        for (var list = value.ReadSequence(); list.HasData;)
        {
            found.Add(list.ReadSequence().ReadObjectIdentifier());
        }

        return found;
    }

    private static List<int> ReadFeatures(AsnReader value)
    {
        var found = new List<int>();
        for (var list = value.ReadSequence(); list.HasData;)
        {
            found.Add(list.TryReadInt32(out var feature) ? feature : throw new AsnContentException());
        }

        return found;
    }

    /// <summary>Points whose name is relative to the issuer, or that only name reasons, carry no URI.</summary>
    internal static List<string> ReadDistributionPoints(AsnReader value)
    {
        var uris = new List<string>();
        for (var list = value.ReadSequence(); list.HasData;)
        {
            var point = list.ReadSequence();
            if (point.HasData && point.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 0 } nameTag)
            {
                var name = point.ReadSequence(nameTag);
                uris.AddRange(name.PeekContext() is { TagValue: 0 } full
                    ? GeneralName.ReadAll(name.ReadSequence(full)).Where(n => n.Kind == GeneralNameKind.Uri).Select(n => n.Value)
                    : []);
            }
        }

        return [.. uris.Take(MaxUris)];
    }

    private ExtensionValues WithAccess(AsnReader value)
    {
        var (ocsp, issuers) = (new List<string>(), new List<string>());
        for (var list = value.ReadSequence(); list.HasData;)
        {
            var access = list.ReadSequence();
            var method = access.ReadObjectIdentifier();
            var location = GeneralName.Read(access);
            if (location.Kind == GeneralNameKind.Uri && method is "1.3.6.1.5.5.7.48.1" or "1.3.6.1.5.5.7.48.2")
            {
                (method.EndsWith(".1", StringComparison.Ordinal) ? ocsp : issuers).Add(location.Value);
            }
        }

        return this with { OcspUris = [.. ocsp.Take(MaxUris)], IssuerUris = [.. issuers.Take(MaxUris)] };
    }

    /// <summary>SignedCertificateTimestampList: vectors with two bytes of length inside an OCTET STRING.</summary>
    private static int CountTimestamps(ReadOnlyMemory<byte> value)
    {
        DerGuard.Check(value, DerLimits.Certificate);
        var list = new AsnReader(value, AsnEncodingRules.DER).ReadOctetString().AsSpan();
        if (list.Length < 2 || ((list[0] << 8) | list[1]) != list.Length - 2)
        {
            throw new AsnContentException();
        }

        var count = 0;
        for (list = list[2..]; !list.IsEmpty; count++)
        {
            var length = list.Length < 2 ? int.MaxValue : (list[0] << 8) | list[1];
            list = length > list.Length - 2 ? throw new AsnContentException() : list[(2 + length)..];
        }

        return count;
    }
}
