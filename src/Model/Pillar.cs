namespace SmartCity.SecurityCheck.Model;

/// <summary>支柱 · the fields an acceptance asks about. Their ids and Chinese names: <see cref="PillarNames"/>.</summary>
public enum Pillar
{
    Tls,
    CommercialCrypto,
    ClassifiedProtection,
    CodeSecurity,
    ElectronicArchives,
    Materials,
    Exposure,
}

/// <summary>The ids used on the command line and in rulesets, and the names shown to people.</summary>
public static class PillarNames
{
    private static readonly (Pillar Pillar, string Id, string Title)[] Names =
    [
        (Pillar.Tls, "tls", "TLS/TLCP 传输安全"),
        (Pillar.CommercialCrypto, "commercial-crypto", "商用密码"),
        (Pillar.ClassifiedProtection, "classified-protection", "等级保护"),
        (Pillar.CodeSecurity, "code-security", "代码安全"),
        (Pillar.ElectronicArchives, "electronic-archives", "电子文件归档"),
        (Pillar.Materials, "materials", "验收材料"),
        (Pillar.Exposure, "exposure", "暴露面"),
    ];

    public static IEnumerable<string> Ids => Names.Select(n => n.Id);

    public static string Id(this Pillar pillar) => Names.First(n => n.Pillar == pillar).Id;

    public static string Title(this Pillar pillar) => Names.First(n => n.Pillar == pillar).Title;

    /// <summary>Null where no pillar has that id.</summary>
    public static Pillar? FromId(string id) =>
        Names.Where(n => string.Equals(n.Id, id, StringComparison.Ordinal)).Select(n => (Pillar?)n.Pillar).FirstOrDefault();
}
