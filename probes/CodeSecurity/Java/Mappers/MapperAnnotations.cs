using System.Text;
using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Statements that stand in annotations of methods of a mapper.</summary>
internal sealed class MapperAnnotations
{
    private const int MostPieces = 2_000;
    private const int Deepest = 24;
    private const int LongestText = 200_000;

    private static readonly string[] Kinds = ["Select", "Insert", "Update", "Delete"];
    private static readonly string[] Providers = ["SelectProvider", "InsertProvider", "UpdateProvider", "DeleteProvider"];

    private readonly JavaProgram _program;
    private readonly StringBuilder _text = new();

    /// <summary>Where the pieces of the text begin and where they are written.</summary>
    private readonly List<(int From, CodePlace Place)> _pieces = [];
    private bool _isCut;

    private MapperAnnotations(JavaProgram program) => _program = program;

    public static bool Has(ProgramMethod method) => method.Syntax.Annotations.Any(a => Last(a.Name) is var name && (Kinds.Contains(name, StringComparer.Ordinal) || Providers.Contains(name, StringComparer.Ordinal)));

    /// <summary>Null where none stands there.</summary>
    public static MapperText? Of(ProgramMethod method, JavaProgram program)
    {
        var made = new MapperText();
        foreach (var element in method.Syntax.Annotations.Where(a => Kinds.Contains(Last(a.Name), StringComparer.Ordinal)).SelectMany(a => a.Elements).Where(e => e.Key == "value"))
        {
            var one = new MapperAnnotations(program);
            one.Collect(element.Value, method.Owner, 0);
            var read = new MapperReader(method.Owner.Path, one._text.ToString()).ReadScript();
            made.Holes.AddRange(read.Holes.Select(h => h with { Place = one.PlaceOf(h.Place.At) }));
            made.Includes.AddRange(read.Includes);
            made.IsCut |= read.IsCut || one._isCut;
        }

        return made.Holes.Count == 0 && made.Includes.Count == 0 && !made.IsCut ? null : made;
    }

    /// <summary>Methods that make the statement of a method.</summary>
    public static IEnumerable<ProgramMethod> ProvidersOf(ProgramMethod method, JavaProgram program)
    {
        foreach (var annotation in method.Syntax.Annotations.Where(a => Providers.Contains(Last(a.Name), StringComparer.Ordinal)))
        {
            var type = annotation.Elements.Where(e => e.Key is "type" or "value").Select(e => e.Value).OfType<JavaClassLiteral>().FirstOrDefault()?.Type;
            var name = annotation.Elements.Where(e => e.Key == "method").Select(e => TextOf(e.Value, method.Owner, program)).FirstOrDefault();
            if (program.Find(program.NameOf(type, method.Owner)) is not { } owner)
            {
                continue;
            }

            var found = program.Declared(owner, name ?? method.Syntax.Name);
            foreach (var provider in found.Count > 0 || name is not null ? found : program.Declared(owner, "provideSql"))
            {
                yield return provider;
            }
        }
    }

    /// <summary>A text of which every piece is known; null where one is not.</summary>
    public static string? TextOf(JavaExpression expression, JavaDeclaredType within, JavaProgram program)
    {
        var one = new MapperAnnotations(program);
        one.Collect(expression, within, 0);
        return one._isCut ? null : one._text.ToString();
    }

    private CodePlace PlaceOf(int at) => _pieces.FindLast(p => p.From <= at).Place;

    private void Collect(JavaExpression expression, JavaDeclaredType within, int depth)
    {
        if (depth > Deepest || _pieces.Count >= MostPieces || _text.Length > LongestText)
        {
            _isCut = true;
            return;
        }

        switch (expression)
        {
            case JavaLiteral literal:
                _pieces.Add((_text.Length, new CodePlace(within.Path, literal.Span.Start)));
                _text.Append(literal.Value);
                break;
            case JavaArrayValues values:
                foreach (var value in values.Values)
                {
                    Collect(value, within, depth + 1);
                    _text.Append(' ');
                }

                break;
            case JavaBinary binary when binary.Steps.All(s => s.Operator == JavaOperator.Add):
                Collect(binary.First, within, depth + 1);
                foreach (var step in binary.Steps)
                {
                    Collect(step.Operand, within, depth + 1);
                }

                break;
            case JavaName or JavaSelect when FieldOf(expression, within) is { Variable.Value: { } value } field:
                Collect(value, field.Owner, depth + 1);
                break;
            default:
                _isCut = true;
                break;
        }
    }

    private ProgramField? FieldOf(JavaExpression expression, JavaDeclaredType within)
    {
        if (expression is JavaName name)
        {
            return _program.Field(within, name.Name) ?? within.Unit.Imports.Where(i => i.IsStatic)
                .Select(i => i.IsOnDemand ? i.Name : i.Name.EndsWith("." + name.Name, StringComparison.Ordinal) ? i.Name[..^(name.Name.Length + 1)] : null)
                .Select(_program.Find).Select(t => t is null ? null : _program.Field(t, name.Name)).FirstOrDefault(f => f is not null);
        }

        return expression is JavaSelect select && Dotted(select.Target) is { } type && _program.Find(_program.Resolve(type, within)) is { } owner ? _program.Field(owner, select.Name) : null;
    }

    private static string? Dotted(JavaExpression expression) => expression switch
    {
        JavaName { Name.Length: > 0 } name => name.Name,
        JavaSelect { Name.Length: > 0 } select => Dotted(select.Target) is { } before ? before + "." + select.Name : null,
        _ => null,
    };
}
