using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A CertificateList (RFC 5280 §5). Entries are looked for in the encoding itself: lists of a hundred thousand entries cost no memory.</summary>
public sealed class RevocationList
{
    /// <summary>Certificates of issuers come from outside too.</summary>
    private const int MostIssuers = 64;

    private readonly ReadOnlyMemory<byte> _entries;
    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly ListScope _scope;
    private readonly Dictionary<string, SignatureCheck> _known = new(StringComparer.Ordinal);

    private RevocationList(
        ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> entries, IReadOnlyList<CertificateExtension> extensions)
    {
        _signed = signed;
        _signature = signature;
        _entries = entries;
        _scope = ListScope.Read(extensions);
    }

    public required DistinguishedName Issuer { get; init; }

    /// <summary>Null where it is no time.</summary>
    public required DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>Null where absent.</summary>
    public required DateTimeOffset? NextUpdate { get; init; }

    public required SignatureAlgorithm SignatureAlgorithm { get; init; }

    /// <summary>Certificates it names.</summary>
    public required int EntryCount { get; init; }

    /// <summary>cRLNumber is there (RFC 5280 §5.2.3).</summary>
    public required bool HasNumber { get; init; }

    /// <summary>Whether the key of <paramref name="issuer"/> made the signature. Verified once an issuer: a list may be long and is asked about every signer of a batch.</summary>
    public SignatureCheck IsSignedBy(CertificateDetails issuer)
    {
        lock (_known)
        {
            if (_known.TryGetValue(issuer.Sha256, out var known))
            {
                return known;
            }

            Verifications++;
            var check = SignatureAlgorithm.Verify(issuer.Key, _signed.Span, _signature.Span);
            if (_known.Count < MostIssuers)
            {
                _known[issuer.Sha256] = check;
            }

            return check;
        }
    }

    /// <summary>Signatures computed so far.</summary>
    internal int Verifications { get; private set; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">One list in DER.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static RevocationList? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Read(der, DerLimits.Cms, "证书撤销列表", static reader => Read(reader.ReadSequence()));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    /// <summary>Whether admitted DER looks like a list rather than a certificate.</summary>
    public static bool IsLikely(ReadOnlyMemory<byte> der)
    {
        try
        {
            var tbs = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (tbs.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            {
                tbs.ReadEncodedValue();
            }

            tbs.ReadSequence();
            tbs.ReadSequence();
            return IsTime(tbs);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>What the list says of a certificate.</summary>
    /// <param name="certificate">Asked about.</param>
    /// <param name="issuer">Its issuer, who must have signed the list: indirect lists are not read.</param>
    /// <param name="at">The moment.</param>
    public RevocationFinding Judge(CertificateDetails certificate, CertificateDetails issuer, DateTimeOffset at)
    {
        var bare = new RevocationFinding
        {
            ThisUpdate = ThisUpdate,
            NextUpdate = NextUpdate,
            IsCurrent = RevocationFinding.CurrentAt(at, ThisUpdate, NextUpdate),
        };
        if (!Issuer.Matches(certificate.Issuer) || !Issuer.Matches(issuer.Subject))
        {
            return bare with { Note = "撤销列表不是该证书的签发者签发的" };
        }

        bare = bare with
        {
            SignatureVerified = IsSignedBy(issuer) switch
            {
                SignatureCheck.Valid => true,
                SignatureCheck.Invalid => false,
                _ => null,
            },
            SignerAuthorised = issuer.Values.AllowsUse("cRLSign") != false,
            WeakHash = RevocationFinding.WeakOf(SignatureAlgorithm),
        };
        if (_scope.WhyNot(certificate) is { } outside)
        {
            return bare with { Note = outside };
        }

        return Find(certificate.SerialBytes.Span) is var (date, reason)
            ? bare with { State = RevocationState.Revoked, RevokedAt = date, Reason = reason }
            : _scope.IsWhole(certificate)
                ? bare with { State = RevocationState.Good }
                : bare with { Note = "撤销列表只覆盖一部分证书或一部分原因，不能断定未撤销" };
    }

    private static RevocationList Read(AsnReader list)
    {
        var signed = list.PeekEncodedValue();
        var tbs = list.ReadSequence();
        var algorithm = SignatureAlgorithm.Read(list);
        var signature = list.ReadBitString(out _);
        list.ThrowIfNotEmpty();
        if (tbs.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            tbs.ReadEncodedValue();
        }

        tbs.ReadSequence();
        var issuer = DistinguishedName.Read(tbs.ReadEncodedValue());
        var thisUpdate = CertificateDecoder.ReadTime(tbs);
        var nextUpdate = tbs.HasData && IsTime(tbs) ? CertificateDecoder.ReadTime(tbs) : null;
        var entries = tbs.HasData && tbs.PeekTag() == Asn1Tag.Sequence ? tbs.ReadEncodedValue() : default;
        var count = entries.IsEmpty ? 0 : CheckEntries(entries);
        var extensions = tbs.HasData ? CertificateExtension.ReadAll(tbs.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence()) : [];
        return new RevocationList(signed, signature, entries, extensions)
        {
            Issuer = issuer,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            SignatureAlgorithm = algorithm,
            EntryCount = count,
            HasNumber = extensions.Exists(static e => e.Oid == ExtensionOids.CrlNumber),
        };
    }

    private static bool IsTime(AsnReader reader) =>
        reader.PeekTag() is { TagClass: TagClass.Universal, TagValue: (int)UniversalTagNumber.UtcTime or (int)UniversalTagNumber.GeneralizedTime };

    private (DateTimeOffset? Date, string? Reason)? Find(ReadOnlySpan<byte> serial)
    {
        if (_entries.IsEmpty)
        {
            return null;
        }

        for (var entries = new AsnReader(_entries, AsnEncodingRules.DER).ReadSequence(); entries.HasData;)
        {
            var entry = entries.ReadSequence();
            if (entry.ReadIntegerBytes().Span.SequenceEqual(serial))
            {
                return (CertificateDecoder.ReadTime(entry), entry.HasData ? ReasonOf(entry) : null);
            }
        }

        return null;
    }

    /// <summary>Every entry has its shape, so that looking for one later cannot end half way and pass for absence.</summary>
    private static int CheckEntries(ReadOnlyMemory<byte> entries)
    {
        var count = 0;
        for (var list = new AsnReader(entries, AsnEncodingRules.DER).ReadSequence(); list.HasData; count++)
        {
            var entry = list.ReadSequence();
            entry.ReadIntegerBytes();
            entry.ReadEncodedValue();
        }

        return count;
    }

    private static string? ReasonOf(AsnReader entry)
    {
        try
        {
            return CertificateExtension.ReadAll(entry.ReadSequence()).Find(e => e.Oid == ExtensionOids.CrlReason) is { } reason
                ? RevocationReason.NameOf(new AsnReader(reason.Value, AsnEncodingRules.DER).ReadEnumeratedBytes().Span[^1])
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
