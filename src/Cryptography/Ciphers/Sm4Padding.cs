using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>PKCS#7 padding (RFC 5652 clause 6.3) to 16-byte blocks: 1 to 16 bytes, each holding their number.</summary>
internal static class Sm4Padding
{
    public static byte[] Add(ReadOnlySpan<byte> plaintext)
    {
        var pad = Sm4Core.BlockSize - (plaintext.Length % Sm4Core.BlockSize);
        var padded = new byte[checked(plaintext.Length + pad)];
        plaintext.CopyTo(padded);
        padded.AsSpan(plaintext.Length).Fill((byte)pad);
        return padded;
    }

    public static byte[] WholeBlocks(ReadOnlySpan<byte> ciphertext) =>
        ciphertext.Length > 0 && ciphertext.Length % Sm4Core.BlockSize == 0
            ? ciphertext.ToArray()
            : throw new CryptographicException($"SM4 密文长 {ciphertext.Length} 字节，不是 16 字节的正整数倍。");

    public static byte[] Remove(byte[] padded)
    {
        int pad = padded[^1];
        var correct = pad is > 0 and <= Sm4Core.BlockSize && !padded.AsSpan(padded.Length - pad).ContainsAnyExcept((byte)pad);
        return correct ? padded[..^pad] : throw new CryptographicException("SM4 解密后的填充不正确：密钥、初始向量或密文有误。");
    }
}
