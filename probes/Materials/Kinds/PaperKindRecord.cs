using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>What kind of paper it is by its name and by its text.</summary>
public sealed record PaperKindRecord
{
    [Description("所列的种类")]
    public required string Declared { get; init; }

    [Description("文件名像")]
    public required IReadOnlyList<string> ByName { get; init; }

    /// <summary>Missing where nothing could be read.</summary>
    [Description("正文标题像")]
    public Fact<IReadOnlyList<string>> ByText { get; init; }

    /// <summary>The title is of the declared kind and the words of the kind are there. False only where all was read, the title is clearly of another kind and the declared one is named nowhere. Missing otherwise.</summary>
    [Description("正文与所列种类一致")]
    public Fact<bool> IsDeclared { get; init; }

    [Description("没有读到的")]
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>The kind is known, every file opens, and the title does not tell: people can.</summary>
    [Description("要由人看")]
    public required bool NeedsPeople { get; init; }
}
