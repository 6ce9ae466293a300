using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// What can be seen of data that is said to be encrypted. No statistic tells one cipher from another: an algorithm stands here only where
/// a test key turned values into text. Counts and row numbers alone; neither values nor keys are kept.
/// </summary>
public sealed record CiphertextColumns
{
    [Description("样本文件")]
    public required IReadOnlyList<SampleFileDigest> Files { get; init; }

    /// <summary>One per column of a table; one for all files that are no tables.</summary>
    [Description("各列")]
    public Fact<IReadOnlyList<CiphertextColumn>> Columns { get; init; }

    /// <summary>Of the algorithms proved; missing unless one was proved for every value of every column.</summary>
    [Description("最弱算法的强度（比特）")]
    public Fact<int> WeakestStrengthBits { get; init; }
}

/// <summary>One column. Fields that say something is nowhere are missing where too few values could have shown it, or rows were left out.</summary>
public sealed record CiphertextColumn
{
    /// <summary>File and column.</summary>
    [Description("")]
    public required string Name { get; init; }

    /// <summary>The column in a sentence, for people.</summary>
    public string? Note { get; init; }

    /// <summary>Values.</summary>
    [Description("行")]
    public required long Rows { get; init; }

    [DisplayName("空行数")]
    public required long EmptyRows { get; init; }

    /// <summary>False where rows were cut off.</summary>
    public required bool ReadWholly { get; init; }

    /// <summary>Values by what they were seen to be, most frequent first.</summary>
    [Description("看起来是")]
    public required IReadOnlyList<NatureCount> Natures { get; init; }

    /// <summary>Rows that are text, or become text by decoding, unpacking or undoing a simple mask: no key is needed to read them.</summary>
    [Description("无需密钥即可读出的行")]
    public Fact<long> UnprotectedRows { get; init; }

    /// <summary>What was done to values that can be read without a key, where it is neither text nor its encoding; for people.</summary>
    [Description("看出的变换")]
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>Rows that a key opens which everybody has: zeros, examples of standards.</summary>
    [Description("人人皆知的密钥即可解开的行")]
    public required long PublicKeyRows { get; init; }

    /// <summary>Rows in which a key that was handed over was seen in another cell. None is said only where every row was looked at in every spelling.</summary>
    [Description("密钥就在同一行的行")]
    public Fact<long> KeyBesideRows { get; init; }

    /// <summary>Rows whose decrypted value was seen in another cell; as before, and missing without a key that opens the column.</summary>
    [Description("明文就在同一行的行")]
    public Fact<long> ClearBesideRows { get; init; }

    /// <summary>Columns in which either was seen.</summary>
    [Description("明文或密钥所在的列")]
    public required IReadOnlyList<string> BesideIn { get; init; }

    /// <summary>What the unprotected rows hold.</summary>
    [Description("读出的内容类型")]
    public required IReadOnlyList<PatternCount> Patterns { get; init; }

    /// <summary>Rows with the point of an SM2 ciphertext (GB/T 32918.4-2016) that lies on the curve.</summary>
    [Description("SM2 密文形状的行")]
    public required long Sm2Rows { get; init; }

    /// <summary>Rows of whole 16-byte blocks, SM2 aside.</summary>
    [Description("长度为 16 字节整数倍的行")]
    public required long BlockRows { get; init; }

    /// <summary>Rows with a 16-byte block that occurs twice in them, or in a row with another beginning: what ECB leaves. Missing with fewer than two rows of two blocks.</summary>
    [Description("有 ECB 特征的行")]
    public Fact<long> EcbRows { get; init; }

    /// <summary>Rows that share their whole value with another row.</summary>
    [Description("密文相同的行")]
    public Fact<long> EqualRows { get; init; }

    /// <summary>Leading bytes that all values share; up to 32. Missing with fewer than 8 different values.</summary>
    [Description("各行相同的前缀字节")]
    public Fact<int> FixedPrefixBytes { get; init; }

    /// <summary>Missing with too few bytes to say anything.</summary>
    [Description("字节分布")]
    public Fact<ByteDistribution> Bytes { get; init; }

    /// <summary><see cref="Decryption"/> as one sentence.</summary>
    [Description("解密试验")]
    public Fact<string> DecryptionWords { get; init; }

    /// <summary>Whether a test key turned values into text. Missing without a key.</summary>
    [Description("测试密钥解密成功")]
    public Fact<bool> DecryptionMatched { get; init; }

    /// <summary>The combination that did.</summary>
    [Description("解密组合")]
    public Fact<DecryptionFound> Decryption { get; init; }

    public Fact<int> CombinationsTried { get; init; }
}

/// <summary>How many values were seen to be something.</summary>
public sealed record NatureCount
{
    [Description("")]
    public required ValueNature Nature { get; init; }

    [Description("行")]
    public required long Rows { get; init; }

    public required IReadOnlyList<long> FirstRows { get; init; }
}

/// <summary>How many readable values hold something.</summary>
public sealed record PatternCount
{
    [Description("")]
    public required TextPattern Pattern { get; init; }

    [Description("行")]
    public required long Rows { get; init; }
}

/// <summary>A chi-square test of equally frequent bytes, with what it could have seen.</summary>
public sealed record ByteDistribution
{
    [Description("字节数")]
    public required long Count { get; init; }

    /// <summary>255 degrees of freedom.</summary>
    public required double ChiSquare { get; init; }

    /// <summary>Of so large a value by chance; 0–1.</summary>
    [Description("P 值")]
    public required double P { get; init; }

    /// <summary>P is at least 0.001. Compressed data passes too.</summary>
    [Description("近似均匀")]
    public required bool LooksUniform { get; init; }

    /// <summary>Data with this many bits less than 8 per byte would have been seen 95 times in 100; text lacks three and more.</summary>
    [Description("可发现的最小熵缺（比特/字节）")]
    public required double SmallestDeficitSeen { get; init; }
}

/// <summary>What a key did.</summary>
public sealed record DecryptionFound
{
    /// <summary>For people: algorithm, mode, where the initialisation vector was, padding, form of the key.</summary>
    [Description("")]
    public required string Combination { get; init; }

    /// <summary>SM4, SM2, AES, 3DES or DES.</summary>
    [DisplayName("试解出的算法")]
    public required string Algorithm { get; init; }

    /// <summary>ECB, CBC, CTR, GCM; empty for SM2.</summary>
    [DisplayName("试解出的工作模式")]
    public required string Mode { get; init; }

    [DisplayName("国密算法")]
    public required bool IsNational { get; init; }

    /// <summary>Bits of security (NIST SP 800-57 part 1, table 2): 56, 80, 112, 128, 192 or 256.</summary>
    public required int StrengthBits { get; init; }

    /// <summary>The algorithm itself rejects a wrong key (GCM, SM2).</summary>
    public required bool IsAuthenticated { get; init; }

    /// <summary>The initialisation vector or random number is one for all values, or there is none.</summary>
    [Description("初始向量固定（或没有）")]
    public required bool IvIsFixed { get; init; }

    /// <summary>Values that share the initialisation vector or random number in front of them with another value; missing where none is in front.</summary>
    [Description("初始向量与他行相同的行")]
    public Fact<long> RepeatedIvRows { get; init; }

    /// <summary>Of all values of the column: right padding and text behind it, a right tag, or text where nothing else could tell.</summary>
    [Description("解开的行")]
    public long OpenedRows { get; init; }

    /// <summary>Values this combination does not open: encrypted otherwise, or not at all, or no text.</summary>
    [Description("没有解开的行")]
    public long UnopenedRows { get; init; }

    /// <summary>The first of them.</summary>
    [Description("没有解开的行号（前几行）")]
    public IReadOnlyList<long> FirstUnopened { get; init; } = [];

    /// <summary>Values for which time or size did not suffice.</summary>
    [Description("没有试的行")]
    public long UntriedRows { get; init; }

    /// <summary>Different texts among the opened values; counting ends at a million and a half.</summary>
    [Description("不同的明文")]
    public long DistinctPlaintexts { get; init; }

    /// <summary>True where every value of the column was opened, and not all of them to one and the same text, by a key that cannot be guessed; missing otherwise, as the others may be anything.</summary>
    [Description("整列得到证明")]
    public Fact<bool> ProvesColumn { get; init; }
}

/// <summary>What a value was seen to be.</summary>
public enum ValueNature
{
    [Description("可读文本")]
    PlainText,

    [Description("仅编码（解码后可读）")]
    EncodedText,

    [Description("压缩数据")]
    Compressed,

    [Description("常见文件格式")]
    KnownFormat,

    [Description("简单变换（异或、移位、倒序）")]
    SimpleMask,

    /// <summary>Readable text inside bytes that are none as a whole.</summary>
    [Description("夹有可读文字")]
    TextWithin,

    /// <summary>A digest without a key of something that can be counted through; proved by recomputing it.</summary>
    [Description("可穷举取值的杂凑")]
    EnumerableHash,

    [Description("SM2 密文形状")]
    Sm2Shape,

    /// <summary>No structure and whole blocks.</summary>
    [Description("整分组的无结构数据")]
    BlockLike,

    /// <summary>No structure and any length.</summary>
    [Description("任意长度的无结构数据")]
    Unstructured,

    [Description("太短，看不出")]
    TooShort,
}
