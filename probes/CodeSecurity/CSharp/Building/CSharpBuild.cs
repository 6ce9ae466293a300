using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>构建 · what came of building a copy of the tree, which is done on request alone: it runs what the candidate's own project files say.</summary>
public sealed record CSharpBuild
{
    /// <summary>As the SDK calls itself; null where there is none.</summary>
    [Description("SDK 版本")]
    public string? Sdk { get; init; }

    [Description("逐个工程")]
    public required IReadOnlyList<BuiltProject> Projects { get; init; }

    /// <summary>What numbers of our own analyzers said while the compiler of the build ran; they stand among the defects.</summary>
    [Description("构建日志里的安全规则发现")]
    public required int Results { get; init; }

    /// <summary>What anything else said: warnings of the compiler, rules of style, analyzers of the candidate's own.</summary>
    [Description("构建日志里的其他告警")]
    public required int OtherResults { get; init; }

    [Description("没有做到的")]
    public required IReadOnlyList<string> Doubts { get; init; }
}

/// <param name="Path">Of the csproj.</param>
/// <param name="IsBuilt">The build came to its end without an error.</param>
/// <param name="References">Libraries it was compiled against; they take the place of stubs. 0 where the list was not had.</param>
/// <param name="Trouble">First lines of what went wrong; null where nothing did.</param>
public sealed record BuiltProject(
    [property: Description("")] string Path,
    [property: Description("构建成功")] bool IsBuilt,
    [property: Description("真实引用的库")] int References,
    [property: Description("出错")] string? Trouble);
