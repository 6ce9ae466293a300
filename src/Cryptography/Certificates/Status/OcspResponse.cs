using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>An OCSPResponse (RFC 6960 §4.2.1), stapled or asked for.</summary>
public sealed class OcspResponse
{
    private const string Basic = "1.3.6.1.5.5.7.48.1.1";
    private const int MaxSingles = 256;
    private const int MaxSigners = 8;

    private static readonly string[] Statuses = ["successful", "malformedRequest", "internalError", "tryLater", "4", "sigRequired", "unauthorized"];

    private OcspResponse(string status) => Status = status;

    /// <summary>responseStatus: successful, tryLater, unauthorized …</summary>
    public string Status { get; }

    public DateTimeOffset? ProducedAt { get; private init; }

    /// <summary>Name of the responder, or its key's SHA-1 in hexadecimal digits; null unless successful.</summary>
    public string? Responder { get; private init; }

    /// <summary>Null unless successful.</summary>
    public SignatureAlgorithm? SignatureAlgorithm { get; private init; }

    private IReadOnlyList<OcspSingle> Singles { get; init; } = [];

    private IReadOnlyList<CertificateDetails> Signers { get; init; } = [];

    private ResponderId? Id { get; init; }

    private ReadOnlyMemory<byte> Signed { get; init; }

    private ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">The response in DER.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static OcspResponse? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Read(der, DerLimits.Certificate, "OCSP 应答", static reader => Read(reader.ReadSequence()));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    /// <summary>When the state it tells of a certificate was known to be right; null where it tells none.</summary>
    public DateTimeOffset? ThisUpdateOf(CertificateDetails certificate, CertificateDetails issuer) => Singles.FirstOrDefault(s => s.IsAbout(certificate, issuer))?.ThisUpdate;

    /// <summary>What the response says of a certificate.</summary>
    /// <param name="certificate">Asked about.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <param name="at">The moment.</param>
    public RevocationFinding Judge(CertificateDetails certificate, CertificateDetails issuer, DateTimeOffset at)
    {
        if (SignatureAlgorithm is null)
        {
            return new RevocationFinding { Note = $"OCSP 应答状态为 {Status}" };
        }

        var signer = FindSigner(issuer, at, out var authorised);
        var verdict = signer is null ? SignatureCheck.Unsupported : SignatureAlgorithm.Verify(signer.Key, Signed.Span, Signature.Span);
        var single = Singles.FirstOrDefault(s => s.IsAbout(certificate, issuer));
        return new RevocationFinding
        {
            State = single?.State,
            RevokedAt = single?.RevokedAt,
            Reason = single?.Reason,
            ThisUpdate = single?.ThisUpdate,
            NextUpdate = single?.NextUpdate,
            IsCurrent = RevocationFinding.CurrentAt(at, single?.ThisUpdate, single?.NextUpdate),
            SignatureVerified = verdict switch
            {
                SignatureCheck.Valid => true,
                SignatureCheck.Invalid => false,
                _ => null,
            },
            SignerAuthorised = authorised,
            WeakHash = RevocationFinding.WeakOf(SignatureAlgorithm, signer is null || ReferenceEquals(signer, issuer) ? null : signer.SignatureAlgorithm),
            Note = single is null ? "OCSP 应答里没有这张证书" : signer is null ? "没有找到 OCSP 应答者的证书" : null,
        };
    }

    private static OcspResponse Read(AsnReader response)
    {
        var number = response.ReadEnumeratedBytes().Span[^1];
        var status = number < Statuses.Length ? Statuses[number] : $"{number}";
        if (!response.HasData || number != 0)
        {
            return new OcspResponse(status);
        }

        var bytes = response.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        if (bytes.ReadObjectIdentifier() != Basic)
        {
            return new OcspResponse("responseType");
        }

        var content = bytes.ReadOctetString();
        DerGuard.Check(content, DerLimits.Certificate);
        return ReadBasic(new AsnReader(content, AsnEncodingRules.DER).ReadSequence(), status);
    }

    private static OcspResponse ReadBasic(AsnReader basic, string status)
    {
        var signed = basic.PeekEncodedValue();
        var data = basic.ReadSequence();
        var algorithm = SignatureAlgorithm.Read(basic);
        var signature = basic.ReadBitString(out _);
        if (data.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 0 })
        {
            data.ReadEncodedValue();
        }

        var id = ResponderId.Read(data);
        return new OcspResponse(status)
        {
            Id = id,
            Responder = id.ToString(),
            ProducedAt = CertificateDecoder.ReadTime(data),
            Singles = OcspSingle.ReadAll(data.ReadSequence(), MaxSingles),
            SignatureAlgorithm = algorithm,
            Signed = signed,
            Signature = signature,
            Signers = basic.HasData ? ReadSigners(basic.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence()) : [],
        };
    }

    private static List<CertificateDetails> ReadSigners(AsnReader list)
    {
        var signers = new List<CertificateDetails>();
        for (var i = 0; i < MaxSigners && list.HasData; i++)
        {
            if (CertificateDetails.TryRead(list.ReadEncodedValue(), out _) is { } signer)
            {
                signers.Add(signer);
            }
        }

        return signers;
    }

    /// <summary>The issuer itself, or one it certified for signing such answers (RFC 6960 §4.2.2.2).</summary>
    private CertificateDetails? FindSigner(CertificateDetails issuer, DateTimeOffset at, out bool authorised)
    {
        authorised = Id!.IsOf(issuer);
        if (authorised)
        {
            return issuer;
        }

        var signer = Signers.FirstOrDefault(Id.IsOf);
        authorised = signer is not null && signer.Issuer.Matches(issuer.Subject) && signer.IsSignedBy(issuer) == SignatureCheck.Valid
            && signer.Values.NamesPurpose("1.3.6.1.5.5.7.3.9") == true && signer.NotBefore <= at && at <= signer.NotAfter;
        return signer;
    }
}
