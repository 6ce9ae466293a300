using System.ComponentModel;

namespace SmartCity.SecurityCheck.Model;

/// <summary>许可证 · licences that are known by their identifiers in SPDX's list, and what kind each is. Data of the rules.</summary>
public sealed record LicenceTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<Licence> Licences { get; init; }

    /// <summary>Ways of writing that tell the kind and no licence.</summary>
    public required IReadOnlyList<LicenceFamily> Families { get; init; }

    /// <summary>Identifiers of exceptions which, behind <c>WITH</c>, make a strong licence a weak one.</summary>
    public required IReadOnlyList<string> Exceptions { get; init; }
}

/// <param name="Id">Of SPDX's list.</param>
/// <param name="Class">Its kind.</param>
/// <param name="Names">Other ways of writing it; their case is no matter.</param>
/// <param name="Text">Sentences its text has, all of them, in lower case with single blanks; empty = it is not known by its text.</param>
/// <param name="Lacks">Sentences its text does not have.</param>
public sealed record Licence(string Id, LicenceClass Class, IReadOnlyList<string> Names, IReadOnlyList<string> Text, IReadOnlyList<string> Lacks);

/// <param name="Class">Their kind.</param>
/// <param name="Names">Their case is no matter.</param>
public sealed record LicenceFamily(LicenceClass Class, IReadOnlyList<string> Names);

/// <summary>In order of what they ask of those who use the component.</summary>
public enum LicenceClass
{
    [Description("宽松")]
    Permissive,
    [Description("弱传染")]
    WeakCopyleft,
    [Description("另有限制")]
    Other,
    [Description("强传染")]
    StrongCopyleft,
    [Description("自称不授权")]
    None,
}
