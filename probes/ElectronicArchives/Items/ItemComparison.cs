using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>检测项 · what was compared with what for one item of DA/T 70-2018, and how they differ.</summary>
public sealed record ItemComparison
{
    /// <summary>Such as <c>1-2</c>; with the stage before it, it is the id of the standard.</summary>
    [Description("编号")]
    public required string Id { get; init; }

    [Description("检测项")]
    public required string Title { get; init; }

    /// <summary>False for an item the stage does not have; nothing was compared then.</summary>
    [DisplayName("属于本环节")]
    public Fact<bool> IsOfStage { get; init; }

    /// <summary>What was taken, and from where.</summary>
    [Description("比对的值")]
    public required string Left { get; init; }

    /// <summary>What it was held against, and from where.</summary>
    [Description("与之比对")]
    public required string Right { get; init; }

    /// <summary>Pairs of values that were held against each other.</summary>
    [Description("比对次数")]
    public required int Comparisons { get; init; }

    /// <summary>False where any pair differs; missing where nothing was compared, or not everything could be.</summary>
    [DisplayName("比对全部做完且没有出入")]
    public Fact<bool> Agrees { get; init; }

    /// <summary>As <see cref="Agrees"/>, and false too where there are <see cref="Remarks"/>.</summary>
    [DisplayName("没有出入也没有弱点")]
    public Fact<bool> IsClear { get; init; }

    /// <summary>Nothing differs, and only people can see what is open.</summary>
    [DisplayName("只等人判断")]
    public Fact<bool> AwaitsPeople { get; init; }

    [Description("出入数")]
    public required int DifferenceCount { get; init; }

    /// <summary>The first <see cref="ItemTally.ShownDifferences"/> of them.</summary>
    [Description("出入")]
    public required IReadOnlyList<ItemDifference> Differences { get; init; }

    /// <summary>What could not be compared, and why; one sentence each.</summary>
    [Description("没有比对的")]
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>What is no difference, and weak all the same; one sentence each.</summary>
    [Description("提示")]
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>Two values that are not as they should be to each other.</summary>
/// <param name="Place">Package, file or element, for people.</param>
/// <param name="Left">The value.</param>
/// <param name="Right">What it was held against.</param>
/// <param name="Note">Place and both values in a sentence, for people.</param>
public sealed record ItemDifference(
    [property: Description("位置")] string Place,
    [property: Description("值")] string Left,
    [property: Description("对照")] string Right,
    string Note);
