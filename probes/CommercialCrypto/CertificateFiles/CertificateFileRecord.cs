using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// What the files of a sample hold. A certificate or key that is there and could not be read stands in its list with its facts missing, so
/// that no rule over all of them can hold; the lists themselves are missing where files or parts were left out.
/// </summary>
public sealed record CertificateFileRecord
{
    /// <summary>Files read.</summary>
    [Description("文件数")]
    public required int Files { get; init; }

    /// <summary>Files that hold nothing this probe knows.</summary>
    [Description("不是证书与密钥的文件")]
    public required IReadOnlyList<string> OtherFiles { get; init; }

    [Description("证书")]
    public Fact<IReadOnlyList<SampledCertificate>> Certificates { get; init; }

    [Description("证书申请")]
    public Fact<IReadOnlyList<SampledRequest>> Requests { get; init; }

    [Description("撤销列表")]
    public Fact<IReadOnlyList<SampledRevocationList>> RevocationLists { get; init; }

    /// <summary>Signing and encryption certificates that belong together.</summary>
    [Description("双证书")]
    public Fact<IReadOnlyList<SampledPair>> Pairs { get; init; }

    [Description("私钥")]
    public Fact<IReadOnlyList<SampledKey>> PrivateKeys { get; init; }

    /// <summary>Certificates that are signed by others over MD2, MD4, MD5, SHA-0 or SHA-1 (also as the mask of RSASSA-PSS), or whose RSA or DSA key is shorter than 2048 bits; this and the following lists name files for people.</summary>
    [Description("杂凑或密钥过弱的证书")]
    public required IReadOnlyList<string> WeakCertificates { get; init; }

    [Description("公钥有缺陷的证书")]
    public required IReadOnlyList<string> FlawedKeys { get; init; }

    /// <summary>SM2 certificates whose key is no point of the curve, or that are not signed by SM2 with SM3.</summary>
    [Description("不合规的 SM2 证书")]
    public required IReadOnlyList<string> OddSm2Certificates { get; init; }

    /// <summary>Certificates whose chain in the sample has a fault or no end, or that sign themselves without being an authority.</summary>
    [Description("没有成链的证书")]
    public required IReadOnlyList<string> UnchainedCertificates { get; init; }

    [Description("明文的私钥文件")]
    public required IReadOnlyList<string> ClearKeys { get; init; }

    [Description("口令在常见弱口令之列的私钥文件")]
    public required IReadOnlyList<string> WeakPassphraseKeys { get; init; }

    [Description("他人可读的私钥文件")]
    public required IReadOnlyList<string> ReadableKeys { get; init; }

    /// <summary>Private keys under a passphrase whose rounds are written beside them, with their number, the fewest first.</summary>
    [Description("由口令派生密钥的私钥文件")]
    public required IReadOnlyList<string> DerivedKeys { get; init; }

    /// <summary>What could not be read; the batch went on behind it.</summary>
    [Description("读不出的内容")]
    public Fact<IReadOnlyList<FileProblem>> Problems { get; init; }

    /// <summary>Where what was read is not as the format asks, one sentence each.</summary>
    [Description("格式上的出入")]
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>What could not be read.</summary>
/// <param name="File">Relative to the sample.</param>
/// <param name="Offset">In bytes from its start.</param>
/// <param name="Note">File, place, what is there and what should be; for people.</param>
public sealed record FileProblem(string File, long Offset, string Note);
