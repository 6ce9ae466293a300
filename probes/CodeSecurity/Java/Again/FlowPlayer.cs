using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Gives what was recorded of methods that are as they were. One thread at a time.</summary>
/// <param name="record">Of the last time the whole tree was gone over.</param>
/// <param name="changed">Files that are others since, in which only bodies of methods are.</param>
internal sealed class FlowPlayer(FlowRecord record, IReadOnlyDictionary<string, ChangedFile> changed)
{
    private readonly HashSet<int> _another = [];
    private readonly Dictionary<(int Method, string Context), (List<int> All, int Next)> _units = [];
    private readonly List<CallContext> _contexts = [];
    private FlowNumbers? _numbers;
    private FlowReader? _reader;
    private FlowPen? _pen;

    public FlowReader Reader => _reader ?? throw new InvalidOperationException();

    /// <summary>Methods that were taken over, and those that were not.</summary>
    public (int Taken, int Anew) Counts { get; set; }

    public void Attach(FlowNumbers numbers, JavaProgram program, IReadOnlySet<ProgramMethod> idle, ScarceTypes scarce)
    {
        if (numbers.Methods.Count != record.Facts.Methods || numbers.Fixed() != record.Facts.Fixed || numbers.Scarce(scarce) != record.Facts.Scarce)
        {
            throw new FlowChangedException("another tree");
        }

        (_numbers, _pen) = (numbers, new FlowPen(numbers, record.Seed, null, changed));
        _reader = new FlowReader(numbers, changed, record.Texts, record.Steps, record.Written);
        HashSet<int> before = [.. record.Facts.Idle];
        for (var i = 0; i < numbers.Methods.Count; i++)
        {
            var method = numbers.Methods[i];
            var isAnother = method.Syntax.Body is { } body && changed.TryGetValue(method.Owner.Path, out var file) && file.IsAnother(body.Span.Start);
            if (isAnother || idle.Contains(method) != before.Contains(i))
            {
                _another.Add(i);
            }
        }

        Remember(program);
        _reader.Go(record.Contexts);
        for (var count = _reader.Count(); count > 0; count--)
        {
            _contexts.Add(_reader.Context());
        }

        foreach (var (method, context, at) in MemoryMarshal.Cast<byte, FlowUnitRecord>(record.Units.Span))
        {
            var key = (method, ContextAt(context).Key);
            if (_units.TryGetValue(key, out var known))
            {
                known.All.Add(at);
            }
            else
            {
                _units[key] = ([at], 0);
            }
        }
    }

    /// <summary>What methods leave to classes below them is asked of whole bodies: it has to be as it was, and is not asked again.</summary>
    private void Remember(JavaProgram program)
    {
        var known = new Dictionary<int, bool>();
        foreach (var (method, asks) in record.Facts.Asking)
        {
            known[method] = asks;
            program.Asking.Remember(_numbers!.Method(method) ?? throw new FlowChangedException("another tree"), asks);
        }

        foreach (var method in _another.Where(known.ContainsKey))
        {
            if (new AskingBelow(program).Asks(_numbers!.Methods[method]) != known[method])
            {
                throw new FlowChangedException("another dispatch");
            }
        }
    }

    /// <summary>Goes to what was recorded of a method.</summary>
    /// <param name="entry">The method.</param>
    /// <param name="room">How many methods may still be open at once.</param>
    /// <returns>False where nothing was, or it hangs on code that is another.</returns>
    public bool Find(SummaryEntry entry, int room)
    {
        var key = (_numbers!.Of(entry.Key.Method), entry.Key.Context);
        if (!_units.TryGetValue(key, out var units) || units.Next >= units.All.Count)
        {
            return false;
        }

        _units[key] = (units.All, units.Next + 1);
        Reader.Go(units.All[units.Next]);

        // Of methods that call each other it hangs on how deep they lie what they rest on.
        var isSame = Reader.Small() == entry.Depth;
        isSame &= Reader.Small() <= room;
        for (var count = Reader.Count(); count > 0; count--)
        {
            isSame &= !_another.Contains(Reader.Small());
        }

        for (var count = Reader.Count(); count > 0; count--)
        {
            isSame &= !changed.ContainsKey(Reader.Said());
        }

        return isSame;
    }

    public CallContext Context() => ContextAt(Reader.Small());

    public JavaVariable Variable() => _numbers!.Variable(Reader.Small()) ?? throw new FlowChangedException("broken");

    /// <summary>Goes on behind a summary that is read when it is asked for.</summary>
    public void Take(SummaryEntry entry)
    {
        entry.Calls += Reader.Small();
        entry.KnownCalls += Reader.Small();
        (entry.IsStale, entry.DependsOn) = (Reader.Truth(), Reader.Small());
        var length = Reader.Small();
        var at = Reader.At;
        Reader.Go(at + length);
        entry.Take(() => Later(at), Reader.Bits());
    }

    public ulong PrintOf(SummaryEntry entry)
    {
        if (entry.Print is not { } print)
        {
            var pen = _pen!;
            pen.Begin();
            pen.Summary(entry.Summary);
            entry.Print = print = pen.Print;
        }

        return print;
    }

    public ulong PrintOf(object? found)
    {
        _pen!.Begin();
        _pen.Found(found);
        return _pen.Print;
    }

    private MethodSummary Later(int at)
    {
        var before = Reader.At;
        Reader.Go(at);
        var summary = Reader.Summary();
        Reader.Go(before);
        return summary;
    }

    private CallContext ContextAt(int number) => number >= 0 && number < _contexts.Count ? _contexts[number] : throw new FlowChangedException("broken");
}
