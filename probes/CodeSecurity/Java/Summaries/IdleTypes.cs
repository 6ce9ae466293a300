using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Classes whose names say that they only help others, and that nobody makes, asks or goes on from: they were copied along.</summary>
internal static partial class IdleTypes
{
    [GeneratedRegex("(?:Utils?|Helper|Tools?|Kit)$", RegexOptions.NonBacktracking)]
    private static partial Regex Helping();

    /// <summary>That tests use it does not make it part of what runs.</summary>
    public static IReadOnlySet<JavaDeclaredType> Of(JavaProgram program)
    {
        var byName = program.Types.All.Where(IsCandidate).ToLookup(t => t.Syntax.Name, StringComparer.Ordinal);
        if (byName.Count == 0)
        {
            return new HashSet<JavaDeclaredType>();
        }

        var used = new HashSet<JavaDeclaredType>();
        foreach (var (path, unit) in program.Files)
        {
            if (!TestCode.IsTest(path))
            {
                used.UnionWith(unit.Imports.Where(i => i.IsStatic).SelectMany(i => i.Name.Split('.')).SelectMany(n => byName[n]).Where(t => t.Path != path));
                foreach (var member in unit.Members)
                {
                    used.UnionWith(Uses(member).SelectMany(n => byName[n]).Where(t => !ReferenceEquals(t.Syntax, member)));
                }
            }
        }

        return byName.SelectMany(t => t).Where(t => !used.Contains(t)).ToHashSet();
    }

    private static bool IsCandidate(JavaDeclaredType type) => type is { Outer: null, Syntax: { Kind: JavaTypeKind.Class, Annotations.Length: 0, Extends.Length: 0, Implements.Length: 0 } }
        && Helping().IsMatch(type.Syntax.Name) && !TestCode.IsTest(type.Path);

    private static IEnumerable<string> Uses(JavaMember member) => JavaWalk.All(member).SelectMany(n => n switch
    {
        JavaName name => [name.Name],
        JavaSelect select => [select.Name],
        JavaCreation creation => NamesIn(creation.Type),
        JavaClassLiteral literal => NamesIn(literal.Type),
        JavaMethodReference { Type: { } named } => NamesIn(named),
        JavaCast cast => NamesIn(cast.Type),

        // Settings and containers put it there.
        JavaField field => NamesIn(field.Type),
        JavaMethod method => method.Parameters.SelectMany(p => NamesIn(p.Type)),
        JavaTypeDeclaration own => own.Extends.SelectMany(NamesIn),
        JavaLiteral { Kind: JavaTokenKind.StringLiteral } text => [text.Value[(text.Value.LastIndexOf('.') + 1)..]],
        _ => Array.Empty<string>(),
    });

    private static IEnumerable<string> NamesIn(JavaTypeSyntax? type) => type switch
    {
        JavaNamedType named => named.Arguments.IsDefaultOrEmpty ? named.Name.Split('.') : [.. named.Name.Split('.'), .. named.Arguments.SelectMany(NamesIn)],
        JavaArrayType array => NamesIn(array.Element),
        _ => [],
    };
}
