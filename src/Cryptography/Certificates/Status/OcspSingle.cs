using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SingleResponse (RFC 6960 §4.2.1).</summary>
internal sealed record OcspSingle
{
    public required OcspCertificateId Id { get; init; }

    public required RevocationState State { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? ThisUpdate { get; init; }

    public DateTimeOffset? NextUpdate { get; init; }

    public bool IsAbout(CertificateDetails certificate, CertificateDetails issuer) => Id.IsOf(certificate, issuer);

    public static List<OcspSingle> ReadAll(AsnReader list, int most)
    {
        var found = new List<OcspSingle>();
        while (list.HasData && found.Count < most)
        {
            found.Add(Read(list.ReadSequence()));
        }

        return found;
    }

    private static OcspSingle Read(AsnReader single)
    {
        var id = OcspCertificateId.Read(single.ReadSequence());
        var tag = single.PeekContext();
        var state = tag.TagValue switch
        {
            0 => RevocationState.Good,
            1 => RevocationState.Revoked,
            _ => RevocationState.Unknown,
        };
        DateTimeOffset? revokedAt = null;
        string? reason = null;
        if (state == RevocationState.Revoked)
        {
            var revoked = single.ReadSequence(tag);
            revokedAt = CertificateDecoder.ReadTime(revoked);
            reason = revoked.HasData ? RevocationReason.NameOf(revoked.ReadSequence(revoked.PeekContext()).ReadEnumeratedBytes().Span[^1]) : null;
        }
        else
        {
            single.ReadEncodedValue();
        }

        var thisUpdate = CertificateDecoder.ReadTime(single);
        var nextUpdate = single.HasData && single.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 0 } next
            ? CertificateDecoder.ReadTime(single.ReadSequence(next))
            : null;
        return new OcspSingle { Id = id, State = state, RevokedAt = revokedAt, Reason = reason, ThisUpdate = thisUpdate, NextUpdate = nextUpdate };
    }
}

/// <summary>CertID (RFC 6960 §4.1.1).</summary>
internal sealed record OcspCertificateId(string HashOid, ReadOnlyMemory<byte> NameHash, ReadOnlyMemory<byte> KeyHash, ReadOnlyMemory<byte> Serial)
{
    public static OcspCertificateId Read(AsnReader id) =>
        new(id.ReadSequence().ReadObjectIdentifier(), id.ReadOctetString(), id.ReadOctetString(), id.ReadIntegerBytes());

    public static OcspCertificateId Of(CertificateDetails certificate, CertificateDetails issuer, SignedHash hash) =>
        new(hash.Oid, hash.Compute(certificate.Issuer.Der.Span), hash.Compute(issuer.Key.Value.Span), certificate.SerialBytes);

    public bool IsOf(CertificateDetails certificate, CertificateDetails issuer) =>
        SignedHash.OfDigest(HashOid) is { } hash && Serial.Span.SequenceEqual(certificate.SerialBytes.Span)
        && NameHash.Span.SequenceEqual(hash.Compute(certificate.Issuer.Der.Span)) && KeyHash.Span.SequenceEqual(hash.Compute(issuer.Key.Value.Span));
}

/// <summary>ResponderID (RFC 6960 §4.2.1): a name or the SHA-1 of a key.</summary>
internal sealed record ResponderId(DistinguishedName? Name, ReadOnlyMemory<byte> KeyHash)
{
    public static ResponderId Read(AsnReader data)
    {
        var tag = data.PeekContext();
        var inner = data.ReadSequence(tag);
        return tag.TagValue == 1 ? new ResponderId(DistinguishedName.Read(inner.ReadEncodedValue()), default) : new ResponderId(null, inner.ReadOctetString());
    }

    public bool IsOf(CertificateDetails certificate) =>
        Name?.Matches(certificate.Subject) ?? KeyHash.Span.SequenceEqual(SignedHash.Default.Compute(certificate.Key.Value.Span));

    public override string ToString() => Name?.Text ?? Convert.ToHexStringLower(KeyHash.Span);
}
