using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A block cipher in CBC mode with HMAC inside (RFC 5246 §6.2.3.2); TLS 1.0 goes on from the last block of the record before
/// (RFC 2246 §6.2.3.2). It reads records of a server under inspection; its timing is not hidden from whoever forges records.
/// </summary>
[SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA-1 and 3DES are what the old suites consist of; ports that still offer them are inspected")]
[SuppressMessage("Security", "S5547", Justification = "As above")]
internal sealed class ClassicCbcProtection : RecordProtection
{
    private const ushort Tls10 = 0x0301;

    private readonly byte[] _macKey;
    private readonly ClassicCipher _cipher;
    private readonly byte[] _key;
    private byte[] _iv;

    public ClassicCbcProtection(ushort version, ClassicCipher cipher, ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv)
        : base(version)
    {
        _macKey = macKey.ToArray();
        _iv = iv.ToArray();
        _cipher = cipher;
        _key = key.ToArray();
    }

    /// <summary>Fills padding with something else than its length, and makes sure that there is a block of it.</summary>
    public bool SpoilsPadding { get; init; }

    private bool IsChained => Version <= Tls10;

    private int Block => _cipher == ClassicCipher.TripleDesCbc ? 8 : 16;

    private protected override byte[] SealFragment(byte type, ReadOnlySpan<byte> content)
    {
        var padding = Block - ((content.Length + _macKey.Length) % Block) + (SpoilsPadding ? Block : 0);
        var body = new byte[content.Length + _macKey.Length + padding];
        content.CopyTo(body);
        Mac(type, content).CopyTo(body.AsSpan(content.Length));
        body.AsSpan(content.Length + _macKey.Length).Fill((byte)((padding - 1) ^ (SpoilsPadding ? 0x55 : 0)));
        body[^1] = (byte)(padding - 1);
        var iv = IsChained ? _iv : RandomNumberGenerator.GetBytes(Block);
        using var cipher = Keyed();
        var encrypted = cipher.EncryptCbc(body, iv, PaddingMode.None);
        _iv = encrypted[^Block..];
        return IsChained ? [.. Header(type, encrypted.Length), .. encrypted] : [.. Header(type, Block + encrypted.Length), .. iv, .. encrypted];
    }

    private protected override OpenedRecord OpenFragment(byte type, ReadOnlySpan<byte> fragment)
    {
        var iv = IsChained ? _iv : fragment[..Math.Min(Block, fragment.Length)];
        var encrypted = IsChained ? fragment : fragment[iv.Length..];
        if (encrypted.Length % Block != 0 || encrypted.Length < _macKey.Length + 1)
        {
            throw Refused();
        }

        using var cipher = Keyed();
        var body = cipher.DecryptCbc(encrypted, iv, PaddingMode.None);
        _iv = encrypted[^Block..].ToArray();
        var padding = body[^1] + 1;
        if (padding + _macKey.Length > body.Length || body.AsSpan(body.Length - padding).ContainsAnyExcept(body[^1]))
        {
            throw Refused();
        }

        var content = body.AsSpan(0, body.Length - padding - _macKey.Length);
        return CryptographicOperations.FixedTimeEquals(Mac(type, content), body.AsSpan(content.Length, _macKey.Length))
            ? new OpenedRecord(type, content.ToArray())
            : throw Refused();
    }

    private SymmetricAlgorithm Keyed()
    {
        SymmetricAlgorithm cipher = _cipher == ClassicCipher.TripleDesCbc ? TripleDES.Create() : Aes.Create();
        cipher.Key = _key;
        return cipher;
    }

    private byte[] Mac(byte type, ReadOnlySpan<byte> content)
    {
        byte[] covered = [.. PseudoHeader(type, content.Length), .. content];
        return _macKey.Length switch
        {
            20 => HMACSHA1.HashData(_macKey, covered),
            32 => HMACSHA256.HashData(_macKey, covered),
            _ => HMACSHA384.HashData(_macKey, covered),
        };
    }
}
