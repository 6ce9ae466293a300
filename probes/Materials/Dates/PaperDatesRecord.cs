using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Days a paper says.</summary>
public sealed record PaperDatesRecord
{
    /// <summary>Of the paper itself, as it says it; missing where it says none or several.</summary>
    [Description("材料上的日期")]
    public Fact<DateOnly> WrittenOn { get; init; }

    /// <summary>How the day was found; null where it was not.</summary>
    [Description("日期的出处")]
    public string? FoundBy { get; init; }

    /// <summary>candidate.yaml's issuedOn; null where it gives none.</summary>
    [Description("所列的日期")]
    public DateOnly? Stated { get; init; }

    /// <summary>The stated day stands somewhere in the text; missing where none was stated or not all was read.</summary>
    [Description("材料里写着所列的日期")]
    public Fact<bool> StatesIt { get; init; }

    /// <summary>False only where papers of the kind do not age, all was read and it says no 有效期; missing where the rules do not know the kind.</summary>
    [Description("可能会过期的材料")]
    public Fact<bool> MayExpire { get; init; }

    /// <summary>
    /// First day on which a paper of the kind is too old or past its own 有效期, whichever is sooner; missing where not all was read or understood.
    /// </summary>
    [Description("过期之日")]
    public Fact<DateOnly> StaleFrom { get; init; }

    /// <summary>The same from what was read and understood: enough to speak against, never for. Null where that tells none.</summary>
    [Description("按读到的过期之日")]
    public DateOnly? SeenStaleFrom { get; init; }

    /// <summary>The same from the stated day alone: enough to speak against, never for.</summary>
    [Description("按所列日期过期之日")]
    public Fact<DateOnly> StatedStaleFrom { get; init; }

    /// <summary>Last day of 有效期, the soonest where it says several; null where it says none and all was read, missing where it says one that was not understood.</summary>
    [Description("材料上写的有效期至")]
    public Fact<DateOnly?> ExpiresOn { get; init; }

    /// <summary>Months for which a paper of the kind is good; null where it does not age.</summary>
    [Description("有效月数")]
    public int? ValidMonths { get; init; }

    [Description("月数的出处")]
    public string? ValidSource { get; init; }

    /// <summary>All days in the text, in order, without repetition; missing where not all was read.</summary>
    [Description("材料里的日期")]
    public Fact<IReadOnlyList<DateOnly>> Days { get; init; }

    /// <summary>试运行: first and last day of each stretch of time that is labelled so, in pairs; empty where it says none. Missing where not all was read.</summary>
    [Description("写着的试运行起止")]
    public Fact<IReadOnlyList<DateOnly>> Trial { get; init; }

    [Description("没有读到的")]
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>Every file opens, and the text does not tell a day: people can.</summary>
    [Description("要由人看")]
    public required bool NeedsPeople { get; init; }
}
