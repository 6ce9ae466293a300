using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>With a cache a pass sees what it would see without; nothing that does not fit is taken over.</summary>
public sealed class SweepCacheTests : IDisposable
{
    private static readonly IReadOnlyList<ISourceExaminer> Examiners = [ShippedPatterns.Examiner, new SecretExaminer(new SecretRules(Tables.Secrets))];

    private readonly TemporaryFolder _tree = WrittenTree.Make();
    private readonly TemporaryFolder _cache = new();

    public SweepCacheTests()
    {
        _tree.Write("src/A.java", "class A { // securitycheck:ignore GM-03-jca reason=a reviewer=b until=2099-01-01\n Object a() { return MessageDigest.getInstance(\"MD5\"); }\n}\n");
        _tree.Write("src/B.go", "package a\nfunc f() { d := md5.Sum(x); b, err := sm4.NewCipher(key) }\n");
        _tree.Write("application.yml", "spring:\n  datasource:\n    password: Gov@2024x\n");
    }

    public void Dispose()
    {
        _tree.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void The_second_pass_takes_over_and_says_the_same()
    {
        var without = Said(Sweep(_tree.Path, null));
        var first = new Counting(Examiners);
        Assert.Equal(without, Said(Sweep(_tree.Path, _cache.Path, first.All)));
        Assert.True(first.Count > 0);
        var second = new Counting(Examiners);
        Assert.Equal(without, Said(Sweep(_tree.Path, _cache.Path, second.All)));
        Assert.Equal(0, second.Count);
        Assert.DoesNotContain("Gov@2024x", File.ReadAllText(Assert.Single(Directory.GetFiles(_cache.Path))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_changed_is_looked_at_again_and_what_is_gone_is_forgotten()
    {
        Sweep(_tree.Path, _cache.Path);
        _tree.Write("src/A.java", "class A { Object a() { return Cipher.getInstance(\"DES\"); } }\n");
        File.Delete(_tree.File("application.yml"));
        _tree.Write("src/C.java", "class C { }\n");
        var again = new Counting(Examiners);
        Assert.Equal(Said(Sweep(_tree.Path, null)), Said(Sweep(_tree.Path, _cache.Path, again.All)));
        Assert.Equal(4, again.Count);
    }

    [Fact]
    public void A_file_of_the_same_bytes_in_another_place_is_another()
    {
        Sweep(_tree.Path, _cache.Path);
        Directory.CreateDirectory(_tree.File("src/test"));
        File.Move(_tree.File("src/A.java"), _tree.File("src/test/A.java"));
        Assert.Equal(Said(Sweep(_tree.Path, null)), Said(Sweep(_tree.Path, _cache.Path)));
    }

    [Fact]
    public void Other_rules_another_tree_and_a_failed_examiner_take_over_nothing()
    {
        Sweep(_tree.Path, _cache.Path);
        var others = new Counting([new Renamed(Examiners[0], "patterns-of-tomorrow"), Examiners[1]]);
        Sweep(_tree.Path, _cache.Path, others.All);
        Assert.True(others.Count > 0);
        using var second = WrittenTree.Make();
        File.Copy(Directory.GetFiles(_cache.Path).Single(), Path.Combine(_cache.Path, CacheFile.NameOf("sweep", second.Path)));
        var elsewhere = new Counting(Examiners);
        Sweep(second.Path, _cache.Path, elsewhere.All);
        Assert.True(elsewhere.Count > 0);
        foreach (var file in Directory.GetFiles(_cache.Path))
        {
            File.Delete(file);
        }

        Sweep(_tree.Path, _cache.Path, [new Failing(Examiners[0].Id), Examiners[1]]);
        Assert.Equal(Said(Sweep(_tree.Path, null)), Said(Sweep(_tree.Path, _cache.Path)));
    }

    [Fact]
    public void A_damaged_cache_is_as_if_it_were_not_there()
    {
        var without = Said(Sweep(_tree.Path, null));
        Sweep(_tree.Path, _cache.Path);
        var path = Directory.GetFiles(_cache.Path).Single();
        var whole = File.ReadAllBytes(path);
        var seed = new SeededBytes(3);
        for (var i = 0; i < 60; i++)
        {
            File.WriteAllBytes(path, i == 0 ? [] : i == 1 ? whole[..(whole.Length / 2)] : seed.Mutate(whole));
            Assert.Equal(without, Said(Sweep(_tree.Path, _cache.Path)));
        }
    }

    private static SweptTree Sweep(string root, string? cache, IReadOnlyList<ISourceExaminer>? examiners = null) =>
        SourceSweep.Run(root, examiners ?? Examiners, NullLogger.Instance, CancellationToken.None, null, cache);

    /// <summary>Everything a pass saw, but the names of the examiners.</summary>
    private static string Said(SweptTree swept) => JsonSerializer.Serialize(
        new { swept.Files, swept.LeftOut, Counts = swept.LeftOutCounts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}"), Faults = swept.Faults.Count, swept.IsWhole, Found = swept.Findings.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value) },
        ObservationJson.Options);

    /// <summary>The same examiners, counted.</summary>
    private sealed class Counting
    {
        private int _count;

        public Counting(IReadOnlyList<ISourceExaminer> examiners) => All = [.. examiners.Select(e => new Counted(e, this))];

        public IReadOnlyList<ISourceExaminer> All { get; }

        public int Count => _count;

        private sealed class Counted(ISourceExaminer inner, Counting counting) : ISourceExaminer
        {
            public string Id => inner.Id;

            public SourceFindings Examine(TokenizedSource source)
            {
                Interlocked.Increment(ref counting._count);
                return inner.Examine(source);
            }
        }
    }

    private sealed class Renamed(ISourceExaminer inner, string id) : ISourceExaminer
    {
        public string Id => id;

        public SourceFindings Examine(TokenizedSource source) => inner.Examine(source);
    }

    private sealed class Failing(string id) : ISourceExaminer
    {
        public string Id => id;

        public SourceFindings Examine(TokenizedSource source) => throw new InvalidOperationException();
    }
}
