using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which method a call means.</summary>
internal sealed partial class MethodRun
{
    /// <param name="Span">Where it is written.</param>
    /// <param name="Name">Of the method; <c>new</c> of a constructor.</param>
    /// <param name="Receiver">Value before the dot; null where a type or nothing stands there.</param>
    /// <param name="ReceiverSyntax">As it is written.</param>
    /// <param name="Arguments">In order.</param>
    /// <param name="Syntax">As they are written; fewer where nobody wrote them.</param>
    private sealed record CallSite(JavaNode Node, JavaSpan Span, string Name, FlowValue? Receiver, JavaExpression? ReceiverSyntax, IReadOnlyList<FlowValue> Arguments, ImmutableArray<JavaExpression> Syntax);

    private FlowValue Call(JavaCall call)
    {
        if (call.Target is null && call.Name is "this" or "super")
        {
            var given = EvaluateAll(call.Arguments);
            var owner = call.Name == "this" ? _type : Above(_type);
            return owner is null || _now is null ? FlowValue.Unknown : Construct(owner, new CallSite(call, call.NameSpan, "new", This(), null, given, call.Arguments));
        }

        if (call.Target is JavaName { Name: "super" } && Above(_type) is { } parent)
        {
            var given = EvaluateAll(call.Arguments);
            return _now is null ? FlowValue.Unknown : CallProgram(Nearest(parent, call.Name, given), new CallSite(call, call.NameSpan, call.Name, This(), null, given, call.Arguments))
                ?? CallLibrary(new CallSite(call, call.NameSpan, call.Name, This(), null, given, call.Arguments), null);
        }

        if (call.Target is not null && IsValue(call.Target))
        {
            var receiver = Evaluate(call.Target);
            var given = EvaluateAll(call.Arguments);
            return _now is null ? FlowValue.Unknown : CallOn(new CallSite(call, call.NameSpan, call.Name, receiver, call.Target, given, call.Arguments));
        }

        var type = call.Target is null ? null : TypeNamed(call.Target);
        var arguments = EvaluateAll(call.Arguments);
        if (_now is null)
        {
            return FlowValue.Unknown;
        }

        var site = new CallSite(call, call.NameSpan, call.Name, null, null, arguments, call.Arguments);
        return call.Target is null ? CallUnqualified(site) : CallStatic(type, site);
    }

    private FlowValue[] EvaluateAll(ImmutableArray<JavaExpression> expressions)
    {
        var values = new FlowValue[expressions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(expressions[i]);
        }

        return values;
    }

    private JavaDeclaredType? Above(JavaDeclaredType type) => _program.Types.Inheritance.Supertypes(type).Select(_program.Find).FirstOrDefault(t => t is { Syntax.Kind: JavaTypeKind.Class });

    private FlowValue CallUnqualified(CallSite site)
    {
        for (var around = _type; around is not null; around = around.Outer)
        {
            if (Nearest(around, site.Name, site.Arguments) is { Count: > 0 } found)
            {
                var receiver = around == _type ? This() : FlowValue.OfType(around.FullName);
                return CallProgram(Below(around, found, site.Name, site.Arguments), site with { Receiver = receiver })!;
            }
        }

        foreach (var import in _type.Unit.Imports)
        {
            if (import.IsStatic && (import.IsOnDemand || import.Name.EndsWith("." + site.Name, StringComparison.Ordinal)))
            {
                var owner = import.IsOnDemand ? import.Name : import.Name[..^(site.Name.Length + 1)];
                if (_program.Find(owner) is { } type && Nearest(type, site.Name, site.Arguments) is { Count: > 0 } found)
                {
                    return CallProgram(found, site)!;
                }

                if (_apis.Find(owner, site.Name, site.Arguments.Count) is not null)
                {
                    return CallLibrary(site, owner);
                }
            }
        }

        return CallLibrary(site with { Receiver = This() }, null, _program.NamesAbove(_type));
    }

    private FlowValue CallStatic(string? type, CallSite site) =>
        _program.Find(type) is { } known && CallProgram(Nearest(known, site.Name, site.Arguments), site) is { } result ? result : CallLibrary(site, type);

    private FlowValue CallOn(CallSite site)
    {
        var receiver = site.Receiver!;
        if (receiver.Code is not null)
        {
            return Invoke(receiver.Code, site.Arguments);
        }

        var exact = receiver.Objects.Select(o => ObjectAt(o)).Where(o => o is { IsExact: true, Type: not null }).Select(o => _program.Find(o!.Type)).ToList();
        if (exact.Count > 0 && exact.Count == receiver.Objects.Length && exact.TrueForAll(t => t is not null))
        {
            var methods = exact.Distinct().SelectMany(t => Nearest(t!, site.Name, site.Arguments)).Distinct().ToList();
            if (methods.Count > 0)
            {
                return CallProgram(methods, site)!;
            }
        }

        if (_program.Find(receiver.Type) is { } type)
        {
            var found = Below(type, Nearest(type, site.Name, site.Arguments), site.Name, site.Arguments);
            return CallProgram(found, site) ?? Accessor(type, site) ?? CallLibrary(site, receiver.Type, _program.NamesAbove(type));
        }

        return CallLibrary(site, receiver.Type);
    }

    /// <summary>Getters and setters that are written by an annotation or belong to a record.</summary>
    private FlowValue? Accessor(JavaDeclaredType type, CallSite site)
    {
        var name = site.Name;
        if (site.Arguments.Count == 0)
        {
            var field = type.Syntax.Kind == JavaTypeKind.Record && type.Syntax.Components.Any(c => c.Name == name) ? name
                : name.StartsWith("get", StringComparison.Ordinal) && name.Length > 3 ? char.ToLowerInvariant(name[3]) + name[4..] : null;
            if (field is not null && (_program.Field(type, field) is not null || type.Syntax.Components.Any(c => c.Name == field)))
            {
                var declared = _program.Field(type, field);
                var component = type.Syntax.Components.FirstOrDefault(c => c.Name == field);
                var syntax = declared?.Syntax.Type ?? component?.Type;
                return Narrow(Read(site.Receiver!, field), _program.NameOf(syntax, type));
            }
        }
        else if (site.Arguments.Count == 1 && name.StartsWith("set", StringComparison.Ordinal) && name.Length > 3 && _program.Field(type, char.ToLowerInvariant(name[3]) + name[4..]) is { IsStatic: false } target)
        {
            Write(site.Receiver!, target.Variable.Name, Narrow(site.Arguments[0], _program.NameOf(target.Syntax.Type, target.Owner)), site.ReceiverSyntax);
            return site.Receiver!;
        }

        return null;
    }

    /// <summary>Of the type and those above it, the nearest that fits.</summary>
    private List<ProgramMethod> Nearest(JavaDeclaredType type, string name, IReadOnlyList<FlowValue> arguments)
    {
        if (Fitting(_program.Declared(type, name), arguments) is { Count: > 0 } own)
        {
            return own;
        }

        foreach (var above in _program.Types.Inheritance.Ancestors(type))
        {
            if (Fitting(_program.Declared(above, name), arguments) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>Those, and what types below make of them.</summary>
    private List<ProgramMethod> Below(JavaDeclaredType type, List<ProgramMethod> nearest, string name, IReadOnlyList<FlowValue> arguments)
    {
        if (nearest.Count > 0 && nearest.TrueForAll(m => m.IsStatic || m.Syntax.Modifiers.HasFlag(JavaModifiers.Private) || m.Syntax.Modifiers.HasFlag(JavaModifiers.Final)))
        {
            return nearest;
        }

        List<ProgramMethod> all = [.. nearest];
        foreach (var below in _program.Types.Inheritance.Descendants(type.FullName))
        {
            all.AddRange(Fitting(_program.Declared(below, name), arguments));
            if (all.Count > _book.Limits.Targets)
            {
                _book.Cut.TryAdd(_method, $"调用 {name} 的去向多于 {_book.Limits.Targets} 个");
                break;
            }
        }

        return [.. all.Take(_book.Limits.Targets)];
    }

    private List<ProgramMethod> Fitting(List<ProgramMethod> methods, IReadOnlyList<FlowValue> arguments)
    {
        if (methods.Count == 0)
        {
            return [];
        }

        var fitting = methods.FindAll(m => m.Takes(arguments.Count));
        if (fitting.Count < 2)
        {
            return fitting;
        }

        var worst = fitting.Min(m => Strangeness(m, arguments));
        return fitting.FindAll(m => Strangeness(m, arguments) == worst);
    }

    /// <summary>How many arguments are of another type than is asked for.</summary>
    private int Strangeness(ProgramMethod method, IReadOnlyList<FlowValue> arguments)
    {
        var strange = method.Syntax.Parameters is [.., { IsVariable: true }] ? 1 : 0;
        for (var i = 0; i < arguments.Count && i < method.ParameterTypes.Count; i++)
        {
            var (asked, given) = (method.ParameterTypes[i], arguments[i].Type);
            if (asked is not null && given is not null && asked != given && given != "null")
            {
                strange += _apis.IsInert(asked) != _apis.IsInert(given) ? 4 : IsNarrower(given, asked) ? 1 : 3;
            }
        }

        return strange;
    }

    private FlowValue Create(JavaCreation creation)
    {
        var arguments = EvaluateAll(creation.Arguments);
        if (_now is null)
        {
            return FlowValue.Unknown;
        }

        var type = _program.NameOf(creation.Type, _type);
        var site = new CallSite(creation, creation.Type.Span, "new", null, null, arguments, creation.Arguments);
        if (!creation.Body.IsDefault)
        {
            RunBody(creation.Body);
            RunStatementText(type, creation.Body);
        }

        if (_program.Find(type) is { } known)
        {
            var made = Allocate(creation, FlowObject.New(type));
            if (creation.Body.IsDefault)
            {
                Construct(known, site with { Receiver = made });
            }

            return made;
        }

        return NewOfLibrary(site, type);
    }

    private FlowValue Construct(JavaDeclaredType type, CallSite site)
    {
        var constructors = Fitting(_program.Declared(type, "new"), site.Arguments);
        if (constructors.Count > 0)
        {
            CallProgram(constructors, site);
        }
        else if (type.Syntax.Kind == JavaTypeKind.Record)
        {
            for (var i = 0; i < Math.Min(site.Arguments.Count, type.Syntax.Components.Length); i++)
            {
                Write(site.Receiver!, type.Syntax.Components[i].Name, Narrow(site.Arguments[i], _program.NameOf(type.Syntax.Components[i].Type, type)));
            }
        }
        else if (site.Arguments.Count > 0)
        {
            // A constructor nobody sees: written by an annotation, or of a type above.
            Write(site.Receiver!, FlowObject.Any, FlowValue.Marked([.. site.Arguments.SelectMany(Deep)]));
        }

        return site.Receiver!;
    }
}
