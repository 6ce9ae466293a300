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

    /// <summary>Not asked for: a register without it speaks of every object it is listed at.</summary>
    public const string UsedFor = "用于对象";

    private static readonly string[] UsedForColumns = ["用于对象", "使用对象", "所属对象", "保护对象", "测评对象", "用于", "usedFor", "used_for", "objects"];

    public static IReadOnlyList<(string Field, string[] Columns)> All { get; } =
    [
        (Name, ["产品名称", "名称", "密码产品名称", "商用密码产品名称", "商密产品名称", "设备名称", "产品", "密码产品", "name", "product", "productName"]),
        (Model, ["型号", "产品型号", "规格型号", "设备型号", "型号规格", "规格", "model"]),
        (Number, ["证书编号", "认证证书编号", "产品证书编号", "商用密码产品认证证书编号", "商用密码认证证书编号", "商密产品证书编号", "商密证书编号", "密码产品证书编号", "商密认证证书编号", "认证编号", "证书号", "商密证书号", "certificate", "certificateNumber", "certificate_number"]),
        (Issuer, ["发证机构", "颁发机构", "发证单位", "颁发单位", "颁证机构", "认证机构", "签发机构", "发证机关", "证书颁发机构", "issuer"]),
        (IssuedOn, ["发证日期", "发证时间", "颁发日期", "颁发时间", "颁证日期", "签发日期", "生效日期", "有效期起", "有效期自", "有效期开始", "证书颁发日期", "issuedOn", "issued_on"]),
        (ExpiresOn, ["有效期至", "有效期止", "有效期到", "有效截止日期", "截止日期", "到期日期", "到期时间", "失效日期", "证书有效期至", "证书到期日期", "证书有效期", "有效期限", "有效期", "expiresOn", "expires_on"]),
        (PurchasedOn, ["采购日期", "采购时间", "购买时间", "购置日期", "购置时间", "合同日期", "合同时间", "合同签订时间", "签订日期", "合同签订日期", "采购合同日期", "购买日期", "purchasedOn", "purchased_on", "contractDate"]),
        (Deployed, ["部署版本", "部署版本号", "现场版本", "实际版本", "在用版本", "当前版本", "现用版本", "软件版本", "产品版本", "版本", "版本号", "deployedVersion", "version"]),
        (Tested, ["检测版本", "检测版本号", "认证版本", "证书版本", "证书版本号", "证书载明版本", "送检版本", "testedVersion"]),
        (Level, ["安全等级", "密码模块等级", "密码模块安全等级", "模块等级", "模块安全等级", "产品等级", "产品安全等级", "安全级别", "等级", "级别", "moduleLevel", "level"]),
    ];

    /// <summary>The columns by field; -1 for none. Signs, blanks and remarks in brackets around a heading are passed over.</summary>
    public static IReadOnlyDictionary<string, int> Places(IReadOnlyList<string> headings)
    {
        var bare = headings.Select(Bare).ToList();
        return All.Append((UsedFor, UsedForColumns)).ToDictionary(
            f => f.Item1, f => f.Item2.Select(c => bare.FindIndex(h => string.Equals(h, c, StringComparison.OrdinalIgnoreCase))).Append(-1).FirstOrDefault(i => i >= 0, -1), StringComparer.Ordinal);
    }

    private static string Bare(string heading)
    {
        var bracket = heading.IndexOfAny(['(', '（', '[', '【']);
        return string.Concat((bracket > 0 ? heading[..bracket] : heading).Where(c => !char.IsWhiteSpace(c) && c is not ('*' or ':' or '：' or '※')));
    }
}
