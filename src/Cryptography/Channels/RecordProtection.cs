using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What a protected record held.</summary>
/// <param name="Type">ContentType.</param>
/// <param name="Content">The plaintext.</param>
public sealed record OpenedRecord(byte Type, byte[] Content);

/// <summary>
/// Protects the records of one direction of a channel, or takes their protection off. It counts the records itself, so an instance
/// belongs to one direction of one connection and to one thread at a time.
/// </summary>
public abstract class RecordProtection
{
    /// <summary>Longest plaintext of one record (RFC 8446 §5.1, GB/T 38636-2020 §6.3.3).</summary>
    public const int MaxContent = 1 << 14;

    private protected const int HeaderSize = 5;

    private protected RecordProtection(ushort version) => Version = version;

    /// <summary>Version in the header of the records.</summary>
    public ushort Version { get; }

    /// <summary>Records protected or opened so far.</summary>
    private protected ulong Sequence { get; private set; }

    /// <summary>Protects one record.</summary>
    /// <param name="content">At most <see cref="MaxContent"/> bytes.</param>
    /// <returns>The whole record with its header.</returns>
    public byte[] Seal(byte type, ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxContent)
        {
            throw new ArgumentException($"一条记录至多 {MaxContent} 字节。", nameof(content));
        }

        var record = SealFragment(type, content);
        Sequence++;
        return record;
    }

    /// <summary>Opens one record.</summary>
    /// <param name="type">ContentType of the header.</param>
    /// <param name="fragment">What follows the header.</param>
    /// <exception cref="CryptographicException">The record was not protected by the holder of these keys, or not as this record of the direction.</exception>
    public OpenedRecord Open(byte type, ReadOnlySpan<byte> fragment)
    {
        var opened = OpenFragment(type, fragment);
        if (opened.Content.Length > MaxContent)
        {
            throw new CryptographicException($"一条记录解密后有 {opened.Content.Length} 字节，超过上限 {MaxContent}。");
        }

        Sequence++;
        return opened;
    }

    private protected abstract byte[] SealFragment(byte type, ReadOnlySpan<byte> content);

    private protected abstract OpenedRecord OpenFragment(byte type, ReadOnlySpan<byte> fragment);

    private protected byte[] Header(byte type, int length) => [type, (byte)(Version >> 8), (byte)Version, (byte)(length >> 8), (byte)length];

    /// <summary>seq_num || type || version || length, what the records of TLS up to 1.2 and of TLCP authenticate beside their content.</summary>
    private protected byte[] PseudoHeader(byte type, int length)
    {
        var bytes = new byte[sizeof(ulong) + HeaderSize];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Sequence);
        Header(type, length).CopyTo(bytes.AsSpan(sizeof(ulong)));
        return bytes;
    }

    private protected static CryptographicException Refused() => new("记录的完整性校验失败。");
}
