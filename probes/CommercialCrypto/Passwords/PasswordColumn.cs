using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// How a system keeps the passwords of its users, read from an export of its table. Counts alone: neither values nor accounts are kept.
/// Fields that say something is nowhere are left out where the rows were cut off.
/// </summary>
public sealed record PasswordColumn
{
    [Description("样本文件")]
    public required SampleFileDigest File { get; init; }

    [Description("口令列")]
    public required string Column { get; init; }

    /// <summary>Rows with a value.</summary>
    [Description("有口令的行数")]
    public required long Rows { get; init; }

    [Description("口令为空的行数")]
    public Fact<long> EmptyRows { get; init; }

    /// <summary>False where the sample has more rows than were read.</summary>
    [Description("全部行已读")]
    public required bool ReadWholly { get; init; }

    /// <summary>Most frequent first.</summary>
    [Description("存储形式")]
    public Fact<IReadOnlyList<PasswordShapeCount>> Shapes { get; init; }

    /// <summary>Rows that can be read as they stand, or after base64 or hexadecimal decoding. Missing where some rows are nothing known: those may be passphrases.</summary>
    [Description("明文或仅编码的行数")]
    public Fact<long> ReadableRows { get; init; }

    /// <summary>Rows that hold a digest or a password hash.</summary>
    [Description("散列值的行数")]
    public Fact<long> HashedRows { get; init; }

    /// <summary>Rows whose lengths are whole blocks and differ, as those of a cipher do and those of a hash do not.</summary>
    [Description("疑似可逆加密的行数")]
    public Fact<long> ReversibleRows { get; init; }

    /// <summary>
    /// True where every row has the form of several rows that were recomputed, or is a bare digest of a column in which those of common passwords
    /// were found, and all are as mixed as digests are. Missing otherwise: a prefix can be written before anything, and a length is anybody's.
    /// </summary>
    [Description("每一行的做法都有证明")]
    public Fact<bool> ProvenWholly { get; init; }

    /// <summary>True where <see cref="ProvenWholly"/> is; false where a row can be read; missing otherwise.</summary>
    [Description("单向存储")]
    public Fact<bool> OneWay { get; init; }

    /// <summary>MD5, SHA-1, NTLM, and crypt(3) of DES or MD5, by their length, prefix or by proof. Zero only where every row is known.</summary>
    [Description("MD5、SHA-1 等的行数")]
    public Fact<long> BrokenHashRows { get; init; }

    /// <summary>Rows that share their value with another row.</summary>
    [Description("与他人相同的行数")]
    public Fact<long> EqualRows { get; init; }

    /// <summary>Users with the value most often used.</summary>
    [Description("同一值最多的行数")]
    public Fact<long> LargestEqualGroup { get; init; }

    /// <summary>Missing where nothing shows it either way: a column of salts, or a piece beside the digest, is one only where a recomputed row used it.</summary>
    [Description("盐")]
    public Fact<SaltEvidence> Salt { get; init; }

    /// <summary>Different salts, in the values or in the column of salts; missing without any.</summary>
    [Description("不同的盐")]
    public Fact<long> DistinctSalts { get; init; }

    /// <summary>Rows whose digest is that of a row with another salt: the salt does not go into it.</summary>
    [Description("盐不同而摘要相同的行")]
    public Fact<long> EqualDigestsBesideOtherSalts { get; init; }

    /// <summary>Shortest salt in bytes; null without a salt.</summary>
    [Description("最短的盐（字节）")]
    public Fact<int?> SaltBytesLeast { get; init; }

    /// <summary>Fewest iterations written beside the values or proved; 1 for a plain hash.</summary>
    [Description("最少迭代次数")]
    public Fact<long> IterationsLeast { get; init; }

    /// <summary>Rows whose unsalted hash is that of a password out of a short list of the most used ones.</summary>
    [Description("常见弱口令的行数")]
    public Fact<long> CommonPasswordRows { get; init; }

    /// <summary>SM3 by proof of several rows (all, where there are fewer than three) for rows that all have their form; false where proof or looks show another algorithm in any row; missing where they cannot tell.</summary>
    [Description("采用 SM3")]
    public Fact<bool> IsNational { get; init; }

    /// <summary>Whether one of <see cref="RecipesTried"/> turns the test account's password into its stored value. Missing without a test account, or where none can be computed here.</summary>
    [Description("测试账号验证成功")]
    public Fact<bool> AccountMatched { get; init; }

    /// <summary>Rows of the form of the test account's row, whose recipe was found; missing without one.</summary>
    [Description("与测试账号同一形式的行")]
    public Fact<long> ProvenFormRows { get; init; }

    /// <summary>Rows of test accounts whose values were recomputed by one and the same recipe; 0 where none was. Missing without a test account.</summary>
    [Description("逐个验算相符的行")]
    public Fact<int> ProvenRows { get; init; }

    /// <summary>The one that does; missing where none did.</summary>
    [Description("验证所用算法")]
    public Fact<PasswordRecipe> Proof { get; init; }

    /// <summary>Recipes computed for the test account.</summary>
    [Description("试过的算法组合数")]
    public Fact<int> RecipesTried { get; init; }
}

/// <summary>One way values are written, and how many are.</summary>
public sealed record PasswordShapeCount
{
    [Description("")]
    public required PasswordShape Shape { get; init; }

    [Description("行")]
    public required long Rows { get; init; }

    /// <summary>Row numbers from 1, the first few; no values.</summary>
    public required IReadOnlyList<long> FirstRows { get; init; }
}

/// <summary>A computation that was seen to give the stored value.</summary>
public sealed record PasswordRecipe
{
    /// <summary>For people: <c>SM3(盐 ‖ 口令)</c>.</summary>
    [Description("")]
    public required string Recipe { get; init; }

    public string Note => Recipe;

    /// <summary>The outermost algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The outermost algorithm is SM3.</summary>
    public required bool IsNational { get; init; }

    public required bool UsesSalt { get; init; }

    public required bool UsesKey { get; init; }

    /// <summary>1 for a plain hash.</summary>
    [Description("迭代")]
    public required int Iterations { get; init; }

    /// <summary>The same but for the number of iterations, which may be of each account.</summary>
    internal bool IsLike(PasswordRecipe other) =>
        Algorithm == other.Algorithm && UsesSalt == other.UsesSalt && UsesKey == other.UsesKey
        && string.Equals(Bare(Recipe), Bare(other.Recipe), StringComparison.Ordinal);

    private static string Bare(string recipe) => string.Concat(recipe.Where(c => !char.IsAsciiDigit(c)));
}

/// <summary>How a stored password is written.</summary>
public enum PasswordShape
{
    [Description("明文")]
    PlainText,

    [Description("仅编码（Base64 或十六进制）")]
    EncodedText,

    [Description("32 位十六进制（MD5 或 NTLM）")]
    Md5OrNtlm,

    [Description("MD5（带前缀）")]
    Md5,

    [Description("SHA-1")]
    Sha1,

    /// <summary>64 hexadecimal digits: the two cannot be told apart by looks.</summary>
    [Description("256 位摘要（SM3 或 SHA-256）")]
    Sm3OrSha256,

    [Description("SHA-384")]
    Sha384,

    [Description("SHA-512")]
    Sha512,

    [Description("bcrypt")]
    Bcrypt,

    [Description("scrypt")]
    Scrypt,

    [Description("argon2")]
    Argon2,

    [Description("PBKDF2")]
    Pbkdf2,

    [Description("crypt(3) DES")]
    CryptDes,

    [Description("crypt(3) $1$（MD5）")]
    CryptMd5,

    [Description("crypt(3) $5$/$6$（SHA-2）")]
    CryptSha2,

    [Description("yescrypt $y$")]
    Yescrypt,

    [Description("LDAP {SSHA} 加盐 SHA-1")]
    SaltedSha1,

    [Description("LDAP 加盐 SHA-2")]
    SaltedSha2,

    [Description("LDAP {SMD5} 加盐 MD5")]
    SaltedMd5,

    /// <summary>A digest of 32 bytes or more and another piece beside it in one field.</summary>
    [Description("256 位以上摘要与另一段同列")]
    DigestWithSalt,

    /// <summary>As before, with a digest of 16 or 20 bytes.</summary>
    [Description("MD5 或 SHA-1 长度的摘要与另一段同列")]
    BrokenDigestWithSalt,

    /// <summary>Whole 16-byte blocks of differing number.</summary>
    [Description("疑似可逆加密（分组长度）")]
    CipherBlocks,

    [Description("其他")]
    Other,
}

/// <summary>What shows whether passwords are salted.</summary>
public enum SaltEvidence
{
    [Description("每个值自带盐")]
    Embedded,

    [Description("盐列各行不同（测试账号证明参与计算）")]
    UniqueColumn,

    [Description("不同的行用同一个盐")]
    RepeatedColumn,

    /// <summary>Made of another cell of the row, counted up, or the same in all rows but for a few letters.</summary>
    [Description("盐可以推知（含本行别的列的值、逐行递增，或大半固定）")]
    Predictable,

    [Description("盐列有空值")]
    MissingInRows,

    /// <summary>By a recipe without salt, by one salt for all, by hashes of common passwords, or by equal hashes of different rows, beside different salts or none.</summary>
    [Description("已证明没有各用户不同的盐")]
    ProvedAbsent,
}
