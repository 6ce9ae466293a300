using System.ComponentModel;

namespace SmartCity.SecurityCheck.Model;

/// <summary>环节 · at which step of its life a package is looked at (DA/T 70-2018).</summary>
public enum ArchiveStage
{
    [Description("归档")]
    Archiving,

    [Description("移交与接收")]
    Transfer,

    [Description("长期保存")]
    Preservation,
}

/// <summary>The words of candidate.yaml and of the command line.</summary>
public static class ArchiveStages
{
    public static IReadOnlyList<(string Word, ArchiveStage Value)> All { get; } = [("gd", ArchiveStage.Archiving), ("yj", ArchiveStage.Transfer), ("cq", ArchiveStage.Preservation)];

    public static string Word(this ArchiveStage stage) => All.First(s => s.Value == stage).Word;
}
