using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Full names of annotations, with those that annotations of the tree carry themselves. One thread at a time.</summary>
internal sealed class DeclaredAnnotations(JavaProgram program)
{
    private const int Deepest = 5;

    private static readonly HashSet<string> None = new(StringComparer.Ordinal);
    private readonly Dictionary<(JavaDeclaredType, string), ImmutableArray<string>> _names = [];
    private readonly Dictionary<JavaDeclaredType, HashSet<string>> _ofTypes = [];
    private readonly Dictionary<ProgramMethod, HashSet<string>> _ofMethods = [];

    /// <summary>Of a type and those above it, with what settings say of them instead.</summary>
    public HashSet<string> OfType(JavaDeclaredType type)
    {
        if (!_ofTypes.TryGetValue(type, out var found))
        {
            _ofTypes[type] = found = [.. program.Types.Inheritance.Ancestors(type).Prepend(type).SelectMany(t => Of(t, t.Syntax.Annotations).Concat(program.Opened.Of(t.FullName)))];
        }

        return found;
    }

    public HashSet<string> OfMethod(ProgramMethod method)
    {
        if (!_ofMethods.TryGetValue(method, out var found))
        {
            _ofMethods[method] = found = Of(method.Owner, method.Syntax.Annotations);
        }

        return found;
    }

    /// <param name="within">The type in which they stand.</param>
    /// <param name="annotations">As they are written.</param>
    public HashSet<string> Of(JavaDeclaredType within, ImmutableArray<JavaAnnotation> annotations)
    {
        if (annotations.IsDefaultOrEmpty)
        {
            return None;
        }

        var found = new HashSet<string>(StringComparer.Ordinal);
        Add(within, annotations, found, Deepest);
        return found;
    }

    private void Add(JavaDeclaredType within, ImmutableArray<JavaAnnotation> annotations, HashSet<string> found, int depth)
    {
        foreach (var name in annotations.SelectMany(a => Names(within, a.Name)))
        {
            if (found.Add(name) && depth > 0 && program.Find(name) is { Syntax: { Kind: JavaTypeKind.Annotation } syntax } declared)
            {
                Add(declared, syntax.Annotations, found, depth - 1);
            }
        }
    }

    /// <summary>All that a name can mean: of imports with a star nobody knows which one it is.</summary>
    private ImmutableArray<string> Names(JavaDeclaredType within, string name)
    {
        if (!_names.TryGetValue((within, name), out var known))
        {
            _names[(within, name)] = known = [.. program.Types.Meanings(within.Unit, within, name).Select(JavaProgram.Normal)];
        }

        return known;
    }
}
