namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Variables of one member of a type by their names; of two with one name the first.</summary>
internal sealed class CallVariables
{
    private readonly Dictionary<string, (JavaTypeSyntax? Type, JavaExpression? Value)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public static CallVariables None { get; } = new();

    public static CallVariables Of(JavaNode member)
    {
        var made = new CallVariables();
        made.Take(member);
        foreach (var node in JavaWalk.All(member))
        {
            switch (node)
            {
                case JavaLocalVariables local:
                    foreach (var variable in local.Variables)
                    {
                        if (!made._known.TryAdd(variable.Name, (local.Type, variable.Value)))
                        {
                            made._changed.Add(variable.Name);
                        }
                    }

                    break;
                case JavaForEach each:
                    made._known.TryAdd(each.Variable.Name, (each.Variable.Type, null));
                    break;
                case JavaLambda lambda:
                    foreach (var parameter in lambda.Parameters)
                    {
                        made._known.TryAdd(parameter.Name, (parameter.Type, null));
                    }

                    break;
                case JavaMethod inner when !ReferenceEquals(inner, member):
                    made.Take(inner);
                    break;
                case JavaAssignment { Target: JavaName name } assignment:
                    // A variable that is declared without a value and given one later has that one.
                    if (assignment.Operator != JavaOperator.None || !made._known.TryGetValue(name.Name, out var known) || known.Value is not null)
                    {
                        made._changed.Add(name.Name);
                    }
                    else
                    {
                        made._known[name.Name] = (known.Type, assignment.Value);
                    }

                    break;
            }
        }

        return made;
    }

    public bool Has(string name) => _known.ContainsKey(name);

    /// <summary>The one value a variable is given; null where it has more or none that is written.</summary>
    public JavaExpression? Only(string name) => _changed.Contains(name) ? null : _known.GetValueOrDefault(name).Value;

    public JavaTypeSyntax? TypeOf(string name) => _known.GetValueOrDefault(name).Type;

    /// <summary>Without package, types around it and arguments.</summary>
    public static string SimpleName(JavaTypeSyntax? syntax) => syntax is JavaNamedType { Name: var name } ? name[(name.LastIndexOf('.') + 1)..] : "";

    private void Take(JavaNode member)
    {
        foreach (var parameter in member is JavaMethod method ? method.Parameters : [])
        {
            _known.TryAdd(parameter.Name, (parameter.Type, null));
        }
    }
}
