namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is compiled together.</summary>
internal sealed record CSharpProject
{
    /// <summary>Path of the csproj; empty for the files that belong to none.</summary>
    public required string Path { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Preprocessor symbols.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>As the project writes it; null for the newest.</summary>
    public string? LanguageVersion { get; init; }

    /// <summary>Namespaces in use in every file.</summary>
    public IReadOnlyList<string> GlobalUsings { get; init; } = [];

    /// <summary>Projects of the tree it builds on; without cycles.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Libraries that lie in the tree.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Tests of the system and no part of it.</summary>
    public bool IsTest { get; init; }
}

/// <summary>The projects of a tree, those that others build on first.</summary>
/// <param name="Projects">Every C# file is in at least one of them.</param>
/// <param name="Unread">Project files that could not be understood, and sources they name that are not there or no C#.</param>
/// <param name="Cuts">References that would have closed a circle.</param>
/// <param name="IsWhole">Every source a project names is there.</param>
internal sealed record ProjectSet(IReadOnlyList<CSharpProject> Projects, IReadOnlyList<UnreadSource> Unread, IReadOnlyList<string> Cuts, bool IsWhole);
