using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Follows foreign input through a tree: entry points first, then every method nobody came by.</summary>
internal sealed class FlowAnalysis
{
    private readonly JavaProgram _program;
    private readonly SummaryBook _book;
    private readonly RemoteCallers _remote;
    private readonly int _page;

    private readonly FlowMemory _memory;

    private FlowAnalysis(JavaProgram program, MapperStatements mappers, FlowLimits limits, FlowMemory memory, CancellationToken stop)
    {
        (_program, _memory) = (program, memory);
        _book = new SummaryBook(program, mappers, limits, stop);
        _book.Use(memory);
        _remote = new RemoteCallers(program);
        _page = program.Apis.BitOf("xss");
    }

    /// <param name="program">The tree.</param>
    /// <param name="markup">Its XML files, which hold statements and open types to others.</param>
    /// <param name="limits">Those of the product where null.</param>
    /// <param name="memory">What an earlier run left, and takes what this one does; nothing where null.</param>
    /// <param name="stop">Ends it.</param>
    public static FlowResult Run(JavaProgram program, IEnumerable<(string Path, string Text)> markup, FlowLimits? limits = null, FlowMemory? memory = null, CancellationToken stop = default) => DeepStack.Run(() =>
    {
        List<(string Path, string Text)> files = [.. markup];
        program.Opened = new OpenedTypes(files, program.Types, stop);
        var analysis = new FlowAnalysis(program, new MapperStatements(files, program.Apis.BitOf("sql"), stop), limits ?? FlowLimits.Default, memory ?? FlowMemory.None, stop);
        analysis.Go();
        analysis.LookAtShapes();
        for (var round = 1; analysis._book.Lasting.HasChanged && round < analysis._book.Limits.FieldRounds; round++)
        {
            // What one method left in a field that outlives requests another one may have read before.
            analysis._book.StartAgain();
            analysis.Go();
        }

        if (analysis._book.Lasting is { HasChanged: true, LastSharer: { } sharer })
        {
            analysis._book.Cut.TryAdd(sharer, "字段里留下的值没有走到不再变化");
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
        if (_all is null)
        {
            _all = [.. _program.Types.All.SelectMany(_program.Bodies)];
            _book.Idle.UnionWith(IdleMethods.Of(_program, _all, m => _book.Entries.EntryOf(m) is not null));
            _memory.Attach(_program, _all, _book.Idle, _book.Scarce);
        }

        var (all, called) = (_all, Called());
        foreach (var method in all.Where(m => m.Syntax.Name == ImpliedCode.InitializerName || (m.Syntax.IsConstructor && _program.Lasting.Owns(m.Owner))))
        {
            Leave(method, null, _book.Of(method, CallContext.None));
        }

        foreach (var method in all)
        {
            if (_book.Entries.EntryOf(method) is { } entry)
            {
                Enter(method, entry);
            }
        }

        foreach (var method in all.Where(EntryChecks.Answers))
        {
            new EntryChecks(_program, _book, method, _book.Of(method, CallContext.None)).Leaks();
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

    private void LookAtShapes()
    {
        if (_program.Apis.BitOf("tls-trust") is >= 0 and var weakness)
        {
            foreach (var place in _program.Files.SelectMany(f => TrustShapes.Of(f.Path, f.Unit)))
            {
                _book.Tell(new FoundFlow(weakness, place, null));
            }
        }
    }

    /// <summary>Names of methods that are called somewhere in the tree.</summary>
    private HashSet<string> Called() =>
        _called ??= _program.Files.SelectMany(f => JavaWalk.All(f.Unit)).OfType<JavaCall>().Where(c => c.Target is not JavaName { Name: "super" }).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

    private HashSet<string>? _called;
    private List<ProgramMethod>? _all;

    private void Enter(ProgramMethod method, CodeEntry entry)
    {
        var summary = _book.Of(method, CallContext.None);
        if (entry.Hands.Count == 0)
        {
            foreach (var hit in summary.Hits.Where(h => !_program.Apis.IsClosed(h.Weakness) && _book.Entries.IsForeign(method, entry, h.Origin)))
            {
                var (begin, cleaned) = Beginning(method, hit.Origin, entry);
                if (hit.IsSoiled || (cleaned >> hit.Weakness & 1) == 0)
                {
                    _book.Tell(new FoundFlow(hit.Weakness, hit.Site, TaintStep.Concat(begin, hit.Way), entry.Trust) { IsDoubted = hit.IsDoubted });
                }
            }
        }

        foreach (var (field, mark) in summary.Shares)
        {
            _book.Lasting.Share(field, [.. Given(method, entry.Hands.Count == 0 ? entry : null, [mark])], method);
        }

        Leave(method, entry.Hands.Count == 0 ? entry : null, summary);
        if (entry.Hands.Count == 0)
        {
            new EntryChecks(_program, _book, method, summary).Bound(entry);
        }

        if (_page >= 0 && EntryPoints.WritesPage(method))
        {
            TellPage(method, entry, summary);
        }
    }

    /// <summary>What a library nobody knows made of it last may be no page at all.</summary>
    private static StepWords AsPage(TaintMark mark, FlowValue returned) =>
        MethodRun.IsJson(returned) ? new($"作为页面返回（{MethodRun.AsJson}）", StepDoubt.OnResolution)
        : new("作为页面返回", mark.Way is { } last && last.Words.Doubt.HasFlag(StepDoubt.UnknownLibrary) ? StepDoubt.OnResolution : StepDoubt.None);

    private void TellPage(ProgramMethod method, CodeEntry entry, MethodSummary summary)
    {
        var site = new CodePlace(method.Owner.Path, method.Syntax.NameSpan.Start);
        foreach (var mark in summary.Return.Marks.Where(m => (m.Cleaned >> _page & 1) == 0))
        {
            if (mark.Origin is ForeignOrigin foreign)
            {
                _book.Tell(new FoundFlow(_page, site, TaintStep.Add(mark.Way, site, AsPage(mark, summary.Return)), foreign.Trust) { IsDoubted = MethodRun.IsDoubted(mark.Cleaned) });
            }
            else if (mark.Origin is InputOrigin input && _book.Entries.IsForeign(method, entry, input))
            {
                _book.Tell(new FoundFlow(_page, site, TaintStep.Add(TaintStep.Concat(Beginning(method, input, entry).Step, mark.Way), site, AsPage(mark, summary.Return)), entry.Trust) { IsDoubted = MethodRun.IsDoubted(mark.Cleaned) });
            }
        }
    }

    /// <summary>What a request leaves in fields of objects that outlive it.</summary>
    private void Leave(ProgramMethod method, CodeEntry? entry, MethodSummary summary)
    {
        foreach (var one in summary.Objects.Values.Where(o => o.Input is not null))
        {
            var root = one.Input!.Index == 0 ? method.Owner.FullName : method.ParameterTypes[one.Input.Index - 1];
            foreach (var (part, value) in one.Parts)
            {
                if (_program.Lasting.At(root, one.Input.Path, part) is { } field)
                {
                    _book.Lasting.Share(field.Key, [.. Given(method, entry, summary.Deep(value))], method);
                    foreach (var code in summary.Codes(value))
                    {
                        _book.Lasting.KeepCode(field.Key, code, method);
                    }
                }
            }
        }
    }

    /// <summary>Marks of parameters as what a stranger sends.</summary>
    private IEnumerable<TaintMark> Given(ProgramMethod method, CodeEntry? entry, IEnumerable<TaintMark> marks)
    {
        foreach (var mark in marks)
        {
            if (mark.Origin is ForeignOrigin)
            {
                yield return mark;
            }
            else if (mark.Origin is InputOrigin input && entry is not null && _book.Entries.IsForeign(method, entry, input))
            {
                var (begin, cleaned) = Beginning(method, input, entry);
                yield return mark.Behind(new TaintMark(new ForeignOrigin(begin.Place, entry.Kind, entry.Trust), cleaned, begin), TaintStep.Concat(begin, mark.Way));
            }
        }
    }

    private (TaintStep Step, ulong Cleaned) Beginning(ProgramMethod method, InputOrigin input, CodeEntry entry)
    {
        var field = input.Index == 0 ? input.Path.Split(MethodRun.Separator, StringSplitOptions.RemoveEmptyEntries)[0] : null;
        var span = field is null ? method.Syntax.Parameters[input.Index - 1].Span : _program.Field(method.Owner, field)?.Variable.Span ?? method.Syntax.NameSpan;
        var path = field is null ? method.Owner.Path : _program.Field(method.Owner, field)?.Owner.Path ?? method.Owner.Path;
        var name = field ?? method.Syntax.Parameters[input.Index - 1].Name;
        var (kind, form, cleaned) = _book.Entries.FormOf(method, entry, input);
        var doubt = form | (_remote.Has(method) ? StepDoubt.OwnCallers : StepDoubt.None) | _book.Scarce.Of(method.Owner);
        return (new TaintStep(new CodePlace(path, span.Start), new StepWords(ForeignOrigin.Say($"{kind} {name}", entry.Trust), doubt, name), null), cleaned);
    }
}

/// <summary>What came of following foreign input.</summary>
/// <param name="Found">By place.</param>
/// <param name="Cut">Methods that were not gone through to their end, with the reason.</param>
/// <param name="Calls">Calls that were looked at.</param>
/// <param name="KnownCalls">Those whose meaning is known, in the tree or by the tables.</param>
/// <param name="Believed">Checks of foreign values that were taken for good whatever they compare with.</param>
internal sealed record FlowResult(IReadOnlyList<FoundFlow> Found, IReadOnlyList<(ProgramMethod Method, string Why)> Cut, int Calls, int KnownCalls, IReadOnlyList<CodePlace> Believed);
