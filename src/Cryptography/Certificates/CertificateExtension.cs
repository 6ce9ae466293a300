using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>An Extension (RFC 5280 §4.1.2.9).</summary>
/// <param name="Oid">Object identifier.</param>
/// <param name="IsCritical">As marked.</param>
/// <param name="Value">Content of the OCTET STRING.</param>
public sealed record CertificateExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>Such as keyUsage; the object identifier where no name is known.</summary>
    public string Name => ExtensionOids.NameOf(Oid) ?? Oid;

    /// <summary>Reads Extensions: a SEQUENCE of Extension.</summary>
    /// <exception cref="AsnContentException">Not such a structure.</exception>
    internal static List<CertificateExtension> ReadAll(AsnReader list)
    {
        var found = new List<CertificateExtension>();
        while (list.HasData)
        {
            var one = list.ReadSequence();
            var oid = one.ReadObjectIdentifier();
            var critical = one.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && one.ReadBoolean();
            found.Add(new CertificateExtension(oid, critical, one.ReadOctetString()));
        }

        return found;
    }
}

/// <summary>BasicConstraints (RFC 5280 §4.2.1.9).</summary>
/// <param name="IsCa">cA.</param>
/// <param name="PathLength">pathLenConstraint; null where absent, <see cref="int.MaxValue"/> where larger than that.</param>
public sealed record BasicConstraints(bool IsCa, int? PathLength)
{
    internal static BasicConstraints Read(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var isCa = sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && sequence.ReadBoolean();
        int? length = null;
        if (sequence.HasData)
        {
            var given = sequence.ReadInteger();
            length = given.Sign < 0 ? throw new AsnContentException() : given > int.MaxValue ? int.MaxValue : (int)given;
        }

        return new BasicConstraints(isCa, length);
    }
}

/// <summary>AuthorityKeyIdentifier (RFC 5280 §4.2.1.1).</summary>
/// <param name="KeyId">Lower-case hexadecimal digits; null where absent.</param>
/// <param name="Issuer">First directory name of authorityCertIssuer; null where absent.</param>
/// <param name="SerialNumber">authorityCertSerialNumber in lower-case hexadecimal digits; null where absent.</param>
public sealed record AuthorityKey(string? KeyId, DistinguishedName? Issuer, string? SerialNumber)
{
    internal static AuthorityKey Read(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var found = new AuthorityKey(null, null, null);
        while (sequence.HasData)
        {
            var tag = sequence.PeekContext();
            found = tag.TagValue switch
            {
                0 => found with { KeyId = Convert.ToHexStringLower(sequence.ReadOctetString(tag)) },
                1 => found with { Issuer = DirectoryOf(GeneralName.ReadAll(sequence.ReadSequence(tag))) },
                2 => found with { SerialNumber = Serial.Show(sequence.ReadIntegerBytes(tag).Span) },
                _ => throw new AsnContentException(),
            };
        }

        return found;
    }

    private static DistinguishedName? DirectoryOf(List<GeneralName> names) =>
        names.Find(n => n.Kind == GeneralNameKind.Directory)?.Directory;
}

/// <summary>CertificateSerialNumber as people compare it.</summary>
internal static class Serial
{
    /// <summary>Lower-case hexadecimal digits of the content, without the zero byte that keeps a number positive.</summary>
    public static string Show(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(content is [0, _, ..] ? content[1..] : content);
}
