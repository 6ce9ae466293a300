using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// SM4-CBC with HMAC-SM3 inside (GB/T 38636-2020 §6.3.3.4.2): explicit IV, then content || MAC || padding encrypted. It reads records of
/// a server under inspection; its timing is not hidden from whoever forges records.
/// </summary>
internal sealed class TlcpCbcProtection(ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> key) : RecordProtection(TlcpSuite.WireVersion)
{
    private const int Block = Sm4.BlockSizeInBytes;
    private const int MacSize = Sm3.HashSizeInBytes;

    private readonly byte[] _macKey = macKey.ToArray();
    private readonly Sm4Key _key = new(key);

    private protected override byte[] SealFragment(byte type, ReadOnlySpan<byte> content)
    {
        var padding = Block - ((content.Length + MacSize) % Block);
        var body = new byte[content.Length + MacSize + padding];
        content.CopyTo(body);
        Mac(type, content).CopyTo(body.AsSpan(content.Length));
        body.AsSpan(content.Length + MacSize).Fill((byte)(padding - 1));
        var iv = RandomNumberGenerator.GetBytes(Block);
        _key.EncryptCbc(iv, body);
        return [.. Header(type, Block + body.Length), .. iv, .. body];
    }

    private protected override OpenedRecord OpenFragment(byte type, ReadOnlySpan<byte> fragment)
    {
        if (fragment.Length % Block != 0 || fragment.Length < Block + MacSize + 1)
        {
            throw Refused();
        }

        var body = fragment[Block..].ToArray();
        _key.DecryptCbc(fragment[..Block], body);
        var padding = body[^1] + 1;
        if (padding + MacSize > body.Length || body.AsSpan(body.Length - padding).ContainsAnyExcept(body[^1]))
        {
            throw Refused();
        }

        var content = body.AsSpan(0, body.Length - padding - MacSize);
        return CryptographicOperations.FixedTimeEquals(Mac(type, content), body.AsSpan(content.Length, MacSize))
            ? new OpenedRecord(type, content.ToArray())
            : throw Refused();
    }

    private byte[] Mac(byte type, ReadOnlySpan<byte> content) => HmacSm3.HashData(_macKey, [.. PseudoHeader(type, content.Length), .. content]);
}
