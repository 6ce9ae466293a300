using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that runs though no method holds it: initialisers, and constructors that are not or only half written.</summary>
internal static class ImpliedCode
{
    public const string InitializerName = "<clinit>";

    /// <summary>Constructors of a type: those of a record with their parameters, and the one without a word where fields of a class have values.</summary>
    public static IEnumerable<JavaMethod> Constructors(JavaTypeDeclaration type)
    {
        var written = type.Members.OfType<JavaMethod>().Where(m => m.IsConstructor).ToList();
        if (written.Count == 0 && type.Kind is JavaTypeKind.Class && type.Members.Any(IsOfInstances))
        {
            return [Method(type, JavaModifiers.Public, type.Name, null, [])];
        }

        return written.Select(m => m is { IsCompact: true, Body: { } body } ? m with { IsCompact = false, Parameters = type.Components, Body = body with { Statements = [.. body.Statements, .. type.Components.Select(Keep)] } } : m);
    }

    /// <summary>What the static fields and blocks of a type do before anybody uses it.</summary>
    /// <returns>Null where that is nothing.</returns>
    public static JavaMethod? Initializer(JavaTypeDeclaration type)
    {
        var isInterface = type.Kind is JavaTypeKind.Interface or JavaTypeKind.Annotation;
        List<JavaStatement> statements = [];
        foreach (var member in type.Members)
        {
            if (member is JavaInitializer block && block.Modifiers.HasFlag(JavaModifiers.Static))
            {
                statements.Add(block.Body);
            }
            else if (member is JavaField field && (isInterface || field.Modifiers.HasFlag(JavaModifiers.Static)))
            {
                statements.AddRange(field.Variables.Where(v => v.Value is not null && DoesSomething(v.Value)).Select(v => Assign(v.Span, new JavaName(v.Span, v.Name), v.Value!)));
            }
        }

        return statements.Count == 0 ? null : Method(type, JavaModifiers.Static, InitializerName, new JavaNamedType(type.NameSpan, null, "void", [], false), [.. statements]);
    }

    private static bool IsOfInstances(JavaMember member) => !member.Modifiers.HasFlag(JavaModifiers.Static) && member switch
    {
        JavaInitializer => true,
        JavaField field => field.Variables.Any(v => v.Value is not null && DoesSomething(v.Value)),
        _ => false,
    };

    /// <summary>Values of constants alone bring nothing from outside.</summary>
    private static bool DoesSomething(JavaExpression value) => value is not JavaLiteral && JavaWalk.All(value).Any(n => n is JavaCall or JavaCreation or JavaLambda or JavaMethodReference);

    private static JavaExpressionStatement Keep(JavaParameter component) =>
        Assign(component.Span, new JavaSelect(component.Span, new JavaName(component.Span, "this"), component.Name), new JavaName(component.Span, component.Name));

    private static JavaExpressionStatement Assign(JavaSpan span, JavaExpression target, JavaExpression value) => new(span, new JavaAssignment(span, target, JavaOperator.None, value));

    private static JavaMethod Method(JavaTypeDeclaration type, JavaModifiers modifiers, string name, JavaTypeSyntax? returns, ImmutableArray<JavaStatement> statements) =>
        new(type.NameSpan, modifiers, [], name, type.NameSpan, [], returns, [], [], false, new JavaBlock(type.NameSpan, statements), null);
}
