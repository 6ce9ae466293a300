using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>SM4 in GCM and CCM, and what implementations make of them instead.</summary>
internal static class Sm4SealedCases
{
    private const int Tag = Sm4.TagSizeInBytes;

    public static CaseOutcome Seal(AlgorithmCase one, string mode)
    {
        var (key, nonce, input, aad) = (one.Bytes("key"), one.Bytes("iv"), one.Bytes("input"), one.Optional("aad") ?? []);
        byte[] output = [.. one.Bytes("output"), .. one.Optional("tag") ?? []];
        var (text, tag) = Sealed(mode, key, nonce, input, aad);
        if (output.AsSpan().SequenceEqual((byte[])[.. text, .. tag]))
        {
            return CaseOutcome.Right;
        }

        var bare = Sealed(mode, key, nonce, input, []);
        return CaseOutcome.Wrong(output switch
        {
            _ when output.AsSpan().SequenceEqual((byte[])[.. tag, .. text]) => "校验码放在密文前面",
            _ when output.AsSpan().SequenceEqual((byte[])[.. nonce, .. text, .. tag]) => "随机数放在密文前面",
            _ when output.AsSpan().SequenceEqual((byte[])[.. bare.Text, .. bare.Tag]) => "附加数据没有参与校验",
            _ when text.Length > 0 && output.AsSpan().SequenceEqual(text) => "没有校验码",
            _ when output.Length > text.Length && output.Length < text.Length + Tag && ((byte[])[.. text, .. tag]).AsSpan().StartsWith(output) => $"校验码只有 {output.Length - text.Length} 字节",
            _ when text.Length > 0 && output.AsSpan().StartsWith(text) => "密文正确，校验码不符",
            _ when mode == "gcm" && nonce.Length == 12 && AesGcmText(key, nonce, input, aad).AsSpan().SequenceEqual(output) => "用的是 AES-128 而不是 SM4",
            _ => null,
        });
    }

    private static byte[] AesGcmText(byte[] key, byte[] nonce, byte[] input, byte[] aad)
    {
        using var aes = new AesGcm(key, Tag);
        var (text, tag) = (new byte[input.Length], new byte[Tag]);
        aes.Encrypt(nonce, input, text, tag, aad);
        return [.. text, .. tag];
    }

    /// <summary>A changed ciphertext must be refused, which is answered by the word <c>reject</c>.</summary>
    public static CaseOutcome Open(AlgorithmCase one, string mode)
    {
        byte[] input = [.. one.Bytes("input"), .. one.Optional("inputTag") ?? []];
        if (input.Length < Tag)
        {
            throw new CaseUnusableException("input 须为密文加 16 字节校验码");
        }

        byte[]? right;
        try
        {
            var (key, nonce, aad) = (one.Bytes("key"), one.Bytes("iv"), one.Optional("aad") ?? []);
            right = mode == "gcm" ? Sm4.DecryptGcm(key, nonce, input.AsSpan(..^Tag), input.AsSpan(^Tag..), aad) : Sm4.DecryptCcm(key, nonce, input.AsSpan(..^Tag), input.AsSpan(^Tag..), aad);
        }
        catch (CryptographicException)
        {
            right = null;
        }
        catch (ArgumentException wrong)
        {
            throw new CaseUnusableException(wrong.Message);
        }

        var rejected = one.Text("output")!.Equals("reject", StringComparison.OrdinalIgnoreCase);
        return right is null ? rejected ? CaseOutcome.Right : CaseOutcome.Wrong("被改动的密文没有被拒绝")
            : rejected ? CaseOutcome.Wrong("正确的密文被拒绝") : new CaseOutcome(one.Bytes("output").AsSpan().SequenceEqual(right));
    }

    private static (byte[] Text, byte[] Tag) Sealed(string mode, byte[] key, byte[] nonce, byte[] input, byte[] aad)
    {
        try
        {
            var made = mode == "gcm" ? Sm4.EncryptGcm(key, nonce, input, aad) : Sm4.EncryptCcm(key, nonce, input, aad);
            return (made.Ciphertext, made.Tag);
        }
        catch (ArgumentException wrong)
        {
            throw new CaseUnusableException(wrong.Message);
        }
    }
}
