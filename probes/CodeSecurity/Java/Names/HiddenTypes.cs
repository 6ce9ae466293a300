namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Types that are no members of a type but stand in it: those that its methods declare, and what its constants add to it.</summary>
internal static class HiddenTypes
{
    public static IEnumerable<JavaTypeDeclaration> Of(JavaTypeDeclaration type)
    {
        foreach (var constant in type.Constants.Where(c => !c.Body.IsDefaultOrEmpty))
        {
            var above = new JavaNamedType(constant.Span, null, type.Name, [], false);
            yield return new JavaTypeDeclaration(constant.Span, JavaModifiers.None, [], JavaTypeKind.Class, constant.Name, constant.Span, [], [], [above], [], [], [], constant.Body);
        }

        var open = new Stack<JavaNode>(type.Members.Select(m => m switch { JavaMethod { Body: { } body } => body, JavaInitializer block => (JavaNode)block.Body, _ => null }).OfType<JavaNode>());
        while (open.TryPop(out var node))
        {
            if (node is JavaLocalType local)
            {
                yield return local.Declaration;
                continue;
            }

            foreach (var inner in Within(node))
            {
                open.Push(inner);
            }
        }
    }

    /// <summary>Statements in a statement; expressions are not looked into.</summary>
    private static IEnumerable<JavaNode> Within(JavaNode node) => node switch
    {
        JavaBlock n => n.Statements,
        JavaIf n => n.Else is null ? n.Branches.Select(b => b.Then) : n.Branches.Select(b => b.Then).Append(n.Else),
        JavaWhile n => [n.Body],
        JavaDo n => [n.Body],
        JavaFor n => [n.Body],
        JavaForEach n => [n.Body],
        JavaSwitch n => n.Cases.SelectMany(c => c.Body),
        JavaTry n => n.Catches.Select(c => c.Body).Append(n.Body).Concat(n.Finally is null ? [] : [n.Finally]),
        JavaSynchronized n => [n.Body],
        JavaLabeled n => [n.Body],
        _ => [],
    };
}
