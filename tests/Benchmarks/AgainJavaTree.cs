using System.Diagnostics;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CodeSecurity;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`again-java DIR RULESETS OUT.json [CACHE]`: one analysis of flows as a process of its own, with what an earlier one wrote down where a folder is named; everything it saw goes into the file, to be compared byte for byte.</summary>
internal static class AgainJavaTree
{
    public static int Run(string directory, string rulesets, string to, string? cache)
    {
        var faults = new FaultList();
        var tables = Directory.EnumerateFiles(Path.Combine(rulesets, "code-security", "flows"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => new FlowTableReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<FlowTable>().ToList();
        faults.ThrowIfAny();
        var analysis = new JavaTreeAnalysis(tables);
        var seen = analysis.Run(directory, CancellationToken.None, cache);
        using var process = Process.GetCurrentProcess();
        var spent = process.TotalProcessorTime.TotalSeconds;
        var wall = (DateTime.Now - process.StartTime).TotalSeconds;
        Console.WriteLine($"{spent:F2} CPU s, {wall:F2} s, of the whole process; peak {process.PeakWorkingSet64 >> 20} MiB; {(analysis.Counts is { } counts ? $"{counts.Taken} methods taken over, {counts.Anew} gone over" : $"gone over wholly ({analysis.WhyAnew})")}; {(cache is null ? 0 : new DirectoryInfo(cache).EnumerateFiles().Sum(f => f.Length) >> 20)} MiB of cache");
        File.WriteAllBytes(to, seen is null ? [] : ObservationJson.ToFile(KeptAnalysis.Of(seen)));
        return 0;
    }
}
