using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The types of a tree and what their names mean at a place of it. One thread at a time.</summary>
internal sealed class JavaTypes
{
    private readonly Dictionary<string, JavaDeclaredType> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _packages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _twice = new(StringComparer.Ordinal);
    private readonly HashSet<string> _small = new(StringComparer.Ordinal);

    public JavaTypes(IEnumerable<(string Path, JavaUnit Unit)> files)
    {
        foreach (var (path, unit) in files)
        {
            _packages.Add(unit.Package);
            foreach (var type in JavaDeclaredType.Of(path, unit))
            {
                if (!_types.TryAdd(type.FullName, type))
                {
                    _twice.Add(type.FullName);
                }

                if (char.IsLower(type.Syntax.Name.FirstOrDefault()))
                {
                    _small.Add(type.Syntax.Name);
                }
            }
        }

        Inheritance = new JavaInheritance(this);
    }

    public JavaInheritance Inheritance { get; }

    /// <summary>Each full name once.</summary>
    public IReadOnlyCollection<JavaDeclaredType> All => _types.Values;

    /// <summary>Names that more than one file declares, as copies of a module do; <see cref="Find"/> gives the first.</summary>
    public IReadOnlySet<string> DeclaredTwice => _twice;

    /// <summary>Names of types, without what stands before them, that begin with a small letter, against the custom.</summary>
    public IReadOnlySet<string> SmallNames => _small;

    public JavaDeclaredType? Find(string fullName) => _types.GetValueOrDefault(fullName);

    /// <summary>What a name of a type can mean.</summary>
    /// <param name="unit">The file it is used in.</param>
    /// <param name="within">The type it is used in; null at the head of a type that stands in no other.</param>
    /// <param name="name">As it is written, perhaps with dots.</param>
    /// <returns>
    /// Full names, likeliest first. One is certain; more stand for imports with a star of packages that are not in the tree, and <c>java.lang</c>, which
    /// only knowledge of these packages can tell apart.
    /// </returns>
    public ImmutableArray<string> Meanings(JavaUnit unit, JavaDeclaredType? within, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return Simple(unit, within, name);
        }

        var first = Simple(unit, within, name[..dot]);
        if (first is [var certain] && Find(certain) is { } outer)
        {
            return [Member(outer, name[(dot + 1)..]) ?? certain + name[dot..]];
        }

        // Packages begin with a small letter and types with a capital one wherever people keep to the custom.
        return Find(name) is not null || !char.IsUpper(name[0]) ? [name] : [.. first.Select(f => f + name[dot..])];
    }

    /// <returns>Full name of a type that the outer one or one of its supertypes holds; null where the tree has none.</returns>
    private string? Member(JavaDeclaredType outer, string names)
    {
        var type = outer;
        foreach (var name in names.Split('.'))
        {
            if (Inherited(type, name) is not { } inner)
            {
                return null;
            }

            type = inner;
        }

        return type.FullName;
    }

    private JavaDeclaredType? Inherited(JavaDeclaredType type, string name) =>
        type.Inner.GetValueOrDefault(name) ?? Inheritance.Ancestors(type).Select(a => a.Inner.GetValueOrDefault(name)).FirstOrDefault(i => i is not null);

    private ImmutableArray<string> Simple(JavaUnit unit, JavaDeclaredType? within, string name)
    {
        for (var type = within; type is not null; type = type.Outer)
        {
            if (type.Syntax.Name == name)
            {
                return [type.FullName];
            }

            if (Inherited(type, name) is { } inner)
            {
                return [inner.FullName];
            }
        }

        if (unit.Imports.FirstOrDefault(i => !i.IsOnDemand && EndsWith(i.Name, name)) is { } import)
        {
            return [import.Name];
        }

        var prefix = unit.Package.Length == 0 ? string.Empty : unit.Package + ".";
        return Find(prefix + name) is { } neighbour ? [neighbour.FullName] : OnDemand(unit, name);
    }

    private ImmutableArray<string> OnDemand(JavaUnit unit, string name)
    {
        var stars = unit.Imports.Where(i => i.IsOnDemand).Select(i => i.Name).ToList();
        if (stars.Select(s => Find(s + "." + name)).FirstOrDefault(t => t is not null) is { } found)
        {
            return [found.FullName];
        }

        return [.. stars.Where(s => !_packages.Contains(s)).Append("java.lang").Select(s => s + "." + name).Distinct(StringComparer.Ordinal)];
    }

    private static bool EndsWith(string import, string name) =>
        import.Length > name.Length && import[^(name.Length + 1)] == '.' && import.EndsWith(name, StringComparison.Ordinal);
}
