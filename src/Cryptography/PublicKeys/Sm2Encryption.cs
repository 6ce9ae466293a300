using System.Security.Cryptography;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SM2 public key encryption (GB/T 32918.4-2016) over C1 || C3 || C2.</summary>
internal static class Sm2Encryption
{
    private const int PointSize = (2 * Sm2.FieldSizeInBytes) + 1;

    /// <summary>C1 and C3.</summary>
    public const int Overhead = PointSize + Sm3.HashSizeInBytes;

    public static byte[] Encrypt(ReadOnlySpan<byte> point, ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.Length is 0 or > Sm2.MaxPlaintextBytes)
        {
            throw new ArgumentException($"SM2 加密的明文须为 1 到 {Sm2.MaxPlaintextBytes} 字节，实为 {plaintext.Length} 字节。", nameof(plaintext));
        }

        var recipient = Sm2.Decode(point);
        while (true)
        {
            using var ephemeral = Sm2PrivateKey.Generate();
            var (x, y) = Coordinates(recipient.Multiply(Sm2.Number(ephemeral.Scalar)));
            var mask = Sm2KeyDerivation.Derive([.. x, .. y], plaintext.Length);
            if (!mask.AsSpan().ContainsAnyExcept((byte)0))
            {
                continue;
            }

            return [.. ephemeral.PublicKey.ExportPoint(), .. Check(x, plaintext, y), .. Xor(mask, plaintext)];
        }
    }

    public static byte[] Decrypt(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length <= Overhead || ciphertext.Length > Overhead + Sm2.MaxPlaintextBytes || !Sm2AffinePoint.TryRead(ciphertext[..PointSize], out _))
        {
            throw new CryptographicException("SM2 密文须为 C1 || C3 || C2，且 C1 是推荐曲线上的点。");
        }

        var (x, y) = Coordinates(Sm2.Decode(ciphertext[..PointSize]).Multiply(Sm2.Number(privateKey)));
        var body = ciphertext[Overhead..];
        var mask = Sm2KeyDerivation.Derive([.. x, .. y], body.Length);
        var masked = mask.AsSpan().ContainsAnyExcept((byte)0);
        var plaintext = Xor(mask, body);
        return masked && CryptographicOperations.FixedTimeEquals(Check(x, plaintext, y), ciphertext[PointSize..Overhead])
            ? plaintext
            : throw new CryptographicException("SM2 解密失败：密文不是为这把密钥加密的，或已被改动。");
    }

    private static (byte[] X, byte[] Y) Coordinates(ECPoint point)
    {
        var normal = point.Normalize();
        return (normal.AffineXCoord.GetEncoded(), normal.AffineYCoord.GetEncoded());
    }

    private static byte[] Check(byte[] x, ReadOnlySpan<byte> plaintext, byte[] y) => Sm3.HashData([.. x, .. plaintext, .. y]);

    private static byte[] Xor(byte[] mask, ReadOnlySpan<byte> data)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] ^= data[i];
        }

        return mask;
    }
}
