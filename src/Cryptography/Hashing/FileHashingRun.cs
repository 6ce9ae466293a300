namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What the workers of one <see cref="FileHashing"/> call share: the paths still to do, and the results.</summary>
internal sealed class FileHashingRun(
    IReadOnlyList<string> paths, IProgress<FileHashingProgress>? progress, CancellationToken ct)
{
    // Telling every file of 32,000 would cost more than hashing some of them.
    private const int FilesBetweenReports = 64;

    private readonly FileDigest?[] _digests = new FileDigest?[paths.Count];
    private readonly FileHashingFailure?[] _failures = new FileHashingFailure?[paths.Count];
    private readonly List<int> _large = [];
    private readonly Lock _lock = new();
    private int _next = -1;
    private int _files;
    private long _bytes;

    public CancellationToken Cancellation => ct;

    /// <summary>Takes the next path.</summary>
    /// <returns>Its index, or -1 when none is left.</returns>
    public int TakeNext()
    {
        ct.ThrowIfCancellationRequested();
        var index = Interlocked.Increment(ref _next);
        return index < paths.Count ? index : -1;
    }

    public string PathOf(int index) => paths[index];

    /// <summary>Leaves a large file for later.</summary>
    public void PutAside(int index)
    {
        lock (_lock)
        {
            _large.Add(index);
        }
    }

    /// <summary>The files put aside, in input order.</summary>
    public int[] TakeLarge()
    {
        lock (_lock)
        {
            var large = _large.Order().ToArray();
            _large.Clear();
            return large;
        }
    }

    public void Succeed(int index, long bytes, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> sm3)
    {
        _digests[index] = new FileDigest(paths[index], bytes, Convert.ToHexStringLower(sha256), Convert.ToHexStringLower(sm3));
        Report(bytes);
    }

    public void Fail(int index, string reason)
    {
        _failures[index] = new FileHashingFailure(paths[index], reason);
        Report(0);
    }

    public IReadOnlyList<FileDigest> Result()
    {
        var digests = _digests.OfType<FileDigest>().ToArray();
        var failures = _failures.OfType<FileHashingFailure>().ToArray();
        return failures.Length == 0 ? digests : throw new FileHashingException(failures, digests);
    }

    private void Report(long bytes)
    {
        var total = Interlocked.Add(ref _bytes, bytes);
        var files = Interlocked.Increment(ref _files);
        if (progress is not null && (files % FilesBetweenReports == 0 || files == paths.Count))
        {
            progress.Report(new FileHashingProgress(files, paths.Count, total));
        }
    }
}
