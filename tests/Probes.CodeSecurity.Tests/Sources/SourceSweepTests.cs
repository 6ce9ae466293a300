using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class SourceSweepTests
{
    private static SweptTree Sweep(string root, SourceLimits? limits = null, params IReadOnlyList<ISourceExaminer> examiners) =>
        SourceSweep.Run(root, examiners, NullLogger.Instance, CancellationToken.None, limits);

    [Fact]
    public void Every_file_is_read_or_named_with_a_reason()
    {
        using var folder = WrittenTree.Make();
        var swept = Sweep(folder.Path);
        Assert.True(swept.IsWhole);
        Assert.Equal(
            [
                "dist/keep.sh Shell utf-8 2", "gen/Stub.java Java utf-8 2", "job.rb Other utf-8 1", "src/Broken.java Java unknown 2", "src/Gbk.java Java gb18030 2", "src/Main.java Java utf-8 1", "src/Marked.py Python utf-8 1",
                "src/Wide.cs CSharp utf-16le 1", "src/WideNoMark.cs CSharp utf-16le 1", "tool Python utf-8 2", "web/package.json Json utf-8 1",
            ],
            swept.Files.Select(f => $"{f.Path} {f.Language} {f.Charset} {f.Lines}"));
        Assert.Equal(
            [".git/ Vendored 1", "lib/a.jar Binary 1", "src/Scrambled.java Undecodable 1", "web/app.min.js Minified 1", "web/dist/ Vendored 1", "web/node_modules/ Vendored 2"],
            swept.LeftOut.Select(e => $"{e.Path} {e.Reason} {e.Files}"));
    }

    [SkippableFact]
    public async Task Links_and_pipes_are_named_and_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        await OddFiles.PipeAsync(folder.File("p.java"));
        folder.Write("a.java", "class A {}\n");
        File.CreateSymbolicLink(folder.File("b.java"), "/etc/passwd");
        Directory.CreateSymbolicLink(folder.File("up"), "..");
        var swept = Sweep(folder.Path);
        Assert.Equal(["a.java"], swept.Files.Select(f => f.Path));
        Assert.Equal(["b.java Link", "p.java Unreadable", "up Link"], swept.LeftOut.Select(e => $"{e.Path} {e.Reason}"));
    }

    [Fact]
    public void Limits_are_kept_and_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A {}\n");
        folder.Write("b.java", new string('x', 100));
        folder.Write("c/d/e.java", "class E {}\n");
        folder.Write("f.java", "class F {}\n");
        var few = Sweep(folder.Path, new SourceLimits { Files = 1, FileBytes = 50, Depth = 1 });
        Assert.False(few.IsWhole);
        Assert.Equal(["a.java"], few.Files.Select(f => f.Path));
        Assert.Equal(["b.java TooLarge", "c/d/ BeyondLimits", "f.java BeyondLimits"], few.LeftOut.Select(e => $"{e.Path} {e.Reason}"));
        Assert.False(Sweep(folder.Path, new SourceLimits { TotalBytes = 20 }).IsWhole);
        Assert.Equal(4, Sweep(folder.Path, new SourceLimits { LeftOut = 1, FileBytes = 5 }).LeftOutCounts[LeftOutReason.TooLarge]);
    }

    [Fact]
    public void A_failing_examiner_spoils_its_own_result_alone()
    {
        using var folder = WrittenTree.Make();
        var swept = Sweep(folder.Path, null, new WordCounter("words", ""), new WordCounter("falls", "Main"));
        Assert.Equal("src/Main.java", Assert.Single(swept.Faults).Path);
        Assert.True(swept.IsWholeFor("words"));
        Assert.False(swept.IsWholeFor("falls"));
        Assert.Equal(swept.Files.Count - 1, swept.Of("falls").Count);
        Assert.Equal(swept.Of("words").Select(f => f.Path).Order(StringComparer.Ordinal), swept.Of("words").Select(f => f.Path));
    }

    [Fact]
    public async Task The_sweep_of_a_run_is_shared_and_its_cancellation_passes()
    {
        using var folder = WrittenTree.Make();
        var target = new SourceTree { Id = "src", Path = folder.Path };
        var context = ProbeContexts.For(new KeptEvidence(), target);
        Assert.Same(await SourceSweep.OfAsync(target, context, CancellationToken.None), await SourceSweep.OfAsync(target, context, CancellationToken.None));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => SourceSweep.Run(folder.Path, [], NullLogger.Instance, stopped.Token));
        Assert.Throws<UnableException>(() => Sweep(folder.File("nowhere")));
    }

    private sealed class WordCounter(string id, string falling) : ISourceExaminer
    {
        public string Id => id;

        public SourceFindings Examine(TokenizedSource source) =>
            falling.Length > 0 && source.File.Path.Contains(falling, StringComparison.Ordinal) ? throw new InvalidOperationException() : new SourceFindings([], [new CryptoUse { Primitive = "hash", Api = id, File = source.File.Path, Line = 1 }]);
    }
}
