using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Records of TLS 1.3 (RFC 8446 §5.2, §5.3): the true type inside, the nonce from the count of records.</summary>
internal sealed class Tls13Protection(Tls13Suite suite, byte[] key, byte[] iv) : RecordProtection(0x0303)
{
    private const byte ApplicationData = 23;

    private protected override byte[] SealFragment(byte type, ReadOnlySpan<byte> content)
    {
        var header = Header(ApplicationData, content.Length + 1 + suite.Tag);
        return [.. header, .. suite.Seal(key, Nonce(), [.. content, type], header)];
    }

    private protected override OpenedRecord OpenFragment(byte type, ReadOnlySpan<byte> fragment)
    {
        if (type != ApplicationData || fragment.Length < suite.Tag + 1)
        {
            throw Refused();
        }

        var inner = suite.Open(key, Nonce(), fragment, Header(ApplicationData, fragment.Length));
        var end = inner.AsSpan().LastIndexOfAnyExcept((byte)0);
        return end >= 0 ? new OpenedRecord(inner[end], inner[..end]) : throw new CryptographicException("TLS 1.3 记录里没有内容类型。");
    }

    private byte[] Nonce()
    {
        byte[] nonce = [.. iv];
        var tail = nonce.AsSpan(nonce.Length - sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(tail, BinaryPrimitives.ReadUInt64BigEndian(tail) ^ Sequence);
        return nonce;
    }
}
