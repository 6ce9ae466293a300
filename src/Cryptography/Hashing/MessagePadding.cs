using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The Merkle–Damgård padding that SM3 (GM/T 0004 clause 5.2) and SHA-256 (FIPS 180-4 clause 5.1.1) share:
/// a 1 bit, zeros, and the message length in bits as 64 big-endian bits, up to a multiple of 64 bytes.
/// </summary>
internal static class MessagePadding
{
    private const int BlockSize = 64;

    /// <summary>Most bytes a padding can add to a message.</summary>
    public const int MaxSize = BlockSize + 8;

    /// <summary>Writes the padding behind the first <paramref name="used"/> bytes of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">Room for <paramref name="used"/> + 72 bytes.</param>
    /// <param name="used">Bytes already there; the part of the message before them is a multiple of 64 bytes.</param>
    /// <param name="messageLength">Length of the whole message in bytes.</param>
    /// <returns>The padded length, a multiple of 64.</returns>
    public static int Append(Span<byte> buffer, int used, ulong messageLength)
    {
        var length = (used + 9 + BlockSize - 1) & ~(BlockSize - 1);
        buffer[used] = 0x80;
        buffer[(used + 1)..(length - 8)].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(buffer[(length - 8)..length], messageLength << 3);
        return length;
    }
}
