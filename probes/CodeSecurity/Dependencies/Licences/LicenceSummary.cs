using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Under which licences the components stand, as they say themselves.</summary>
public sealed record LicenceSummary
{
    /// <summary>
    /// True where every component, indirect ones included, was read, says a licence whose class is known, and none of them is of strong copyleft
    /// or restricted otherwise. False where one says that it grants nothing. Else missing.
    /// </summary>
    [Description("许可证没有要由人看的")]
    public Fact<bool> AreCleared { get; init; }

    /// <summary>Most frequent first.</summary>
    [Description("许可证")]
    public required IReadOnlyList<LicenceCount> Kinds { get; init; }

    /// <summary>Components that say none, or one whose class is not known.</summary>
    [Description("许可证不明的组件数")]
    public required int Unknown { get; init; }

    /// <summary>The first of them; at most 20.</summary>
    [Description("许可证不明的组件举例")]
    public required IReadOnlyList<string> UnknownExamples { get; init; }

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
        List<(CodeComponent Component, ReadLicence? Licence)> parts =
            [.. survey.Components.DistinctBy(c => (c.Ecosystem, c.Name, c.Version ?? c.Range)).Select(c => (c, c.Licence is { } said ? book.Read(said) : null))];
        List<CodeComponent> unknown = [.. parts.Where(p => p.Licence?.Class is null).Select(p => p.Component)];
        IReadOnlyList<string> Under(LicenceClass kind) => [.. parts.Where(p => p.Licence?.Class == kind).Take(MostListed).Select(p => $"{Name(p.Component)}（{p.Licence!.Id ?? p.Licence.Written}）")];
        var (strong, restricted, none) = (Under(LicenceClass.StrongCopyleft), Under(LicenceClass.Other), Under(LicenceClass.None));
        var isWhole = survey.Gaps.Count + survey.WithoutTransitive.Count == 0 && parts.Count > 0;
        return new LicenceSummary
        {
            AreCleared = none.Count > 0 ? false : isWhole && unknown.Count + strong.Count + restricted.Count == 0 ? true : default(Fact<bool>),
            Kinds =
            [
                .. parts.Where(p => p.Licence is not null).GroupBy(p => (Name: p.Licence!.Id ?? p.Licence.Written, p.Licence.Class)).Select(g => new LicenceCount(g.Key.Name, g.Key.Class, g.Count()))
                    .OrderByDescending(l => l.Count).ThenBy(l => l.Id, StringComparer.Ordinal).Take(MostListed),
            ],
            Unknown = unknown.Count,
            UnknownExamples = [.. unknown.Take(MostExamples).Select(Name)],
            StrongCopyleft = strong,
            Restricted = restricted,
            WithoutGrant = none,
        };
    }

    private static string Name(CodeComponent component) => $"{component.Name}@{component.Version ?? component.Range}";
}

/// <param name="Id">Of SPDX's list, or as the component writes it.</param>
/// <param name="Class">Null where nobody knows.</param>
/// <param name="Count">Components.</param>
public sealed record LicenceCount([property: Description("")] string Id, [property: Description("类别")] LicenceClass? Class, [property: Description("组件数")] int Count);
