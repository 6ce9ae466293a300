namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>"Is this the signature of that file?"</summary>
public sealed record SealQuestion
{
    /// <summary>Content of SignedValue.dat.</summary>
    public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Content of Signature.xml, exactly as stored.</summary>
    public required ReadOnlyMemory<byte> SignedFile { get; init; }

    /// <summary>Where it lies, with a leading slash.</summary>
    public required string SignedFilePath { get; init; }

    /// <summary>Content of Seal.esl; null where there is none.</summary>
    public ReadOnlyMemory<byte>? SealFile { get; init; }

    /// <summary>Time that only the signed file states; used where the value states none.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    public SealTrust Trust { get; init; } = SealTrust.None;
}

/// <summary>Certificates somebody vouches for, and those in between.</summary>
/// <param name="Anchors">Empty where nobody configured any: chains are then not judged.</param>
/// <param name="Intermediates">Untrusted.</param>
public sealed record SealTrust(IReadOnlyList<CertificateDetails> Anchors, IReadOnlyList<CertificateDetails> Intermediates)
{
    public static SealTrust None { get; } = new([], []);

    /// <summary>What certification authorities say of revoked certificates; without these and <see cref="StatusResponses"/> revocation is not looked at.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>OCSP responses that somebody kept.</summary>
    public IReadOnlyList<OcspResponse> StatusResponses { get; init; } = [];
}

/// <summary>What became of the question.</summary>
public sealed record SealReport
{
    public required SealShape Shape { get; init; }

    /// <summary>Null where no seal is in it.</summary>
    public ElectronicSeal? Seal { get; init; }

    /// <summary>Layout of the signature; null where it is none made with a seal.</summary>
    public SealStandard? Standard { get; init; }

    /// <summary>Null where none could be read.</summary>
    public CertificateDetails? Signer { get; init; }

    public CertificateDetails? Maker { get; init; }

    /// <summary>As the signer says; null where it is not said.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>In the order of <see cref="SealStep"/>.</summary>
    public required IReadOnlyList<SealCheck> Checks { get; init; }

    public SealOutcome? Of(SealStep step) => Checks.FirstOrDefault(c => c.Step == step)?.Outcome;
}
