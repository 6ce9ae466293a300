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
            if (owner is null && _now is not null && Deep(given) is { Length: > 0 } kept)
            {
                // What a constructor of a library keeps is somewhere in the object.
                Write(This(), FlowObject.Any, FlowValue.Marked(kept));
            }

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

    private FlowValue CallUnqualified(CallSite site)
    {
        if (CallNameless(site) is { } nameless)
        {
            return nameless;
        }

        for (var around = _type; around is not null; around = around.Outer)
        {
            if (Nearest(around, site.Name, site.Arguments) is { Count: > 0 } found)
            {
                var receiver = around == _type ? This() : FlowValue.OfType(around.FullName);
                return CallProgram(OfSelf(around, found, site.Name) ?? Below(around, found, site.Name, site.Arguments), site with { Receiver = receiver })!;
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

        return Mapper(_type, site) ?? (_nameless is null ? CallLibrary(site with { Receiver = This() }, null, _program.NamesAbove(_type)) : CallLibrary(site with { Receiver = _nameless }, _nameless.Type));
    }

    private FlowValue? Mapper(JavaDeclaredType type, CallSite site) =>
        site.Arguments.Count == 0 && _program.Arguments.Mapper(type, site.Name) is { } mapper ? FlowValue.OfType(mapper) : null;

    private FlowValue CallStatic(string? type, CallSite site) =>
        _program.Find(type) is { } known && (CallProgram(Nearest(known, site.Name, site.Arguments), site) ?? Unwritten(known, site)) is { } result ? result : CallLibrary(site, type, _program.Find(type) is { } own ? _program.NamesAbove(own) : null);

    private FlowValue CallOn(CallSite site)
    {
        var receiver = site.Receiver!;
        if (receiver.Code is not null && !IsContainer(receiver.Type))
        {
            if (site.Name is "andThen" or "compose" or "negate" or "and" or "or" or "reversed" or "thenComparing")
            {
                return site.Arguments.Aggregate(receiver, FlowValue.Join);
            }

            if (Invoke(receiver.Code, site.Arguments, site.Name) is { } told)
            {
                return told;
            }
        }

        if (ExactTypes(receiver) is { } exact && exact.SelectMany(t => Nearest(t, site.Name, site.Arguments)).Distinct().ToList() is { Count: > 0 } methods)
        {
            return CallProgram(receiver.MayBeOther ? [.. methods.Union(Besides(site))] : methods, site)!;
        }

        if (receiver.Type?.EndsWith(BuilderMark, StringComparison.Ordinal) == true)
        {
            return CallBuilder(receiver, site);
        }

        if (site.ReceiverSyntax is JavaName { Name: "this" } && _type == _method.Owner && OfSelf(_type, Nearest(_type, site.Name, site.Arguments), site.Name) is { Count: > 0 } steps)
        {
            return CallProgram(steps, site)!;
        }

        if (_program.Find(receiver.Type) is { } type)
        {
            var found = Below(type, Nearest(type, site.Name, site.Arguments), site.Name, site.Arguments);
            found = receiver.Objects.Length > 1 || receiver.MayBeOther ? [.. found.Union(Besides(site))] : found;
            return CallProgram(found, site) ?? Accessor(type, site) ?? Mapper(type, site) ?? CallLibrary(site, receiver.Type, _program.NamesAbove(type));
        }

        return CallLibrary(site, receiver.Type);
    }

    /// <summary>What else a call may mean on something of which only a part is known: whatever the variable can hold.</summary>
    private List<ProgramMethod> Besides(CallSite site) =>
        _program.Find(site.ReceiverSyntax is JavaName { Name: var name } && _scopes.Find(name) >= 0 ? _scopes.TypeOf(name) : site.Receiver?.Type) is { } type
            ? Below(type, Nearest(type, site.Name, site.Arguments), site.Name, site.Arguments) : [];

    /// <returns>Types of the tree a value is of and of none below them, each once; null where that is not known of all it may be.</returns>
    private List<JavaDeclaredType>? ExactTypes(FlowValue value)
    {
        List<JavaDeclaredType>? types = null;
        foreach (var number in value.Objects)
        {
            if (ObjectAt(number) is not { IsExact: true, Type: { } name } || _program.Find(name) is not { } type)
            {
                return null;
            }

            types ??= [];
            if (!types.Contains(type))
            {
                types.Add(type);
            }
        }

        return types;
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
                var (asksMany, givesMany) = (asked.EndsWith(']'), given.EndsWith(']'));
                strange += _apis.IsInert(asked) != _apis.IsInert(given) ? 4
                    : asksMany && givesMany ? IsNarrower(given[..^2], asked[..^2]) ? 1 : 3
                    : asksMany != givesMany && asked != "java.lang.Object" ? 4
                    : IsNarrower(given, asked) ? 1 : 3;
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
        var made = _program.Find(type) is { } known ? Construct(known, site with { Receiver = Allocate(creation, FlowObject.New(type)) }) : NewOfLibrary(site, type);
        return creation.Body.IsDefault || _now is null ? made : Nameless(creation, made, type);
    }

    private bool IsContainer(string? type) => type is not null && (type.EndsWith(']') || _apis.IsBelow(type, "java.util.Map") || _apis.IsBelow(type, "java.lang.Iterable"));
}
