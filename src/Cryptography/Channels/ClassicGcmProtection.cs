using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>AES-GCM of TLS 1.2 (RFC 5288 §3): 4 bytes of nonce from the key block, 8 in the record.</summary>
internal sealed class ClassicGcmProtection(ushort version, ReadOnlySpan<byte> key, ReadOnlySpan<byte> implicitNonce) : RecordProtection(version)
{
    private const int ExplicitNonceSize = 8;
    private const int TagSize = 16;

    private readonly byte[] _key = key.ToArray();
    private readonly byte[] _implicit = implicitNonce.ToArray();

    private protected override byte[] SealFragment(byte type, ReadOnlySpan<byte> content)
    {
        var nonce = new byte[ExplicitNonceSize];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, Sequence);
        var (ciphertext, tag) = (new byte[content.Length], new byte[TagSize]);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt([.. _implicit, .. nonce], content, ciphertext, tag, PseudoHeader(type, content.Length));
        return [.. Header(type, ExplicitNonceSize + ciphertext.Length + TagSize), .. nonce, .. ciphertext, .. tag];
    }

    private protected override OpenedRecord OpenFragment(byte type, ReadOnlySpan<byte> fragment)
    {
        var length = fragment.Length - ExplicitNonceSize - TagSize;
        if (length < 0)
        {
            throw Refused();
        }

        var content = new byte[length];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt([.. _implicit, .. fragment[..ExplicitNonceSize]], fragment[ExplicitNonceSize..^TagSize], fragment[^TagSize..], content, PseudoHeader(type, length));
        return new OpenedRecord(type, content);
    }
}
