using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Probes.CodeSecurity;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>
/// `sweep DIR RULES [ROUNDS]`: one pass of a run over a tree, with the pattern rules and the search for secrets; the first round also pays for
/// compilation. The digest over all findings tells whether a change of the code changed what it finds.
/// </summary>
internal static class SweepTree
{
    public static int Run(string directory, string rules, int rounds)
    {
        var before = Cpu();
        var read = CachedSweep.Examiners(rules);
        Console.WriteLine($"rules read in {Cpu() - before:F2} CPU s");
        for (var round = 0; round < rounds; round++)
        {
            Round(read(), directory);
        }

        return 0;
    }

    private static void Round(IReadOnlyList<ISourceExaminer> examiners, string directory)
    {
        var (before, allocated, pauses, watch) = (Cpu(), GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), Stopwatch.StartNew());
        var swept = SourceSweep.Run(directory, examiners, NullLogger.Instance, CancellationToken.None);
        var (cpu, wall) = (Cpu() - before, watch.Elapsed.TotalSeconds);
        var lines = swept.Files.Sum(f => (long)f.Lines);
        Console.WriteLine($"{swept.Files.Count} files, {lines} lines: {wall:F2} s, {cpu:F2} CPU s, {lines / cpu:N0} lines a CPU-second, "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) >> 20} MiB allocated, {(GC.GetTotalPauseDuration() - pauses).TotalSeconds:F2} s paused, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        foreach (var examiner in examiners)
        {
            var found = swept.Of(examiner.Id);
            Console.WriteLine($"  {examiner.Id.Split(['-', ' '])[0]}: {found.Sum(f => f.Findings.Defects.Count)} defects, {found.Sum(f => f.Findings.CryptoUses.Count)} uses, {swept.Faults.Count(f => f.ExaminerId == examiner.Id)} faults, {Digest(found, swept.Faults)}");
        }
    }

    private static string Digest(IReadOnlyList<FileFindings> found, IReadOnlyList<ExaminerFault> faults)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> said = found.SelectMany(f => f.Findings.Defects.Select(d => d.ToString()).Concat(f.Findings.CryptoUses.Select(u => u.ToString()))).Concat(faults.Select(f => f.ToString()));
        foreach (var text in said)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
