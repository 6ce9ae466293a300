using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Services of a machine that let anybody in, or those who know what the maker printed. One that does decides; that none does needs every
/// check to have come to an end.
/// </summary>
public sealed record OpenServices
{
    /// <summary>Every check; missing where the look at the ports was cut short.</summary>
    [Description("试过的服务")]
    public Fact<IReadOnlyList<CheckedService>> Checked { get; init; }

    /// <summary>Something is read or steered without any login.</summary>
    [Description("有免鉴别的服务")]
    public Fact<bool> HasOpen { get; init; }

    [Description("免鉴别的服务")]
    public required IReadOnlyList<CheckedService> Open { get; init; }

    /// <summary>A published account or an empty password was taken.</summary>
    [Description("有接受出厂账户的服务")]
    public Fact<bool> HasDefaultAccount { get; init; }

    [Description("接受出厂账户的服务")]
    public required IReadOnlyList<CheckedService> DefaultAccounts { get; init; }

    [Description("没有得出结论的")]
    public required IReadOnlyList<CheckedService> Undecided { get; init; }

    /// <summary>Open ports whose service this tool cannot speak to, or was not recognised.</summary>
    [Description("没有问的端口")]
    public required IReadOnlyList<string> NotAsked { get; init; }
}

/// <summary>How far a visitor came.</summary>
public enum ServiceAccess
{
    /// <summary>Refused without a login, and every published account tried was refused.</summary>
    [Description("要求登录")]
    Guarded,

    /// <summary>Let in without any login.</summary>
    [Description("免鉴别")]
    Open,

    /// <summary>Let in with a published account.</summary>
    [Description("出厂账户可登录")]
    DefaultAccount,

    /// <summary>The conversation did not get so far.</summary>
    [Description("没有结论")]
    Undecided,
}

/// <summary>One check.</summary>
/// <param name="Port">1–65535.</param>
/// <param name="Service">What was asked.</param>
/// <param name="Access">How far it went.</param>
/// <param name="Account">The name that was let in, never a password; null where none.</param>
/// <param name="Version">Null where it did not say.</param>
/// <param name="Note">For people.</param>
public sealed record CheckedService(int Port, string Service, ServiceAccess Access, string? Account, string? Version, string Note);
