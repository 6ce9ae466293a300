using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class FileHashingTests
{
    [SkippableTheory]
    [InlineData(LanePath.Scalar, 1)]
    [InlineData(LanePath.Scalar, 3)]
    [InlineData(LanePath.Avx2, 1)]
    [InlineData(LanePath.Avx2, 2)]
    [InlineData(LanePath.Avx512, 1)]
    [InlineData(LanePath.Avx512, 2)]
    internal void Both_digests_agree_with_hashing_the_content_by_itself(LanePath path, int degree)
    {
        Skip.IfNot(LanePaths.IsSupported(path), $"this processor has no {path}");
        using var folder = new TemporaryFolder();
        var random = new SeededBytes(4);
        var paths = new List<string>();
        int[] special = [0, 1, 55, 56, 63, 64, 65, 65_535, 65_536, 65_537, 131_072, 300_001];
        for (var i = 0; i < 90; i++)
        {
            paths.Add(folder.Write($"{i:D3}.bin", random.Take(i < special.Length ? special[i] : random.Below(3000))));
        }

        paths.Add(paths[3]);
        RequireAgreement(paths, FileHashing.HashFiles(paths, new FileHashingOptions { DegreeOfParallelism = degree }, path, null, default));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 9)]
    public void Large_files_alone_and_among_others_agree(int degree, int largeFiles)
    {
        using var folder = new TemporaryFolder();
        var random = new SeededBytes(5);
        var paths = new List<string>();
        for (var i = 0; i < 25 + largeFiles; i++)
        {
            paths.Add(folder.Write($"{i:D3}.bin", random.Take(i < largeFiles ? 150_000 + i : 500 + i)));
        }

        var options = new FileHashingOptions { DegreeOfParallelism = degree, LargeFileBytes = 100_000 };
        RequireAgreement(paths, FileHashing.HashFiles(paths, options));
    }

    [Fact]
    public void No_files_give_no_digests() => Assert.Empty(FileHashing.HashFiles([]));

    [Fact]
    public void Missing_files_and_folders_are_named_and_the_others_still_hashed()
    {
        using var folder = new TemporaryFolder();
        var good = folder.Write("good.bin", [1, 2, 3]);
        var missing = Path.Combine(folder.Root, "missing.bin");
        var error = Assert.Throws<FileHashingException>(() => FileHashing.HashFiles([missing, good, folder.Root]));

        Assert.Equal([missing, folder.Root], error.Failures.Select(static f => f.Path));
        Assert.Equal("文件不存在。", error.Failures[0].Reason);
        Assert.Equal(good, Assert.Single(error.Digests).Path);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_file_whose_stated_length_is_not_its_content_is_an_error_not_a_digest()
    {
        const string pretendsToBeEmpty = "/proc/version";
        Skip.IfNot(File.Exists(pretendsToBeEmpty), "no such file system here");
        var error = Assert.Throws<FileHashingException>(() => FileHashing.HashFiles([pretendsToBeEmpty]));
        Assert.Contains("不是普通文件", Assert.Single(error.Failures).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(130_000)]
    public void A_file_that_changes_its_length_while_being_read_is_refused(int newLength)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("changing.bin", new byte[100_000]);
        using var file = SourceFile.Open(path);
        file.Read(new byte[65_536], out var ended);
        Assert.False(ended);
        using (var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(newLength);
        }

        var error = Assert.Throws<SourceFileException>(() => file.Read(new byte[65_536], out _));
        Assert.Contains("100000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_run()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.bin", [1]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => FileHashing.HashFiles([path], ct: source.Token));
    }

    [Fact]
    public void Progress_ends_with_every_file_and_every_byte()
    {
        using var folder = new TemporaryFolder();
        var paths = Enumerable.Range(0, 100).Select(i => folder.Write($"{i}.bin", new byte[i])).ToList();
        var seen = new Collector();
        FileHashing.HashFiles(paths, progress: seen);
        Assert.Contains(seen.Reports, static r => r is { Files: 100, TotalFiles: 100, Bytes: 4950 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void A_senseless_degree_is_refused(int degree) => Assert.Throws<ArgumentOutOfRangeException>(
        () => FileHashing.HashFiles([], new FileHashingOptions { DegreeOfParallelism = degree }));

    private static void RequireAgreement(List<string> paths, IReadOnlyList<FileDigest> digests)
    {
        Assert.Equal(paths, digests.Select(static d => d.Path));
        foreach (var digest in digests)
        {
            var content = File.ReadAllBytes(digest.Path);
            Assert.Equal(content.Length, digest.Bytes);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), digest.Sha256);
            Assert.Equal(Convert.ToHexStringLower(Sm3.HashData(content)), digest.Sm3);
        }
    }

    private sealed class Collector : IProgress<FileHashingProgress>
    {
        private readonly Lock _lock = new();

        public List<FileHashingProgress> Reports { get; } = [];

        public void Report(FileHashingProgress value)
        {
            lock (_lock)
            {
                Reports.Add(value);
            }
        }
    }
}
