using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>GCM and CCM over SM4: GCM by <see cref="Sm4Gcm"/> where the processor can, the rest by the library.</summary>
internal sealed class Sm4Aead
{
    private const int TagSize = Sm4.TagSizeInBytes;
    private const int BitsPerByte = 8;

    public static readonly Sm4Aead Gcm = new("GCM", 1, int.MaxValue, [12, 13, 14, 15, 16], static () => new GcmBlockCipher(new SM4Engine()));
    public static readonly Sm4Aead Ccm = new("CCM", 7, 13, [4, 6, 8, 10, 12, 14, 16], static () => new CcmBlockCipher(new SM4Engine()));

    private readonly string _mode;
    private readonly int _shortestNonce;
    private readonly int _longestNonce;
    private readonly int[] _tagSizes;
    private readonly Func<IAeadCipher> _create;

    private Sm4Aead(string mode, int shortestNonce, int longestNonce, int[] tagSizes, Func<IAeadCipher> create)
    {
        _mode = mode;
        _shortestNonce = shortestNonce;
        _longestNonce = longestNonce;
        _tagSizes = tagSizes;
        _create = create;
    }

    public Sm4Sealed Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        RequireNonce(nonce);
        if (this == Gcm && Sm4Gcm.IsSupported)
        {
            return Sm4Gcm.Seal(key, nonce, plaintext, associatedData, Sm4Paths.Best);
        }

        var cipher = Start(forEncryption: true, key, nonce, associatedData, TagSize);
        var output = Run(cipher, plaintext.ToArray());
        return new Sm4Sealed(output[..^TagSize], output[^TagSize..]);
    }

    public byte[] Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        if (!_tagSizes.Contains(tag.Length))
        {
            throw new ArgumentException($"SM4-{_mode} 校验码长 {tag.Length} 字节，不在许可长度 {string.Join("、", _tagSizes)} 之列。", nameof(tag));
        }

        RequireNonce(nonce);
        if (this == Gcm && Sm4Gcm.IsSupported)
        {
            return Sm4Gcm.Open(key, nonce, ciphertext, tag, associatedData, Sm4Paths.Best) ?? throw Refused(inner: null);
        }

        var input = new byte[checked(ciphertext.Length + tag.Length)];
        ciphertext.CopyTo(input);
        tag.CopyTo(input.AsSpan(ciphertext.Length));
        return Run(Start(forEncryption: false, key, nonce, associatedData, tag.Length), input);
    }

    /// <summary>A new cipher and a new nonce array each time: the library compares nonces through the array object it was given before.</summary>
    private IAeadCipher Start(bool forEncryption, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, int tagSize)
    {
        var cipher = _create();
        var parameters = new AeadParameters(new KeyParameter(key.ToArray()), tagSize * BitsPerByte, nonce.ToArray(), associatedData.ToArray());
        cipher.Init(forEncryption, parameters);
        return cipher;
    }

    private byte[] Run(IAeadCipher cipher, byte[] input)
    {
        try
        {
            var output = new byte[cipher.GetOutputSize(input.Length)];
            var written = cipher.ProcessBytes(input, 0, input.Length, output, 0);
            written += cipher.DoFinal(output, written);
            return written == output.Length ? output : output[..written];
        }
        catch (Exception e) when (e is InvalidCipherTextException or InvalidOperationException)
        {
            throw Refused(e);
        }
    }

    private void RequireNonce(ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length < _shortestNonce || nonce.Length > _longestNonce)
        {
            throw new ArgumentException($"SM4-{_mode} 随机数长 {nonce.Length} 字节，不在许可范围内。", nameof(nonce));
        }
    }

    private CryptographicException Refused(Exception? inner) => new($"SM4-{_mode} 校验失败：密钥、随机数、附加数据、密文或校验码不一致。", inner);
}
