namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// An expanded SM4 key (GM/T 0002-2012) for much data or many pieces of it: whole blocks without padding, written where the caller wants them.
/// May be used from several threads at once. Bulk data go through the widest instructions the processor has (GFNI, AES-NI), single blocks,
/// the key expansion and CBC encryption through a table whose timing depends on the data.
/// </summary>
public sealed class Sm4Key
{
    private readonly Sm4Core _encryption;
    private readonly Sm4Core _decryption;
    private readonly Sm4Path _path;

    /// <param name="key">16 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Sm4Key(ReadOnlySpan<byte> key)
        : this(key, Sm4Paths.Best)
    {
    }

    internal Sm4Key(ReadOnlySpan<byte> key, Sm4Path path)
    {
        _encryption = Sm4Core.ForEncryption(Sm4Lengths.Key(key));
        _decryption = Sm4Core.ForDecryption(key);
        _path = path;
    }

    /// <summary>Encrypts every block on its own (ECB).</summary>
    /// <param name="plaintext">A multiple of 16 bytes, zero included.</param>
    /// <param name="destination">At least as long; the same memory, or memory apart.</param>
    /// <exception cref="ArgumentException">A length that does not fit.</exception>
    public void EncryptEcb(ReadOnlySpan<byte> plaintext, Span<byte> destination) => Sm4Blocks.Transform(_encryption, plaintext, destination, _path);

    /// <summary>Decrypts every block on its own (ECB); padding is left in place.</summary>
    /// <inheritdoc cref="EncryptEcb"/>
    public void DecryptEcb(ReadOnlySpan<byte> ciphertext, Span<byte> destination) => Sm4Blocks.Transform(_decryption, ciphertext, destination, _path);

    /// <summary>Encrypts in CBC, in place and without padding.</summary>
    /// <param name="iv">16 bytes, unpredictable and never used twice with the same key.</param>
    /// <param name="data">A multiple of 16 bytes, zero included.</param>
    /// <exception cref="ArgumentException">A length that does not fit.</exception>
    public void EncryptCbc(ReadOnlySpan<byte> iv, Span<byte> data) => Sm4Modes.EncryptCbc(_encryption, Sm4Lengths.Iv(iv), Sm4Lengths.WholeBlocks(data));

    /// <summary>Decrypts CBC in place; padding is left in place.</summary>
    /// <param name="iv">16 bytes.</param>
    /// <param name="data">A multiple of 16 bytes, zero included.</param>
    /// <exception cref="ArgumentException">A length that does not fit.</exception>
    public void DecryptCbc(ReadOnlySpan<byte> iv, Span<byte> data) =>
        Sm4Modes.DecryptCbc(_decryption, Sm4Lengths.Iv(iv), Sm4Lengths.WholeBlocks(data), _path);

    /// <summary>Encrypts or decrypts in CTR in place, with a 128-bit big-endian counter beginning at <paramref name="counter"/>.</summary>
    /// <param name="counter">16 bytes; no counter may occur twice with the same key.</param>
    /// <param name="data">Any length.</param>
    /// <exception cref="ArgumentException">A counter of another length.</exception>
    public void TransformCtr(ReadOnlySpan<byte> counter, Span<byte> data) => Sm4Modes.TransformCtr(_encryption, Sm4Lengths.Iv(counter), data, _path);
}
