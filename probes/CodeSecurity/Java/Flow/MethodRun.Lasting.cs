namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is left in fields that outlive a request, and found there by another one.</summary>
internal sealed partial class MethodRun
{
    private readonly Dictionary<InputOrigin, ProgramField?> _lasting = [];

    private ProgramField? LastingAt(InputOrigin origin)
    {
        if (!_lasting.TryGetValue(origin, out var field))
        {
            var root = origin.Index == 0 ? _method.Owner.FullName : _method.ParameterTypes[origin.Index - 1];
            var cut = origin.Path.LastIndexOf(Separator);
            _lasting[origin] = field = cut < 0 ? null : _program.Lasting.At(root, origin.Path[..cut], origin.Path[(cut + 1)..]);
        }

        return field;
    }

    /// <summary>Of an object nobody knows more of than its type; or the static field it stands in.</summary>
    private ProgramField? LastingOf(FlowValue owner, string part, JavaExpression? named) => _program.Lasting.Of(owner.Type, part) ?? named switch
    {
        JavaName name when _scopes.Find(name.Name) < 0 => (_program.Field(_type, name.Name) ?? ImportedField(name.Name)) is { IsStatic: true } field ? field : null,
        JavaSelect select when !IsValue(select.Target) => _program.Find(TypeNamed(select.Target)) is { } type && _program.Field(type, select.Name) is { IsStatic: true } field ? field : null,
        _ => null,
    };

    private TaintMark[] Left(ProgramField field) => TaintMarks.Step(_book.Lasting.Shared(field.Key), new CodePlace(field.Owner.Path, field.Variable.Span.Start), InWhole(field, $"字段 {field.Variable.Name} 里留下的"));

    /// <summary>Of an object of several parts nobody knows which one was left there.</summary>
    private StepWords InWhole(ProgramField field, string said) =>
        IsOfParts(_program.NameOf(field.Syntax.Type, field.Owner)) || HoldsParts(_program.ElementOf(field.Syntax.Type, field.Owner)) ? new StepWords($"{said}（在哪一项里没有分清）", StepDoubt.UnknownLibrary) : said;

    private bool HoldsParts(ElementType? element)
    {
        while (element is not null && !IsOfParts(element.Name))
        {
            element = element.Element;
        }

        return element is not null;
    }

    private bool IsOfParts(string? type) => _program.Find(type) is { Syntax: { Kind: JavaTypeKind.Class or JavaTypeKind.Record or JavaTypeKind.Interface } };

    /// <summary>Foreign values are told at once; what is the callers' they see in the object that changed.</summary>
    private void Leave(FlowObject one, string part, FlowValue value)
    {
        if (one.Input is not { } input || LastingAt(new InputOrigin(input.Index, input.Path + Separator + part)) is not { } field)
        {
            return;
        }

        Keep(field, value);
        var marks = Deep(value);
        if (Array.Exists(marks, m => m.Origin is ForeignOrigin))
        {
            _book.Lasting.Share(field.Key, marks, _method);
        }
    }

    /// <summary>Code that is left in a field is found there by others.</summary>
    private void Keep(ProgramField field, FlowValue value)
    {
        if (value.Code is { } code)
        {
            _book.Lasting.KeepCode(field.Key, code.Moved(v => FlowValue.Marked(Deep(v), v.Type)), _method);
        }
    }
}
