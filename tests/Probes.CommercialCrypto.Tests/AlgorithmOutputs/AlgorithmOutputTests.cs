using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class AlgorithmOutputTests
{
    private static readonly AlgorithmOutputsProbe Probe = new();
    private static readonly DateTimeOffset Made = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_examples_of_the_standards_are_right()
    {
        using var folder = new TemporaryFolder();
        folder.Write("v.csv", """
            id,algorithm,key,iv,input,padding,privateKey,publicKey,userId,signature,output
            a,sm3,,,616263,,,,,,66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0
            b,sm4-ecb-encrypt,0123456789abcdeffedcba9876543210,,0123456789abcdeffedcba9876543210,none,,,,,681edf34d206965e86b3e94f536e4246
            c,sm4-ecb-decrypt,0123456789abcdeffedcba9876543210,,681edf34d206965e86b3e94f536e4246,none,,,,,0123456789abcdeffedcba9876543210
            d,sm2-sign,,,6d65737361676520646967657374,,3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8,,1234567812345678,,f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa
            e,sm2-verify,,,6d65737361676520646967657374,,,0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13,,f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa,valid
            """);
        var seen = await LookAsync(folder.File("v.csv"), null);
        Assert.Equal(5, seen.Items("operations").Sum(o => o.GetProperty("right").GetInt32()));
        var verdicts = seen.Verdicts("algorithm-outputs.yaml", Made);
        // Anybody can copy them; they are right and say nothing of who computed them.
        Assert.Equal((Verdict.NeedsReview, Verdict.NeedsReview, Verdict.NeedsReview, Verdict.NotSatisfied), (verdicts["ALGOUT-01"], verdicts["ALGOUT-02"], verdicts["ALGOUT-03"], verdicts["ALGOUT-04"]));
    }

    [Fact]
    public async Task An_honest_implementation_passes_the_challenge_and_answers_to_another_one_do_not()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.Write("1.json", AlgorithmChallenge.Write(6, Made)), folder.Write("2.json", AlgorithmChallenge.Write(6, Made)));
        var answers = folder.Write("a.json", Answered(first, HonestAnswer.Of));
        var seen = await LookAsync(answers, first);
        Assert.All(seen.Items("operations"), o => Assert.True(o.GetProperty("right").GetInt32() == o.GetProperty("cases").GetInt32(), o.GetProperty("note").GetString()));
        Assert.All(seen.Verdicts("algorithm-outputs.yaml", Made), v => Assert.Equal((v.Key, Verdict.Satisfied), (v.Key, v.Value)));

        var canned = (await LookAsync(answers, second)).Verdicts("algorithm-outputs.yaml", Made);
        Assert.Equal((Verdict.NotSatisfied, Verdict.NotSatisfied, Verdict.NotSatisfied), (canned["ALGOUT-01"], canned["ALGOUT-02"], canned["ALGOUT-03"]));
        var none = (await LookAsync(first, first)).Verdicts("algorithm-outputs.yaml", Made);
        Assert.Equal((Verdict.Partial, Verdict.Partial), (none["ALGOUT-02"], none["ALGOUT-03"]));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "sm3", "对摘要又做了一次 SM3" },
        { "hmac-sm3", "把密钥拼在消息前做 SM3，不是 HMAC" },
        { "sm4-ecb-encrypt", "用零填充" },
        { "sm4-cbc-encrypt", "用了 ECB 而不是 CBC 模式" },
        { "sm4-ctr-encrypt", "用的是 AES-128 而不是 SM4" },
        { "sm4-cbc-decrypt", "没有去掉填充" },
        { "sm4-gcm-encrypt", "没有校验码" },
        { "sm2-sign", "用户标识为空" },
        { "sm2-encrypt", "次序为 C1‖C2‖C3" },
        { "sm2-encrypt#04", "C1 缺少前缀 04" },
        { "sm2-verify", "把无效的签名判为有效" },
        { "sm4-cbc-encrypt#iv", "初始向量用了全零" },
        { "sm3#words", "每个 32 位字按小端序输出" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_called_by_its_name(string operation, string name)
    {
        using var folder = new TemporaryFolder();
        var challenge = folder.Write("c.json", AlgorithmChallenge.Write(4, Made));
        var answers = folder.Write("a.json", Answered(challenge, c => c.Text("algorithm") == operation.Split('#')[0] ? Mistake(operation, c) : HonestAnswer.Of(c)));
        var seen = await LookAsync(answers, challenge);
        var outcome = seen.Items("operations").Single(o => o.GetProperty("operation").GetString() == operation.Split('#')[0]);
        Assert.True(outcome.GetProperty("wrong").GetInt32() > 0, outcome.GetRawText());
        Assert.Contains(name, outcome.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.All(seen.Items("operations").Where(o => o.GetProperty("operation").GetString() != operation.Split('#')[0]), o => Assert.Equal(0, o.GetProperty("wrong").GetInt32()));
    }

    [Fact]
    public async Task One_random_number_for_all_signatures_is_found()
    {
        using var folder = new TemporaryFolder();
        var challenge = folder.Write("c.json", AlgorithmChallenge.Write(4, Made));
        var answers = folder.Write("a.json", Answered(challenge, c =>
        {
            if (c.Operation != "sm2-sign")
            {
                return HonestAnswer.Of(c);
            }

            var signer = new BareSigner(c.Bytes("privateKey"));
            return Convert.ToHexString(signer.Sign(Sm3.HashData([.. signer.PublicKey.IdentityHash(c.UserId ?? Sm2.DefaultUserId.ToArray()), .. c.Bytes("input")]), new SeededBytes(1).Take(32)));
        }));
        var seen = await LookAsync(answers, challenge);
        var verdicts = seen.Verdicts("algorithm-outputs.yaml", Made);
        Assert.Equal((Verdict.Satisfied, Verdict.NotSatisfied), (verdicts["ALGOUT-01"], verdicts["ALGOUT-05"]));
    }

    [SkippableFact]
    public async Task Answers_of_openssl_are_right()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        var challenge = folder.Write("c.json", AlgorithmChallenge.Write(3, Made));
        var answers = folder.Write("a.json", Answered(challenge, c => OpenSslAnswer.Of(folder, c)));
        var seen = await LookAsync(answers, challenge);
        var answered = seen.Items("operations").Where(o => o.GetProperty("unanswered").GetInt32() == 0).ToList();
        Assert.Equal(["hmac-sm3", "sm2-decrypt", "sm2-encrypt", "sm2-sign", "sm2-verify", "sm3", "sm4-cbc-decrypt", "sm4-cbc-encrypt", "sm4-ctr-encrypt", "sm4-ecb-decrypt", "sm4-ecb-encrypt"], answered.Select(o => o.GetProperty("operation").GetString()));
        Assert.All(answered, o => Assert.True(o.GetProperty("right").GetInt32() == o.GetProperty("cases").GetInt32(), o.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task Strange_files_end_in_counts_or_in_a_message()
    {
        using var folder = new TemporaryFolder();
        var original = Encoding.UTF8.GetBytes(Answered(folder.Write("c.json", AlgorithmChallenge.Write(1, Made)), HonestAnswer.Of));
        var random = new SeededBytes(5);
        for (var i = 0; i < 200; i++)
        {
            var sample = SampleLook.Sample(CryptoSampleKind.Conformance, folder.Write($"{i}/a.{(i % 3 == 0 ? "csv" : "json")}", random.Mutate(original)));
            var outcome = await Probe.ObserveAsync(sample, ProbeContexts.For(new KeptEvidence(), sample), CancellationToken.None);
            Assert.True(outcome is Observed or Unable { Kind: FailureKind.BadInput }, $"{i} {outcome}");
        }
    }

    private static string Mistake(string operation, AlgorithmCase one)
    {
        string Hex(byte[] bytes) => Convert.ToHexString(bytes);
        var input = one.Bytes("input");
        switch (operation)
        {
            case "sm3":
                return Hex(Sm3.HashData(Sm3.HashData(input)));
            case "sm3#words":
                var digest = Sm3.HashData(input);
                for (var i = 0; i < digest.Length; i += 4)
                {
                    Array.Reverse(digest, i, 4);
                }

                return Hex(digest);
            case "hmac-sm3":
                return Hex(Sm3.HashData([.. one.Bytes("key"), .. input]));
            case "sm4-ecb-encrypt":
                byte[] zeros = [.. input, .. new byte[(16 - (input.Length % 16)) % 16]];
                return Hex(Sm4.EncryptEcb(one.Bytes("key"), zeros)[..zeros.Length]);
            case "sm4-cbc-encrypt":
                return Hex(Sm4.EncryptEcb(one.Bytes("key"), input));
            case "sm4-cbc-encrypt#iv":
                return Hex(Sm4.EncryptCbc(one.Bytes("key"), new byte[16], input));
            case "sm4-ctr-encrypt":
                return Hex(AesCounter(one.Bytes("key"), one.Bytes("iv"), input));
            case "sm4-cbc-decrypt":
                var plain = Sm4.DecryptCbc(one.Bytes("key"), one.Bytes("iv"), input);
                return Hex([.. plain, .. Enumerable.Repeat((byte)(16 - (plain.Length % 16)), 16 - (plain.Length % 16))]);
            case "sm4-gcm-encrypt":
                return Hex(Sm4.EncryptGcm(one.Bytes("key"), one.Bytes("iv"), input, one.Bytes("aad")).Ciphertext);
            case "sm2-sign":
                var signer = new BareSigner(one.Bytes("privateKey"));
                return Hex(signer.Sign(Sm3.HashData([.. signer.PublicKey.IdentityHash([]), .. input]), RandomNumberGenerator.GetBytes(31).Prepend((byte)1).ToArray()));
            case "sm2-verify":
                return "valid";
            default:
                var whole = Convert.FromHexString(HonestAnswer.Of(one)!);
                return operation == "sm2-encrypt#04" ? Hex(whole[1..]) : Hex([.. whole[..65], .. whole[97..], .. whole[65..97]]);
        }
    }

    private static byte[] AesCounter(byte[] key, byte[] counter, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var result = (byte[])data.Clone();
        for (var at = 0; at < data.Length; at += 16)
        {
            var stream = aes.EncryptEcb(counter, PaddingMode.None);
            for (var i = at; i < Math.Min(data.Length, at + 16); i++)
            {
                result[i] ^= stream[i - at];
            }

            var digit = 15;
            while (digit >= 0 && ++counter[digit] == 0)
            {
                digit--;
            }
        }

        return result;
    }

    private static string Answered(string challenge, Func<AlgorithmCase, string?> answer)
    {
        var file = JsonNode.Parse(File.ReadAllText(challenge))!;
        foreach (var one in file["cases"]!.AsArray())
        {
            var fields = one!.AsObject().Where(f => f.Key != "output").ToDictionary(f => f.Key, f => f.Value!.GetValue<string>(), StringComparer.Ordinal);
            one["output"] = answer(new AlgorithmCase(fields)) ?? "";
        }

        return file.ToJsonString();
    }

    private static Task<SampleLook> LookAsync(string path, string? challenge) =>
        SampleLook.AtAsync(Probe, challenge is null ? SampleLook.Sample(CryptoSampleKind.Conformance, path) : SampleLook.Sample(CryptoSampleKind.Conformance, path, ("challenge", challenge)), Made);
}
