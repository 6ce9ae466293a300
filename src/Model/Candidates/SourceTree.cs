namespace SmartCity.SecurityCheck.Model;

/// <summary>源代码目录.</summary>
public sealed record SourceTree : Target
{
    public override string KindId => "source-tree";

    public required string Path { get; init; }

    /// <summary>漏洞库 · folder or zip of OSV records (ossf.github.io/osv-schema) for its dependencies; null where none was given.</summary>
    public string? Osv { get; init; }

    /// <summary>版本历史 · true where earlier versions of its files are to be looked through too.</summary>
    public bool History { get; init; }

    /// <summary>构建 · true where the user of this run asked to build a copy of it, which runs what its project files say. candidate.yaml cannot ask: others may have written it.</summary>
    public bool Build { get; init; }

    /// <summary>抑制 · what people wrote of its defects in a file beside it; empty where none was given, and in a pack, whose observations have taken it in.</summary>
    public IReadOnlyList<DeclaredSuppression> Suppressions { get; init; } = [];

    /// <summary>基线 · file with the defects of an earlier look; null where none was given.</summary>
    public string? Baseline { get; init; }

    /// <summary>数据流规则 · what the project declares of its own Java methods.</summary>
    public ProjectFlows Flows { get; init; } = ProjectFlows.None;
}
