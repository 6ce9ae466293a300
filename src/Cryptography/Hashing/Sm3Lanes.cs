namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// SM3 over many independent messages side by side: sixteen with AVX-512, eight with AVX2, else one after the other. Worth it from a handful
/// of messages on; the digests are those of <see cref="Sm3"/>.
/// </summary>
public static class Sm3Lanes
{
    private const int MaxChunkBytes = 8 * 1024;

    /// <summary>Hashes every message on the calling thread.</summary>
    /// <param name="messages">Any number of messages of any lengths.</param>
    /// <returns>One 32-byte digest per message, in the order given.</returns>
    public static byte[][] HashData(IReadOnlyList<ReadOnlyMemory<byte>> messages) => HashData(messages, LanePaths.Best);

    internal static byte[][] HashData(IReadOnlyList<ReadOnlyMemory<byte>> messages, LanePath path)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var compressor = LaneCompressor.Create(path, withSha256: false);
        var source = new MemoryMessages(messages, compressor.Lanes);
        new LaneScheduler(compressor, ChunkFor(messages)).Run(source);
        return source.Digests;
    }

    private static int ChunkFor(IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        var longest = messages.Count == 0 ? 0 : messages.Max(static m => m.Length);
        return Math.Clamp(longest + Sm3.BlockSizeInBytes - 1, Sm3.BlockSizeInBytes, MaxChunkBytes) & ~(Sm3.BlockSizeInBytes - 1);
    }

    private sealed class MemoryMessages(IReadOnlyList<ReadOnlyMemory<byte>> messages, int lanes) : ILaneMessages
    {
        private readonly int[] _current = new int[lanes];
        private readonly ReadOnlyMemory<byte>[] _rest = new ReadOnlyMemory<byte>[lanes];
        private int _next;

        public byte[][] Digests { get; } = new byte[messages.Count][];

        public bool TryBegin(int lane)
        {
            if (_next == messages.Count)
            {
                return false;
            }

            _current[lane] = _next;
            _rest[lane] = messages[_next++];
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

        public void Complete(int lane, LaneCompressor compressor) => Digests[_current[lane]] = compressor.Sm3Digest(lane);
    }
}
