using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods and constructors that are handed around by their names, and code a method hands to a container.</summary>
internal sealed partial class MethodRun
{
    /// <summary>How many arguments most methods take to whom code is handed: the likeliest first.</summary>
    private static readonly int[] LikelyCounts = [1, 2, 3, 0];

    /// <param name="reference">What is called.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="isCountKnown">It is given just these; else as many of them as it takes.</param>
    private FlowValue Refer(JavaMethodReference reference, IReadOnlyList<FlowValue> arguments, bool isCountKnown)
    {
        List<FlowValue[]> lists = isCountKnown ? [[.. arguments]] : [.. LikelyCounts.Where(n => n <= arguments.Count).Select(n => arguments.Take(n).ToArray())];
        var type = TypeOf(reference);
        var site = new CallSite(reference, reference.Span, reference.Name, null, null, lists[0], default);
        if (reference.Target is not null && type is null)
        {
            var target = Evaluate(reference.Target);
            var taken = lists.Find(l => _program.Find(target.Type) is { } own ? Nearest(own, reference.Name, l).Count > 0 : target.Type is { } library && _apis.Find(library, reference.Name, l.Length) is not null);
            return _now is null ? FlowValue.Unknown : CallOn(site with { Receiver = target, ReceiverSyntax = reference.Target, Arguments = taken ?? lists[0] });
        }

        return reference.Name == "new" ? MakeReferred(site, lists, type)
            : _program.Find(type) is { } known ? ReferOf(site, lists, known)
            : ReferLibrary(site, lists, type);
    }

    /// <summary>Full name of the type before the colons; null where a value stands there.</summary>
    private string? TypeOf(JavaMethodReference reference) =>
        reference.Type is not null ? _program.NameOf(reference.Type, _type) : reference.Target is not null && !IsValue(reference.Target) ? TypeNamed(reference.Target) : null;

    private FlowValue MakeReferred(CallSite site, List<FlowValue[]> lists, string? type)
    {
        if (type is null || type.EndsWith(']'))
        {
            return FlowValue.Marked(Deep(lists[0]), type);
        }

        if (_program.Find(type) is not { } known)
        {
            return NewOfLibrary(site with { Name = "new", Arguments = lists.Find(l => _apis.Find(type, "new", l.Length) is not null) ?? lists[0] }, type);
        }

        var taken = lists.Find(l => Fitting(_program.Declared(known, "new"), l).Count > 0 || (known.Syntax.Kind == JavaTypeKind.Record && known.Syntax.Components.Length == l.Length)) ?? lists[0];
        return Construct(known, site with { Name = "new", Receiver = Allocate(site.Node, FlowObject.New(type)), Arguments = taken });
    }

    /// <summary>A static method is given all; of others the first is what it is called on.</summary>
    private FlowValue ReferOf(CallSite site, List<FlowValue[]> lists, JavaDeclaredType type)
    {
        foreach (var list in lists)
        {
            if (Nearest(type, site.Name, list).FindAll(m => m.IsStatic) is { Count: > 0 } all)
            {
                return CallProgram(all, site with { Arguments = list })!;
            }

            if (list.Length > 0 && Nearest(type, site.Name, list[1..]).Exists(m => !m.IsStatic))
            {
                return CallOn(site with { Receiver = list[0].Typed(type.FullName), Arguments = list[1..] });
            }
        }

        return ReferFirst(site, lists, type.FullName);
    }

    private FlowValue ReferLibrary(CallSite site, List<FlowValue[]> lists, string? type)
    {
        foreach (var list in type is null ? [] : lists)
        {
            if (_apis.Find(type!, site.Name, list.Length) is { } api && !IsOfReceiver(api))
            {
                return CallLibrary(site with { Arguments = list }, type);
            }

            if (list.Length > 1 && _apis.Find(type!, site.Name, list.Length - 1) is not null)
            {
                return CallLibrary(site with { Receiver = list[0], Arguments = list[1..] }, type);
            }
        }

        return ReferFirst(site, lists, type);
    }

    /// <summary>What the tables say of it only makes sense of what it is called on.</summary>
    private static bool IsOfReceiver(ApiMethod api) => api.Flow.Any(f => f.From == ApiMethod.Receiver) || api.Known.Acts is "self" or "element" or "element-or" or "letters" or "builder-text" || api.Known.At is [ApiMethod.Receiver];

    /// <summary>Of a method nobody knows: it is called on the first.</summary>
    private FlowValue ReferFirst(CallSite site, List<FlowValue[]> lists, string? type)
    {
        var (first, rest) = lists[0] is [var one, .. var more] ? (one, more) : (FlowValue.Unknown, []);
        return _program.Find(type) is not null ? CallOn(site with { Receiver = first.Typed(type), Arguments = rest }) : CallLibrary(site with { Receiver = first, ReceiverSyntax = site.Node as JavaExpression, Arguments = rest }, type);
    }

    /// <summary>What a container hands over for a parameter of code.</summary>
    /// <param name="parameter">Of the code.</param>
    /// <param name="within">Where it is written.</param>
    /// <param name="entry">As which it is called.</param>
    private FlowValue Called(JavaParameter parameter, JavaDeclaredType within, CodeEntry entry)
    {
        var type = _program.NameOf(parameter.Type, within);
        return _book.Entries.IsForeign(entry, type)
            ? FlowValue.Marked([new ForeignOrigin(new CodePlace(within.Path, parameter.Span.Start), $"{entry.Kind} {parameter.Name}", entry.Trust).Mark(parameter.Name)], type)
            : FlowValue.OfType(type);
    }

    /// <summary>Code that a method hands to a container is called with foreign input.</summary>
    private void HandOut(FlowValue value)
    {
        if (_lambdas > 0 || value.Code is null || _now is not { } before || _book.Entries.EntryOf(_method) is not { Hands.Count: > 0 } entry)
        {
            return;
        }

        foreach (var code in value.Code.All)
        {
            var one = code with { Also = null };
            foreach (var (name, given) in Handling(one, entry))
            {
                _now = before.Copy();
                Invoke(one, given, name);
            }
        }

        _now = before;
    }

    /// <summary>Methods a container calls of code, with what it gives them.</summary>
    private List<(string? Name, FlowValue[] Given)> Handling(CodeValue code, CodeEntry entry)
    {
        switch (code.Syntax)
        {
            case JavaLambda lambda:
                return [(null, [.. lambda.Parameters.Select(p => Called(p, code.Type, entry))])];
            case JavaCreation made:
                return [.. made.Body.OfType<JavaMethod>().Where(m => m.Body is not null).Select(m => (m.Name, m.Parameters.Select(p => Called(p, code.Type, entry)).ToArray()))];
            case JavaMethodReference reference:
                var given = FlowValue.Marked([new ForeignOrigin(new CodePlace(code.Type.Path, reference.Span.Start), $"{entry.Kind} {reference.Name}", entry.Trust).Mark()]);
                return [(null, [given])];
            default:
                return [];
        }
    }
}
