namespace SmartCity.SecurityCheck.Model;

/// <summary>What a cryptographic sample is, and so which probe looks at it.</summary>
public enum CryptoSampleKind
{
    /// <summary>Output of a random number generator (GM/T 0005-2021).</summary>
    Random,

    /// <summary>Certificates, requests, revocation lists and files of keys.</summary>
    Certificate,

    /// <summary>Signed business records.</summary>
    Signature,

    /// <summary>Columns or files that are said to be encrypted.</summary>
    Ciphertext,

    /// <summary>Records with a check column.</summary>
    Integrity,

    /// <summary>A password column.</summary>
    Password,

    /// <summary>Outputs of the candidate's own SM2, SM3 and SM4.</summary>
    Conformance,

    /// <summary>The register of cryptographic products.</summary>
    Products,
}

/// <summary>What a setting of a sample holds.</summary>
public enum SampleSettingShape
{
    Text,

    /// <summary>One of <see cref="SampleSetting.Words"/>.</summary>
    Word,

    /// <summary>The path of an existing file, read from the folder of candidate.yaml.</summary>
    File,

    /// <summary><c>env:NAME</c> or <c>file:PATH</c>; reaches the probe as a <see cref="Secret"/>.</summary>
    Secret,
}

/// <summary>Something a probe must be told about a sample.</summary>
/// <param name="Name">The key under <c>settings:</c> and of <c>--set</c>.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="Meaning">For people.</param>
/// <param name="Example">A value.</param>
public sealed record SampleSetting(string Name, SampleSettingShape Shape, string Meaning, string Example)
{
    /// <summary>The values of <see cref="SampleSettingShape.Word"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The same words as people say them, in the same order; empty where there are none.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>The values with what they are also called, for people.</summary>
    public string Choices => string.Join("、", Words.Select((w, i) => i < Said.Count ? $"{w}（{Said[i]}）" : w));
}

/// <summary>One row of the table of sample kinds.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Word">As in candidate.yaml and on command lines.</param>
/// <param name="Title">For people.</param>
/// <param name="Settings">What may stand under <c>settings:</c>.</param>
public sealed record CryptoSampleForm(CryptoSampleKind Kind, string Word, string Title, IReadOnlyList<SampleSetting> Settings);

/// <summary>The kinds of samples: one table for the reader of candidate.yaml, its schema, the command line and the probes.</summary>
public static class CryptoSampleKinds
{
    private static IReadOnlyList<SampleSetting> RandomSettings =>
    [
        new("stage", SampleSettingShape.Word, "检测阶段：单次、周期（20×20000 比特）、上电（20×1000000）、出厂（50×1000000）、送样（1000 个样本）；不写则按数据量选送样或单次", "factory")
        {
            Words = ["single", "periodic", "power-on", "factory", "full"],
            Said = ["单次", "周期", "上电", "出厂", "送样"],
        },
        new("bits", SampleSettingShape.Text, "每个样本的比特数：20000、1000000、100000000；单次检测为 128 以上 8 的倍数", "1000000"),
        new("format", SampleSettingShape.Word, "编码；不写则按内容辨认", "binary") { Words = ["auto", "binary", "hex", "ascii01", "base64"], Said = ["自动", "二进制", "十六进制", "01文字", "Base64"] },
        new("bitOrder", SampleSettingShape.Word, "一个字节里哪一位在前；不写为高位在前", "msb") { Words = ["msb", "lsb"], Said = ["高位在前", "低位在前"] },
    ];

    /// <summary>Of every sample that is a table.</summary>
    private static readonly SampleSetting[] TableSettings =
    [
        new("sheet", SampleSettingShape.Text, "工作表名，或转储里的表名；默认第一个", "users"),
        new("header", SampleSettingShape.Word, "第一行是不是列名；默认自动判断", "yes") { Words = ["yes", "no"], Said = ["是", "否"] },
    ];

    public static IReadOnlyList<CryptoSampleForm> All { get; } =
    [
        new(CryptoSampleKind.Random, "random", "随机数样本", RandomSettings),
        new(CryptoSampleKind.Certificate, "certificate", "证书与密钥文件", []),
        new(CryptoSampleKind.Signature, "signature", "签名业务记录",
        [
            new("signature", SampleSettingShape.Text, "签名所在的列；不写时按文件找：数据.bin 与 数据.sig", "sign_value"),
            new("data", SampleSettingShape.Text, "参与签名的列，按签名时的先后以逗号分隔；签名里自带原文的不写", "id,amount,apply_time"),
            new("uncovered", SampleSettingShape.Text, "不必签名的列（如更新时间），逗号分隔；其余没有签名的列会列出来", "update_time"),
            new("join", SampleSettingShape.Text, "各列之间的连接符，\\t 为制表符、\\n 为换行；不写时直接相连", "|"),
            new("layout", SampleSettingShape.Word, "values 只连接值，pairs 写成“列名=值”；不写为 values", "values") { Words = ["values", "pairs"], Said = ["只连接值", "列名=值"] },
            new("encoding", SampleSettingShape.Word, "签名时文字的编码；不写为 utf-8", "utf-8") { Words = ["utf-8", "gbk"] },
            new("key", SampleSettingShape.File, "签名者的公钥或证书文件（PEM 或 DER）", "signer.cer"),
            new("keyColumn", SampleSettingShape.Text, "公钥或证书所在的列", "signer_cert"),
            new("userId", SampleSettingShape.Text, "签名者的用户标识；不写为 1234567812345678", "1234567812345678"),
            new("time", SampleSettingShape.Text, "签名时间所在的列，用来与证书有效期相比", "sign_time"),
        ]),
        new(CryptoSampleKind.Ciphertext, "ciphertext", "密文样本",
        [
            new("columns", SampleSettingShape.Text, "称为密文的列（列名或列号，逗号分隔）；不是表格的文件整个算一个值", "id_card_enc,phone_enc"),
            new("key", SampleSettingShape.Secret, "测试密钥：十六进制、Base64 或文字", "file:test.key"),
            new("iv", SampleSettingShape.Text, "固定的初始向量（若不在密文前面）", "00112233445566778899aabbccddeeff"),
            new("sm2Key", SampleSettingShape.Secret, "SM2 测试私钥：64 位十六进制，或一行 Base64 的 PKCS#8", "file:sm2.key"),
            .. TableSettings,
        ]),
        new(CryptoSampleKind.Integrity, "integrity", "完整性校验样本",
        [
            new("check", SampleSettingShape.Text, "校验值所在的列（列名或列号）", "mac"),
            new("columns", SampleSettingShape.Text, "受保护的列，按参与计算的次序，逗号分隔；默认自动寻找", "id,name,amount"),
            new("key", SampleSettingShape.Secret, "校验密钥（HMAC、MAC）：十六进制、Base64 或文字", "file:mac.key"),
            new("tamperTrial", SampleSettingShape.Word, "是否在证据里写一份改动了一行的试验文件（含样本的前几行）", "yes") { Words = ["yes", "no"], Said = ["是", "否"] },
            .. TableSettings,
        ]),
        new(CryptoSampleKind.Password, "password", "口令字段样本",
        [
            new("column", SampleSettingShape.Text, "口令列的列名或列号（从 1 起）", "password"),
            new("user", SampleSettingShape.Text, "账号列", "username"),
            new("salt", SampleSettingShape.Text, "盐所在的列", "salt"),
            new("iterations", SampleSettingShape.Text, "迭代次数所在的列，或一个数", "10000"),
            new("account", SampleSettingShape.Text, "测试账号，由测评人员在全表抽取 10 个以上才下符合的结论，逗号分隔", "tester01,tester02,tester03,tester04,tester05,tester06,tester07,tester08,tester09,tester10"),
            new("password", SampleSettingShape.Secret, "测试账号的口令；多个账号时文件里每行一个，次序相同", "env:TEST_PASSWORD"),
            new("key", SampleSettingShape.Secret, "口令杂凑所用的密钥（HMAC），十六进制、Base64 或文字", "file:hmac.key"),
            .. TableSettings,
        ]),
        new(CryptoSampleKind.Conformance, "conformance", "算法输出样本",
        [
            new("challenge", SampleSettingShape.File, "securitycheck crypto challenge 写出的题目文件；不写时样本里要同时有输入与输出", "challenge.json"),
            new("cases", SampleSettingShape.Text, "path 为网址时向接口出题：每种操作的用例数，1 到 100；不写为 8", "8"),
        ]),
        new(CryptoSampleKind.Products, "products", "密码产品清单", TableSettings),
    ];

    public static CryptoSampleForm Form(this CryptoSampleKind kind) => All.First(f => f.Kind == kind);

    /// <summary>Null where no kind has that word.</summary>
    public static CryptoSampleForm? FromWord(string word) => All.FirstOrDefault(f => f.Word == word);
}
