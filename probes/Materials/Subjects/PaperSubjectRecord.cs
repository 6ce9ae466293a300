using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Which system and unit a paper speaks of.</summary>
public sealed record PaperSubjectRecord
{
    /// <summary>Of the unit and not of one system; missing where the rules do not know the kind.</summary>
    [Description("不针对单个系统的材料")]
    public Fact<bool> IsGeneral { get; init; }

    /// <summary>False only where all of it was read; missing otherwise.</summary>
    [Description("写有本系统名称")]
    public Fact<bool> NamesSystem { get; init; }

    /// <summary>As <see cref="NamesSystem"/>; missing also where candidate.yaml names no unit.</summary>
    [Description("写有业主单位名称")]
    public Fact<bool> NamesOwner { get; init; }

    /// <summary>What stands after 系统名称 and is not this system; missing where not all was read and none was seen.</summary>
    [Description("写明的其他系统")]
    public Fact<IReadOnlyList<string>> OtherSystems { get; init; }

    [Description("没有读到的")]
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>System and unit were given, every file opens, and not all was read: people can.</summary>
    [Description("要由人看")]
    public required bool NeedsPeople { get; init; }
}
