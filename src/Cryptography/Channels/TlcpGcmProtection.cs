using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SM4-GCM of TLCP (GB/T 38636-2020 §6.3.3.4.3, as RFC 5288 §3): 4 bytes of nonce from the key block, 8 in the record.</summary>
internal sealed class TlcpGcmProtection(ReadOnlySpan<byte> key, ReadOnlySpan<byte> implicitNonce) : RecordProtection(TlcpSuite.WireVersion)
{
    private const int ExplicitNonceSize = 8;
    private const int TagSize = Sm4.TagSizeInBytes;

    private readonly byte[] _key = key.ToArray();
    private readonly byte[] _implicit = implicitNonce.ToArray();

    private protected override byte[] SealFragment(byte type, ReadOnlySpan<byte> content)
    {
        var nonce = new byte[ExplicitNonceSize];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, Sequence);
        var (ciphertext, tag) = Sm4.EncryptGcm(_key, [.. _implicit, .. nonce], content, PseudoHeader(type, content.Length));
        return [.. Header(type, ExplicitNonceSize + ciphertext.Length + TagSize), .. nonce, .. ciphertext, .. tag];
    }

    private protected override OpenedRecord OpenFragment(byte type, ReadOnlySpan<byte> fragment)
    {
        var length = fragment.Length - ExplicitNonceSize - TagSize;
        if (length < 0)
        {
            throw Refused();
        }

        byte[] nonce = [.. _implicit, .. fragment[..ExplicitNonceSize]];
        return new OpenedRecord(type, Sm4.DecryptGcm(_key, nonce, fragment[ExplicitNonceSize..^TagSize], fragment[^TagSize..], PseudoHeader(type, length)));
    }
}
