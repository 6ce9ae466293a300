using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls of methods of the tree, by their summaries.</summary>
internal sealed partial class MethodRun
{
    private readonly MarkCollector _handedOver = new();

    /// <summary>The call that was seen last to come back by an exception alone.</summary>
    private JavaNode? _ended;
    private readonly HashSet<JavaNode> _counted = new(ReferenceEqualityComparer.Instance);

    private void Count(CallSite site, bool isKnown)
    {
        if (_context.Key.Length == 0 && _counted.Add(site.Node))
        {
            _book.Count(isKnown);
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
        var handed = Handed(site).Marks;
        var bodies = methods.Exists(m => m.Syntax.Body is not null) ? methods.FindAll(m => m.Syntax.Body is not null || Tabled(m, site) is not null) : methods;
        foreach (var method in methods.Where(m => m.Syntax.Body is null))
        {
            // Beside what stands in for it in the tree, the other service itself may answer.
            result = _book.Entries.AnswerOf(method) is { } answer && !ReferenceEquals(bodies, methods) ? Answered(method, answer, site) : result;
        }

        if (bodies.Count > 1)
        {
            // Where ways meet the first one stays: of those that are not sure to run it is none.
            bodies = [.. bodies.OrderBy(m => FlowDoubt.Count(_book.Scarce.Of(m.Owner)))];
        }

        var (told, ends) = (false, bodies.Count > 0);

        // It goes to one of them, and none of them sees what another one did.
        var (before, after, checkedBack) = (bodies.Count > 1 ? _now : null, default(FlowState), default(ulong[]));
        foreach (var method in bodies)
        {
            _now = before is null ? _now : before.Copy();
            var use = method.Syntax.Body is not null && Tabled(method, site) is null ? new SummaryUse(this, method, site) : null;
            var one = use is not null ? use.Apply() : Tabled(method, site) is { } api ? Known(site, api) : WithoutBody(method, site);
            result = result is null ? one : FlowValue.Join(result, one);
            checkedBack = ReturnPoint.Meet(checkedBack, use?.WhenBack ?? []);
            told |= use?.TellsOutcome == true;
            ends &= use?.Ends == true;
            after = before is null ? null : Join(after, _now);
        }

        _now = before is null ? _now : after;

        _ended = ends ? site.Node : ReferenceEquals(_ended, site.Node) ? null : _ended;

        // Whichever of them it was has to have checked it.
        CleanGiven(site, checkedBack ?? []);
        AssumeGiven(bodies, site);

        result = Doubted(site, OfProject(bodies, site, result!), bodies);
        if (told)
        {
            NoteAnswer(site, result);
        }

        return handed.Length == 0 ? result : result with { Marks = TaintMarks.Union(result.Marks, handed) };
    }

    /// <summary>What a call came back from no longer is dangerous for these, by number of the input.</summary>
    private void CleanGiven(CallSite site, ulong[] cleaned)
    {
        for (var i = 1; i < cleaned.Length; i++)
        {
            if (cleaned[i] != 0 && !site.Syntax.IsDefault && i - 1 < site.Syntax.Length)
            {
                CleanPlace(site.Syntax[i - 1], cleaned[i]);
            }
        }
    }

    /// <summary>Of a library whose source lies in the tree, as declarations only: what the tables say of it.</summary>
    private ApiMethod? Tabled(ProgramMethod method, CallSite site)
    {
        if (method.Syntax.IsConstructor || !SaysNothing(_book.BodyOf(method)))
        {
            return null;
        }

        var type = JavaProgram.Normal(method.Owner.FullName);
        return _apis.Own.Knows(type) ? _apis.FindTabled(type, method.Syntax.Name, site.Arguments.Count) : _apis.Find(type, method.Syntax.Name, site.Arguments.Count);
    }

    /// <summary>No body, or one that only stands for it.</summary>
    private static bool SaysNothing(JavaBlock? body) => body is null or { Statements: [] } or { Statements: [JavaThrow or JavaReturn { Value: null or JavaLiteral }] };

    /// <summary>Nobody in the tree says what it does: what goes in may come out.</summary>
    private FlowValue WithoutBody(ProgramMethod method, CallSite site)
    {
        ReachStatements(method, site);
        if (_book.Entries.AnswerOf(method) is { } answer)
        {
            return Answered(method, answer, site);
        }

        if (_program.IsInert(method.ReturnType) || method.ReturnType == "void" || _book.Mappers.Has(method, site.Receiver?.Type))
        {
            return FlowValue.OfType(method.ReturnType).Holding(_program.ElementOf(method.Syntax.Returns, method.Owner));
        }

        if (Mapped(method, site) is { } mapped)
        {
            return mapped;
        }

        var held = IsLookup(site.Name, site.Arguments.Count, _program.NamesAbove(method.Owner).Prepend(method.Owner.FullName))
            ? Fetched(site, site.Receiver is null ? TaintMarks.None : Deep(site.Receiver), method.ReturnType)
            : Narrow(FlowValue.Marked(Unpieced(AllMarks(site))), method.ReturnType);
        return held.Holding(_program.ElementOf(method.Syntax.Returns, method.Owner));
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

    private FlowValue Answered(ProgramMethod method, CodeAnswer answer, CallSite site) => (_program.IsInert(method.ReturnType) || method.ReturnType == "void"
        ? FlowValue.OfType(method.ReturnType)
        : FlowValue.Marked([new ForeignOrigin(Place(site.Span), $"{answer.Kind} {site.Name}", answer.Trust).Mark(site.Name)], method.ReturnType)).Holding(_program.ElementOf(method.Syntax.Returns, method.Owner));

    private TaintMark[] AllMarks(CallSite site)
    {
        var marks = Deep(site.Arguments);
        return site.Receiver is null ? marks : TaintMarks.Union(Deep(site.Receiver), marks);
    }
}
