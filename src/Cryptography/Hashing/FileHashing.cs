namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SHA-256 and SM3 of files, both from one reading of each file.</summary>
/// <remarks>
/// Files share the lanes of the widest vector instructions the processor has, so many small files go several times faster than one after
/// the other. Memory is bounded by 1.1 MiB of buffers per worker, whatever the sizes of the files. What is no regular file is a failure and
/// is not waited for.
/// </remarks>
public static class FileHashing
{
    private const int MaxDefaultDegree = 8;
    private const int MaxDegree = 64;
    private const int LargeFilesPerWorker = 2;
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Hashes every file.</summary>
    /// <param name="paths">Files in any order; the same path may occur twice.</param>
    /// <param name="options">Unset means the defaults.</param>
    /// <param name="progress">Reported from the worker threads.</param>
    /// <param name="ct">Ends the run early.</param>
    /// <returns>One entry per path, in the order given.</returns>
    /// <exception cref="FileHashingException">At least one file could not be hashed; carries the others.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was triggered.</exception>
    public static IReadOnlyList<FileDigest> HashFiles(
        IReadOnlyList<string> paths, FileHashingOptions? options = null, IProgress<FileHashingProgress>? progress = null, CancellationToken ct = default) =>
        HashFiles(paths, options ?? new FileHashingOptions(), LanePaths.Best, progress, ct);

    internal static IReadOnlyList<FileDigest> HashFiles(
        IReadOnlyList<string> paths, FileHashingOptions options, LanePath path, IProgress<FileHashingProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var degree = options.DegreeOfParallelism ?? Math.Min(Environment.ProcessorCount, MaxDefaultDegree);
        if (degree is < 1 or > MaxDegree)
        {
            throw new ArgumentOutOfRangeException(nameof(options), degree, $"并行度须在 1 到 {MaxDegree} 之间。");
        }

        var run = new FileHashingRun(paths, progress, ct);
        InLanes(run, paths.Count, path, degree, options.LargeFileBytes, run.TakeNext);
        Large(run, run.TakeLarge(), path, degree);
        return run.Result();
    }

    /// <summary>Large files fill lanes only when there are enough of them; a few go faster one by one.</summary>
    private static void Large(FileHashingRun run, int[] indexes, LanePath path, int degree)
    {
        if (path != LanePath.Scalar && indexes.Length >= LargeFilesPerWorker * degree)
        {
            var next = -1;
            InLanes(run, indexes.Length, path, degree, long.MaxValue, () =>
            {
                run.Cancellation.ThrowIfCancellationRequested();
                var i = Interlocked.Increment(ref next);
                return i < indexes.Length ? indexes[i] : -1;
            });
            return;
        }

        var buffer = StreamedFile.NewBuffer();
        foreach (var index in indexes)
        {
            StreamedFile.Hash(run, index, buffer, inParallel: degree > 1);
        }
    }

    private static void InLanes(FileHashingRun run, int count, LanePath path, int degree, long largeFileBytes, Func<int> takeNext)
    {
        void Work()
        {
            if (path == LanePath.Scalar)
            {
                StreamedFile.HashAll(run, takeNext);
                return;
            }

            var compressor = LaneCompressor.Create(path, withSha256: true);
            using var messages = new FileMessages(run, compressor.Lanes, takeNext, largeFileBytes);
            new LaneScheduler(compressor, ChunkBytes).Run(messages);
        }

        var workers = Enumerable.Range(0, Math.Clamp(count, 1, degree))
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        Task.WhenAll(workers).GetAwaiter().GetResult();
    }
}
