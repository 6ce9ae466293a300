using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Which version of the system a paper speaks of.</summary>
public sealed record PaperVersionRecord
{
    /// <summary>candidate.yaml's; null where it gives none.</summary>
    [Description("本系统的版本")]
    public string? Asked { get; init; }

    /// <summary>A version was given and papers of the kind speak of one; missing where the rules do not know the kind.</summary>
    [Description("这种材料要写明版本")]
    public Fact<bool> IsAsked { get; init; }

    /// <summary>After 系统版本, 软件版本 and the like, but not 操作系统版本.</summary>
    [Description("材料写明的版本")]
    public required IReadOnlyList<string> Named { get; init; }

    /// <summary>False where it names one other alone and all was read; missing where it names none or several, or no version was asked for.</summary>
    [Description("写的是本系统的版本")]
    public Fact<bool> NamesVersion { get; init; }

    [Description("没有读到的")]
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>A version was asked for, every file opens, and the text does not tell: people can.</summary>
    [Description("要由人看")]
    public required bool NeedsPeople { get; init; }
}
