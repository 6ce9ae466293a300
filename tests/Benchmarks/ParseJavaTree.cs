using System.Diagnostics;
using SmartCity.SecurityCheck.Probes.CodeSecurity;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`parse-java DIR`: lines a CPU-second of the Java parser over texts in memory, the first round with compilation; and what it did not understand.</summary>
internal static class ParseJavaTree
{
    private const int Rounds = 5;

    public static int Run(string directory)
    {
        var texts = Directory.EnumerateFiles(directory, "*.java", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (File: f, Text: File.ReadAllText(f))).ToList();
        var lines = texts.Sum(t => (long)t.Text.AsSpan().Count('\n'));
        var parser = new JavaParser();
        for (var round = 0; round < Rounds; round++)
        {
            var (before, allocated) = (Cpu(), GC.GetTotalAllocatedBytes());
            var units = texts.Select(t => (t.File, Unit: parser.Parse(t.Text))).ToList();
            var spent = Cpu() - before;
            Console.WriteLine($"{texts.Count} files {lines} lines {units.Sum(u => (long)u.Unit.Tokens)} tokens {spent:F2} CPU s {lines / spent:N0} lines a CPU-second {(GC.GetTotalAllocatedBytes() - allocated) >> 20} MiB of syntax");
            foreach (var (file, unit) in units.Where(u => round == 0 && !u.Unit.Gaps.IsEmpty))
            {
                Console.WriteLine($"  {unit.Gaps.Length} gaps: {file}: {unit.Gaps[0].Reason} {unit.Gaps[0].Within}");
            }
        }

        return 0;
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
