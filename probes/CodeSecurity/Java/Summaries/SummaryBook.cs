using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Summaries of the methods of a tree, made when they are asked for; methods that call each other are gone over until nothing changes.</summary>
internal sealed class SummaryBook(JavaProgram program, MapperStatements mappers, FlowLimits limits, CancellationToken stop)
{
    private readonly Dictionary<(ProgramMethod, string), Entry> _entries = [];
    private readonly Dictionary<ProgramMethod, int> _contexts = [];
    private readonly FoundFlows _found = new();
    private readonly Dictionary<string, TaintMark[]> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CodeValue> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _writers = new(StringComparer.Ordinal);
    private readonly List<Entry> _open = [];

    /// <summary>Fields that were read since the beginning of this round.</summary>
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>What was made for the innermost open method on summaries that are not finished.</summary>
    private List<(ProgramMethod, string)>? _made;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public JavaProgram Program => program;

    public FlowLimits Limits => limits;

    public MapperStatements Mappers => mappers;

    public EntryPoints Entries { get; } = new(program, mappers);

    public IReadOnlyCollection<FoundFlow> Found => _found.All;

    /// <summary>Methods that were not gone through to their end, with the reason.</summary>
    public Dictionary<ProgramMethod, string> Cut { get; } = [];

    /// <summary>Calls, and those of which it is known what they mean.</summary>
    public int Calls { get; set; }

    public int KnownCalls { get; set; }

    /// <summary>Methods nobody calls, in the tree or from outside: what they would be given is nobody's.</summary>
    public HashSet<ProgramMethod> Idle { get; } = [];

    /// <summary>Checks that cleared something foreign and are worth as much as what they compare with.</summary>
    public HashSet<CodePlace> Believed { get; } = [];

    /// <summary>Something was added to what lasting fields hold after it was read.</summary>
    public bool SharedChanged { get; set; }

    public bool IsKnown(ProgramMethod method) => _entries.ContainsKey((method, string.Empty)) || _contexts.ContainsKey(method);

    /// <summary>Keeps of each weakness at each place the flow of what a stranger can choose most easily; those of which the weakness is not told are dropped.</summary>
    public void Tell(FoundFlow flow)
    {
        if (flow.Way is not null && flow.Trust < program.Apis.Weaknesses[flow.Weakness].From)
        {
            return;
        }

        _found.Add(flow);
    }

    /// <summary>What a field that outlives requests may hold.</summary>
    public TaintMark[] Shared(string field)
    {
        _asked.Add(field);
        return _shared.GetValueOrDefault(field, TaintMarks.None);
    }

    /// <summary>Who left it.</summary>
    public ProgramMethod? LastSharer { get; private set; }

    public void Share(string field, TaintMark[] marks, ProgramMethod by)
    {
        var known = _shared.GetValueOrDefault(field, TaintMarks.None);
        var more = known;
        foreach (var mark in marks)
        {
            // What came in by several ways of one entry has one origin by now.
            more = mark.Origin is ForeignOrigin ? TaintMarks.Union(more, [mark]) : more;
        }

        if (FlowLosses.Take() is { } lost)
        {
            Cut.TryAdd(by, lost);
        }

        if (!TaintMarks.Same(known, more))
        {
            _shared[field] = more;
            (SharedChanged, LastSharer) = (SharedChanged || _asked.Contains(field), by);
        }
    }

    /// <summary>Code that a field that outlives requests may hold; null where that is none.</summary>
    public CodeValue? CodeIn(string field)
    {
        _asked.Add(field);
        return _codes.GetValueOrDefault(field);
    }

    /// <summary>Code is left in such a field, with what it took along of strangers.</summary>
    public void KeepCode(string field, CodeValue code, ProgramMethod by)
    {
        code = code.Moved(v => FlowValue.Marked(Array.FindAll(v.Marks, m => m.Origin is ForeignOrigin), v.Type));
        var known = _codes.GetValueOrDefault(field);
        var more = CodeValue.Both(known, code)!;
        if (!CodeValue.Same(known, more))
        {
            _codes[field] = more;
            (SharedChanged, LastSharer) = (SharedChanged || _asked.Contains(field), by);
        }
    }

    /// <summary>Which writer of a page a field of a plain type holds at times; null where nobody puts one there.</summary>
    public string? WriterIn(string field)
    {
        _asked.Add(field);
        return _writers.GetValueOrDefault(field);
    }

    public void KeepWriter(string field, string type, ProgramMethod by)
    {
        if (_writers.TryAdd(field, type))
        {
            (SharedChanged, LastSharer) = (SharedChanged || _asked.Contains(field), by);
        }
    }

    /// <summary>Forgets all but what lasting fields hold.</summary>
    public void StartAgain()
    {
        _entries.Clear();
        _contexts.Clear();
        FixedFields.Clear();
        _asked.Clear();
        (Calls, KnownCalls, SharedChanged) = (0, 0, false);
    }

    /// <summary>Reason of a cut that another run need not make.</summary>
    public const string TimeIsUp = "整棵源码树的时限已到";

    public bool IsTimeUp => _clock.Elapsed > limits.Time;

    /// <exception cref="OperationCanceledException">Somebody stopped it.</exception>
    public bool IsOver
    {
        get
        {
            stop.ThrowIfCancellationRequested();
            return IsTimeUp;
        }
    }

    /// <summary>Methods that a call of the nearest one can mean, on something of a type; whether there were more.</summary>
    public Dictionary<(JavaDeclaredType Type, ProgramMethod Nearest), (List<ProgramMethod> Methods, bool IsCut)> Targets { get; } = [];

    /// <summary>By declaration: what fields hold that nothing else is ever put into; null where that is no constant.</summary>
    public Dictionary<object, FlowValue?> FixedFields { get; } = new(ReferenceEqualityComparer.Instance);

    public MethodSummary Of(ProgramMethod method, CallContext context)
    {
        stop.ThrowIfCancellationRequested();
        if (context.Key.Length > 0 && !_entries.ContainsKey((method, context.Key)) && _contexts.GetValueOrDefault(method) >= limits.Contexts)
        {
            context = CallContext.None;
        }

        if (_entries.TryGetValue((method, context.Key), out var entry) && !entry.IsStale)
        {
            if (entry.IsOpen)
            {
                entry.IsAskedFor = true;
                Depend(entry.Depth);
            }
            else if (entry.DependsOn < int.MaxValue)
            {
                Depend(entry.DependsOn);
            }

            return entry.Summary;
        }

        if (_open.Count >= limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Cut[method] = "调用层数过多";
            return MethodSummary.Nothing;
        }

        if (IsTimeUp)
        {
            Cut[method] = TimeIsUp;
            return MethodSummary.Nothing;
        }

        return Make(method, context);
    }

    private MethodSummary Make(ProgramMethod method, CallContext context)
    {
        var before = _entries.GetValueOrDefault((method, context.Key));
        if (before is null)
        {
            _contexts[method] = _contexts.GetValueOrDefault(method) + (context.Key.Length > 0 ? 1 : 0);
        }

        var entry = new Entry(_open.Count) { IsOpen = true, Summary = before?.Summary ?? MethodSummary.Begun(method.Syntax.Parameters.Length) };
        _entries[(method, context.Key)] = entry;
        _open.Add(entry);
        var outer = _made;
        _made = [];
        var isSettled = false;
        for (var round = 0; round < limits.Rounds; round++)
        {
            entry.IsAskedFor = false;
            var summary = new MethodRun(this, method, context).Run();
            var isSame = MethodSummary.Same(summary, entry.Summary);
            entry.Summary = summary;

            // What rests on a method further out is gone over again by that one.
            isSettled = !entry.IsAskedFor || isSame || entry.DependsOn < entry.Depth;
            if (isSettled)
            {
                break;
            }

            _made.ForEach(m => _entries[m].IsStale = true);
            _made = [];
        }

        if (!isSettled)
        {
            Cut.TryAdd(method, "相互调用没有走到不再变化");
        }

        _open.RemoveAt(_open.Count - 1);
        entry.IsOpen = false;
        var made = _made;
        _made = outer;
        if (entry.DependsOn >= entry.Depth)
        {
            entry.DependsOn = int.MaxValue;
        }
        else
        {
            _made?.Add((method, context.Key));
            _made?.AddRange(made);
        }

        return entry.Summary;
    }

    /// <summary>All that are open from there on rest on what is not finished.</summary>
    private void Depend(int depth)
    {
        for (var i = depth + 1; i < _open.Count; i++)
        {
            _open[i].DependsOn = Math.Min(_open[i].DependsOn, depth);
        }
    }

    private sealed class Entry(int depth)
    {
        public int Depth => depth;

        public bool IsOpen { get; set; }

        public bool IsAskedFor { get; set; }

        /// <summary>Made on a summary that has changed since; where to begin from.</summary>
        public bool IsStale { get; set; }

        public int DependsOn { get; set; } = int.MaxValue;

        public MethodSummary Summary { get; set; } = MethodSummary.Nothing;
    }
}

/// <summary>How far an analysis of flows goes; what is cut is told.</summary>
internal sealed record FlowLimits
{
    public static FlowLimits Default { get; } = new();

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Statements of one method, with repetitions.</summary>
    public int Steps { get; init; } = 60_000;

    /// <summary>Expressions of one method, with repetitions and those looked at once more.</summary>
    public int Looks { get; init; } = 600_000;

    /// <summary>Methods in methods.</summary>
    public int Depth { get; init; } = 80;

    /// <summary>Summaries of one method for different constants.</summary>
    public int Contexts { get; init; } = 8;

    /// <summary>Repetitions of methods that call each other, and of loops.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>Methods one call can mean.</summary>
    public int Targets { get; init; } = 12;

    public int Hits { get; init; } = 80;
}
