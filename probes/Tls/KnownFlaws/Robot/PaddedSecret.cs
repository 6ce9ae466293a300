using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The kinds of premaster secrets whose answers are compared (Böck, Somorovsky, Young: Return Of Bleichenbacher's Oracle Threat, §3.1).</summary>
internal enum PaddedSecret
{
    /// <summary>As RFC 8017 §7.2.1 and RFC 5246 §7.4.7.1 have it.</summary>
    Right,
    WrongStart,
    ZeroInWrongPlace,
    NoZero,
    WrongVersion,
}

/// <summary>Encrypts secrets with padding of our own.</summary>
internal static class PaddedSecrets
{
    private const int SecretSize = 48;

    public static string NameOf(PaddedSecret kind) => kind switch
    {
        PaddedSecret.Right => "填充正确",
        PaddedSecret.WrongStart => "开头两字节错误",
        PaddedSecret.ZeroInWrongPlace => "分隔零字节位置错误",
        PaddedSecret.NoZero => "没有分隔零字节",
        _ => "版本号错误",
    };

    /// <summary>Body of ClientKeyExchange.</summary>
    /// <param name="kind">What is wrong with it.</param>
    /// <param name="key">Of the server's certificate.</param>
    /// <param name="version">client_version of the hello.</param>
    public static byte[] ClientKeyExchange(PaddedSecret kind, RSAParameters key, ushort version)
    {
        var size = key.Modulus!.Length;
        var number = new BigInteger(Block(kind, size, version), isUnsigned: true, isBigEndian: true);
        var encrypted = BigInteger.ModPow(number, Unsigned(key.Exponent!), Unsigned(key.Modulus)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(size >> 8), (byte)size, .. new byte[size - encrypted.Length], .. encrypted];
    }

    /// <summary>As many bytes as the modulus.</summary>
    internal static byte[] Block(PaddedSecret kind, int size, ushort version)
    {
        var block = NonZero(size);
        block[0] = 0;
        block[1] = 2;
        var secret = block.AsSpan(size - SecretSize);
        secret[0] = (byte)(version >> 8);
        secret[1] = (byte)version;
        block[size - SecretSize - 1] = 0;
        switch (kind)
        {
            case PaddedSecret.WrongStart:
                block[0] = 0x41;
                block[1] = 0x17;
                break;
            case PaddedSecret.ZeroInWrongPlace:
                block[size - SecretSize - 1] = 0x11;
                block[^2] = 0;
                break;
            case PaddedSecret.NoZero:
                block[size - SecretSize - 1] = 0x11;
                break;
            case PaddedSecret.WrongVersion:
                secret[0] = 2;
                secret[1] = 2;
                break;
        }

        // The number has to stay below the modulus, whose first byte may be small.
        block[0] &= 0x3F;
        return block;
    }

    private static byte[] NonZero(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        for (var i = 0; i < size; i++)
        {
            bytes[i] = bytes[i] == 0 ? (byte)0x5A : bytes[i];
        }

        return bytes;
    }

    private static BigInteger Unsigned(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
