using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A published flaw of a component in the version that is used.</summary>
public sealed record ComponentFlaw
{
    /// <summary>CVE-…, GHSA-… or another id of its source.</summary>
    [Description("")]
    public required string Id { get; init; }

    [Description("别名")]
    public IReadOnlyList<string> Aliases { get; init; } = [];

    [Description("生态")]
    public required string Ecosystem { get; init; }

    [Description("")]
    public required string Component { get; init; }

    [Description("版本")]
    public required string Version { get; init; }

    /// <summary>The first version without it above the one used; null where the source names none.</summary>
    [Description("修复版本")]
    public string? Fixed { get; init; }

    /// <summary>Null where the source does not grade it in words.</summary>
    [Description("等级")]
    public Severity? Severity { get; init; }

    [Description("")]
    public required string Title { get; init; }

    [Description("")]
    public required string File { get; init; }

    [Description("行")]
    public required int Line { get; init; }
}

/// <summary>漏洞库 · the dump that was compared against.</summary>
/// <param name="Records">Entries read, withdrawn ones left out.</param>
/// <param name="Unreadable">Entries that were no OSV records.</param>
/// <param name="Newest">When its newest entry was changed, RFC 3339; null where none says.</param>
/// <param name="Sm3">Of the zip; of a folder, over the names and SM3 of its files in ordinal order. 64 hexadecimal digits.</param>
/// <param name="Ecosystems">Ecosystems it speaks of, in ordinal order.</param>
public sealed record FlawDatabase(
    [property: Description("记录数")] int Records,
    [property: Description("读不出的记录")] int Unreadable,
    [property: Description("最新记录的日期")] string? Newest,
    [property: Description("SM3")] string Sm3,
    [property: Description("覆盖的生态")] IReadOnlyList<string> Ecosystems);
