using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The SM3 hash function of GM/T 0004-2012 (GB/T 32905-2016): 64-byte blocks, a 32-byte digest, messages shorter than 2^61 bytes.
/// An instance hashes one message fed in pieces and is not safe for use from several threads at once.
/// </summary>
public sealed class Sm3
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashSizeInBytes = 32;

    /// <summary>Length of the compression function's input block in bytes.</summary>
    public const int BlockSizeInBytes = 64;

    private readonly uint[] _state = new uint[Sm3Compression.StateWords];
    private readonly byte[] _pending = new byte[BlockSizeInBytes];
    private int _pendingLength;
    private ulong _messageLength;

    public Sm3() => Sm3Compression.InitialState.CopyTo(_state);

    /// <summary>Hashes a whole message.</summary>
    /// <returns>A new array of 32 bytes.</returns>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        var digest = new byte[HashSizeInBytes];
        HashData(data, digest);
        return digest;
    }

    /// <summary>Hashes a whole message into the first 32 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public static void HashData(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        RequireRoom(destination);
        Span<uint> state = stackalloc uint[Sm3Compression.StateWords];
        Sm3Compression.InitialState.CopyTo(state);
        var whole = data.Length & ~(BlockSizeInBytes - 1);
        Sm3Compression.Compress(state, data[..whole]);
        Finish(state, data[whole..], (ulong)data.Length, destination);
    }

    /// <summary>Adds the next piece of the message; pieces may have any length, zero included.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _messageLength += (ulong)data.Length;
        if (_pendingLength > 0)
        {
            var taken = Math.Min(BlockSizeInBytes - _pendingLength, data.Length);
            data[..taken].CopyTo(_pending.AsSpan(_pendingLength));
            _pendingLength += taken;
            data = data[taken..];
            if (_pendingLength < BlockSizeInBytes)
            {
                return;
            }

            Sm3Compression.Compress(_state, _pending);
            _pendingLength = 0;
        }

        var whole = data.Length & ~(BlockSizeInBytes - 1);
        Sm3Compression.Compress(_state, data[..whole]);
        data[whole..].CopyTo(_pending);
        _pendingLength = data.Length - whole;
    }

    /// <summary>The digest of what has been appended so far; more may be appended afterwards.</summary>
    /// <returns>A new array of 32 bytes.</returns>
    public byte[] GetCurrentHash()
    {
        var digest = new byte[HashSizeInBytes];
        Span<uint> state = stackalloc uint[Sm3Compression.StateWords];
        _state.CopyTo(state);
        Finish(state, _pending.AsSpan(0, _pendingLength), _messageLength, digest);
        return digest;
    }

    /// <summary>The digest of what has been appended; the instance then starts a new, empty message.</summary>
    /// <returns>A new array of 32 bytes.</returns>
    public byte[] GetHashAndReset()
    {
        var digest = GetCurrentHash();
        Sm3Compression.InitialState.CopyTo(_state);
        Array.Clear(_pending);
        _pendingLength = 0;
        _messageLength = 0;
        return digest;
    }

    private static void Finish(Span<uint> state, ReadOnlySpan<byte> tail, ulong messageLength, Span<byte> destination)
    {
        Span<byte> padded = stackalloc byte[2 * BlockSizeInBytes];
        tail.CopyTo(padded);
        var length = MessagePadding.Append(padded, tail.Length, messageLength);
        Sm3Compression.Compress(state, padded[..length]);
        for (var i = 0; i < Sm3Compression.StateWords; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], state[i]);
        }
    }

    private static void RequireRoom(Span<byte> destination)
    {
        if (destination.Length < HashSizeInBytes)
        {
            throw new ArgumentException("SM3 摘要需要 32 字节的输出空间。", nameof(destination));
        }
    }
}
