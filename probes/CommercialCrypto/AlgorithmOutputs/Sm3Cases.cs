using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>SM3 (GB/T 32905-2016) and HMAC-SM3, and what implementations make of them instead.</summary>
internal static class Sm3Cases
{
    public static CaseOutcome Judge(AlgorithmCase one)
    {
        var (input, output) = (one.Bytes("input"), one.Bytes("output"));
        return one.Operation == "sm3" ? Compare(output, Sm3.HashData(input), OtherDigests(input)) : Compare(output, HmacSm3.HashData(one.Bytes("key"), input), OtherCodes(one.Bytes("key"), input));
    }

    private static CaseOutcome Compare(byte[] output, byte[] right, IEnumerable<(string Name, byte[] Value)> others)
    {
        if (output.AsSpan().SequenceEqual(right))
        {
            return CaseOutcome.Right;
        }

        if (output.Length is >= 8 and < 32 && right.AsSpan().StartsWith(output))
        {
            return CaseOutcome.Wrong($"只输出前 {output.Length} 字节");
        }

        return CaseOutcome.Wrong(ByteOrders(right).Concat(others).FirstOrDefault(o => output.AsSpan().SequenceEqual(o.Value)).Name);
    }

    /// <summary>The right bytes in another order.</summary>
    internal static IEnumerable<(string Name, byte[] Value)> ByteOrders(byte[] right)
    {
        var reversed = (byte[])right.Clone();
        Array.Reverse(reversed);
        yield return ("整体字节次序颠倒", reversed);
        var words = (byte[])right.Clone();
        for (var i = 0; i + 4 <= words.Length; i += 4)
        {
            Array.Reverse(words, i, 4);
        }

        yield return ("每个 32 位字按小端序输出", words);
    }

    private static IEnumerable<(string Name, byte[] Value)> OtherDigests(byte[] input)
    {
        var digest = Sm3.HashData(input);
        yield return ("对摘要又做了一次 SM3", Sm3.HashData(digest));
        yield return ("对摘要的十六进制文字又做了一次 SM3", Sm3.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest))));
        yield return ("输入按十六进制文字（小写）而不是字节参与杂凑", Sm3.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(input))));
        yield return ("输入按十六进制文字（大写）而不是字节参与杂凑", Sm3.HashData(Encoding.ASCII.GetBytes(Convert.ToHexString(input))));
        yield return ("输入按 base64 文字而不是字节参与杂凑", Sm3.HashData(Encoding.ASCII.GetBytes(Convert.ToBase64String(input))));
        yield return ("输入末尾多了一个换行", Sm3.HashData([.. input, (byte)'\n']));
        yield return ("输入末尾多了一个零字节", Sm3.HashData([.. input, 0]));
        yield return ("输出的是 SHA-256", SHA256.HashData(input));
        yield return ("输出的是 SHA3-256", SHA3_256.IsSupported ? SHA3_256.HashData(input) : [0]);
        yield return ("输出的是 SHA-1", CryptographicOperations.HashData(HashAlgorithmName.SHA1, input));
        yield return ("输出的是 MD5", CryptographicOperations.HashData(HashAlgorithmName.MD5, input));
    }

    private static IEnumerable<(string Name, byte[] Value)> OtherCodes(byte[] key, byte[] input)
    {
        yield return ("没有用密钥，只是 SM3", Sm3.HashData(input));
        yield return ("把密钥拼在消息前做 SM3，不是 HMAC", Sm3.HashData([.. key, .. input]));
        yield return ("把密钥拼在消息后做 SM3，不是 HMAC", Sm3.HashData([.. input, .. key]));
        yield return ("密钥与消息颠倒", HmacSm3.HashData(input, key));
        yield return ("密钥按十六进制文字使用", HmacSm3.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)), input));
        yield return ("消息先做了一次 SM3", HmacSm3.HashData(key, Sm3.HashData(input)));
        yield return ("输出的是 HMAC-SHA-256", HMACSHA256.HashData(key, input));
    }
}
