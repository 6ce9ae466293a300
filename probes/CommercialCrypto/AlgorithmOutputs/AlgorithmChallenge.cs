using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Makes questions nobody can have the answers to beforehand. The keys in it are made for it and protect nothing; what the candidate returns
/// is judged against what is computed from the questions, so the file holds no answers.
/// </summary>
public static class AlgorithmChallenge
{
    /// <summary>Cases of each operation at most.</summary>
    public const int MostCases = 1000;

    private const string HowTo =
        "逐个用例以被测实现计算，把结果写进该用例的 output（十六进制），其余字段不动，存成另一个文件。"
        + "加密的 GCM/CCM 结果为密文加 16 字节校验码；sm2-verify 回答 valid 或 invalid；解密时应拒绝的回答 reject；SM2 签名为 r||s 或 DER；SM2 密文为 C1||C3||C2 或 DER；未写 userId 的用默认值。"
        + "文件里的密钥只为本次测试生成。";

    private static readonly string[] KnownMessages = ["616263", "61626364616263646162636461626364616263646162636461626364616263646162636461626364616263646162636461626364616263646162636461626364"];

    /// <param name="each">Cases of each operation, 1 up to <see cref="MostCases"/>.</param>
    /// <param name="madeAt">Written into it.</param>
    /// <returns>JSON.</returns>
    public static string Write(int each, DateTimeOffset madeAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(each, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(each, MostCases);
        var cases = new JsonArray();
        foreach (var message in KnownMessages)
        {
            Add(cases, "sm3", ("input", message));
        }

        // The example of GB/T 32907-2016 A.1.
        Add(cases, "sm4-ecb-encrypt", ("key", "0123456789abcdeffedcba9876543210"), ("input", "0123456789abcdeffedcba9876543210"), ("padding", "none"));
        AddHashes(cases, each);
        AddBlocks(cases, each);
        AddSealed(cases, each);
        AddSignatures(cases, each);
        AddEncryption(cases, each);
        var file = new JsonObject { ["format"] = "securitycheck-crypto-challenge/1", ["madeAt"] = madeAt.ToString("O"), ["说明"] = HowTo, ["cases"] = cases };
        return file.ToJsonString(ObservationJson.Options) + "\n";
    }

    private static void AddHashes(JsonArray cases, int each)
    {
        for (var i = 0; i < each; i++)
        {
            Add(cases, "sm3", ("input", Random(Length(i, 200))));
        }

        for (var i = 0; i < each; i++)
        {
            Add(cases, "hmac-sm3", ("key", Random(i % 3 == 2 ? 80 : 32)), ("input", Random(Length(i, 150))));
        }
    }

    private static void AddBlocks(JsonArray cases, int each)
    {
        foreach (var mode in new[] { "ecb", "cbc", "ctr" })
        {
            for (var i = 0; i < each; i++)
            {
                var (key, iv, input) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(17 + Length(i, 80)));
                (string, string)[] fields = mode == "ecb" ? [("key", Hex(key)), ("input", Hex(input))] : [("key", Hex(key)), ("iv", Hex(iv)), ("input", Hex(input))];
                Add(cases, $"sm4-{mode}-encrypt", fields);
                if (mode == "ecb")
                {
                    Add(cases, "sm4-ecb-decrypt", ("key", Hex(key)), ("input", Hex(Sm4.EncryptEcb(key, RandomNumberGenerator.GetBytes(17 + Length(i, 80))))));
                }
                else if (mode == "cbc")
                {
                    Add(cases, "sm4-cbc-decrypt", ("key", Hex(key)), ("iv", Hex(iv)), ("input", Hex(Sm4.EncryptCbc(key, iv, RandomNumberGenerator.GetBytes(17 + Length(i, 80))))));
                }
            }
        }
    }

    private static void AddSealed(JsonArray cases, int each)
    {
        for (var i = 0; i < each; i++)
        {
            var (key, nonce, aad) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12), RandomNumberGenerator.GetBytes(13 + i % 20));
            Add(cases, "sm4-gcm-encrypt", ("key", Hex(key)), ("iv", Hex(nonce)), ("aad", Hex(aad)), ("input", Random(1 + Length(i, 80))));
            var made = Sm4.EncryptGcm(key, nonce, RandomNumberGenerator.GetBytes(1 + Length(i, 80)), aad);
            byte[] whole = [.. made.Ciphertext, .. made.Tag];
            whole[^1] ^= (byte)RandomNumberGenerator.GetInt32(2);
            Add(cases, "sm4-gcm-decrypt", ("key", Hex(key)), ("iv", Hex(nonce)), ("aad", Hex(aad)), ("input", Hex(whole)));
        }
    }

    private static void AddSignatures(JsonArray cases, int each)
    {
        var (d, key) = NewKey();
        using (key)
        {
            // At least one of each among the first two, whatever chance says of the rest.
            var first = RandomNumberGenerator.GetInt32(2);
            for (var i = 0; i < each; i++)
            {
                var isValid = i < 2 ? i == first : RandomNumberGenerator.GetInt32(2) == 0;
                var (message, id) = (RandomNumberGenerator.GetBytes(Length(i, 200)), i % 4 == 3 ? Hex(RandomNumberGenerator.GetBytes(6)) : null);
                (string, string)[] fields = [("privateKey", Hex(d)), ("publicKey", Hex(key.PublicKey.ExportPoint())), ("input", Hex(message))];
                Add(cases, "sm2-sign", id is null ? fields : [.. fields, ("userId", id)]);
                (string, string)[] asked = [("publicKey", Hex(key.PublicKey.ExportPoint())), ("input", Hex(message)), ("signature", Hex(Signature(key, message, id, isValid)))];
                Add(cases, "sm2-verify", id is null ? asked : [.. asked, ("userId", id)]);
            }
        }
    }

    /// <summary>The wrong ones are wrong in one of three ways.</summary>
    private static byte[] Signature(Sm2PrivateKey key, byte[] message, string? id, bool isValid)
    {
        var userId = id is null ? [] : System.Text.Encoding.UTF8.GetBytes(id);
        var signature = key.SignRaw(message, userId);
        switch (isValid ? -1 : RandomNumberGenerator.GetInt32(3))
        {
            case 0:
                signature[RandomNumberGenerator.GetInt32(64)] ^= 1;
                return signature;
            case 1:
                return key.SignRaw(message, "8765432187654321"u8);
            case 2:
                return key.SignRaw([.. message, 0], userId);
            default:
                return signature;
        }
    }

    private static void AddEncryption(JsonArray cases, int each)
    {
        var (d, key) = NewKey();
        using (key)
        {
            for (var i = 0; i < each; i++)
            {
                Add(cases, "sm2-encrypt", ("publicKey", Hex(key.PublicKey.ExportPoint())), ("privateKey", Hex(d)), ("input", Random(1 + Length(i, 100))));
                var text = key.PublicKey.EncryptRaw(RandomNumberGenerator.GetBytes(1 + Length(i, 100)));
                text[^1] ^= (byte)(RandomNumberGenerator.GetInt32(4) == 0 ? 1 : 0);
                Add(cases, "sm2-decrypt", ("privateKey", Hex(d)), ("input", Hex(text)));
            }
        }
    }

    private static (byte[] D, Sm2PrivateKey Key) NewKey()
    {
        while (true)
        {
            var d = RandomNumberGenerator.GetBytes(Sm2.FieldSizeInBytes);
            try
            {
                return (d, Sm2PrivateKey.ImportScalar(d));
            }
            catch (CryptographicException)
            {
                // One of 2^32 lies outside the range.
            }
        }
    }

    /// <summary>Short and long by turns, and every length some time.</summary>
    private static int Length(int i, int most) => i == 0 ? 0 : i == 1 ? 64 : RandomNumberGenerator.GetInt32(most);

    private static string Random(int length) => Hex(RandomNumberGenerator.GetBytes(length));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static void Add(JsonArray cases, string algorithm, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var one = new JsonObject { ["id"] = $"{algorithm}-{cases.Count + 1:D4}", ["algorithm"] = algorithm };
        foreach (var (name, value) in fields)
        {
            one[name] = value;
        }

        one["output"] = "";
        cases.Add(one);
    }
}
