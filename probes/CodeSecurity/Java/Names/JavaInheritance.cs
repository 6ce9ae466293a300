using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Who extends whom in a tree. Circles, which no compiler allows, end where they close.</summary>
/// <param name="types">Of the tree.</param>
internal sealed class JavaInheritance(JavaTypes types)
{
    private const int Deepest = 200;

    private readonly Dictionary<JavaDeclaredType, ImmutableArray<string>> _above = [];
    private readonly Dictionary<JavaDeclaredType, ImmutableArray<JavaDeclaredType>> _ancestors = [];
    private ILookup<string, JavaDeclaredType>? _below;
    private int _depth;

    /// <summary>Heads of types that need the heads of so many others to be understood that they were given up: their supertypes are not known.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Full names of what a type directly extends and implements, the class first; also of types that are not in the tree.</summary>
    public ImmutableArray<string> Supertypes(JavaDeclaredType type)
    {
        if (_above.TryGetValue(type, out var known))
        {
            return known;
        }

        // Empty while they are looked for: a head that names one of its own members asks for itself.
        _above[type] = [];
        if (_depth >= Deepest)
        {
            GivenUp++;
            return [];
        }

        _depth++;
        ImmutableArray<string> above = [.. type.Syntax.Extends.Concat(type.Syntax.Implements).Select(NameOf).Where(n => n.Length > 0).SelectMany(n => types.Meanings(type.Unit, type.Outer, n))];
        _depth--;
        return _above[type] = above;
    }

    /// <summary>All types of the tree above one, nearest first; without itself.</summary>
    public ImmutableArray<JavaDeclaredType> Ancestors(JavaDeclaredType type)
    {
        if (_ancestors.TryGetValue(type, out var known))
        {
            return known;
        }

        _ancestors[type] = [];
        return _ancestors[type] = [.. Reachable(type, t => Supertypes(t).Select(types.Find).OfType<JavaDeclaredType>())];
    }

    /// <summary>All types of the tree below one, nearest first; without itself.</summary>
    /// <param name="fullName">Also of a type that is not in the tree.</param>
    public IEnumerable<JavaDeclaredType> Descendants(string fullName)
    {
        _below ??= types.All.SelectMany(t => Supertypes(t).Select(s => (Above: s, Type: t))).ToLookup(p => p.Above, p => p.Type, StringComparer.Ordinal);
        var direct = _below[fullName].ToList();
        return direct.Concat(direct.SelectMany(d => Reachable(d, t => _below[t.FullName]))).Where(t => t.FullName != fullName).Distinct();
    }

    private static IEnumerable<JavaDeclaredType> Reachable(JavaDeclaredType start, Func<JavaDeclaredType, IEnumerable<JavaDeclaredType>> next)
    {
        var seen = new HashSet<JavaDeclaredType> { start };
        var waiting = new Queue<JavaDeclaredType>([start]);
        while (waiting.TryDequeue(out var type))
        {
            foreach (var other in next(type).Where(seen.Add))
            {
                yield return other;
                waiting.Enqueue(other);
            }
        }
    }

    private static string NameOf(JavaTypeSyntax syntax) => syntax is JavaNamedType type ? (type.Outer is null ? string.Empty : NameOf(type.Outer) + ".") + type.Name : string.Empty;
}
