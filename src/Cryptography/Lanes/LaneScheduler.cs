namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Keeps all lanes of a compressor busy: a lane whose message ends takes up the next one at once, whatever the others do.</summary>
internal sealed class LaneScheduler
{
    private const int BlockSize = 64;

    // Not a power of two apart, or the lanes would share few sets of the first-level cache.
    private const int Spacing = 3 * BlockSize;

    private readonly LaneCompressor _compressor;
    private readonly AlignedBytes _buffer;
    private readonly int _chunkBytes;
    private readonly int[] _offsets;
    private readonly Lane[] _lanes;

    /// <summary>Sets up the buffers.</summary>
    /// <param name="compressor">Used by this scheduler alone.</param>
    /// <param name="chunkBytes">Bytes of a message held at a time, a multiple of 64.</param>
    public LaneScheduler(LaneCompressor compressor, int chunkBytes)
    {
        if (chunkBytes <= 0 || chunkBytes % BlockSize != 0)
        {
            throw new ArgumentException("缓冲区须为 64 字节的正整数倍。", nameof(chunkBytes));
        }

        _compressor = compressor;
        _chunkBytes = chunkBytes;
        _offsets = new int[compressor.Lanes];
        _lanes = new Lane[compressor.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new Lane(i * (chunkBytes + Spacing));
        }

        _buffer = new AlignedBytes(_lanes.Length * (chunkBytes + Spacing));
    }

    /// <summary>Hashes every message of the source.</summary>
    public void Run(ILaneMessages messages)
    {
        while (true)
        {
            var busy = 0;
            var last = 0;
            var blocks = int.MaxValue;
            for (var i = 0; i < _lanes.Length; i++)
            {
                if (_lanes[i].Blocks > 0 || Refill(i, messages))
                {
                    busy++;
                    last = i;
                    blocks = Math.Min(blocks, _lanes[i].Blocks);
                }
            }

            if (busy == 0)
            {
                return;
            }

            Advance(busy, last, blocks);
        }
    }

    private void Advance(int busy, int last, int blocks)
    {
        if (busy == 1)
        {
            var alone = _lanes[last];
            _compressor.CompressOne(last, _buffer.Span.Slice(alone.Position, BlockSize * alone.Blocks));
            alone.Skip(alone.Blocks);
            return;
        }

        for (var i = 0; i < _lanes.Length; i++)
        {
            // An idle lane absorbs whatever lies in a busy lane's buffer; its state is discarded.
            _offsets[i] = _lanes[i].Blocks > 0 ? _lanes[i].Position : _lanes[last].Position;
        }

        _compressor.Compress(_buffer.Span, _offsets, blocks);
        foreach (var lane in _lanes)
        {
            if (lane.Blocks > 0)
            {
                lane.Skip(blocks);
            }
        }
    }

    /// <summary>Gives an empty lane its next blocks.</summary>
    /// <returns>False when the source has nothing left for it.</returns>
    private bool Refill(int index, ILaneMessages messages)
    {
        var lane = _lanes[index];
        while (true)
        {
            if (lane.IsLast)
            {
                messages.Complete(index, _compressor);
                lane.End();
            }

            if (!lane.IsOpen)
            {
                if (!messages.TryBegin(index))
                {
                    return false;
                }

                lane.Begin();
                _compressor.Reset(index);
            }

            var buffer = _buffer.Span.Slice(lane.Start, _chunkBytes + Spacing);
            var read = messages.Read(index, buffer[.._chunkBytes], out var ended);
            if (read < 0)
            {
                lane.End();
            }
            else
            {
                lane.Take(buffer, read, ended);
                return true;
            }
        }
    }

    /// <summary>One message under way.</summary>
    private sealed class Lane(int start)
    {
        private ulong _messageLength;

        public int Start { get; } = start;

        /// <summary>Next block to absorb, as an offset into the buffer.</summary>
        public int Position { get; private set; }

        /// <summary>Blocks waiting in the buffer.</summary>
        public int Blocks { get; private set; }

        public bool IsOpen { get; private set; }

        /// <summary>The waiting blocks end the message.</summary>
        public bool IsLast { get; private set; }

        public void Begin()
        {
            IsOpen = true;
            _messageLength = 0;
        }

        public void End()
        {
            IsOpen = false;
            IsLast = false;
        }

        public void Take(Span<byte> buffer, int read, bool ended)
        {
            _messageLength += (ulong)read;
            Position = Start;
            IsLast = ended;
            Blocks = (ended ? MessagePadding.Append(buffer, read, _messageLength) : read) / BlockSize;
        }

        public void Skip(int blocks)
        {
            Position += BlockSize * blocks;
            Blocks -= blocks;
        }
    }
}
