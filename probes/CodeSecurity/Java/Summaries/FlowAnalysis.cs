namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Follows foreign input through a tree: entry points first, then every method nobody came by.</summary>
internal sealed class FlowAnalysis
{
    private readonly JavaProgram _program;
    private readonly SummaryBook _book;
    private readonly int _page;

    private FlowAnalysis(JavaProgram program, MapperStatements mappers, FlowLimits limits, CancellationToken stop)
    {
        _program = program;
        _book = new SummaryBook(program, mappers, limits, stop);
        _page = program.Apis.BitOf("xss");
    }

    public static FlowResult Run(JavaProgram program, IEnumerable<(string Path, string Text)> mappers, FlowLimits? limits = null, CancellationToken stop = default) => DeepStack.Run(() =>
    {
        var analysis = new FlowAnalysis(program, new MapperStatements(mappers, program.Apis.BitOf("sql"), stop), limits ?? FlowLimits.Default, stop);
        analysis.Go();
        for (var round = 1; analysis._book.SharedChanged && round < analysis._book.Limits.Rounds; round++)
        {
            // What one method left in a static field another one may have read before.
            analysis._book.StartAgain();
            analysis.Go();
        }

        if (analysis._book is { SharedChanged: true, LastSharer: { } sharer })
        {
            analysis._book.Cut.TryAdd(sharer, "静态字段里的值没有走到不再变化");
        }

        return new FlowResult(
            [.. analysis._book.Found.OrderBy(f => f.Site.File, StringComparer.Ordinal).ThenBy(f => f.Site.At).ThenBy(f => f.Weakness)],
            [.. analysis._book.Cut.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key.Owner.FullName, StringComparer.Ordinal).ThenBy(c => c.Key.Syntax.Span.Start)],
            analysis._book.Calls,
            analysis._book.KnownCalls,
            [.. analysis._book.Believed.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.At)]);
    });

    private void Go()
    {
        var all = _program.Types.All.SelectMany(t => t.Syntax.Members.OfType<JavaMethod>().Where(m => m.Body is not null).Select(m => _program.Of(t, m))).ToList();
        var called = Called();
        foreach (var (method, kind) in all.Select(m => (Method: m, Kind: EntryPoints.KindOf(m) ?? _program.Apis.Own.EntryKind(m, _program))).Where(m => m.Kind is not null))
        {
            Enter(method, kind!);
        }

        foreach (var method in all.Where(m => !called.Contains(m.Syntax.Name) && !_book.IsKnown(m)))
        {
            _book.Of(method, CallContext.None);
        }

        foreach (var method in all.Where(m => !_book.IsKnown(m)))
        {
            _book.Of(method, CallContext.None);
        }
    }

    /// <summary>Names of methods that are called somewhere in the tree.</summary>
    private HashSet<string> Called() =>
        _called ??= _program.Files.SelectMany(f => JavaWalk.All(f.Unit)).OfType<JavaCall>().Where(c => c.Target is not JavaName { Name: "super" }).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

    private HashSet<string>? _called;

    private void Enter(ProgramMethod method, string kind)
    {
        var summary = _book.Of(method, CallContext.None);
        var foreign = EntryPoints.Foreign(method, _program.Apis).ToHashSet();
        foreach (var hit in summary.Hits.Where(h => foreign.Contains(h.Origin.Index)))
        {
            _book.Tell(new FoundFlow(hit.Weakness, hit.Site, TaintStep.Concat(Beginning(method, hit.Origin, kind), hit.Way)));
        }

        foreach (var (field, mark) in summary.Shares.Where(s => foreign.Contains(((InputOrigin)s.Mark.Origin).Index)).Select(s => (s.Field, s.Mark)))
        {
            var input = (InputOrigin)mark.Origin;
            var parameter = method.Syntax.Parameters[input.Index - 1];
            _book.Share(field, [new TaintMark(new ForeignOrigin(new CodePlace(method.Owner.Path, parameter.Span.Start), kind), mark.Cleaned, TaintStep.Concat(Beginning(method, input, kind), mark.Way))], method);
        }

        if (_page < 0 || !EntryPoints.WritesPage(method))
        {
            return;
        }

        var site = new CodePlace(method.Owner.Path, method.Syntax.NameSpan.Start);
        foreach (var mark in summary.Return.Marks.Where(m => (m.Cleaned >> _page & 1) == 0))
        {
            if (mark.Origin is not InputOrigin input)
            {
                _book.Tell(new FoundFlow(_page, site, TaintStep.Add(mark.Way, site, "作为页面返回")));
            }
            else if (foreign.Contains(input.Index))
            {
                _book.Tell(new FoundFlow(_page, site, TaintStep.Add(TaintStep.Concat(Beginning(method, input, kind), mark.Way), site, "作为页面返回")));
            }
        }
    }

    private static TaintStep Beginning(ProgramMethod method, InputOrigin input, string kind)
    {
        var parameter = method.Syntax.Parameters[input.Index - 1];
        return new TaintStep(new CodePlace(method.Owner.Path, parameter.Span.Start), $"外部输入（{kind} {parameter.Name}）", null);
    }
}

/// <summary>What came of following foreign input.</summary>
/// <param name="Found">By place.</param>
/// <param name="Cut">Methods that were not gone through to their end, with the reason.</param>
/// <param name="Calls">Calls that were looked at.</param>
/// <param name="KnownCalls">Those whose meaning is known, in the tree or by the tables.</param>
/// <param name="Believed">Checks of foreign values that were taken for good whatever they compare with.</param>
internal sealed record FlowResult(IReadOnlyList<FoundFlow> Found, IReadOnlyList<(ProgramMethod Method, string Why)> Cut, int Calls, int KnownCalls, IReadOnlyList<CodePlace> Believed);
