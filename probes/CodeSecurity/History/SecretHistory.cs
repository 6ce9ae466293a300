using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Keys and passwords in earlier versions of the files of a repository. Values are never here, as in <see cref="CodeSecrets"/>.</summary>
public sealed record SecretHistory
{
    /// <summary>Looking at the history costs time and is done on request.</summary>
    [Description("要求查看版本历史")]
    public required bool IsAsked { get; init; }

    [Description("版本历史里写有密钥与口令")]
    public Fact<bool> HasSecrets { get; init; }

    /// <summary>Each value once; the file is written as path@commit, with the earliest commit that has it, and the message says whether it is still in the tree.</summary>
    [Description("版本历史里的密钥与口令")]
    public required IReadOnlyList<CodeDefect> Secrets { get; init; }

    /// <summary>How many of them nobody finds in the tree as it is.</summary>
    [Description("现在的目录里已没有的处数")]
    public required int Gone { get; init; }

    /// <summary>Those that people suppressed by their fingerprint, with effect; they stand in no other list.</summary>
    [Description("已抑制的")]
    public required IReadOnlyList<CodeDefect> Suppressed { get; init; }

    /// <summary>All is known, and nothing but suppressed hits was found.</summary>
    [DisplayName("只有已抑制的发现")]
    public required bool AwaitsAcceptance { get; init; }

    /// <summary>In tests, examples and comments.</summary>
    [Description("存疑的")]
    public required IReadOnlyList<CodeDefect> Doubtful { get; init; }

    [Description("提交数")]
    public required int Commits { get; init; }

    /// <summary>Versions of files that were looked through.</summary>
    [Description("看过的文件版本数")]
    public required int Versions { get; init; }

    /// <summary>Why having found none proves nothing; empty where it does.</summary>
    [Description("没有看全的原因")]
    public required IReadOnlyList<string> Doubts { get; init; }
}
