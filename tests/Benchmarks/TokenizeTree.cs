using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`tokenize DIR`: lines a CPU-second, of the tokenizer alone over texts in memory by language, and of the whole sweep without examiners.</summary>
internal static class TokenizeTree
{
    private const int Rounds = 5;

    public static int Run(string directory)
    {
        var before = Cpu();
        var watch = Stopwatch.StartNew();
        var swept = SourceSweep.Run(directory, [], NullLogger.Instance, CancellationToken.None);
        var lines = swept.Files.Sum(f => (long)f.Lines);
        Console.WriteLine($"sweep: {swept.Files.Count} files, {lines} lines, {watch.Elapsed.TotalSeconds:F2} s, {lines / (Cpu() - before):N0} lines a CPU-second, {GC.GetTotalAllocatedBytes() >> 20} MiB allocated, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        foreach (var (reason, count) in swept.LeftOutCounts)
        {
            Console.WriteLine($"left out, {reason}: {count}");
        }

        var reader = new SourceReader(FileTree.Open(directory), SourceLimits.Default);
        var files = SourceWalk.List(directory).Files.Select(f => reader.Fetch(f).Bytes is { } bytes ? SourceReader.Read(f, bytes) : null).OfType<SourceReading.Taken>().Select(t => t.File).ToList();
        foreach (var language in files.GroupBy(f => f.Language).OrderByDescending(g => g.Sum(f => f.Lines)))
        {
            Tokenize(language.Key, [.. language]);
        }

        return 0;
    }

    private static void Tokenize(SourceLanguage language, IReadOnlyList<SourceFile> files)
    {
        var (best, tokens) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = Cpu();
            tokens = files.Sum(f => (long)Tokenizer.Tokenize(f).Tokens.Count);
            best = Math.Min(best, Cpu() - before);
        }

        var (lines, characters) = (files.Sum(f => (long)f.Lines), files.Sum(f => (long)f.Text.Length));
        Console.WriteLine($"{language,-12} {files.Count,6} files {lines,9} lines {tokens,10} tokens {lines / best,12:N0} lines a CPU-second {characters / best / 1e6,8:N1} M characters a CPU-second");
        foreach (var source in files.Select(Tokenizer.Tokenize))
        {
            ShowOpen(source);
        }
    }

    /// <summary>A literal that nothing closes shows in good code that the tokenizer took something for a literal that is none.</summary>
    private static void ShowOpen(TokenizedSource source)
    {
        for (var i = 0; i < source.Tokens.Count; i++)
        {
            var token = source.Tokens[i];
            var goesOn = i + 1 < source.Tokens.Count && source.Tokens[i + 1] is var next && next.Start == token.End && next.Kind is CodeTokenKind.Sign or CodeTokenKind.Word;
            if (token.Kind == CodeTokenKind.Text && token.Ends == LiteralEnds.Opening && !goesOn)
            {
                Console.WriteLine($"  open: {source.File.Path}:{token.Line} {source.SpanOf(token)[..Math.Min(60, token.Length)].ToString().ReplaceLineEndings("⏎")}");
                return;
            }
        }
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
