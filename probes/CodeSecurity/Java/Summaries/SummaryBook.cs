using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Summaries of the methods of a tree, made when they are asked for; methods that call each other are gone over until nothing changes.</summary>
internal sealed class SummaryBook(JavaProgram program, MapperStatements mappers, FlowLimits limits, CancellationToken stop)
{
    private readonly Dictionary<(ProgramMethod, string), Entry> _entries = [];
    private readonly Dictionary<ProgramMethod, int> _contexts = [];
    private readonly FoundFlows _found = new(program.Apis.Weaknesses, program.LineOf);
    private readonly Dictionary<object, FixedField> _fixedFields = new(ReferenceEqualityComparer.Instance);
    private readonly List<Entry> _open = [];
    private int _round;
    private LastingValues? _lasting;

    /// <summary>What was made for the innermost open method on summaries that are not finished.</summary>
    private List<Entry>? _made;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public JavaProgram Program => program;

    public FlowLimits Limits => limits;

    public MapperStatements Mappers => mappers;

    public EntryPoints Entries { get; } = new(program, mappers);

    public IReadOnlyCollection<FoundFlow> Found => _found.All;

    /// <summary>Methods that were not gone through to their end, with the reason.</summary>
    public Dictionary<ProgramMethod, string> Cut { get; } = [];

    /// <summary>Calls, and those of which it is known what they mean.</summary>
    public int Calls => _entries.Values.Sum(e => e.Calls);

    public int KnownCalls => _entries.Values.Sum(e => e.KnownCalls);

    /// <summary>What fields hold that outlive requests.</summary>
    public LastingValues Lasting => _lasting ??= new LastingValues(Cut);

    /// <summary>Methods nobody calls, in the tree or from outside: what they would be given is nobody's.</summary>
    public HashSet<ProgramMethod> Idle { get; } = [];

    /// <summary>Whether a method has a <c>throw</c> in it, where that was looked up.</summary>
    public Dictionary<ProgramMethod, bool> Throwing { get; } = [];

    /// <summary>Methods that ask of something whether it is a text.</summary>
    public Dictionary<ProgramMethod, bool> AskingTexts { get; } = [];

    /// <summary>Texts a field begins with and is given by the class it is in, where they were looked up.</summary>
    public Dictionary<string, List<string>> TextsIn { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that expressions of checks let through, by expression.</summary>
    public Dictionary<string, List<string>> LetThrough { get; } = new(StringComparer.Ordinal);

    public NeverNull NeverNull => _neverNull ??= new NeverNull(Program);

    private NeverNull? _neverNull;

    /// <summary>Checks that cleared something foreign and are worth as much as what they compare with.</summary>
    public HashSet<CodePlace> Believed { get; } = [];

    /// <summary>Classes of which it is not sure that they run.</summary>
    public ScarceTypes Scarce { get; } = new(program);

    public bool IsKnown(ProgramMethod method) => _entries.ContainsKey((method, string.Empty)) || _contexts.ContainsKey(method);

    /// <summary>Keeps of each weakness at each place the surest flow; those of which the weakness is not told are dropped.</summary>
    public void Tell(FoundFlow flow)
    {
        if (flow.Way is not null && flow.Trust < program.Apis.Weaknesses[flow.Weakness].From)
        {
            return;
        }

        _found.Add(flow);
    }

    /// <summary>A call in the method that is gone through.</summary>
    public void Count(bool isKnown)
    {
        _open[^1].Calls++;
        _open[^1].KnownCalls += isKnown ? 1 : 0;
    }

    /// <summary>Forgets what rests on what lasting fields held before more was left in them; all else would come out as it is.</summary>
    public void StartAgain()
    {
        var outdated = Lasting.TakeOutdated();
        Forget(limits.GoesOverAll ? [.. _entries.Values, .. _fixedFields.Values] : WorkedOut.Reached(outdated));
        _round++;
        Lasting.Outdated = ForgetUnused;
    }

    /// <summary>What nobody asked for in this round yet need not wait for the next one.</summary>
    private void ForgetUnused(IEnumerable<WorkedOut> readers) => Forget(WorkedOut.Reached(readers).Where(w => w.Round < _round));

    private void Forget(IEnumerable<WorkedOut> outdated)
    {
        foreach (var one in outdated)
        {
            // Another one may have been made in its place.
            if (one is FixedField field && ReferenceEquals(_fixedFields.GetValueOrDefault(field.Variable), one))
            {
                _fixedFields.Remove(field.Variable);
            }
            else if (one is Entry entry && ReferenceEquals(_entries.GetValueOrDefault(entry.Key), one))
            {
                _entries.Remove(entry.Key);
                if (entry.Key.Context.Length > 0 && --CollectionsMarshal.GetValueRefOrNullRef(_contexts, entry.Key.Method) == 0)
                {
                    _contexts.Remove(entry.Key.Method);
                }
            }
        }
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

    /// <summary>What a field holds that nothing else is ever put into, where that was worked out.</summary>
    /// <param name="variable">Its declaration.</param>
    /// <param name="value">Null where that is no constant.</param>
    public bool KnowsFixed(JavaVariable variable, out FlowValue? value)
    {
        var isKnown = _fixedFields.TryGetValue(variable, out var field);
        value = field?.Value;
        if (isKnown)
        {
            field!.Round = _round;
            Lasting.Reader?.Rest(field);
        }

        return isKnown;
    }

    /// <summary>… and where it was not.</summary>
    /// <param name="variable">Its declaration.</param>
    /// <param name="work">Says whether the result is kept too.</param>
    public FlowValue? WorkOutFixed(JavaVariable variable, Func<(FlowValue? Value, bool IsKept)> work)
    {
        var (field, reader) = (new FixedField { Variable = variable, Round = _round }, Lasting.Reader);
        reader?.Rest(field);
        Lasting.Reader = field;
        (field.Value, var isKept) = work();
        Lasting.Reader = reader;
        if (isKept)
        {
            _fixedFields[variable] = field;
        }

        return field.Value;
    }

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

            entry.Round = _round;
            Lasting.Reader?.Rest(entry);
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
        if (!_entries.TryGetValue((method, context.Key), out var entry))
        {
            _entries[(method, context.Key)] = entry = new Entry((method, context.Key)) { Summary = MethodSummary.Begun(method.Syntax.Parameters.Length) };
            if (context.Key.Length > 0)
            {
                _contexts[method] = _contexts.GetValueOrDefault(method) + 1;
            }
        }

        var (outer, reader) = (_made, Lasting.Reader);
        reader?.Rest(entry);
        entry.Open(_open.Count);
        entry.Round = _round;
        _open.Add(entry);
        Lasting.Reader = entry;
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

            _made.ForEach(m => m.IsStale = true);
            _made = [];
        }

        if (!isSettled)
        {
            Cut.TryAdd(method, "相互调用没有走到不再变化");
        }

        _open.RemoveAt(_open.Count - 1);
        Lasting.Reader = reader;
        entry.IsOpen = false;
        var made = _made;
        _made = outer;
        if (entry.DependsOn >= entry.Depth)
        {
            entry.DependsOn = int.MaxValue;
        }
        else
        {
            _made?.Add(entry);
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

    private sealed class Entry((ProgramMethod, string) key) : WorkedOut
    {
        public (ProgramMethod Method, string Context) Key => key;

        public int Depth { get; private set; }

        public bool IsOpen { get; set; }

        public bool IsAskedFor { get; set; }

        /// <summary>Made on a summary that has changed since; where to begin from.</summary>
        public bool IsStale { get; set; }

        public int DependsOn { get; set; }

        public MethodSummary Summary { get; set; } = MethodSummary.Nothing;

        public int Calls { get; set; }

        public int KnownCalls { get; set; }

        public void Open(int depth) => (Depth, DependsOn, IsOpen, IsStale) = (depth, int.MaxValue, true, false);
    }

    private sealed class FixedField : WorkedOut
    {
        public required JavaVariable Variable { get; init; }

        public FlowValue? Value { get; set; }
    }
}
