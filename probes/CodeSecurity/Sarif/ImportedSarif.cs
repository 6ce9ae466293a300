using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What another scanner of source code wrote as SARIF 2.1.0: its findings, not ours.</summary>
public sealed record ImportedSarif
{
    [Description("扫描器")]
    public required IReadOnlyList<ForeignScanner> Tools { get; init; }

    /// <summary>Rules the scanners list; a file that lists none does not say what was looked for.</summary>
    [Description("扫描器的规则数")]
    public required int Rules { get; init; }

    /// <summary>Every run says that it came to its end; null where one does not say.</summary>
    [Description("扫描器说已完成")]
    public required Fact<bool?> IsFinished { get; init; }

    /// <summary>Merged by weakness, file and line; without those that were suppressed. Missing where there are too many, a run did not come to its end, or its results are not in the file.</summary>
    [Description("缺陷")]
    public Fact<IReadOnlyList<CodeDefect>> Defects { get; init; }

    /// <summary>Those the scanner or somebody suppressed.</summary>
    [Description("被抑制的缺陷")]
    public Fact<IReadOnlyList<CodeDefect>> Suppressed { get; init; }

    /// <summary>Results the scanner leaves to people (<c>review</c>, <c>open</c>), not suppressed.</summary>
    [Description("留给人判断的结果数")]
    public required int Open { get; init; }

    /// <summary>Of the two highest levels, not suppressed; true as soon as one is seen; missing where all of those are suppressed, the list is missing, or a result is left open, as only people know.</summary>
    [DisplayName("有超危、高危缺陷")]
    public Fact<bool> HasSevere { get; init; }

    [DisplayName("被抑制的处数")]
    public required int SuppressedCount { get; init; }

    /// <summary><c>severe</c> where all defects of the two highest levels are suppressed; else empty.</summary>
    [DisplayName("只有已抑制的发现")]
    public required IReadOnlyList<string> AwaitsAcceptance { get; init; }

    /// <summary>Results that name no file.</summary>
    [Description("没有写明位置的结果数")]
    public required int WithoutPlace { get; init; }
}

/// <summary>A scanner of one run.</summary>
public sealed record ForeignScanner
{
    [Description("")]
    public required string Name { get; init; }

    /// <summary>Null where the file does not say.</summary>
    [Description("版本")]
    public string? Version { get; init; }
}
