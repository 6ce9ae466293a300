using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A package somebody else wrote that a manifest of the tree asks for.</summary>
public sealed record CodeComponent
{
    /// <summary>As OSV calls it: Maven, npm, PyPI, NuGet, Go, Packagist.</summary>
    [Description("生态")]
    public required string Ecosystem { get; init; }

    /// <summary>As the ecosystem writes it; Maven as group:artifact.</summary>
    [Description("")]
    public required string Name { get; init; }

    /// <summary>The one version that is used; null where the manifest leaves it open.</summary>
    [Description("版本")]
    public string? Version { get; init; }

    /// <summary>What the manifest says instead of one version; null where it says one.</summary>
    [Description("版本范围")]
    public string? Range { get; init; }

    /// <summary>Asked for by the tree itself, not by another package; null where the manifest does not tell.</summary>
    [Description("直接依赖")]
    public bool? IsDirect { get; init; }

    /// <summary>SPDX expression or name, where the manifest says it.</summary>
    [Description("许可证")]
    public string? Licence { get; init; }

    /// <summary>Relative to the tree, with forward slashes.</summary>
    [Description("")]
    public required string File { get; init; }

    /// <summary>Counted from 1.</summary>
    [Description("行")]
    public required int Line { get; init; }
}

/// <summary>A file that could not be read as what its name says, or that leaves something open.</summary>
/// <param name="File">Relative to the tree.</param>
/// <param name="Reason">For people.</param>
public sealed record DependencyGap([property: Description("")] string File, [property: Description("原因")] string Reason);
