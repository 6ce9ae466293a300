using System.Diagnostics;

namespace SmartCity.SecurityCheck.Benchmarks;

using SmartCity.SecurityCheck.Cryptography;

/// <summary>`hash-tree DIR [MANIFEST [THREADS]]`: SHA-256 and SM3 of every file below a directory, as one process that can be timed from outside.</summary>
internal static class HashTree
{
    public static int Run(string directory, string? manifest, int? threads)
    {
        var watch = Stopwatch.StartNew();
        var paths = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var listed = watch.Elapsed;
        var digests = FileHashing.HashFiles(paths, new FileHashingOptions { DegreeOfParallelism = threads });
        var hashed = watch.Elapsed - listed;
        Console.WriteLine($"{digests.Count} files, {digests.Sum(static d => d.Bytes)} bytes, listed in {listed.TotalSeconds:F3} s, hashed in {hashed.TotalSeconds:F3} s");
        if (manifest is not null)
        {
            File.WriteAllLines(manifest, digests.Select(static d => $"{d.Sm3} {d.Sha256} {d.Path}"));
            return 0;
        }

        var summary = Convert.ToHexStringLower(Sm3.HashData(digests.SelectMany(static d => Convert.FromHexString(d.Sm3)).ToArray()));
        Console.WriteLine($"SM3 over the SM3 digests in path order: {summary}");
        return 0;
    }
}
