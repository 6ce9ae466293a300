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

    /// <summary>
    /// First day on which a paper of the kind is too old or past its own 有效期至; missing where the paper says no day or the kind does not age.
    /// </summary>
    [Description("过期之日")]
    public Fact<DateOnly> StaleFrom { get; init; }

    /// <summary>The same from the stated day alone: enough to speak against, never for.</summary>
    [Description("按所列日期过期之日")]
    public Fact<DateOnly> StatedStaleFrom { get; init; }

    /// <summary>有效期至, as the paper says it; null where it says none and all was read.</summary>
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

    /// <summary>试运行: first and last day, where the text says one stretch of time and no other; empty where it says none or several. Missing where nothing was read.</summary>
    [Description("写着的试运行起止")]
    public Fact<IReadOnlyList<DateOnly>> Trial { get; init; }

    [Description("没有读到的")]
    public string? Unread { get; init; }
}
