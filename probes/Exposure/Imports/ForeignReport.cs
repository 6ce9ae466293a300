using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>What another tool wrote: its words, not ours.</summary>
public sealed record ForeignReport
{
    [Description("工具")]
    public required string Tool { get; init; }

    /// <summary>Null where the report does not say.</summary>
    [Description("工具版本")]
    public string? ToolVersion { get; init; }

    /// <summary>yyyy-MM-dd as the report says it; null where it does not.</summary>
    [Description("报告日期")]
    public string? ReportedOn { get; init; }

    /// <summary>The machine as the report names it; null where it does not.</summary>
    [Description("报告里的主机")]
    public string? Machine { get; init; }

    /// <summary>The tool says that it came to its end.</summary>
    [Description("报告完整")]
    public required bool IsComplete { get; init; }

    /// <summary>What it reports as trouble, as far as the report goes.</summary>
    [Description("报告的问题")]
    public required IReadOnlyList<ForeignResult> Failed { get; init; }

    /// <summary>Questions it asked and had no trouble with; missing where the report is not complete.</summary>
    [Description("没有问题的")]
    public Fact<IReadOnlyList<string>> Passed { get; init; }

    [Description("没有结论的条数")]
    public required int Undecided { get; init; }
}

/// <param name="Id">As the tool names it.</param>
/// <param name="Text">Its words, bounded; may be empty.</param>
/// <param name="Note">For people.</param>
public sealed record ForeignResult(string Id, string Text, string Note)
{
    public const int MostOfAKind = 20_000;

    public static ForeignResult Of(string id, string text) => new(Plain.Id(id, 200), Plain.Text(text, 300), text.Length > 0 ? $"{Plain.Id(id, 200)} {Plain.Text(text, 120)}" : Plain.Id(id, 200));
}
