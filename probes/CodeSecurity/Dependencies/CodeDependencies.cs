using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a source tree is built from besides itself, and what is known against it.</summary>
public sealed record CodeDependencies
{
    /// <summary>Every component that the manifests name; missing where one could not be read or something was left out.</summary>
    [Description("组件")]
    public Fact<IReadOnlyList<CodeComponent>> Components { get; init; }

    /// <summary>Of those that were read, whole or not.</summary>
    [Description("读到的组件数")]
    public required int ComponentCount { get; init; }

    [Description("读过的依赖清单")]
    public required IReadOnlyList<string> Manifests { get; init; }

    /// <summary>What could not be read or is left open.</summary>
    [Description("没有读出的")]
    public required IReadOnlyList<DependencyGap> Gaps { get; init; }

    [Description("清单读全了")]
    public required bool IsWhole { get; init; }

    /// <summary>Manifests that name direct dependencies alone.</summary>
    [Description("没有间接依赖的清单")]
    public required IReadOnlyList<string> WithoutTransitive { get; init; }

    /// <summary>Components whose version the manifests leave open; missing as <see cref="Components"/>.</summary>
    [Description("版本不固定的组件")]
    public Fact<IReadOnlyList<CodeComponent>> Unpinned { get; init; }

    /// <summary>Null where none was given.</summary>
    [Description("漏洞库")]
    public required FlawDatabase? Database { get; init; }

    /// <summary>
    /// A component has a published flaw. Missing without a database, and, where none was found, unless every component including indirect ones was
    /// read with its version and the database speaks of its ecosystem.
    /// </summary>
    [Description("组件有已公开的漏洞")]
    public Fact<bool> HasKnownFlaws { get; init; }

    /// <summary>Missing without a database.</summary>
    [Description("已公开的漏洞")]
    public Fact<IReadOnlyList<ComponentFlaw>> KnownFlaws { get; init; }

    /// <summary>Why finding none proves nothing; empty where it does.</summary>
    [Description("不能断定没有漏洞的原因")]
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>
    /// A component is one of the few that the list of the tool names. Where none is, missing unless every component including
    /// indirect ones was read, and the versions of those that the list names are known.
    /// </summary>
    [Description("组件在著名漏洞名录里（名录非完整）")]
    public Fact<bool> HasFamousFlaws { get; init; }

    [Description("名录里的漏洞（名录非完整）")]
    public required IReadOnlyList<ComponentFlaw> FamousFlaws { get; init; }

    [Description("与名录无法比较的")]
    public required IReadOnlyList<string> FamousUndecided { get; init; }

    /// <summary>As the components say themselves, in manifests or in packages that lie in the tree.</summary>
    [Description("许可证")]
    public required LicenceSummary Licences { get; init; }
}
