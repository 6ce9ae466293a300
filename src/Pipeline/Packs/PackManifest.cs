using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>manifest.json: every file of the pack but the seal itself, and who sealed it. What is signed are the bytes of this file.</summary>
public sealed record PackManifest
{
    public const string CurrentFormat = "smartcity-securitycheck-pack/1";

    public required string Format { get; init; }

    public required string ToolVersion { get; init; }

    public required string CandidateId { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>Cancelled: sealed, but the run was interrupted.</summary>
    public required Completion Completion { get; init; }

    public required PackSigner Signer { get; init; }

    /// <summary>Ordinal order of paths.</summary>
    public required IReadOnlyList<PackedFile> Files { get; init; }
}

/// <param name="Algorithm">SM2 with SM3 (GB/T 32918.2-2016).</param>
/// <param name="UserId">Distinguishing identifier that went into Z_A.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
/// <param name="Fingerprint">SM3 of SubjectPublicKeyInfo, lower-case hexadecimal.</param>
/// <param name="IsPackLocal">自签: the key was made for this pack and thrown away; the seal shows that nothing changed, not who made it.</param>
public sealed record PackSigner(string Algorithm, string UserId, string PublicKey, string Fingerprint, bool IsPackLocal);

/// <param name="Path">Relative, forward slashes.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Sm3">64 lower-case hexadecimal digits.</param>
public sealed record PackedFile(string Path, long Bytes, string Sha256, string Sm3);
