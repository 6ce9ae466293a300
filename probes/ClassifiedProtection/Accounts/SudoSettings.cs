using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One grant of sudoers(5), aliases resolved.</summary>
public sealed record SudoGrant
{
    /// <summary>User, %group, or ALL.</summary>
    [Description("")]
    public required string Who { get; init; }

    /// <summary>Every command as root, or one that gives as much.</summary>
    [Description("全部命令")]
    public required bool AllCommands { get; init; }

    [Description("免口令")]
    public required bool WithoutPassword { get; init; }

    /// <summary>The command that gives everything: ALL, a shell, an editor.</summary>
    [Description("凭借")]
    public string? Through { get; init; }

    [Description("出处")]
    public required string Origin { get; init; }
}

/// <summary>sudoers(5) with what it includes.</summary>
public sealed record SudoSettings
{
    [Description("授权")]
    public Fact<IReadOnlyList<SudoGrant>> Grants { get; init; }

    /// <summary>Grants of everything without a password to anybody but root.</summary>
    [Description("免口令的全部授权")]
    public Fact<IReadOnlyList<SudoGrant>> UnlimitedWithoutPassword { get; init; }

    /// <summary>Grants of everything to everybody.</summary>
    [Description("任何人的全部授权")]
    public Fact<IReadOnlyList<SudoGrant>> UnlimitedForAll { get; init; }

    /// <summary>What could not be read; where there is any, no list is known to be empty.</summary>
    [Description("没有读懂的写法")]
    public Fact<IReadOnlyList<Sighting>> Unread { get; init; }
}
