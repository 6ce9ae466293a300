namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The two digests of one content.</summary>
/// <param name="Sha256">SHA-256 (FIPS 180-4), 64 lower-case hexadecimal digits.</param>
/// <param name="Sm3">SM3 (GM/T 0004), 64 lower-case hexadecimal digits.</param>
public sealed record ContentDigest(string Sha256, string Sm3);

/// <summary>SHA-256 and SM3 of contents that are already in memory, side by side in the lanes of the widest vector instructions.</summary>
public static class ContentHashing
{
    private const int ChunkBytes = 16 * 1024;
    private const int MaxDegree = 8;
    private const long BytesPerWorker = 4L * 1024 * 1024;

    /// <summary>Hashes every content, on several threads where there is enough for them.</summary>
    /// <param name="contents">Any number, of any lengths.</param>
    /// <param name="ct">Ends the run early.</param>
    /// <returns>One entry per content, in the order given.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was triggered.</exception>
    public static IReadOnlyList<ContentDigest> HashData(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken ct = default) =>
        HashData(contents, LanePaths.Best, ct);

    internal static IReadOnlyList<ContentDigest> HashData(IReadOnlyList<ReadOnlyMemory<byte>> contents, LanePath path, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var digests = new ContentDigest[contents.Count];
        var next = -1;
        void Work()
        {
            var compressor = LaneCompressor.Create(path, withSha256: true);
            new LaneScheduler(compressor, ChunkBytes).Run(new Messages(contents, digests, compressor.Lanes, () => Interlocked.Increment(ref next), ct));
        }

        var most = Math.Min(Environment.ProcessorCount, MaxDegree);
        var degree = (int)Math.Clamp(contents.Sum(static c => (long)c.Length) / BytesPerWorker, 1, most);
        var others = Enumerable.Range(1, degree - 1).Select(_ => Task.Run(Work, CancellationToken.None)).ToArray();
        try
        {
            Work();
        }
        finally
        {
            Task.WhenAll(others).GetAwaiter().GetResult();
        }

        return digests;
    }

    private sealed class Messages(IReadOnlyList<ReadOnlyMemory<byte>> contents, ContentDigest[] digests, int lanes, Func<int> takeNext, CancellationToken ct) : ILaneMessages
    {
        private readonly int[] _current = new int[lanes];
        private readonly ReadOnlyMemory<byte>[] _rest = new ReadOnlyMemory<byte>[lanes];

        public bool TryBegin(int lane)
        {
            ct.ThrowIfCancellationRequested();
            var index = takeNext();
            if (index >= contents.Count)
            {
                return false;
            }

            (_current[lane], _rest[lane]) = (index, contents[index]);
            return true;
        }

        public int Read(int lane, Span<byte> destination, out bool ended)
        {
            var count = Math.Min(destination.Length, _rest[lane].Length);
            _rest[lane].Span[..count].CopyTo(destination);
            _rest[lane] = _rest[lane][count..];
            ended = _rest[lane].IsEmpty;
            return count;
        }

        public void Complete(int lane, LaneCompressor compressor) => digests[_current[lane]] =
            new ContentDigest(Convert.ToHexStringLower(compressor.Sha256Digest(lane)), Convert.ToHexStringLower(compressor.Sm3Digest(lane)));
    }
}
