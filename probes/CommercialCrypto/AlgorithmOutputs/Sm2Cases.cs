using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>SM2 signature and encryption (GB/T 32918.2, .4), and what implementations make of them instead.</summary>
internal static class Sm2Cases
{
    private const int Point = (2 * Sm2.FieldSizeInBytes) + 1;
    private const int Check = Sm3.HashSizeInBytes;

    /// <summary>Longest ciphertext taken apart in other orders.</summary>
    private const int Longest = 4096;

    public static CaseOutcome Judge(AlgorithmCase one)
    {
        try
        {
            return one.Operation switch
            {
                "sm2-sign" => Sign(one),
                "sm2-verify" => Verify(one),
                "sm2-encrypt" => Encrypt(one),
                "sm2-decrypt" => Decrypt(one),
                _ => throw new CaseUnusableException($"不认识 SM2 的操作 {one.Operation}"),
            };
        }
        catch (CryptographicException wrong)
        {
            throw new CaseUnusableException(wrong.Message);
        }
    }

    /// <summary>The random point of a signing or encrypting case, which no other case of the same key may have; null where it cannot be told.</summary>
    public static string? Ephemeral(AlgorithmCase one)
    {
        try
        {
            var output = one.Optional("output") ?? [];
            if (one.Operation == "sm2-encrypt")
            {
                return output.Length > 64 ? Convert.ToHexStringLower(output.AsSpan(output[0] == 4 ? 1 : 0, 64)) : null;
            }

            if (one.Operation != "sm2-sign" || output.Length == 0)
            {
                return null;
            }

            using var key = Private(one);
            var message = one.Bytes("input");
            var trial = new SignatureTrial(one.UserId);
            return trial.Run(key.PublicKey, message, output, thorough: false) is { } fit && trial.RandomOf(key.PublicKey, message, output, fit) is { } random
                ? Convert.ToHexStringLower(random)
                : null;
        }
        catch (Exception unusable) when (unusable is CaseUnusableException or CryptographicException)
        {
            return null;
        }
    }

    private static CaseOutcome Sign(AlgorithmCase one)
    {
        using var key = Private(one);
        var (message, signature) = (one.Bytes("input"), one.Bytes("output"));
        return new SignatureTrial(one.UserId).Run(key.PublicKey, message, signature, thorough: true) is not { } fit ? CaseOutcome.Wrong(null)
            : fit is { IsRegular: true, Content: SignedContent.Message } ? CaseOutcome.Right : CaseOutcome.Wrong(SignatureWords.Say(fit));
    }

    private static CaseOutcome Verify(AlgorithmCase one)
    {
        var key = SignerKey.TryRead(System.Text.Encoding.ASCII.GetBytes(one.Text("publicKey") ?? ""), out var problem)?.Key ?? throw new CaseUnusableException($"publicKey 不能用：{problem}");
        var fit = new SignatureTrial(one.UserId).Run(key, one.Bytes("input"), one.Bytes("signature"), thorough: true);
        var isValid = fit is { IsRegular: true, Content: SignedContent.Message };
        bool? said = one.Text("output")!.Trim().ToLowerInvariant() switch
        {
            "valid" or "true" or "1" or "有效" => true,
            "invalid" or "false" or "0" or "无效" or "reject" => false,
            _ => null,
        };
        return said is null ? throw new CaseUnusableException("output 应为 valid 或 invalid")
            : said == isValid ? CaseOutcome.Right
            : CaseOutcome.Wrong(isValid ? "把有效的签名判为无效" : $"把无效的签名判为有效{(fit is null ? "" : $"（{SignatureWords.Say(fit)}）")}");
    }

    private static CaseOutcome Encrypt(AlgorithmCase one)
    {
        using var key = Private(one);
        var (input, output) = (one.Bytes("input"), one.Bytes("output"));
        foreach (var (name, arranged) in Arrangements(output))
        {
            if (Opens(key, arranged) is { } plain)
            {
                return plain.AsSpan().SequenceEqual(input) ? new CaseOutcome(name is null, name) : CaseOutcome.Wrong("解密得到的不是给定的明文");
            }
        }

        return CaseOutcome.Wrong(null);
    }

    /// <summary>Null for the order of GB/T 32918.4-2016 and for the DER of GM/T 0009-2012, with names for the others; each as C1 || C3 || C2.</summary>
    private static IEnumerable<(string? Name, byte[] Arranged)> Arrangements(byte[] output)
    {
        if (output.Length > Longest)
        {
            yield break;
        }

        yield return (null, output);
        if (output is [0x30, ..] && FromDer(output) is { } der)
        {
            yield return (null, der);
        }

        if (output.Length > Point + Check)
        {
            yield return ("次序为 C1‖C2‖C3（旧标准），应为 C1‖C3‖C2", [.. output.AsSpan(0, Point), .. output.AsSpan(output.Length - Check), .. output.AsSpan(Point, output.Length - Point - Check)]);
        }

        if (output.Length > Point - 1 + Check)
        {
            byte[] completed = [4, .. output];
            yield return ("C1 缺少前缀 04", completed);
            yield return ("C1 缺少前缀 04，次序为 C1‖C2‖C3（旧标准）", [.. completed.AsSpan(0, Point), .. completed.AsSpan(completed.Length - Check), .. completed.AsSpan(Point, completed.Length - Point - Check)]);
            yield return ("坐标按小端序书写", [4, .. Reversed(output.AsSpan(1, 32)), .. Reversed(output.AsSpan(33, 32)), .. output.AsSpan(Point)]);
        }
    }

    private static byte[] Reversed(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Array.Reverse(copy);
        return copy;
    }

    private static byte[]? FromDer(byte[] der)
    {
        try
        {
            return Sm2Ciphertext.FromDer(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? Opens(Sm2PrivateKey key, byte[] ciphertext)
    {
        try
        {
            return key.DecryptRaw(ciphertext);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CaseOutcome Decrypt(AlgorithmCase one)
    {
        using var key = Private(one);
        var input = one.Bytes("input");
        var right = Opens(key, input) ?? (FromDer(input) is { } der ? Opens(key, der) : null);
        var rejected = one.Text("output")!.Equals("reject", StringComparison.OrdinalIgnoreCase);
        return right is null ? rejected ? CaseOutcome.Right : CaseOutcome.Wrong("被改动的密文没有被拒绝")
            : rejected ? CaseOutcome.Wrong("正确的密文被拒绝") : new CaseOutcome(one.Bytes("output").AsSpan().SequenceEqual(right));
    }

    private static Sm2PrivateKey Private(AlgorithmCase one)
    {
        var d = one.Bytes("privateKey");
        return d.Length == Sm2.FieldSizeInBytes ? Sm2PrivateKey.ImportScalar(d) : Sm2PrivateKey.ImportPkcs8(d);
    }
}
