using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Under which licences the components stand, as they say themselves.</summary>
public sealed record LicenceSummary
{
    /// <summary>
    /// True where every component, indirect ones included, was read, says a licence whose class is known, and none of them is of strong copyleft
    /// or restricted otherwise, and no file that may say another was passed over. False where one says that it grants nothing. Else missing.
    /// </summary>
    [Description("许可证没有要由人看的")]
    public Fact<bool> AreCleared { get; init; }

    /// <summary>Most frequent first.</summary>
    [Description("许可证")]
    public required IReadOnlyList<LicenceCount> Kinds { get; init; }

    /// <summary>Components that say none, one whose class is not known, or in several places licences of different classes.</summary>
    [Description("许可证不明的组件数")]
    public required int Unknown { get; init; }

    /// <summary>The first of them; at most 20.</summary>
    [Description("许可证不明的组件举例")]
    public required IReadOnlyList<string> UnknownExamples { get; init; }

    /// <summary>Files of packages that lie in the tree and may say a licence; beyond the limits of number and size, or jars that could not be read whole.</summary>
    [Description("超过上限或读不全、没有看许可证的包文件数")]
    public required int UnreadFiles { get; init; }

    [Description("强传染许可证的组件")]
    public required IReadOnlyList<string> StrongCopyleft { get; init; }

    [Description("另有使用限制的组件")]
    public required IReadOnlyList<string> Restricted { get; init; }

    [Description("自称不授权的组件")]
    public required IReadOnlyList<string> WithoutGrant { get; init; }

    internal static LicenceSummary Of(DependencySurvey survey, LicenceBook book)
    {
        const int MostExamples = 20;
        const int MostListed = 500;
        List<(CodeComponent Component, ReadLicence? Licence)> copies = [.. survey.Components.Select(c => (c, c.Licence is { } said ? book.Read(said) : null))];
        List<(CodeComponent Component, ReadLicence? Licence)> parts = [.. copies.GroupBy(p => Key(p.Component)).Select(static same => OneOf([.. same]))];
        List<CodeComponent> unknown = [.. parts.Where(p => p.Licence?.Class is null).Select(p => p.Component)];
        IReadOnlyList<string> Under(LicenceClass kind) => [.. copies.Where(p => p.Licence?.Class == kind).DistinctBy(p => Key(p.Component)).Take(MostListed).Select(p => $"{Name(p.Component)}（{p.Licence!.Id ?? p.Licence.Written}）")];
        var (strong, restricted, none) = (Under(LicenceClass.StrongCopyleft), Under(LicenceClass.Other), Under(LicenceClass.None));
        var isWhole = survey.Gaps.Count + survey.WithoutTransitive.Count == 0 && parts.Count > 0;
        return new LicenceSummary
        {
            AreCleared = none.Count > 0 ? false : isWhole && survey.UnreadLicences == 0 && unknown.Count + strong.Count + restricted.Count == 0 ? true : default(Fact<bool>),
            Kinds =
            [
                .. parts.Where(p => p.Licence is not null).GroupBy(p => (Name: p.Licence!.Id ?? p.Licence.Written, p.Licence.Class)).Select(g => new LicenceCount(g.Key.Name, g.Key.Class, g.Count()))
                    .OrderByDescending(l => l.Count).ThenBy(l => l.Id, StringComparer.Ordinal).Take(MostListed),
            ],
            Unknown = unknown.Count,
            UnknownExamples = [.. unknown.Take(MostExamples).Select(Name)],
            UnreadFiles = survey.UnreadLicences,
            StrongCopyleft = strong,
            Restricted = restricted,
            WithoutGrant = none,
        };
    }

    private static (string, string, string?) Key(CodeComponent component) => (component.Ecosystem, component.Name, component.Version ?? component.Range);

    /// <summary>Copies of one component that do not agree say nothing, but that one of them grants nothing.</summary>
    private static (CodeComponent Component, ReadLicence? Licence) OneOf(List<(CodeComponent Component, ReadLicence? Licence)> same) =>
        same.Find(c => c.Licence?.Class == LicenceClass.None) is { Component: not null } without ? without
            : same.TrueForAll(c => c.Licence?.Class == same[0].Licence?.Class) ? same[0]
            : (same[0].Component, null);

    private static string Name(CodeComponent component) => $"{component.Name}@{component.Version ?? component.Range}";
}

/// <param name="Id">Of SPDX's list, or as the component writes it.</param>
/// <param name="Class">Null where nobody knows.</param>
/// <param name="Count">Components.</param>
public sealed record LicenceCount([property: Description("")] string Id, [property: Description("类别")] LicenceClass? Class, [property: Description("组件数")] int Count);
