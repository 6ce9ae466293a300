using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>SM4 (GB/T 32907-2016) in ECB, CBC and CTR, and what implementations make of them instead.</summary>
internal static class Sm4Cases
{
    private const int Block = Sm4.BlockSizeInBytes;

    /// <summary>Longest input of which other constructions are tried.</summary>
    private const int LongestSearch = 64 * 1024;

    private enum Padding
    {
        Pkcs7,
        None,
        Zero,
        Bit,
    }

    public static CaseOutcome Judge(AlgorithmCase one)
    {
        var parts = one.Operation.Split('-');
        var (mode, decrypting) = (parts.Length > 1 ? parts[1] : "", parts.Length > 2 && parts[2] == "decrypt");
        if (one.Bytes("key").Length != Sm4.KeySizeInBytes)
        {
            throw new CaseUnusableException("key 须为 16 字节");
        }

        return mode switch
        {
            "ecb" or "cbc" or "ctr" => decrypting && mode != "ctr" ? Decrypt(one, mode) : Encrypt(one, mode),
            "gcm" or "ccm" => decrypting ? Sm4SealedCases.Open(one, mode) : Sm4SealedCases.Seal(one, mode),
            _ => throw new CaseUnusableException($"不认识 SM4 的模式 {mode}"),
        };
    }

    private static CaseOutcome Encrypt(AlgorithmCase one, string mode)
    {
        var (key, iv, input, output) = (one.Bytes("key"), Iv(one, mode), one.Bytes("input"), one.Bytes("output"));
        var padding = mode == "ctr" || one.Text("padding") == "none" ? Padding.None : Padding.Pkcs7;
        var right = Transform(Sm4.EncryptBlock, mode, key, iv, Pad(input, padding) ?? throw new CaseUnusableException("不填充时 input 须为 16 字节的整数倍"));
        if (output.AsSpan().SequenceEqual(right))
        {
            return CaseOutcome.Right;
        }

        return CaseOutcome.Wrong(input.Length > LongestSearch ? null : OtherCiphertext(mode, padding, key, iv, input, output));
    }

    /// <summary>Every combination of mode, padding, key order, place of the vector and cipher; the names of what differs are joined.</summary>
    private static string? OtherCiphertext(string mode, Padding padding, byte[] key, byte[] iv, byte[] input, byte[] output)
    {
        foreach (var (bodyName, body) in Bodies(output, iv))
        {
            foreach (var (cipherName, cipher) in Ciphers())
            {
                foreach (var (keyName, otherKey) in Keys(key))
                {
                    foreach (var (modeName, otherMode, otherIv) in Modes(mode, iv))
                    {
                        foreach (var other in Enum.GetValues<Padding>())
                        {
                            if (Pad(input, otherMode == "ctr" ? Padding.None : other) is { } padded && body.AsSpan().SequenceEqual(Transform(cipher, otherMode, otherKey, otherIv, padded)))
                            {
                                return Joined(bodyName, cipherName, keyName, modeName, otherMode == "ctr" || other == padding || mode == "ctr" ? null : PaddingName(other));
                            }
                        }
                    }
                }
            }
        }

        return Sm3Cases.ByteOrders(Transform(Sm4.EncryptBlock, mode, key, iv, Pad(input, padding)!)).FirstOrDefault(o => output.AsSpan().SequenceEqual(o.Value)).Name;
    }

    private static string? Joined(params string?[] names) => string.Join("，", names.Where(n => n is not null)) is { Length: > 0 } all ? all : null;

    private static IEnumerable<(string? Name, byte[] Body)> Bodies(byte[] output, byte[] iv)
    {
        yield return (null, output);
        if (iv.Length == Block && output.Length > Block && output.AsSpan().StartsWith(iv))
        {
            yield return ("初始向量放在密文前面", output[Block..]);
        }
    }

    private delegate byte[] BlockCipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> block);

    private static IEnumerable<(string? Name, BlockCipher Cipher)> Ciphers() => [(null, Sm4.EncryptBlock), ("用的是 AES-128 而不是 SM4", AesBlock), ("用了解密变换加密", Sm4.DecryptBlock)];

    private static byte[] AesBlock(ReadOnlySpan<byte> key, ReadOnlySpan<byte> block)
    {
        using var aes = Aes.Create();
        aes.Key = key.ToArray();
        return aes.EncryptEcb(block, PaddingMode.None);
    }

    private static IEnumerable<(string? Name, byte[] Key)> Keys(byte[] key)
    {
        yield return (null, key);
        foreach (var (name, value) in Sm3Cases.ByteOrders(key))
        {
            yield return ($"密钥{name.Replace("输出", "使用", StringComparison.Ordinal)}", value);
        }

        yield return ("密钥取了十六进制文字的前 16 个字符", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key))[..Block]);
        yield return ("密钥取了十六进制文字（大写）的前 16 个字符", Encoding.ASCII.GetBytes(Convert.ToHexString(key))[..Block]);
    }

    private static IEnumerable<(string? Name, string Mode, byte[] Iv)> Modes(string mode, byte[] iv)
    {
        yield return (null, mode, iv);
        foreach (var other in new[] { "ecb", "cbc", "ctr" }.Where(m => m != mode))
        {
            yield return ($"用了 {other.ToUpperInvariant()} 而不是 {mode.ToUpperInvariant()} 模式", other, iv.Length == Block ? iv : new byte[Block]);
        }

        if (mode != "ecb")
        {
            yield return ("初始向量用了全零", mode, new byte[Block]);
            var reversed = (byte[])iv.Clone();
            Array.Reverse(reversed);
            yield return ("初始向量字节次序颠倒", mode, reversed);
        }
    }

    private static CaseOutcome Decrypt(AlgorithmCase one, string mode)
    {
        var (key, iv, input, output) = (one.Bytes("key"), Iv(one, mode), one.Bytes("input"), one.Bytes("output"));
        if (input.Length == 0 || input.Length % Block != 0)
        {
            throw new CaseUnusableException("input 须为 16 字节的整数倍");
        }

        var padded = Inverse(mode, key, iv, input);
        if (one.Text("padding") == "none")
        {
            return new CaseOutcome(output.AsSpan().SequenceEqual(padded));
        }

        int pad = padded[^1];
        if (pad is 0 or > Block || padded.AsSpan(padded.Length - pad).ContainsAnyExcept((byte)pad))
        {
            throw new CaseUnusableException("input 解密后没有 PKCS#7 填充，应写明 padding: none");
        }

        return output.AsSpan().SequenceEqual(padded.AsSpan(0, padded.Length - pad)) ? CaseOutcome.Right
            : output.AsSpan().SequenceEqual(padded) ? CaseOutcome.Wrong("没有去掉填充")
            : CaseOutcome.Wrong(Modes(mode, iv).Skip(1).FirstOrDefault(m => m.Mode != "ctr" && Inverse(m.Mode, key, m.Iv, input).AsSpan().StartsWith(output) && output.Length > 0).Name);
    }

    private static byte[] Iv(AlgorithmCase one, string mode)
    {
        var iv = mode == "ecb" ? [] : one.Bytes("iv");
        return mode == "ecb" || iv.Length == Block ? iv : throw new CaseUnusableException("iv 须为 16 字节");
    }

    private static byte[]? Pad(byte[] input, Padding padding)
    {
        var left = Block - (input.Length % Block);
        return padding switch
        {
            Padding.Pkcs7 => [.. input, .. Enumerable.Repeat((byte)left, left)],
            Padding.Zero => left == Block ? input : [.. input, .. new byte[left]],
            Padding.Bit => [.. input, 0x80, .. new byte[left - 1]],
            _ => input,
        };
    }

    private static string PaddingName(Padding padding) => padding switch
    {
        Padding.Zero => "用零填充",
        Padding.Bit => "用 0x80 加零填充",
        Padding.Pkcs7 => "多做了 PKCS#7 填充",
        _ => "没有填充",
    };

    /// <summary>Not a whole number of blocks gives nothing in the block modes.</summary>
    private static byte[] Transform(BlockCipher cipher, string mode, byte[] key, byte[] iv, byte[] data)
    {
        if (mode != "ctr" && data.Length % Block != 0)
        {
            return [];
        }

        var result = new byte[data.Length];
        var last = iv.Length == Block ? (byte[])iv.Clone() : new byte[Block];
        for (var at = 0; at < data.Length; at += Block)
        {
            var size = Math.Min(Block, data.Length - at);
            var block = data.AsSpan(at, size).ToArray();
            var made = mode switch
            {
                "ecb" => cipher(key, block),
                "cbc" => cipher(key, Xor(block, last)),
                _ => Xor(block, cipher(key, last)),
            };
            made.AsSpan(0, size).CopyTo(result.AsSpan(at));
            if (mode == "ctr")
            {
                Increment(last);
            }
            else if (mode == "cbc")
            {
                last = made;
            }
        }

        return result;
    }

    private static byte[] Inverse(string mode, byte[] key, byte[] iv, byte[] data)
    {
        var result = new byte[data.Length];
        for (var at = 0; at < data.Length; at += Block)
        {
            var made = Sm4.DecryptBlock(key, data.AsSpan(at, Block));
            (mode == "cbc" ? Xor(made, at == 0 ? iv : data.AsSpan(at - Block, Block)) : made).CopyTo(result, at);
        }

        return result;
    }

    private static void Increment(byte[] counter)
    {
        for (var i = counter.Length - 1; i >= 0 && ++counter[i] == 0; i--)
        {
            // The carry goes on.
        }
    }

    private static byte[] Xor(byte[] data, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] ^= mask[i];
        }

        return data;
    }
}
