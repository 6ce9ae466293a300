using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Variables, fields and types by their names.</summary>
internal sealed partial class MethodRun
{
    private readonly HashSet<object> _reading = new(ReferenceEqualityComparer.Instance);

    /// <summary>Fields that could not be looked at to the end from where the reading began; the next one that reads them may have more room.</summary>
    private readonly HashSet<object> _unread = new(ReferenceEqualityComparer.Instance);
    private bool _isUnread;

    private FlowValue Name(JavaName name)
    {
        if (_scopes.Find(name.Name) is >= 0 and var variable)
        {
            var held = _now![variable];
            return held.Seen is { } seen ? held with { Type = seen, Seen = null } : IsBareNull(held) ? held.Typed(_scopes.TypeOf(name.Name)) : held;
        }

        if (name.Name is "this" or "super")
        {
            return FlowValue.Unknown;
        }

        return _program.Field(_type, name.Name) is { } field ? ReadField(field)
            : ImportedField(name.Name) is { } imported ? ReadField(imported)
            : IsWrittenLogger(name.Name) ? FlowValue.OfType(Logger)
            : _program.Arguments.Mapper(_type, name.Name) is { } mapper ? FlowValue.OfType(mapper)
            : IsConstant(_type, name.Name) ? FlowValue.OfType(_type.FullName) : Prefix(name.Name);
    }

    /// <summary>Constants of classes that are not in the tree, whose names say what they are.</summary>
    private static FlowValue Prefix(string name) => name switch
    {
        "REDIRECT" or "REDIRECT_PREFIX" or "REDIRECT_URL_PREFIX" => FlowValue.Of("redirect:"),
        "FORWARD" or "FORWARD_PREFIX" or "FORWARD_URL_PREFIX" => FlowValue.Of("forward:"),
        _ => FlowValue.Unknown,
    };

    private ProgramField? ImportedField(string name)
    {
        foreach (var import in _type.Unit.Imports)
        {
            if (!import.IsStatic)
            {
                continue;
            }

            var owner = import.IsOnDemand ? import.Name : import.Name.EndsWith("." + name, StringComparison.Ordinal) ? import.Name[..^(name.Length + 1)] : null;
            if (_program.Find(owner) is { } type && _program.Field(type, name) is { } field)
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Of this object, of a class, or of an object around this one.</summary>
    private FlowValue ReadField(ProgramField field)
    {
        if (Fixed(field) is { } constant)
        {
            return constant;
        }

        var type = _program.NameOf(field.Syntax.Type, field.Owner);
        if (field.IsStatic)
        {
            var shared = _apis.IsInert(type) ? TaintMarks.None : _book.Lasting.Shared(field.Key);
            var held = FlowValue.Marked(TaintMarks.Step(shared, new CodePlace(field.Owner.Path, field.Variable.Span.Start), InWhole(field, $"静态字段 {field.Variable.Name}")), type);
            held = held.Holding(_program.ElementOf(field.Syntax.Type, field.Owner));
            return _book.Lasting.CodeIn(field.Key) is { } code ? held with { Code = code } : held;
        }

        var value = This();
        type = TypeOf(field, _type);
        return (value.Objects.Length == 0 ? FlowValue.OfType(type) : Narrow(Read(value, field.Variable.Name), type)).Holding(_program.ElementOf(field.Syntax.Type, field.Owner));
    }

    /// <summary>A field that holds what its declaration says and nothing else. Each is worked out once: constants that name one another twice would double with every one.</summary>
    private FlowValue? Fixed(ProgramField field)
    {
        if (field.Variable.Value is not (JavaLiteral or JavaBinary or JavaUnary or JavaName or JavaSelect or JavaConditional or JavaCall) || !_program.Assignments.Never(field))
        {
            return null;
        }

        if (_book.KnowsFixed(field.Variable, out var known))
        {
            return known;
        }

        if (_reading.Count >= _book.Limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _book.Cut.TryAdd(_method, "常量引用层数过多");
            _isUnread = true;
            return null;
        }

        if (_unread.Contains(field.Variable) || !_reading.Add(field.Variable))
        {
            _isUnread |= _unread.Contains(field.Variable);
            return null;
        }

        // Variables of the method that reads it mean nothing in the declaration.
        var (type, path, now, lambdas, scopes, home, uses, thrown, nameless, isUnread) = (_type, _path, _now, _lambdas, _scopes, _home, _uses, _thrown, _nameless, _isUnread);
        try
        {
            (_isUnread, _nameless) = (false, null);
            (_type, _path, _now, _scopes) = (field.Owner, field.Owner.Path, new FlowState(), new Scopes());
            (_home, _uses, _thrown) = (new object(), new NameUses(field.Variable), new Stack<Catching>());
            return _book.WorkOutFixed(field.Variable, () =>
            {
                var value = field.Variable.Value is JavaCall && !field.IsStatic ? FlowValue.Unknown : Evaluate(field.Variable.Value);
                var made = value.Constant is null ? null : value;
                if (made is null && (_isUnread || _looks >= _book.Limits.Looks))
                {
                    // That says nothing of the field.
                    _unread.Add(field.Variable);
                    isUnread = true;
                    return (null, false);
                }

                return (made, true);
            });
        }
        finally
        {
            (_type, _path, _now, _lambdas, _scopes) = (type, path, now, lambdas, scopes);
            (_home, _uses, _thrown, _nameless, _isUnread) = (home, uses, thrown, nameless, isUnread);
            _reading.Remove(field.Variable);
            if (_reading.Count == 0)
            {
                _unread.Clear();
                _isUnread = false;
            }
        }
    }

    private FlowValue Select(JavaSelect select)
    {
        if (select.Name is "this" or "super")
        {
            return This();
        }

        if (IsValue(select.Target))
        {
            var target = Evaluate(select.Target);
            if (_now is null)
            {
                return FlowValue.Unknown;
            }

            if (select.Name == "length" && target.Type?.EndsWith("[]", StringComparison.Ordinal) == true)
            {
                return FlowValue.OfType("int");
            }

            var declared = _program.Find(target.Type) is { } owner ? _program.Field(owner, select.Name) : null;
            if (declared is { IsStatic: true } || (declared is not null && select.Target is not JavaName { Name: "this" } && Fixed(declared) is not null))
            {
                return ReadField(declared);
            }

            var part = Read(target, select.Name);
            return declared is null ? _program.Find(target.Type) is { } service && _program.Arguments.Mapper(service, select.Name) is { } mapper ? FlowValue.OfType(mapper) : part
                : Narrow(part, TypeOf(declared, _program.Find(target.Type))).Holding(_program.ElementOf(declared.Syntax.Type, declared.Owner));
        }

        if (TypeNamed(select.Target) is not { } type)
        {
            return FlowValue.Unknown;
        }

        return _program.Find(type) is not { } known ? LibraryField(select, type)
            : _program.Field(known, select.Name) is { } field ? ReadField(field)
            : IsConstant(known, select.Name) ? FlowValue.OfType(known.FullName) : FlowValue.Unknown;
    }

    /// <summary>Whether what stands before a dot is a value and not a type or package.</summary>
    private bool IsValue(JavaExpression target) => target switch
    {
        JavaName name => name.Name is "this" or "super" || _scopes.Find(name.Name) >= 0 || _program.Field(_type, name.Name) is not null || ImportedField(name.Name) is not null || IsWrittenLogger(name.Name) || IsConstant(_type, name.Name) || _program.Arguments.Mapper(_type, name.Name) is not null,
        JavaSelect { Name: "this" or "super" } => true,
        JavaSelect select => IsValue(select.Target) || (TypeNamed(select.Target) is { } type && (_program.Find(type) is not { } known ? select.Name.Length > 0 && char.IsUpper(select.Name[0]) && select.Name.All(c => char.IsUpper(c) || c is '_' || char.IsDigit(c)) || _apis.Find(type, select.Name, 0) is not null : IsConstant(known, select.Name) || _program.Field(known, select.Name) is not null)),
        _ => true,
    };

    /// <summary>Full name of a type that is written where a value could stand; null where it is none. Types of the tree may begin with a small letter.</summary>
    private string? TypeNamed(JavaExpression target)
    {
        if (Dotted(target) is not { } name)
        {
            return null;
        }

        var last = name[(name.LastIndexOf('.') + 1)..];
        return char.IsUpper(last[0]) ? _program.Resolve(name, _type)
            : _program.Types.SmallNames.Contains(last) && _program.Resolve(name, _type) is { } small && _program.Find(small) is not null ? small
            : null;
    }

    private static string? Dotted(JavaExpression expression) => expression switch
    {
        JavaName { Name.Length: > 0 } name => name.Name,
        JavaSelect { Name.Length: > 0 } select => Dotted(select.Target) is { } before ? before + "." + select.Name : null,
        _ => null,
    };

    /// <returns>What stands there afterwards.</returns>
    private FlowValue Store(JavaExpression target, FlowValue value)
    {
        switch (target)
        {
            case JavaName name when _scopes.Find(name.Name) is >= 0 and var variable:
                value = Narrow(value, _scopes.TypeOf(name.Name));
                NoteAssigned(variable, value);
                return _now![variable] = value.WithMarks(TaintMarks.Step(value.Marks, Place(target.Span), $"赋给 {name.Name}"));
            case JavaName name:
                return StoreField(_program.Field(_type, name.Name), This(), name.Name, value, target.Span);
            case JavaSelect select when IsValue(select.Target):
                var owner = Evaluate(select.Target);
                return StoreField(_program.Find(owner.Type) is { } type ? _program.Field(type, select.Name) : null, owner, select.Name, value, target.Span);
            case JavaSelect select:
                return StoreField(_program.Find(TypeNamed(select.Target)) is { } known ? _program.Field(known, select.Name) : null, FlowValue.Unknown, select.Name, value, target.Span);
            case JavaIndex index:
                var (array, place) = (Evaluate(index.Target), Evaluate(index.Index));
                Write(array, PartOf(place.Constant), value, index.Target);
                return value;
            default:
                return value;
        }
    }

    private FlowValue StoreField(ProgramField? field, FlowValue owner, string name, FlowValue value, JavaSpan place)
    {
        value = Narrow(value, field is null ? null : _program.NameOf(field.Syntax.Type, field.Owner));
        if (field is not null && PageWriters.Narrower(value.Type, TypeOf(field)) is { } writer)
        {
            _book.Lasting.KeepWriter(field.Key, writer, _method);
        }

        value = value.WithMarks(TaintMarks.Step(value.Marks, Place(place), $"存入字段 {name}"));
        Touch(value.Code);
        if (field is { IsStatic: true } shared)
        {
            Share(shared.Key, Deep(value));
            Keep(shared, value);
        }
        else
        {
            Write(owner, name, value);
        }

        return value;
    }
}
