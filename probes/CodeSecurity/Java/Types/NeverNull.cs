namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values that are never null by how the tree makes them: texts put together, new objects, and what static methods hand back on every way out. One thread at a time.</summary>
/// <param name="program">The tree.</param>
/// <param name="bodyOf">Of a method; who asks for it hangs on it.</param>
internal sealed class NeverNull(JavaProgram program, Func<ProgramMethod, JavaBlock?> bodyOf)
{
    private const int Deepest = 4;

    private readonly HashSet<ProgramMethod> _open = [];

    /// <summary>Names of a method or of code that is handed around.</summary>
    /// <param name="Within">Where types are looked up.</param>
    /// <param name="Told">What a variable was given, once and for all; null where that is not known.</param>
    /// <param name="IsGiven">It is a parameter that holds something.</param>
    public sealed record Scope(JavaDeclaredType Within, Func<JavaName, JavaExpression?> Told, Predicate<string> IsGiven);

    public bool Has(JavaExpression value, Scope scope) => value switch
    {
        JavaLiteral literal => ConstantFolding.Literal(literal) is not (null or JavaNull),
        JavaCreation => true,
        JavaBinary { Steps: [{ Operator: JavaOperator.Add }, ..] } => true,
        JavaConditional choice => Has(choice.WhenTrue, scope) && Has(choice.WhenFalse, scope),
        JavaCall { Name: "valueOf" or "format" or "join", Target: JavaName { Name: "String" }, Arguments.Length: > 0 } => true,
        JavaCall call => OfCall(call, scope),
        JavaName name => scope.IsGiven(name.Name) || (scope.Told(name) is { } told ? Has(told, scope) : program.Field(scope.Within, name.Name) is { IsStatic: true, Variable.Value: JavaLiteral first, Syntax.Modifiers: var modifiers } && modifiers.HasFlag(JavaModifiers.Final) && Has(first, scope)),
        _ => false,
    };

    private bool OfCall(JavaCall call, Scope scope)
    {
        var type = call.Target is null ? scope.Within : call.Target is JavaName { Name: [>= 'A' and <= 'Z', ..] named } ? program.Find(program.Resolve(named, scope.Within)) : null;
        if (type is null || _open.Count >= Deepest || program.Declared(type, call.Name).FindAll(m => m.Takes(call.Arguments.Length)) is not { Count: > 0 } methods)
        {
            return false;
        }

        return methods.TrueForAll(m => m is { IsStatic: true, Syntax: { Body: not null, Parameters: not [.., { IsVariable: true }] } } && HandsBack(m, call, scope));
    }

    private bool HandsBack(ProgramMethod method, JavaCall call, Scope scope)
    {
        if (!_open.Add(method))
        {
            // Whatever it is given then it holds something, as on the way here.
            return call.Arguments.All(a => Has(a, scope));
        }

        List<JavaNode> nodes = [.. JavaWalk.All(bodyOf(method)!)];
        var assigned = nodes.OfType<JavaAssignment>().Select(a => a.Target).OfType<JavaName>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var variables = nodes.OfType<JavaVariable>().ToLookup(v => v.Name, StringComparer.Ordinal);
        var parameters = method.Syntax.Parameters.Select(p => p.Name).ToList();
        var inner = new Scope(method.Owner, n => !assigned.Contains(n.Name) && variables[n.Name].ToList() is [{ Value: { } value }] && !parameters.Contains(n.Name) ? value : null, n => !assigned.Contains(n) && !variables.Contains(n) && parameters.IndexOf(n) is >= 0 and var at && Has(call.Arguments[at], scope));
        var returns = nodes.OfType<JavaReturn>().ToList();
        var all = returns.Count > 0 && returns.TrueForAll(r => r.Value is { } value && Has(value, inner));
        _open.Remove(method);
        return all;
    }
}
