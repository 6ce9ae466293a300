using System.Collections.Concurrent;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an earlier pass over a tree saw in each file: taken over where path, bytes, examiners and build are the same.</summary>
internal sealed class SweepCache
{
    private readonly CacheFile _file;
    private readonly Dictionary<string, CachedFile> _known;
    private readonly ConcurrentBag<CachedFile> _seen = [];
    private readonly int _examiners;
    private int _taken;

    private SweepCache(CacheFile file, int examiners)
    {
        (_file, _examiners) = (file, examiners);
        _known = file.Read<CachedTree>()?.Files.DistinctBy(f => f.File.Path, StringComparer.Ordinal).ToDictionary(f => f.File.Path, StringComparer.Ordinal) ?? [];
    }

    /// <summary>Files whose findings were taken over.</summary>
    public int Taken => _taken;

    /// <param name="folder">Null for no cache.</param>
    /// <param name="root">Of the tree, full.</param>
    /// <param name="examiners">Of the pass; their ids change with their rules.</param>
    public static SweepCache? Open(string? folder, string root, IReadOnlyList<ISourceExaminer> examiners) => folder is null || !Directory.Exists(folder)
        ? null
        : new SweepCache(new CacheFile(folder, CacheFile.NameOf("sweep", root), $"sweep 1\n{CacheFile.Build}\n{root}\n{string.Join('\n', examiners.Select(e => e.Id))}"), examiners.Count);

    public static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(Sm3.HashData(bytes));

    /// <summary>Null where the file is new or another.</summary>
    public CachedFile? Find(string path, string digest)
    {
        if (!_known.TryGetValue(path, out var known) || known.Digest != digest || !IsSound(known))
        {
            return null;
        }

        Interlocked.Increment(ref _taken);
        _seen.Add(known);
        return known;
    }

    public void Keep(CachedFile file) => _seen.Add(file);

    /// <summary>For the next pass; files that are gone are forgotten.</summary>
    public void Save()
    {
        if (_taken < _known.Count || _taken < _seen.Count)
        {
            _file.Write(new CachedTree([.. _seen.OrderBy(f => f.File.Path, StringComparer.Ordinal)]));
        }
    }

    private bool IsSound(CachedFile known) =>
        known.Findings.Count == _examiners
        && known.Findings.All(f => f is null || (f.Defects.All(d => d.File == known.File.Path) && f.CryptoUses.All(u => u.File == known.File.Path)));
}

/// <param name="Files">By path.</param>
internal sealed record CachedTree(IReadOnlyList<CachedFile> Files);

/// <param name="Digest">SM3 of the bytes.</param>
/// <param name="File">As it was read.</param>
/// <param name="Findings">One for each examiner; null where it found nothing.</param>
internal sealed record CachedFile(string Digest, SweptFile File, IReadOnlyList<SourceFindings?> Findings);
