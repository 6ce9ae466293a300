namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>"Does this certificate lead to somebody we trust?"</summary>
public sealed record PathQuestion
{
    /// <summary>Object identifier of serverAuth (RFC 5280 §4.2.1.12).</summary>
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>The certificate the path is for.</summary>
    public required CertificateDetails Leaf { get; init; }

    /// <summary>Certificates sent along with it, in any order; untrusted.</summary>
    public IReadOnlyList<CertificateDetails> Presented { get; init; } = [];

    /// <summary>Certificates known from elsewhere, untrusted.</summary>
    public IReadOnlyList<CertificateDetails> Supplied { get; init; } = [];

    /// <summary>Certificates somebody vouches for; self-signed or not.</summary>
    public IReadOnlyList<CertificateDetails> Anchors { get; init; } = [];

    /// <summary>Validity is looked at for this moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Purpose the issuers' extended key usage must allow where they have one; null asks nothing. The leaf's own is not looked at.</summary>
    public string? Purpose { get; init; }

    /// <summary>Shared by questions about the same certificates.</summary>
    public SignatureLedger Ledger { get; init; } = new();
}

/// <summary>What stands in the way of a path (RFC 5280 §6.1).</summary>
public enum PathFaultKind
{
    /// <summary>Nobody sent or supplied the issuer.</summary>
    IssuerNotFound,

    /// <summary>The path ends in a self-signed certificate that nobody vouches for.</summary>
    RootNotAnchor,
    SignatureInvalid,

    /// <summary>The signature's algorithm is unknown to this tool: nothing is decided.</summary>
    SignatureUnsupported,
    Expired,
    NotYetValid,
    ValidityUnreadable,

    /// <summary>An issuer's basicConstraints does not say cA.</summary>
    IssuerNotCa,

    /// <summary>An issuer's keyUsage lacks keyCertSign.</summary>
    IssuerMayNotSign,
    PathTooLong,

    /// <summary>An issuer's extended key usage leaves out the purpose.</summary>
    PurposeNotAllowed,
    NameForbidden,

    /// <summary>Name constraints on a kind of name this tool does not compare: nothing is decided.</summary>
    NameUndecided,
    CriticalExtensionUnknown,
    ExtensionUnreadable,
}

/// <summary>One fault of a path.</summary>
/// <param name="Kind">What.</param>
/// <param name="Position">Of the certificate in the path, 0 being the leaf.</param>
/// <param name="Note">Why, for people.</param>
public sealed record PathFault(PathFaultKind Kind, int Position, string Note)
{
    /// <summary>False where this tool could not tell, rather than found a fault.</summary>
    public bool IsDecided => Kind is not (PathFaultKind.SignatureUnsupported or PathFaultKind.NameUndecided);
}
