namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Thrown after every file has been tried, when at least one vanished, was denied or changed its length while being read. Whoever can live
/// with that catches it and goes on with <see cref="Digests"/>; nobody can overlook it.
/// </summary>
public sealed class FileHashingException : IOException
{
    /// <summary>Gathers what a finished run could not hash.</summary>
    /// <param name="failures">At least one, in input order.</param>
    /// <param name="digests">The files that did get hashed, in input order.</param>
    public FileHashingException(IReadOnlyList<FileHashingFailure> failures, IReadOnlyList<FileDigest> digests)
        : base(Describe(failures))
    {
        Failures = failures;
        Digests = digests;
    }

    /// <summary>One per file that could not be hashed, in input order.</summary>
    public IReadOnlyList<FileHashingFailure> Failures { get; }

    /// <summary>The digests of all other files, in input order.</summary>
    public IReadOnlyList<FileDigest> Digests { get; }

    private static string Describe(IReadOnlyList<FileHashingFailure> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        const int shown = 3;
        var lines = failures.Take(shown).Select(static f => $"{f.Path}：{f.Reason}");
        var more = failures.Count > shown ? $"；另有 {failures.Count - shown} 个" : string.Empty;
        return $"{failures.Count} 个文件无法计算摘要。{string.Join("；", lines)}{more}";
    }
}
