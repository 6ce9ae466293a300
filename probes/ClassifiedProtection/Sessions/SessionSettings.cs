using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What login shells (sh, bash) are started with.</summary>
public sealed record SessionSettings
{
    /// <summary>TMOUT in seconds; null where nothing sets it, missing where it is computed or set only in some cases.</summary>
    [Description("TMOUT")]
    public Fact<NumberSetting> Timeout { get; init; }

    /// <summary>People cannot change it.</summary>
    [Description("TMOUT 只读")]
    public Fact<bool> TimeoutIsReadonly { get; init; }

    /// <summary>Four octal digits, the bits all masks that may be in effect have in common; null where nothing sets it.</summary>
    [Description("umask")]
    public Fact<WordSetting> Umask { get; init; }

    /// <summary>New files are nothing to those outside the group.</summary>
    [Description("其他人无权限")]
    public Fact<bool?> OthersGetNothing { get; init; }

    [Description("同组不可写")]
    public Fact<bool?> GroupCannotWrite { get; init; }

    /// <summary>Why nothing sure can be said.</summary>
    [Description("没有读懂的写法")]
    public Fact<IReadOnlyList<Sighting>> Unread { get; init; }
}
