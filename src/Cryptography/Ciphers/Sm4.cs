using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The SM4 block cipher of GM/T 0002-2012 (GB/T 32907-2016) in the modes of GB/T 17964-2021. Keys, blocks and initialisation vectors are
/// 16 bytes. Every method is a whole operation on whole data: nothing is carried from one call to the next.
/// </summary>
public static class Sm4
{
    /// <summary>Key length in bytes.</summary>
    public const int KeySizeInBytes = Sm4Core.KeySize;

    /// <summary>Block length in bytes.</summary>
    public const int BlockSizeInBytes = Sm4Core.BlockSize;

    /// <summary>Tag length in bytes that the authenticated modes write.</summary>
    public const int TagSizeInBytes = 16;

    /// <summary>Encrypts one block of 16 bytes.</summary>
    /// <exception cref="ArgumentException">Key or block of another length.</exception>
    public static byte[] EncryptBlock(ReadOnlySpan<byte> key, ReadOnlySpan<byte> block) => OneBlock(Sm4Core.ForEncryption(Key(key)), block);

    /// <summary>Decrypts one block of 16 bytes.</summary>
    /// <exception cref="ArgumentException">Key or block of another length.</exception>
    public static byte[] DecryptBlock(ReadOnlySpan<byte> key, ReadOnlySpan<byte> block) => OneBlock(Sm4Core.ForDecryption(Key(key)), block);

    /// <summary>Encrypts in ECB with PKCS#7 padding. ECB shows equal blocks; it is here to check data written by others.</summary>
    public static byte[] EncryptEcb(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext)
    {
        var core = Sm4Core.ForEncryption(Key(key));
        var data = Sm4Padding.Add(plaintext);
        Sm4Blocks.Transform(core, data, data, Sm4Paths.Best);
        return data;
    }

    /// <summary>Decrypts ECB and removes the PKCS#7 padding.</summary>
    /// <exception cref="CryptographicException">Not a positive multiple of 16 bytes, or the padding is wrong.</exception>
    public static byte[] DecryptEcb(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ciphertext)
    {
        var core = Sm4Core.ForDecryption(Key(key));
        var data = Sm4Padding.WholeBlocks(ciphertext);
        Sm4Blocks.Transform(core, data, data, Sm4Paths.Best);
        return Sm4Padding.Remove(data);
    }

    /// <summary>Encrypts in CBC with PKCS#7 padding.</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="iv">16 bytes, unpredictable and never used twice with the same key.</param>
    /// <param name="plaintext">Any length.</param>
    /// <exception cref="ArgumentException">Key or initialisation vector of another length.</exception>
    public static byte[] EncryptCbc(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext)
    {
        var core = Sm4Core.ForEncryption(Key(key));
        var data = Sm4Padding.Add(plaintext);
        Sm4Modes.EncryptCbc(core, Iv(iv), data);
        return data;
    }

    /// <summary>Decrypts CBC and removes the PKCS#7 padding.</summary>
    /// <exception cref="ArgumentException">Key or initialisation vector of another length.</exception>
    /// <exception cref="CryptographicException">Not a positive multiple of 16 bytes, or the padding is wrong.</exception>
    public static byte[] DecryptCbc(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext)
    {
        var core = Sm4Core.ForDecryption(Key(key));
        var data = Sm4Padding.WholeBlocks(ciphertext);
        Sm4Modes.DecryptCbc(core, Iv(iv), data, Sm4Paths.Best);
        return Sm4Padding.Remove(data);
    }

    /// <summary>Encrypts or decrypts in CTR with a 128-bit big-endian counter beginning at <paramref name="counter"/>.</summary>
    /// <exception cref="ArgumentException">Key or counter of another length.</exception>
    public static byte[] TransformCtr(ReadOnlySpan<byte> key, ReadOnlySpan<byte> counter, ReadOnlySpan<byte> data)
    {
        var core = Sm4Core.ForEncryption(Key(key));
        var result = data.ToArray();
        Sm4Modes.TransformCtr(core, Iv(counter), result, Sm4Paths.Best);
        return result;
    }

    /// <summary>Encrypts in GCM (RFC 8998 clause 2, NIST SP 800-38D).</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="nonce">At least 1 byte, 12 recommended, never used twice with the same key.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="associatedData">Authenticated, not encrypted.</param>
    public static Sm4Sealed EncryptGcm(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData = default) =>
        Sm4Aead.Gcm.Seal(Key(key), nonce, plaintext, associatedData);

    /// <summary>Checks the tag and decrypts GCM.</summary>
    /// <param name="tag">12 to 16 bytes.</param>
    /// <exception cref="CryptographicException">Key, nonce, data, associated data and tag do not belong together.</exception>
    /// <exception cref="ArgumentException">A length out of range.</exception>
    public static byte[] DecryptGcm(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData = default) =>
        Sm4Aead.Gcm.Open(Key(key), nonce, ciphertext, tag, associatedData);

    /// <summary>Encrypts in CCM (RFC 8998 clause 2, NIST SP 800-38C) with a 16-byte tag.</summary>
    /// <param name="nonce">7 to 13 bytes; the plaintext must be shorter than 256^(15 - nonce length) bytes.</param>
    public static Sm4Sealed EncryptCcm(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData = default) =>
        Sm4Aead.Ccm.Seal(Key(key), nonce, plaintext, associatedData);

    /// <summary>Checks the tag and decrypts CCM.</summary>
    /// <param name="tag">4, 6, 8, 10, 12, 14 or 16 bytes.</param>
    /// <exception cref="CryptographicException">Key, nonce, data, associated data and tag do not belong together.</exception>
    /// <exception cref="ArgumentException">A length out of range.</exception>
    public static byte[] DecryptCcm(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData = default) =>
        Sm4Aead.Ccm.Open(Key(key), nonce, ciphertext, tag, associatedData);

    private static byte[] OneBlock(Sm4Core core, ReadOnlySpan<byte> block)
    {
        var result = new byte[BlockSizeInBytes];
        core.Transform(Sm4Lengths.Block(block), result);
        return result;
    }

    private static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> key) => Sm4Lengths.Key(key);

    private static ReadOnlySpan<byte> Iv(ReadOnlySpan<byte> iv) => Sm4Lengths.Iv(iv);
}
