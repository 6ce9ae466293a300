using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Classes that only stand for an interface of the tree, that no container is told of and that nobody names: there is no object of them.</summary>
internal static partial class UnmadeTypes
{
    /// <summary>Annotations because of which nobody makes an object.</summary>
    private static readonly HashSet<string> Idle = new(StringComparer.Ordinal)
    {
        "Slf4j", "Log4j", "Log4j2", "Log", "CommonsLog", "Primary", "Order", "Lazy", "Scope", "Deprecated", "SuppressWarnings", "RequiredArgsConstructor", "AllArgsConstructor", "NoArgsConstructor",
        "Data", "Getter", "Setter", "ToString", "EqualsAndHashCode", "Accessors", "Transactional", "Validated", "ConditionalOnProperty", "ConditionalOnMissingBean", "ConditionalOnClass",
    };

    /// <summary>Types above that nobody looks for.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal) { "java.io.Serializable", "java.lang.Cloneable", "java.lang.AutoCloseable", "java.io.Closeable", "java.lang.Object" };

    /// <summary>What asks a container for objects, or a library for a log, makes none.</summary>
    [GeneratedRegex(@"(?:getBean[A-Za-z]*|getLogger|getLog|isAssignableFrom|cast)\s*\(\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Asking();

    private const int LongestBefore = 60;

    /// <summary>None where not all of the tree is at hand as text.</summary>
    public static IReadOnlySet<JavaDeclaredType> Of(JavaProgram program)
    {
        var unmade = program.Texts is null ? [] : program.Types.All.Where(t => IsCandidate(program, t)).ToHashSet();
        if (unmade.Count == 0)
        {
            return unmade;
        }

        var (named, looked) = Named(program, unmade);
        unmade.RemoveWhere(t => IsMadeAtHome(t) || program.Types.Inheritance.Ancestors(t).Any(a => looked.Contains(a.Syntax.Name)));
        int removed;
        do
        {
            removed = unmade.RemoveWhere(t => !IsLeft(program, t, named, unmade));
        }
        while (removed > 0);

        return unmade;
    }

    private static bool IsCandidate(JavaProgram program, JavaDeclaredType type)
    {
        if (type is not { Outer: null, Syntax: { Kind: JavaTypeKind.Class, Implements: var own, Extends: var above } syntax } || own.Length + above.Length == 0
            || TestCode.IsTest(type.Path) || !syntax.Annotations.All(a => Idle.Contains(DottedName.Last(a.Name))) || program.Types.DeclaredTwice.Contains(type.FullName))
        {
            return false;
        }

        var names = program.NamesAbove(type).ToList();
        return names.TrueForAll(n => Plain.Contains(n) || program.Find(n) is not null) && names.Exists(n => program.Find(n) is { Syntax.Kind: JavaTypeKind.Interface })
            && program.Declared(type, "main").Count == 0 && !program.Types.Inheritance.Ancestors(type).Any(a => a.Syntax.Annotations.Length > 0 && !a.Syntax.Annotations.All(o => Idle.Contains(DottedName.Last(o.Name))));
    }

    /// <summary>In which files each is named, and types above whose classes somebody looks for.</summary>
    private static (Dictionary<string, HashSet<string>> Files, HashSet<string> Looked) Named(JavaProgram program, HashSet<JavaDeclaredType> types)
    {
        var files = types.Select(t => t.Syntax.Name).Distinct(StringComparer.Ordinal).ToDictionary(n => n, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        var (above, looked) = (types.SelectMany(t => program.Types.Inheritance.Ancestors(t)).Select(t => t.Syntax.Name).ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (byFile, byAbove) = (files.GetAlternateLookup<ReadOnlySpan<char>>(), above.GetAlternateLookup<ReadOnlySpan<char>>());
        foreach (var (path, text) in program.Texts!.Where(t => !TestCode.IsTest(t.Key)))
        {
            for (var (at, end) = (0, 0); at < text.Length; at = end + 1)
            {
                end = WordEnd(text, at);
                var name = text.AsSpan(at, end - at);
                if (name.Length > 0 && byFile.TryGetValue(name, out var seen))
                {
                    seen.Add(path);
                }

                if (name.Length > 0 && byAbove.Contains(name) && text.AsSpan(end).StartsWith(".class", StringComparison.Ordinal) && !Asking().IsMatch(text[Math.Max(0, at - LongestBefore)..at]))
                {
                    looked.Add(name.ToString());
                }
            }
        }

        return (files, looked);
    }

    private static int WordEnd(string text, int at)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$'))
        {
            at++;
        }

        return at;
    }

    /// <summary>Its own file makes an object of it or hands its class to somebody.</summary>
    private static bool IsMadeAtHome(JavaDeclaredType type) => JavaWalk.All(type.Unit).Any(n => n switch
    {
        JavaCreation creation => IsNamed(creation.Type, type),
        JavaMethodReference { Name: "new" } => true,
        JavaCall { Name: not ("getLogger" or "getLog"), Arguments: var given } => given.Any(a => a is JavaClassLiteral literal && IsNamed(literal.Type, type)),
        JavaField { Variables: var variables } => variables.Any(v => v.Value is JavaClassLiteral),
        _ => false,
    });

    private static bool IsNamed(JavaTypeSyntax syntax, JavaDeclaredType type) => syntax is JavaNamedType named && DottedName.Last(named.Name) == type.Syntax.Name;

    /// <summary>Only classes below that are not made either name it, and one that is open has such.</summary>
    private static bool IsLeft(JavaProgram program, JavaDeclaredType type, Dictionary<string, HashSet<string>> named, HashSet<JavaDeclaredType> unmade)
    {
        var below = program.Types.Inheritance.Descendants(type.FullName).ToList();
        return below.TrueForAll(b => TestCode.IsTest(b.Path) || unmade.Contains(b)) && (below.Count > 0 || !type.Syntax.Modifiers.HasFlag(JavaModifiers.Abstract))
            && named[type.Syntax.Name].All(f => f == type.Path || below.Exists(b => b.Path == f));
    }
}
