using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`score-java DIR RULESETS [EXPECTED.csv [ALL.json]]`: what the analysis of flows finds in a tree, how quickly, and, where results are expected, how rightly. The last file, if named, takes all of it, to be compared with another run. A defect counts for the case in whose file its way passes.</summary>
internal static class ScoreJavaTree
{
    private static readonly JsonSerializerOptions AsText = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(string directory, string rulesets, string? expected, string? to = null)
    {
        var faults = new FaultList();
        var tables = Directory.EnumerateFiles(Path.Combine(rulesets, "code-security", "flows"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => new FlowTableReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<FlowTable>().ToList();
        faults.ThrowIfAny();
        var before = Cpu();
        var seen = new JavaTreeAnalysis(tables).Run(directory, CancellationToken.None);
        if (seen is null)
        {
            return 1;
        }

        var spent = Cpu() - before;
        var defects = seen.Seen;
        Console.WriteLine($"{seen.Files} files {seen.Lines} lines {spent:F2} CPU s {seen.Lines / spent:N0} lines a CPU-second; known calls {seen.KnownCallsPercent} %, {seen.Unread.Count} not understood, {seen.CutCount} cut; {Environment.WorkingSet >> 20} MiB");
        Console.WriteLine($"  {GC.GetTotalAllocatedBytes() >> 20} MiB allocated, {GC.CollectionCount(0)} collections ({GC.CollectionCount(1)} of middle-aged, {GC.CollectionCount(2)} of all), {GC.GetTotalPauseDuration().TotalSeconds:F2} s of them; peak {Peak()} MiB");
        foreach (var kind in defects.CountBy(d => d.RuleId).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {kind.Key} {kind.Value}");
        }

        foreach (var why in seen.Cut.CountBy(c => c.Why[(c.Why.IndexOf('：', StringComparison.Ordinal) + 1)..]).OrderByDescending(c => c.Value))
        {
            Console.WriteLine($"  cut, of the first {seen.Cut.Count}: {why.Key} {why.Value}");
        }

        if (to is not null)
        {
            File.WriteAllText(to, JsonSerializer.Serialize(new { Defects = defects, seen.Unread, seen.Cut, seen.CutCount, seen.Believed, seen.KnownCallsPercent }, AsText));
        }

        if (expected is { Length: > 0 })
        {
            var byCase = defects.SelectMany(d => d.Flow.Select(f => f.File).Append(d.File).Select(f => (Case: Path.GetFileNameWithoutExtension(f), d.Cwe))).ToHashSet();
            Console.Write(FlowScore.Say(FlowScore.Score(FlowScore.Read(File.ReadLines(expected)), e => byCase.Contains((e.Case, e.Cwe)))));
        }

        return 0;
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
