namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that belong to no object a container knows and whose names nobody calls, as helpers that were copied along do.</summary>
internal static class IdleMethods
{
    private const int MostRounds = 8;

    /// <summary>Uses of a name of which it is looked whether all are the method's own.</summary>
    private const int MostOwn = 3;

    /// <param name="program">The tree, its pages among the files.</param>
    /// <param name="all">Methods with bodies.</param>
    /// <param name="isEntry">Whether a container calls it.</param>
    public static IReadOnlyCollection<ProgramMethod> Of(JavaProgram program, IReadOnlyList<ProgramMethod> all, Func<ProgramMethod, bool> isEntry)
    {
        var candidates = all.Where(m => m.Syntax is { IsConstructor: false, Annotations.Length: 0 } && m.Syntax.Name != ImpliedCode.InitializerName
            && (m.IsStatic || m.Syntax.Modifiers.HasFlag(JavaModifiers.Private)) && !isEntry(m)).ToHashSet();
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in program.Files.SelectMany(f => Names(f.Unit)))
        {
            uses[name] = uses.GetValueOrDefault(name) + 1;
        }

        var idle = new HashSet<ProgramMethod>();
        for (var round = 0; round < MostRounds; round++)
        {
            var found = candidates.Where(m => !idle.Contains(m) && uses.GetValueOrDefault(m.Syntax.Name) is var used && (used == 0 || (used <= MostOwn && Names(m.Syntax).Count(n => n == m.Syntax.Name) >= used))).ToList();
            if (found.Count == 0)
            {
                break;
            }

            foreach (var name in found.SelectMany(m => Names(m.Syntax)))
            {
                uses[name]--;
            }

            idle.UnionWith(found);
        }

        return idle;
    }

    /// <summary>Names that may mean a method, also in texts: of those that are asked for by name.</summary>
    private static IEnumerable<string> Names(JavaNode code) => JavaWalk.All(code).Select(n => n switch
    {
        JavaCall call => call.Name,
        JavaMethodReference reference => reference.Name,
        JavaLiteral { Kind: JavaTokenKind.StringLiteral } text => text.Value,
        _ => null,
    }).OfType<string>();
}
