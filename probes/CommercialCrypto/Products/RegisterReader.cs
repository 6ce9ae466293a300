using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Fields of a register and the names people give their columns.</summary>
internal static class RegisterFields
{
    public const string Name = "产品名称";
    public const string Model = "型号";
    public const string Number = "证书编号";
    public const string Issuer = "发证机构";
    public const string IssuedOn = "发证日期";
    public const string ExpiresOn = "有效期至";
    public const string PurchasedOn = "采购日期";
    public const string Deployed = "部署版本";
    public const string Tested = "检测版本";
    public const string Level = "安全等级";

    public static IReadOnlyList<(string Field, string[] Columns)> All { get; } =
    [
        (Name, ["产品名称", "名称", "密码产品名称", "产品", "name", "product"]),
        (Model, ["型号", "产品型号", "规格型号", "model"]),
        (Number, ["证书编号", "认证证书编号", "产品证书编号", "商用密码产品认证证书编号", "证书号", "certificate", "certificateNumber", "certificate_number"]),
        (Issuer, ["发证机构", "颁发机构", "发证单位", "认证机构", "issuer"]),
        (IssuedOn, ["发证日期", "颁发日期", "生效日期", "有效期起", "issuedOn", "issued_on"]),
        (ExpiresOn, ["有效期至", "有效期止", "截止日期", "到期日期", "证书有效期", "有效期", "expiresOn", "expires_on"]),
        (PurchasedOn, ["采购日期", "合同日期", "合同签订日期", "采购合同日期", "购买日期", "purchasedOn", "purchased_on", "contractDate"]),
        (Deployed, ["部署版本", "现场版本", "实际版本", "在用版本", "版本", "版本号", "deployedVersion", "version"]),
        (Tested, ["检测版本", "认证版本", "证书版本", "证书载明版本", "testedVersion"]),
        (Level, ["安全等级", "密码模块等级", "模块等级", "产品等级", "安全级别", "moduleLevel", "level"]),
    ];
}

/// <summary>Reads the rows of a register into products.</summary>
internal sealed partial class RegisterReader(string file, Table table)
{
    private readonly Dictionary<string, int> _places = RegisterFields.All.ToDictionary(f => f.Field, f => table.Column(null, f.Columns), StringComparer.Ordinal);
    private readonly List<string> _unreadable = [];

    public IReadOnlyList<string> Unreadable => _unreadable;

    public IReadOnlyList<string> MissingColumns => [.. RegisterFields.All.Where(f => _places[f.Field] < 0).Select(f => f.Field)];

    /// <summary>Whether there is anything a product could be known by.</summary>
    public bool IsRegister => _places[RegisterFields.Name] >= 0 || _places[RegisterFields.Number] >= 0;

    /// <summary>Null for a row without name and number.</summary>
    public RegisteredProduct? Read(TableRow row)
    {
        var (name, number) = (Text(row, RegisterFields.Name), Text(row, RegisterFields.Number));
        if (!name.IsKnown && !number.IsKnown)
        {
            return null;
        }

        var (issued, expires, purchased) = (Day(row, RegisterFields.IssuedOn), Day(row, RegisterFields.ExpiresOn), Day(row, RegisterFields.PurchasedOn));
        if (Text(row, RegisterFields.ExpiresOn) is { IsKnown: true, Value: { } validity } && WrittenDates.Range(validity) is { } range)
        {
            (issued, expires) = (issued.IsKnown ? issued : new(range.From), range.To);
        }

        var (deployed, tested) = (Text(row, RegisterFields.Deployed), Text(row, RegisterFields.Tested));
        return new RegisteredProduct
        {
            Name = name is { IsKnown: true, Value: { } called } ? called : number is { IsKnown: true, Value: { } known } ? known : $"第 {row.Number} 行",
            Note = "",
            Row = row.Number,
            Model = Text(row, RegisterFields.Model),
            CertificateNumber = number,
            NumberForm = number.IsKnown ? new(FormOf(number.Value)) : default,
            Issuer = Text(row, RegisterFields.Issuer) is { IsKnown: true, Value: var issuer } ? new(IssuerOf(issuer)) : default,
            IssuedOn = Written(issued),
            ExpiresOn = Written(expires),
            PurchasedOn = Written(purchased),
            CoversPurchase = Covers(issued, expires, purchased),
            DeployedVersion = deployed,
            TestedVersion = tested,
            VersionMatches = deployed is { IsKnown: true, Value: { } d } && tested is { IsKnown: true, Value: { } t } ? Plain(d) == Plain(t) : default(Fact<bool>),
            ModuleLevel = Level(row),
            MissingFields = [.. RegisterFields.All.Where(f => !Text(row, f.Field).IsKnown).Select(f => f.Field)],
        };
    }

    private static Fact<bool> Covers(Fact<DateOnly?> issued, Fact<DateOnly?> expires, Fact<DateOnly?> purchased) =>
        purchased is not { IsKnown: true, Value: { } day } ? default(Fact<bool>)
        : expires is { IsKnown: true, Value: { } last } && day > last ? false
        : issued is { IsKnown: true, Value: { } first } ? day < first ? false : expires is { IsKnown: true, Value: not null } ? true : default(Fact<bool>)
        : default(Fact<bool>);

    /// <summary>Missing where empty; null where it says that there is none.</summary>
    private Fact<string?> Text(TableRow row, string field) => row[_places[field]]?.Trim() is not { Length: > 0 } text ? default
        : text is "无" or "没有" or "-" or "—" or "/" or "N/A" or "n/a" ? new(null)
        : new(text.Length > 200 ? text[..200] : text);

    private Fact<DateOnly?> Day(TableRow row, string field)
    {
        if (Text(row, field) is not { IsKnown: true } text)
        {
            return default;
        }

        if (text.Value is not { } written)
        {
            return new(null);
        }

        if (WrittenDates.Read(written) is { } day)
        {
            return new(day);
        }

        if (field != RegisterFields.ExpiresOn || WrittenDates.Range(written) is null)
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{field}（应为 2025-07-01、2025/7/1、2025年7月1日 一类，年在前）");
        }

        return default;
    }

    private Fact<int?> Level(TableRow row)
    {
        if (Text(row, RegisterFields.Level) is not { IsKnown: true } text)
        {
            return default;
        }

        if (text.Value is not { } written)
        {
            return new(null);
        }

        var found = LevelWord().Match(written) is { Success: true } word ? word.Groups["n"].Value switch { "一" or "1" => 1, "二" or "2" => 2, "三" or "3" => 3, _ => 4 } : (int?)null;
        if (found is null)
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{RegisterFields.Level}（应为 1–4 或 一级–四级）");
            return default;
        }

        return found;
    }

    private static Fact<string?> Written(Fact<DateOnly?> day) => day.IsKnown ? new(day.Value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : default;

    private static string Plain(string version) => string.Concat(version.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant().TrimStart('V');

    private static CertificateNumberForm? FormOf(string? number) => number is null ? null
        : Certified().IsMatch(number.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()) ? CertificateNumberForm.Certificate
        : TypeCertified().IsMatch(number.Trim().ToUpperInvariant()) ? CertificateNumberForm.TypeCertificate
        : CertificateNumberForm.Other;

    private static CertificateIssuer? IssuerOf(string? issuer) => issuer is null ? null
        : issuer.Contains("商用密码检测认证中心", StringComparison.Ordinal) ? CertificateIssuer.CertificationCentre
        : issuer.Contains("商用密码检测中心", StringComparison.Ordinal) ? CertificateIssuer.TestingCentre
        : CertificateIssuer.Other;

    [GeneratedRegex("^GM[0-9]{12,16}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Certified();

    [GeneratedRegex("^S[A-Z]{2}[0-9]{3,10}(-[A-Z0-9]{1,8})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeCertified();

    [GeneratedRegex("^(安全)?(等级)?第?(?<n>[一二三四1234])(级|級)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LevelWord();
}
