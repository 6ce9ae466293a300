using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The cryptographic products somebody says are in use, as written down; nothing of it is checked with an issuer.</summary>
public sealed record ProductRegister
{
    [Description("登记表")]
    public required IReadOnlyList<SampleFileDigest> Files { get; init; }

    /// <summary>Missing where a file has more rows than were read.</summary>
    [Description("产品")]
    public Fact<IReadOnlyList<RegisteredProduct>> Products { get; init; }

    /// <summary>Fields for which no column was found.</summary>
    [Description("登记表里没有的栏目")]
    public required IReadOnlyList<string> MissingColumns { get; init; }

    /// <summary>Fields that could not be read, with their rows.</summary>
    [Description("读不出的内容")]
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>Row and name of products without a number of certification. This list and the following name products for people; what is not known of a product is in <see cref="Unfilled"/>.</summary>
    [Description("没有认证证书编号的产品")]
    public required IReadOnlyList<string> NumbersOfOtherForm { get; init; }

    [Description("证书由其他机构颁发的产品")]
    public required IReadOnlyList<string> OtherIssuers { get; init; }

    [Description("采购时不在有效期内的产品")]
    public required IReadOnlyList<string> OutsideValidity { get; init; }

    [Description("部署与检测版本不同的产品")]
    public required IReadOnlyList<string> DifferingVersions { get; init; }

    [Description("各产品的安全等级")]
    public required IReadOnlyList<string> ModuleLevels { get; init; }

    [Description("编号与别的产品相同的产品")]
    public required IReadOnlyList<string> SharedNumbers { get; init; }

    [Description("没有填全的产品")]
    public required IReadOnlyList<string> Unfilled { get; init; }
}

/// <summary>One product. A field the register leaves empty is missing; 无 written into it is null.</summary>
public sealed record RegisteredProduct
{
    /// <summary>File, row and name.</summary>
    [Description("")]
    public required string Name { get; init; }

    /// <summary>The product in a sentence, for people.</summary>
    public required string Note { get; init; }

    /// <summary>Data row of its file, from 1.</summary>
    public required long Row { get; init; }

    [Description("型号")]
    public Fact<string?> Model { get; init; }

    [Description("证书编号")]
    public Fact<string?> CertificateNumber { get; init; }

    /// <summary>Null where it has none.</summary>
    [Description("编号形式")]
    public Fact<CertificateNumberForm?> NumberForm { get; init; }

    [Description("发证机构")]
    public Fact<CertificateIssuer?> Issuer { get; init; }

    /// <summary>yyyy-MM-dd.</summary>
    [Description("发证日期")]
    public Fact<string?> IssuedOn { get; init; }

    /// <summary>yyyy-MM-dd, the last day of validity.</summary>
    [Description("有效期至")]
    public Fact<string?> ExpiresOn { get; init; }

    /// <summary>yyyy-MM-dd of the purchase or of the contract.</summary>
    [Description("采购日期")]
    public Fact<string?> PurchasedOn { get; init; }

    /// <summary>The purchase lies in the certificate's validity.</summary>
    [Description("采购时证书有效")]
    public Fact<bool> CoversPurchase { get; init; }

    [Description("部署版本")]
    public Fact<string?> DeployedVersion { get; init; }

    [Description("检测版本")]
    public Fact<string?> TestedVersion { get; init; }

    /// <summary>Letter by letter; blanks, letter case and one V before the first digit aside.</summary>
    [Description("部署版本与检测版本一致")]
    public Fact<bool> VersionMatches { get; init; }

    /// <summary>1–4 (GB/T 37092-2018); null where the certificate names none.</summary>
    [Description("安全等级")]
    public Fact<int?> ModuleLevel { get; init; }

    /// <summary>Objects of candidate.yaml that it protects, by id or title; missing where the register does not say.</summary>
    [Description("用于对象")]
    public Fact<IReadOnlyList<string>> UsedFor { get; init; }

    /// <summary>Another row of another name or model has the same certificate number.</summary>
    [Description("编号与别的产品相同")]
    public Fact<bool> SharesNumber { get; init; }

    /// <summary>Fields that are empty.</summary>
    [Description("未填的栏目")]
    public required IReadOnlyList<string> MissingFields { get; init; }
}

/// <summary>What kind of number it is, by its letters.</summary>
public enum CertificateNumberForm
{
    /// <summary>GM and 12 to 16 digits, as certificates of certification have them.</summary>
    [Description("认证证书编号（GM…）")]
    Certificate,

    /// <summary>Letters and digits of the type certificates that were given out before certification (such as SXH2019001).</summary>
    [Description("旧的型号证书编号")]
    TypeCertificate,

    [Description("其他")]
    Other,
}

/// <summary>Who gave the certificate out.</summary>
public enum CertificateIssuer
{
    [Description("商用密码检测认证中心")]
    CertificationCentre,

    [Description("商用密码检测中心")]
    TestingCentre,

    [Description("其他")]
    Other,
}
