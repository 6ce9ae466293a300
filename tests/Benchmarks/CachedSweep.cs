using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Probes.CodeSecurity;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`cached-sweep DIR RULES`: token rules and secrets over a tree without a cache, with an empty one, and twice with what the pass before left.</summary>
internal static class CachedSweep
{
    public static int Run(string directory, string rules)
    {
        var cache = Directory.CreateTempSubdirectory("cached-sweep");
        try
        {
            var examiners = Examiners(rules)();
            foreach (var (name, folder) in new[] { ("without", null), ("empty cache", cache.FullName), ("cache", cache.FullName), ("cache again", cache.FullName) })
            {
                var (watch, before) = (Stopwatch.StartNew(), Cpu());
                var swept = SourceSweep.Run(directory, examiners, NullLogger.Instance, CancellationToken.None, cacheFolder: folder);
                var lines = swept.Files.Sum(f => (long)f.Lines);
                Console.WriteLine($"{name}: {swept.Files.Count} files, {lines} lines, {swept.Findings.Values.Sum(f => f.Sum(x => x.Findings.Defects.Count))} defects, {watch.Elapsed.TotalSeconds:F2} s, {Cpu() - before:F2} CPU-seconds, {lines / (Cpu() - before):N0} lines a CPU-second");
            }
        }
        finally
        {
            cache.Delete(recursive: true);
        }

        return 0;
    }

    /// <summary>Makes new ones of the rules each time it is asked, so that no expression is known from before.</summary>
    internal static Func<IReadOnlyList<ISourceExaminer>> Examiners(string rules)
    {
        var patterns = Tables(rules, "patterns", (f, n, b) => new CodePatternReader(f).Read(n, b));
        var secrets = Tables(rules, "secrets", (f, n, b) => new SecretTableReader(f).Read(n, b));
        return () => [new PatternExaminer(patterns), new SecretExaminer(new SecretRules(secrets))];
    }

    private static List<T> Tables<T>(string rules, string kind, Func<FaultList, string, byte[], T?> read)
        where T : class
    {
        var faults = new FaultList();
        var found = Directory.EnumerateFiles(Path.Combine(rules, "code-security", kind), "*.yaml").Order(StringComparer.Ordinal).Select(f => read(faults, Path.GetFileName(f), File.ReadAllBytes(f))).OfType<T>().ToList();
        faults.ThrowIfAny();
        return found;
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
