using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The running SM3 and, if asked for, SHA-256 states of several messages, advanced together block by block.</summary>
internal abstract class LaneCompressor
{
    protected const int BlockSize = 64;

    private protected LaneCompressor(int lanes, bool withSha256)
    {
        Lanes = lanes;
        Sm3 = new uint[Sm3Compression.StateWords * lanes];
        Sha256 = withSha256 ? new uint[Sha256Compression.StateWords * lanes] : [];
    }

    /// <summary>Messages side by side.</summary>
    public int Lanes { get; }

    /// <summary>Word i of lane l stands at i × lanes + l.</summary>
    protected uint[] Sm3 { get; }

    /// <summary>Laid out as <see cref="Sm3"/>; empty when not asked for.</summary>
    protected uint[] Sha256 { get; }

    /// <summary>Makes the compressor of one code path.</summary>
    /// <param name="path">Which code to run; the processor must have it.</param>
    /// <param name="withSha256">False leaves SHA-256 out.</param>
    public static LaneCompressor Create(LanePath path, bool withSha256) => path switch
    {
        LanePath.Avx512 => new LaneCompressor<Avx512Arithmetic, System.Runtime.Intrinsics.Vector512<uint>>(withSha256),
        LanePath.Avx2 => new LaneCompressor<Avx2Arithmetic, System.Runtime.Intrinsics.Vector256<uint>>(withSha256),
        _ => new SingleLaneCompressor(withSha256),
    };

    /// <summary>Starts a new message in a lane.</summary>
    public void Reset(int lane)
    {
        Scatter(Sm3Compression.InitialState, Sm3, lane);
        Scatter(Sha256Compression.InitialState, Sha256, lane);
    }

    /// <summary>Absorbs the same number of blocks into every lane.</summary>
    /// <param name="data">Holds the blocks of every lane.</param>
    /// <param name="offsets">Where each lane's blocks begin in <paramref name="data"/>; a multiple of 64 is fastest.</param>
    /// <param name="blocks">Blocks per lane.</param>
    public abstract void Compress(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int blocks);

    /// <summary>Absorbs blocks into one lane and leaves the others alone.</summary>
    public void CompressOne(int lane, ReadOnlySpan<byte> blocks)
    {
        Span<uint> state = stackalloc uint[Sm3Compression.StateWords];
        Gather(Sm3, lane, state);
        Sm3Compression.Compress(state, blocks);
        Scatter(state, Sm3, lane);
        if (Sha256.Length > 0)
        {
            Gather(Sha256, lane, state);
            Sha256Compression.Compress(state, blocks);
            Scatter(state, Sha256, lane);
        }
    }

    /// <summary>The SM3 state of a lane in big-endian order: the digest once the padding has been absorbed.</summary>
    public byte[] Sm3Digest(int lane) => Digest(Sm3, lane);

    /// <summary>As <see cref="Sm3Digest"/> for SHA-256.</summary>
    public byte[] Sha256Digest(int lane) => Digest(Sha256, lane);

    private byte[] Digest(uint[] states, int lane)
    {
        Span<uint> state = stackalloc uint[Sm3Compression.StateWords];
        Gather(states, lane, state);
        var digest = new byte[sizeof(uint) * state.Length];
        for (var i = 0; i < state.Length; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(sizeof(uint) * i), state[i]);
        }

        return digest;
    }

    private void Gather(uint[] states, int lane, Span<uint> state)
    {
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = states[(i * Lanes) + lane];
        }
    }

    private void Scatter(ReadOnlySpan<uint> state, uint[] states, int lane)
    {
        for (var i = 0; i < state.Length && states.Length > 0; i++)
        {
            states[(i * Lanes) + lane] = state[i];
        }
    }
}

/// <summary>One lane: the reference the others are tested against, and the path of processors without the vector instructions.</summary>
internal sealed class SingleLaneCompressor(bool withSha256) : LaneCompressor(1, withSha256)
{
    public override void Compress(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int blocks) =>
        CompressOne(0, data.Slice(offsets[0], BlockSize * blocks));
}

/// <summary>Both functions work on the same transposed block, so that reading and transposing is paid once.</summary>
internal sealed class LaneCompressor<TLanes, TVector>(bool withSha256) : LaneCompressor(TLanes.Lanes, withSha256)
    where TLanes : struct, ILaneArithmetic<TVector>
    where TVector : struct
{
    private readonly AlignedBytes _words = new(PairedLaneRounds<TLanes, TVector>.Room * sizeof(uint) * TLanes.Lanes);

    public override void Compress(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets, int blocks)
    {
        if (offsets.Length != Lanes)
        {
            throw new ArgumentException("每条通道须有一个偏移量。", nameof(offsets));
        }

        foreach (var offset in offsets)
        {
            // The vector code below reads without bounds checks.
            _ = data.Slice(offset, BlockSize * blocks);
        }

        ref var words = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, uint>(_words.Span));
        Absorb(ref MemoryMarshal.GetReference(data), ref MemoryMarshal.GetReference(offsets), blocks, ref words);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Absorb(ref byte data, ref int offsets, int blocks, ref uint words)
    {
        ref var sm3 = ref MemoryMarshal.GetArrayDataReference(Sm3);
        ref var sha256 = ref MemoryMarshal.GetArrayDataReference(Sha256);
        var both = Sha256.Length > 0;
        for (var i = 0; i < blocks; i++)
        {
            TLanes.Transpose(ref data, ref offsets, BlockSize * i, ref words);
            if (both && TLanes.HoldsTwoStates)
            {
                PairedLaneRounds<TLanes, TVector>.Absorb(ref sm3, ref sha256, ref words);
                continue;
            }

            Sm3LaneRounds<TLanes, TVector>.Absorb(ref sm3, ref words);
            if (both)
            {
                Sha256LaneRounds<TLanes, TVector>.Absorb(ref sha256, ref words);
            }
        }
    }
}
