using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is known of an expression without running anything: its constants, through fields and variables that are given one value.</summary>
/// <param name="program">The tree.</param>
/// <param name="type">That it stands in.</param>
/// <param name="locals">Variables of the member it stands in.</param>
internal sealed class CallValues(JavaProgram program, JavaDeclaredType type, CallVariables locals)
{
    private const int Deepest = 12;
    private const int MostValues = 64;
    private const int LongestText = 500;

    /// <returns>Texts in no particular order; a call as <c>name(known,known)</c>.</returns>
    public IReadOnlyList<string> Of(JavaExpression expression)
    {
        var found = new List<string>();
        Collect(expression, found, 0);
        return found;
    }

    private void Collect(JavaExpression? expression, List<string> to, int depth)
    {
        if (depth > Deepest || to.Count >= MostValues)
        {
            return;
        }

        switch (expression)
        {
            case JavaLiteral or JavaBinary or JavaUnary when Constant(expression, depth) is { } text:
                to.Add(text);
                break;
            case JavaName name:
                Named(name, to, depth);
                break;
            case JavaSelect select:
                Selected(select, to, depth);
                break;
            case JavaCall call:
                var parts = new List<string>();
                Collect(call.Target is JavaName or JavaSelect ? null : call.Target, parts, depth + 1);
                var arguments = new List<string>();
                Each(call.Arguments, arguments, depth);
                to.Add(Bounded($"{call.Name}({string.Join(',', arguments)})"));
                to.AddRange([.. parts, .. arguments]);
                break;
            case JavaCreation creation:
                to.Add($"new {CallVariables.SimpleName(creation.Type)}");
                Each(creation.Arguments, to, depth);
                break;
            case JavaArrayCreation { Values: { } values }:
                Each(values.Values, to, depth);
                break;
            case JavaArrayValues values:
                Each(values.Values, to, depth);
                break;
            case JavaBinary binary:
                Each([binary.First, .. binary.Steps.Select(s => s.Operand)], to, depth);
                break;
            case JavaCast cast:
                Collect(cast.Operand, to, depth + 1);
                break;
            case JavaClassLiteral literal:
                to.Add($"{CallVariables.SimpleName(literal.Type)}.class");
                break;
            case JavaMethodReference reference:
                to.Add($"::{reference.Name}");
                break;
        }
    }

    private void Each(IEnumerable<JavaExpression> expressions, List<string> to, int depth)
    {
        foreach (var one in expressions.Take(MostValues))
        {
            Collect(one, to, depth + 1);
        }
    }

    private void Named(JavaName name, List<string> to, int depth)
    {
        if (locals.Has(name.Name))
        {
            Collect(locals.Only(name.Name), to, depth + 1);
        }
        else if (program.Field(type, name.Name) is { } field)
        {
            Field(field, to, depth);
        }
        else if (name.Name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            to.Add(name.Name);
        }
    }

    private void Selected(JavaSelect select, List<string> to, int depth)
    {
        if (select.Target is JavaName { Name: "this" })
        {
            if (program.Field(type, select.Name) is { } own)
            {
                Field(own, to, depth);
            }
        }
        else if (Dotted(select.Target) is { } owner && program.Find(program.Resolve(owner, type)) is { } known && program.Field(known, select.Name) is { } field)
        {
            Field(field, to, depth);
        }
        else if (Dotted(select) is { } text)
        {
            to.Add(Bounded(text));
        }
    }

    private void Field(ProgramField field, List<string> to, int depth)
    {
        if (field.Variable.Value is { } value && program.Assignments.Never(field))
        {
            new CallValues(program, field.Owner, CallVariables.None).Collect(value, to, depth + 1);
        }
    }

    /// <summary>A literal, or parts that are all known.</summary>
    private string? Constant(JavaExpression expression, int depth)
    {
        switch (expression)
        {
            case JavaLiteral literal:
                return ConstantFolding.Literal(literal) switch
                {
                    string text => Bounded(text),
                    bool truth => truth ? "true" : "false",
                    long number => number.ToString(CultureInfo.InvariantCulture),
                    _ => null,
                };
            case JavaUnary { Operator: JavaTokenKind.Minus, Operand: JavaLiteral number }:
                return Constant(number, depth) is { } digits ? "-" + digits : null;
            case JavaBinary binary when binary.Steps.All(s => s.Operator == JavaOperator.Add):
                var parts = new List<string>();
                foreach (var operand in binary.Steps.Select(s => s.Operand).Prepend(binary.First).Take(MostValues))
                {
                    var one = new List<string>();
                    Collect(operand, one, depth + 1);
                    if (one is not [var known] || operand is JavaCall or JavaCreation)
                    {
                        return null;
                    }

                    parts.Add(known);
                }

                return Bounded(string.Concat(parts));
            default:
                return null;
        }
    }

    private static string? Dotted(JavaExpression expression) => expression switch
    {
        JavaName name => name.Name,
        JavaSelect select when Dotted(select.Target) is { Length: < LongestText } before => before + "." + select.Name,
        _ => null,
    };

    private static string Bounded(string text) => text.Length > LongestText ? text[..LongestText] : text;
}
