using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// What the signatures of business records are worth. Counts that stop before the end of the sample are missing where they are zero, because
/// what was not read may raise them; a count above zero stays, since more reading cannot lower it.
/// </summary>
public sealed record RecordSignatureRecord
{
    [Description("文件数")]
    public required int Files { get; init; }

    /// <summary>Records read, those that could not be used included.</summary>
    [Description("已读记录数")]
    public required long Rows { get; init; }

    /// <summary>Every record of the sample was read.</summary>
    [Description("全部读完")]
    public required bool Complete { get; init; }

    /// <summary>Verified as the standards have it.</summary>
    [Description("验证通过")]
    public required long Verified { get; init; }

    /// <summary>Verified only under a reading the standards do not have; see <see cref="Readings"/>.</summary>
    [Description("按不规范的做法才验证通过")]
    public Fact<long> Deviating { get; init; }

    [Description("验证不过")]
    public Fact<long> Failed { get; init; }

    /// <summary>The signature column is empty.</summary>
    [Description("没有签名")]
    public Fact<long> Unsigned { get; init; }

    /// <summary>The record, its key or its signature could not be read, or the signer's algorithm is not SM2.</summary>
    [Description("无法核验")]
    public Fact<long> Unusable { get; init; }

    /// <summary>How the signatures were found to hold, most frequent first.</summary>
    [Description("签名做法")]
    public required IReadOnlyList<SignatureReadingCount> Readings { get; init; }

    /// <summary>The first ones that are not verified.</summary>
    [Description("未通过的记录（前若干条）")]
    public required IReadOnlyList<RowTrouble> Troubles { get; init; }

    [Description("签名者")]
    public required IReadOnlyList<RecordSigner> Signers { get; init; }

    /// <summary>Records signed outside the validity of the signer's certificate; null where no record has both a time and a certificate.</summary>
    [Description("在证书有效期外签名")]
    public Fact<long?> OutsideValidity { get; init; }

    /// <summary>Records with both a time and a certificate.</summary>
    [Description("签名时间与证书可比的记录数")]
    public required long TimesCompared { get; init; }

    /// <summary>Signatures made with the random point of another, different one, (r - e) mod n being equal: from two of them the private key follows.</summary>
    [Description("随机数重复使用")]
    public Fact<long> ReusedRandom { get; init; }

    /// <summary>The very signature of an earlier record.</summary>
    [Description("与前面记录相同的签名")]
    public Fact<long> RepeatedSignatures { get; init; }

    /// <summary>Columns whose values are signed; null where whole files are. Missing where the settings do not say: what a signature carries need not be of the record.</summary>
    [Description("签名覆盖的列")]
    public Fact<IReadOnlyList<string>?> CoveredColumns { get; init; }

    /// <summary>Columns of the table that are not signed and that the settings do not spare; none where whole files are signed. Missing where the settings do not say what is.</summary>
    [Description("没有签名的列")]
    public Fact<IReadOnlyList<string>> UncoveredColumns { get; init; }

    /// <summary>Different contents among the signatures that hold.</summary>
    [Description("签名内容各不相同的条数")]
    public Fact<long> DistinctMessages { get; init; }

    /// <summary>Records whose signed content is that of an earlier record: the signature of one fits the other.</summary>
    [Description("签名内容与前面记录相同")]
    public Fact<long> SharedMessages { get; init; }

    /// <summary>The first of them.</summary>
    [Description("签名内容相同的记录（前若干条）")]
    public required IReadOnlyList<string> Sharing { get; init; }

    /// <summary>True where what is signed is known to be of the records and differs from one to the next; missing otherwise.</summary>
    [Description("签名绑定到记录")]
    public Fact<bool> BindsRecords { get; init; }

    /// <summary>True where every record of the sample verified; missing otherwise.</summary>
    [Description("全部验证通过")]
    public Fact<bool> AllVerified { get; init; }

    /// <summary>Copies of verified records in which one bit of data or signature was turned.</summary>
    [Description("篡改试验次数")]
    public required int TamperTrials { get; init; }

    /// <summary>Of these, how many no longer verified.</summary>
    [Description("篡改被发现")]
    public required int TamperDetected { get; init; }

    /// <summary>The rest of them.</summary>
    [Description("篡改没有被发现")]
    public required int UndetectedTampering { get; init; }

    /// <summary>Words of <c>alg</c> in JWS headers, as written; null where there is no JWS.</summary>
    [Description("JWS 算法名")]
    public required IReadOnlyList<string>? JwsAlgorithms { get; init; }
}

/// <summary>One way of signing and how many records were signed so.</summary>
/// <param name="Content">What was signed.</param>
/// <param name="Form">How the signature is written.</param>
/// <param name="UserId">Identification hashed; empty: one of no bytes; null: none at all.</param>
/// <param name="Wrapping">SM2 alone, CMS, GM/T 0010 or JWS.</param>
/// <param name="Rows">Records.</param>
/// <param name="Regular">As the standards have it.</param>
/// <param name="Note">For people.</param>
public sealed record SignatureReadingCount(SignedContent Content, SignatureForm Form, string? UserId, string Wrapping, long Rows, bool Regular, string Note);

/// <summary>A record that is not verified.</summary>
/// <param name="File">Relative to the sample.</param>
/// <param name="Row">Line; null for a file that is one record.</param>
/// <param name="Reason">Why.</param>
/// <param name="DataSm3">SM3 of the bytes the record stands for; null where they could not be put together.</param>
/// <param name="Note">For people.</param>
public sealed record RowTrouble(string File, long? Row, string Reason, string? DataSm3, string Note);

/// <summary>Whose key verified signatures.</summary>
/// <param name="Fingerprint">SM3 of the SubjectPublicKeyInfo.</param>
/// <param name="Certificate">Its subject; null where only the key is known.</param>
/// <param name="NotBefore">Of the certificate.</param>
/// <param name="NotAfter">Of the certificate.</param>
/// <param name="Named">The key is the one the sample's settings give. A key that comes with the record alone proves that the record was not
/// changed since it was signed, not who signed it.</param>
/// <param name="Rows">Records its key was used on.</param>
/// <param name="Note">For people.</param>
public sealed record RecordSigner(
    string Fingerprint, [property: DisplayName("签名人证书")] string? Certificate, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter,
    [property: DisplayName("密钥已在样本设置中给出")] bool Named, long Rows, string Note);
