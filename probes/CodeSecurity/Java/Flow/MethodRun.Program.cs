namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls of methods of the tree, by their summaries.</summary>
internal sealed partial class MethodRun
{
    private readonly MarkCollector _handedOver = new();
    private readonly HashSet<JavaNode> _counted = new(ReferenceEqualityComparer.Instance);

    private void Count(CallSite site, bool isKnown)
    {
        if (_context.Key.Length == 0 && _counted.Add(site.Node))
        {
            _book.Calls++;
            _book.KnownCalls += isKnown ? 1 : 0;
        }
    }

    /// <returns>Null where no method is among them.</returns>
    private FlowValue? CallProgram(List<ProgramMethod> methods, CallSite site)
    {
        if (methods.Count == 0)
        {
            return null;
        }

        Count(site, true);
        FlowValue? result = null;
        var handed = site.Arguments.Any(a => a.Code is not null) ? Handed(site) : TaintMarks.None;
        var bodies = methods.Exists(m => m.Syntax.Body is not null) ? methods.FindAll(m => m.Syntax.Body is not null) : methods;
        foreach (var method in bodies)
        {
            var one = method.Syntax.Body is null ? WithoutBody(method, site) : new SummaryUse(this, method, site).Apply();
            result = result is null ? one : FlowValue.Join(result, one);
        }

        return handed.Length == 0 ? result! : result! with { Marks = TaintMarks.Union(result.Marks, handed) };
    }

    /// <summary>Nobody in the tree says what it does: what goes in may come out.</summary>
    private FlowValue WithoutBody(ProgramMethod method, CallSite site)
    {
        if (_book.Mappers.IsCut(method))
        {
            _book.Cut.TryAdd(method, "映射文件里它的语句没有读完");
        }

        foreach (var (parameter, weakness, place) in _book.Mappers.Of(method))
        {
            if (parameter < site.Arguments.Count)
            {
                var marks = Deep(parameter >= 0 ? site.Arguments[parameter] : FlowValue.Unknown);
                Reach(weakness, place, TaintMarks.Step(marks, Place(site.Span), $"传给 {site.Name}"), "以 ${} 拼入语句");
            }
        }

        if (_apis.IsInert(method.ReturnType) || method.ReturnType == "void" || _book.Mappers.Has(method))
        {
            return FlowValue.OfType(method.ReturnType).Holding(_program.ElementOf(method.Syntax.Returns, method.Owner));
        }

        return Mapped(method, site) ?? Narrow(FlowValue.Marked(AllMarks(site)), method.ReturnType).Holding(_program.ElementOf(method.Syntax.Returns, method.Owner));
    }

    /// <summary>Methods that MapStruct writes: parts of the same name, where nobody says that some have another.</summary>
    private FlowValue? Mapped(ProgramMethod method, CallSite site)
    {
        if (_program.Find(method.ReturnType) is null || method.Syntax.Annotations.Length > 0 || !method.Owner.Unit.Imports.Any(i => i.Name.StartsWith("org.mapstruct", StringComparison.Ordinal)))
        {
            return null;
        }

        var made = Allocate(site.Node, FlowObject.New(method.ReturnType));
        foreach (var argument in site.Arguments)
        {
            Fill(made, argument, null);
        }

        return made;
    }

    private TaintMark[] AllMarks(CallSite site)
    {
        var marks = site.Receiver is null ? TaintMarks.None : Deep(site.Receiver);
        foreach (var argument in site.Arguments)
        {
            marks = TaintMarks.Union(marks, Deep(argument));
        }

        return marks;
    }
}
