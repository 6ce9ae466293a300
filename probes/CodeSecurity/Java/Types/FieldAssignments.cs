namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which names of fields are assigned, by file and anywhere. A name that is never assigned keeps the value of its declaration.</summary>
internal sealed class FieldAssignments
{
    private readonly HashSet<string> _anywhere = new(StringComparer.Ordinal);
    private readonly Dictionary<JavaUnit, HashSet<string>> _byFile = new(ReferenceEqualityComparer.Instance);

    private FieldAssignments()
    {
    }

    public static FieldAssignments Count(IEnumerable<JavaUnit> units)
    {
        var made = new FieldAssignments();
        foreach (var unit in units)
        {
            var here = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in JavaWalk.All(unit))
            {
                switch (node)
                {
                    case JavaAssignment assignment:
                        Note(assignment.Target, here);
                        break;
                    case JavaUnary { Operator: JavaTokenKind.Increment or JavaTokenKind.Decrement } unary:
                        Note(unary.Operand, here);
                        break;
                }
            }

            made._byFile[unit] = here;
            made._anywhere.UnionWith(here);
        }

        return made;
    }

    /// <summary>Whether the value of the declaration is the only one.</summary>
    public bool Never(ProgramField field) =>
        field.IsFinal
        || (field.Syntax.Modifiers.HasFlag(JavaModifiers.Private) && field.Syntax.Annotations.IsEmpty
            ? _byFile.TryGetValue(field.Owner.Unit, out var here) && !here.Contains(field.Variable.Name)
            : field.IsStatic && !_anywhere.Contains(field.Variable.Name));

    /// <summary>Code of its own file gives something of this name another value.</summary>
    public bool IsAtHome(ProgramField field) => _byFile.TryGetValue(field.Owner.Unit, out var here) && here.Contains(field.Variable.Name);

    private static void Note(JavaExpression target, HashSet<string> to)
    {
        switch (target)
        {
            case JavaName name:
                to.Add(name.Name);
                break;
            case JavaSelect select:
                to.Add(select.Name);
                break;
        }
    }
}
