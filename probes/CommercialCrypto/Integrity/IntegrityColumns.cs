using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Records with a column that is said to protect them. A recipe without a key that gives the column's values proves that anybody can
/// recompute them. That none was found proves nothing: <see cref="CombinationsTried"/> says among how many.
/// </summary>
public sealed record IntegrityColumns
{
    [Description("样本文件")]
    public required SampleFileDigest File { get; init; }

    [Description("校验列")]
    public required string CheckColumn { get; init; }

    /// <summary>Records with a check value.</summary>
    [Description("有校验值的行")]
    public required long Rows { get; init; }

    /// <summary>Records without one.</summary>
    [Description("没有校验值的行")]
    public Fact<long> EmptyRows { get; init; }

    [Description("全部行已读")]
    public required bool ReadWholly { get; init; }

    /// <summary>Of the first value, in bytes; null where it is neither hexadecimal nor base64.</summary>
    [Description("校验值字节数")]
    public Fact<int?> CheckBytes { get; init; }

    /// <summary>
    /// True where any row is made without a key, with one that everybody has, or with one that stands in the table. False where every row is made
    /// with the given key, which is none of these, over texts that differ from record to record. Missing otherwise.
    /// </summary>
    [Description("无需密钥即可重算")]
    public Fact<bool> IsKeyless { get; init; }

    /// <summary>Rows made without a key, or with one that everybody has; missing where none were found and some rows were made in a way that was not found.</summary>
    [Description("无需密钥即可重算的行")]
    public Fact<long> KeylessRows { get; init; }

    /// <summary>How such rows are made; missing where there are none.</summary>
    [Description("无需密钥的算法")]
    public Fact<string> KeylessRecipe { get; init; }

    /// <summary>The column in which the given key was found; null where it stands in none. Missing without a given key.</summary>
    [Description("密钥所在的列")]
    public Fact<string?> KeyInColumn { get; init; }

    /// <summary>Different texts among those that the values were computed of; missing without a recipe.</summary>
    [Description("参与计算的不同内容")]
    public Fact<long> DistinctMessages { get; init; }

    /// <summary>The recipe that gives the values; missing where none was found.</summary>
    [Description("校验方法")]
    public Fact<IntegrityRecipe> Recipe { get; init; }

    /// <summary>Combinations of columns, their order, separators, encodings and algorithms that were computed.</summary>
    [Description("试过的组合数")]
    public Fact<int> CombinationsTried { get; init; }

    /// <summary>The search space in words.</summary>
    [Description("搜索范围")]
    public Fact<string> SearchSpace { get; init; }

    /// <summary>Rows whose value the recipe does not give: the record or the value was changed, or made otherwise. Missing without a recipe.</summary>
    [Description("与校验值不符的行")]
    public Fact<long> MismatchedRows { get; init; }

    /// <summary>The first of them.</summary>
    [Description("不符的行号（前几行）")]
    public Fact<IReadOnlyList<long>> FirstMismatches { get; init; }

    /// <summary>Records altered in memory by one character in each covered column. Missing without a recipe.</summary>
    [Description("篡改试验")]
    public Fact<TamperCount> Tampering { get; init; }
}

/// <summary>How the values of the check column come about.</summary>
public sealed record IntegrityRecipe
{
    /// <summary>For people: <c>SM3(id‖name‖amount，以 | 分隔，UTF-8)</c>. Names of columns, no values.</summary>
    [Description("")]
    public required string Recipe { get; init; }

    public string Note => Recipe;

    [DisplayName("重算所用算法")]
    public required string Algorithm { get; init; }

    [DisplayName("国密算法")]
    public required bool IsNational { get; init; }

    [DisplayName("重算需要密钥")]
    public required bool UsesKey { get; init; }

    /// <summary>The key is one that everybody has, or stands in the table.</summary>
    [Description("密钥人人皆知")]
    public required bool KeyIsPublic { get; init; }

    /// <summary>HMAC, CBC-MAC or CMAC; a hash with the key before or behind the message is none.</summary>
    [DisplayName("是消息鉴别码")]
    public required bool IsMac { get; init; }

    /// <summary>Covered, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Columns of the record that the value does not depend on.</summary>
    [Description("未受保护的列")]
    public required IReadOnlyList<string> Uncovered { get; init; }

    /// <summary>Columns of no fixed length that are joined without anything between them: a character moved from one to another leaves the value as it is.</summary>
    [Description("相连而界限不明的列")]
    public required IReadOnlyList<string> Shifting { get; init; }

    [Description("吻合行")]
    public required long MatchedRows { get; init; }
}

/// <summary>One character changed, the value recomputed.</summary>
public sealed record TamperCount
{
    [Description("试验次数")]
    public required int Tried { get; init; }

    [Description("被发现")]
    public required int Detected { get; init; }
}
