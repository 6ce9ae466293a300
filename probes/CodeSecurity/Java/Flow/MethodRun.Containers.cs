namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What methods of containers, builders, properties and classes do, by the names the tables have for it.</summary>
internal sealed partial class MethodRun
{
    private const string Content = "$";

    private FlowValue Act(string act, CallSite site, ApiMethod api)
    {
        var (first, second) = (At(site, 0), At(site, 1));
        if (act.Contains(' ', StringComparison.Ordinal))
        {
            return ActOn(act, site, api, first);
        }

        switch (act)
        {
            case "list-new":
                return Allocate(site.Node, FlowObject.New(TypeOfNew(site), 0));
            case "list-of":
                return ListOf(site);
            case "list-add":
                Append(site);
                return FlowValue.OfType("boolean");
            case "list-remove":
                return Remove(site);
            case "map-new":
                return Allocate(site.Node, FlowObject.New(TypeOfNew(site)));
            case "copy":
                var copied = Allocate(site.Node, FlowObject.New(TypeOfNew(site)));
                Write(copied, FlowObject.Any, Read(first, FlowObject.Any));
                if (FirstOf(first) is { } leading)
                {
                    Write(copied, FlowObject.First, leading);
                }

                return copied;
            case "get":
                return Get(site, first, second);
            case "set":
                ForgetFirst(site, first.Constant is long and > 0);
                Write(site.Receiver ?? FlowValue.Unknown, PartOf(first.Constant), second, site.ReceiverSyntax);
                return FlowValue.Unknown;
            case "set-any":
                Write(site.Receiver ?? FlowValue.Unknown, FlowObject.Any, site.Arguments.Count > 0 ? site.Arguments[^1] : FlowValue.Unknown, site.ReceiverSyntax);
                return FlowValue.Unknown;
            case "add-all":
                Write(site.Receiver ?? FlowValue.Unknown, FlowObject.Any, Read(first, FlowObject.Any), site.ReceiverSyntax);
                return FlowValue.Unknown;
            case "element":
                return Read(site.Receiver ?? FlowValue.Unknown, FlowObject.Any);
            case "element-or":
                return FlowValue.Join(Read(site.Receiver ?? FlowValue.Unknown, FlowObject.Any), first);
            case "self":
                return site.Receiver ?? FlowValue.Unknown;
            case "first":
                return first;
            default:
                return ActOther(act, site, api, first, second);
        }
    }

    /// <summary>Behind the name of what it does stands upon what.</summary>
    private FlowValue ActOn(string act, CallSite site, ApiMethod api, FlowValue first)
    {
        if (act.StartsWith("part-set ", StringComparison.Ordinal))
        {
            Write(site.Receiver ?? FlowValue.Unknown, act["part-set ".Length..], first, site.ReceiverSyntax);
            return site.Receiver ?? FlowValue.Unknown;
        }

        if (act.StartsWith("part-note ", StringComparison.Ordinal))
        {
            Write(site.Receiver ?? FlowValue.Unknown, act["part-note ".Length..], FlowValue.Of(true));
            return site.Receiver ?? FlowValue.Unknown;
        }

        if (act.StartsWith("copy-fields ", StringComparison.Ordinal))
        {
            return CopyFields(site, act);
        }

        if (act.StartsWith("calls ", StringComparison.Ordinal))
        {
            return site.Receiver is null ? FlowValue.Unknown : CallOn(site with { Name = act["calls ".Length..], Arguments = [], Syntax = default });
        }

        return ActOther(act, site, api, first, At(site, 1));
    }

    private FlowValue ActOther(string act, CallSite site, ApiMethod api, FlowValue first, FlowValue second)
    {
        switch (act)
        {
            case "builder-new":
                var builder = Allocate(site.Node, FlowObject.New(TypeOfNew(site)));
                Write(builder, Content, first.Type is "int" or null && first.Constant is not string && first.Marks.Length == 0 ? FlowValue.Of(string.Empty) : first);
                return builder;
            case "builder-append":
                Build(site, site.Arguments.Count == 1 ? first : FlowValue.Marked(AllMarks(site with { Receiver = null })));
                return site.Receiver ?? FlowValue.Unknown;
            case "builder-change":
                Build(site, FlowValue.Marked(AllMarks(site with { Receiver = null })));
                return site.Receiver ?? FlowValue.Unknown;
            case "builder-text":
                return site.Receiver is { Objects.Length: > 0 } ? Text(site.Receiver) : FlowValue.Marked(site.Receiver?.Marks ?? TaintMarks.None, "java.lang.String");
            case "property":
                return IsSetting(site) ? FlowValue.Of(new DeployedText(_program.Properties[(string)first.Constant!])) : second.WithMarks(TaintMarks.None) with { Constant = null };
            case "collect":
                return Collect(site);
            case "class-of":
                return FlowValue.OfType("java.lang.Class") with { Constant = _program.Find(site.Receiver?.Type)?.FullName };
            case "class-named":
                NoteClass(site);
                return FlowValue.OfType("java.lang.Class").WithMarks(Deep(first)) with { Constant = first.Constant is string named ? named.Replace('$', '.') : null };
            case "class-method":
                return FlowValue.OfType("java.lang.reflect.Method").WithMarks(AllMarks(site)) with { Constant = site.Receiver?.Constant is string owner && first.Constant is string method ? new NamedMethod(owner, method) : null };
            case "method-invoke":
                return InvokeNamed(site, first) ?? Ordinary(site, api);
            case "class-make":
                return Make(site);
            case "letters":
                return new FlowValue(site.Receiver is null ? TaintMarks.None : Deep(site.Receiver), site.Receiver?.Constant as string, api.Known.Returns, []);
            case "pattern":
                return new FlowValue(Deep(first), first.Constant as string, api.Known.Returns, []);
            case "statement":
                return CallStatement(site);
            default:
                return ActOnViews(act, site) ?? ActOnChecks(act, site, api) ?? Ordinary(site, api);
        }
    }

    /// <summary>What the method itself put there; null where it did not. A default that is asked for is not what a file says either.</summary>
    private (FlowValue Text, bool IsAll)? OwnProperty(CallSite site)
    {
        if (site.Receiver is not { Objects: [var only] } || ObjectAt(only) is not { Input: null } one)
        {
            return null;
        }

        var part = PartOf(At(site, 0).Constant);
        var some = one.Parts.GetValueOrDefault(FlowObject.Any);
        if (part != FlowObject.Any && one.Parts.TryGetValue(part, out var put))
        {
            // What was read or put by any name may have gone over it.
            return some is null ? (put, true) : (FlowValue.Join(put, some), false);
        }

        return some is null ? null : (FlowValue.Join(some, At(site, 1)), false);
    }

    private FlowValue Collect(CallSite site)
    {
        var receiver = site.Receiver ?? FlowValue.Unknown;
        switch (site.Syntax.IsDefault ? null : site.Syntax is [JavaCall { Name: var name }] ? name : null)
        {
            case "joining":
                return FlowValue.Marked(AllMarks(site), "java.lang.String");
            case ("toMap" or "toConcurrentMap" or "groupingBy" or "groupingByConcurrent" or "partitioningBy" or "toUnmodifiableMap") and var kind:
                // By names nobody knows; what code takes along may be put in too.
                var map = Allocate(site.Node, FlowObject.New("java.util.Map"));
                var element = kind[0] == 't' ? Read(receiver, FlowObject.Any) : receiver.Typed("java.util.List");
                Write(map, FlowObject.Any, element.WithMarks(TaintMarks.Union(element.Marks, Deep(site.Arguments))));
                return map;
            default:
                return receiver.Typed("java.util.List");
        }
    }

    /// <summary>It asks for a value that property files of the tree say.</summary>
    private bool IsSetting(CallSite site) => At(site, 0).Constant is string key && _program.Properties.ContainsKey(key);

    private static FlowValue At(CallSite site, int index) => index < site.Arguments.Count ? site.Arguments[index] : FlowValue.Unknown;

    private string? TypeOfNew(CallSite site) => site.Node is JavaCreation creation ? _program.NameOf(creation.Type, _type) : null;

    private FlowValue ListOf(CallSite site)
    {
        var one = FlowObject.New("java.util.List", site.Arguments.Count);
        for (var i = 0; i < site.Arguments.Count; i++)
        {
            one = one.With(PartOf((long)i), site.Arguments[i]);
        }

        var single = site.Arguments is [{ Type: { } type } array] && type.EndsWith("[]", StringComparison.Ordinal) ? array : null;
        return single is null ? Allocate(site.Node, one) : single.Typed("java.util.List");
    }

    private void Append(CallSite site)
    {
        var receiver = site.Receiver ?? FlowValue.Unknown;
        if (site.Arguments.Count == 1 && receiver.Objects is [var number] && ObjectAt(number) is { Count: >= 0 } one)
        {
            var longer = one.With(PartOf((long)one.Count), site.Arguments[0], one.Count + 1);
            _now!.Put(number, one.Count == 0 ? longer.With(FlowObject.First, site.Arguments[0]) : longer);
            ForgetFirst(site, site.Name is not ("push" or "addFirst" or "offerFirst"));
        }
        else
        {
            ForgetFirst(site, site.Name is not ("push" or "addFirst" or "offerFirst"));
            Write(receiver, FlowObject.Any, site.Arguments.Count > 0 ? site.Arguments[^1] : FlowValue.Unknown, site.ReceiverSyntax);
        }
    }

    /// <summary>What stands first in a list that was made here; null where that is not known.</summary>
    private FlowValue? FirstOf(FlowValue list) => list.Objects is [var number] && ObjectAt(number) is { Input: null } one
        ? one.Parts.TryGetValue(FlowObject.First, out var kept) ? kept is { Type: null, Constant: null, Marks.Length: 0 } ? null : kept : one.Parts.TryGetValue(PartOf(0L), out var first) && !one.Parts.ContainsKey(FlowObject.Any) ? first : null
        : null;

    /// <summary>Something else may stand first now.</summary>
    private void ForgetFirst(CallSite site, bool isBehind)
    {
        foreach (var number in isBehind ? [] : site.Receiver?.Objects ?? [])
        {
            // Of a list that was given, the caller may know what stands first.
            if (ObjectAt(number) is { } one && (one.Input is not null || one.Parts.ContainsKey(FlowObject.First)))
            {
                _now!.Put(number, one.With(FlowObject.First, FlowValue.Unknown));
            }
        }
    }

    private FlowValue Remove(CallSite site)
    {
        var receiver = site.Receiver ?? FlowValue.Unknown;
        var key = At(site, 0).Constant;
        if (receiver.Objects is not [var number] || ObjectAt(number) is not { } one)
        {
            return Read(receiver, FlowObject.Any);
        }

        if (one.Count < 0 || key is not long at || at < 0 || at >= one.Count)
        {
            ForgetFirst(site, isBehind: false);
            one = ObjectAt(number)!;
            var gone = Read(receiver, key is null ? FlowObject.Any : PartOf(key));
            if (key is not null && one.Count < 0 && one.Parts.ContainsKey(PartOf(key)))
            {
                _now!.Put(number, one.With(PartOf(key), FlowValue.Of(JavaNull.Value)));
            }
            else if (one.Count >= 0)
            {
                _now!.Put(number, one.Scatter());
            }

            return gone;
        }

        var parts = new Dictionary<string, FlowValue>(StringComparer.Ordinal);
        for (var i = 0L; i < one.Count - 1; i++)
        {
            parts[PartOf(i)] = one.Parts.GetValueOrDefault(PartOf(i < at ? i : i + 1), FlowValue.Unknown);
        }

        var removed = one.Parts.GetValueOrDefault(PartOf(at), FlowValue.Unknown);
        _now!.Put(number, one with { Parts = parts, Count = one.Count - 1 });
        return removed;
    }

    private FlowValue Get(CallSite site, FlowValue key, FlowValue other)
    {
        var read = Read(site.Receiver ?? FlowValue.Unknown, PartOf(key.Constant));
        return site.Arguments.Count == 2 ? FlowValue.Join(read, other) : read;
    }

    private FlowValue Text(FlowValue builder)
    {
        var read = Read(builder, Content);
        var all = Deep(builder);
        return new FlowValue(TaintMarks.Union(read.Marks, all), all.Length > read.Marks.Length ? null : read.Constant, "java.lang.String", []) { Start = read.Start };
    }

    private void Build(CallSite site, FlowValue added)
    {
        var receiver = site.Receiver ?? FlowValue.Unknown;
        var before = receiver.Objects.Length == 0 ? FlowValue.Unknown : Text(receiver);
        Write(receiver, Content, Operate(JavaOperator.Add, before, added.Constant is null && added.Type is null ? added.Typed("java.lang.Object") : added, site.Span), site.ReceiverSyntax);
    }

    /// <summary>An object of a class whose name is known.</summary>
    private FlowValue Make(CallSite site)
    {
        if (site.Receiver?.Constant is string name && _program.Find(name) is { } type)
        {
            var made = Allocate(site.Node, FlowObject.New(name));
            return Construct(type, site with { Name = "new", Receiver = made });
        }

        return FlowValue.Marked(site.Receiver is null ? TaintMarks.None : Deep(site.Receiver));
    }

    /// <summary>A method of the tree that was asked for by a known name.</summary>
    private FlowValue? InvokeNamed(CallSite site, FlowValue target)
    {
        if (site.Receiver?.Constant is not NamedMethod { } method || _program.Find(method.Type) is not { } type)
        {
            return null;
        }

        List<FlowValue> given = [.. site.Arguments.Skip(1)];
        if (given is [{ Objects: [var only] } array] && array.Type?.EndsWith("[]", StringComparison.Ordinal) == true && ObjectAt(only) is { Count: >= 0 } all)
        {
            given = [.. Enumerable.Range(0, all.Count).Select(i => Read(array, PartOf((long)i)))];
        }

        return CallProgram(Below(type, Nearest(type, method.Name, given), method.Name, given), site with { Name = method.Name, Receiver = target.Typed(method.Type), ReceiverSyntax = null, Arguments = given, Syntax = default });
    }
}
