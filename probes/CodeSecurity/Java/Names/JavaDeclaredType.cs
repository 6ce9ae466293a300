using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A type with a name that stands in a file or in another type of the tree, also within a method or as the body of a constant of an enum.</summary>
/// <param name="FullName">Package, types around it and its name, with dots between.</param>
/// <param name="Path">Of the file, relative to the tree.</param>
/// <param name="Unit">The file.</param>
/// <param name="Syntax">Its declaration.</param>
/// <param name="Outer">The type around it.</param>
internal sealed record JavaDeclaredType(string FullName, string Path, JavaUnit Unit, JavaTypeDeclaration Syntax, JavaDeclaredType? Outer)
{
    /// <summary>Types that directly stand in its body.</summary>
    public IReadOnlyDictionary<string, JavaDeclaredType> Inner => _inner;

    private readonly Dictionary<string, JavaDeclaredType> _inner = new(StringComparer.Ordinal);

    /// <summary>Files and nested types are many and know each other; what they hold does not make one of them.</summary>
    public bool Equals(JavaDeclaredType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>This type and those in it, from the outside in.</summary>
    public static IEnumerable<JavaDeclaredType> Of(string path, JavaUnit unit)
    {
        var open = new Stack<JavaDeclaredType>(unit.Members.OfType<JavaTypeDeclaration>().Reverse()
            .Select(t => new JavaDeclaredType(unit.Package.Length == 0 ? t.Name : unit.Package + "." + t.Name, path, unit, t, null)));
        while (open.TryPop(out var type))
        {
            yield return type;
            foreach (var syntax in type.Syntax.Members.OfType<JavaTypeDeclaration>().Reverse())
            {
                var inner = new JavaDeclaredType(type.FullName + "." + syntax.Name, path, unit, syntax, type);
                type._inner.TryAdd(syntax.Name, inner);
                open.Push(inner);
            }

            foreach (var syntax in HiddenTypes.Of(type.Syntax))
            {
                // Methods may each have one of the same name.
                var inner = new JavaDeclaredType(string.Create(CultureInfo.InvariantCulture, $"{type.FullName}.{syntax.Name}${syntax.Span.Start}"), path, unit, syntax, type);
                type._inner.TryAdd(syntax.Name, inner);
                open.Push(inner);
            }
        }
    }
}
