namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The two digests of one file, taken from a single reading.</summary>
/// <param name="Path">As the caller named it.</param>
/// <param name="Bytes">Length of what was read.</param>
/// <param name="Sha256">SHA-256 (FIPS 180-4), 64 lower-case hexadecimal digits.</param>
/// <param name="Sm3">SM3 (GM/T 0004), 64 lower-case hexadecimal digits.</param>
public sealed record FileDigest(string Path, long Bytes, string Sha256, string Sm3);

/// <summary>A file that could not be hashed.</summary>
/// <param name="Path">As the caller named it.</param>
/// <param name="Reason">Chinese, fit to be shown.</param>
public sealed record FileHashingFailure(string Path, string Reason);

/// <summary>How far a run has come.</summary>
/// <param name="Files">Files finished, failures included.</param>
/// <param name="TotalFiles">Files asked for.</param>
/// <param name="Bytes">Bytes of the files finished.</param>
public sealed record FileHashingProgress(int Files, int TotalFiles, long Bytes);

/// <summary>Settings of <see cref="FileHashing"/>.</summary>
public sealed record FileHashingOptions
{
    /// <summary>Worker threads, 1 to 64; unset means one per processor, at most 8. Each holds at most 1.1 MiB of buffers.</summary>
    public int? DegreeOfParallelism { get; init; }
}
