namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes down of every method what it looked at beyond itself, and what it gave. One thread at a time.</summary>
internal sealed class FlowRecorder
{
    /// <summary>What a record may hold; a tree with more is gone over anew every time.</summary>
    private const int MostBytes = 160 * 1024 * 1024;

    private static readonly Dictionary<string, ChangedFile> NoChange = new(StringComparer.Ordinal);

    private readonly Stack<Making> _open = new();
    private readonly List<(ProgramMethod Method, int Context, int At)> _units = [];
    private readonly Dictionary<string, (CallContext Context, int Number)> _contexts = new(StringComparer.Ordinal);
    private readonly UInt128 _seed = System.Runtime.InteropServices.MemoryMarshal.Read<UInt128>(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
    private FlowPen? _pen;
    private JavaProgram? _program;
    private List<int> _idle = [];
    private ScarceTypes? _scarce;

    public FlowTables Tables { get; } = new();

    public UInt128 Seed => _seed;

    public FlowPen Pen => _pen ?? throw new InvalidOperationException();

    public IReadOnlyList<(ProgramMethod Method, int Context, int At)> Units => _units;

    public IEnumerable<CallContext> Contexts => _contexts.Values.OrderBy(c => c.Number).Select(c => c.Context);

    /// <summary>It holds too much to be of use.</summary>
    public bool IsFull => Pen.Length > MostBytes;

    public void Attach(FlowNumbers numbers, JavaProgram program, IReadOnlySet<ProgramMethod> idle, ScarceTypes scarce)
    {
        _pen = new FlowPen(numbers, _seed, Tables, NoChange);
        (_program, _idle, _scarce) = (program, [.. idle.Select(numbers.Of)], scarce);
    }

    /// <summary>What was asked of all bodies at once.</summary>
    public FlowFacts Facts() => new(Pen.Numbers.Methods.Count, Pen.Numbers.Fixed(), Pen.Numbers.Scarce(_scarce!), _idle, [.. _program!.Asking.Known.Select(k => (Pen.Numbers.Of(k.Key), k.Value)).Where(k => k.Item1 >= 0)]);

    /// <param name="entry">That is gone over from here on.</param>
    /// <param name="existed">It was there before, and had to be made once more.</param>
    public void Begin(SummaryEntry entry, bool existed)
    {
        // What is begun once more while that around it is not finished goes on with what is known of it.
        var isFirst = entry.Seen is null;
        entry.Seen ??= [];
        _open.Push(new Making(entry, existed, isFirst, entry.Calls, entry.KnownCalls));
    }

    public void End(SummaryEntry entry, bool isClosed)
    {
        var made = _open.Pop();
        made.End();
        if (isClosed)
        {
            Close(made);
        }
        else
        {
            var around = _open.Peek();
            around.IsLost |= made.IsLost;
            around.Height = Math.Max(around.Height, made.Height + 1);
            around.Acts.Add(new Acted(FlowAct.Begin, made, null));
        }
    }

    /// <summary>What rests on the one that is gone over has to be made once more.</summary>
    public void Outdate(List<SummaryEntry> made)
    {
        if (made.Count > 0)
        {
            Note(FlowAct.Outdate, made);
        }
    }

    private void Close(Making made)
    {
        if (!made.IsLost && !IsFull)
        {
            Write(made);
        }

        foreach (var one in All(made).Where(m => m.IsFirst))
        {
            one.Entry.Seen = null;
        }
    }

    private static IEnumerable<Making> All(Making made)
    {
        var open = new Stack<Making>([made]);
        while (open.TryPop(out var one))
        {
            yield return one;
            for (var i = one.Acts.Count - 1; i >= 0; i--)
            {
                if (one.Acts[i].What is Making inner)
                {
                    open.Push(inner);
                }
            }
        }
    }

    /// <summary>What is open hangs on something that nobody can write down.</summary>
    public void Lose()
    {
        foreach (var making in _open)
        {
            making.IsLost = true;
        }
    }

    /// <summary>A summary was asked for.</summary>
    /// <param name="asked">As it was asked for.</param>
    /// <param name="entry">What was given.</param>
    public void Ask(CallContext asked, SummaryEntry entry)
    {
        if (_open.TryPeek(out var making))
        {
            var act = entry.Seen is null ? FlowAct.Ask : FlowAct.Inner;
            Add(making, new Acted(act, entry, asked, entry.DependsOn), (act, entry, act == FlowAct.Ask ? asked.Key : string.Empty, 0));
        }
    }

    public void Read(FlowAct act, string field, object? found, int version)
    {
        if (_open.TryPeek(out var making))
        {
            Add(making, new Acted(act, field, found), (act, field, string.Empty, (ulong)version));
        }
    }

    /// <summary>A flow was told.</summary>
    public void Tell(FoundFlow flow)
    {
        if (_open.TryPeek(out var making))
        {
            Add(making, new Acted(FlowAct.Tell, flow, null), (FlowAct.Tell, string.Empty, string.Empty, PrintOf(flow, static (p, f) => p.Flow(f))));
        }
    }

    /// <summary>Something is left in a field.</summary>
    public void Leave(FlowAct act, string field, object what, ProgramMethod by)
    {
        if (_open.TryPeek(out var making))
        {
            Add(making, new Acted(act, field, what, by), (act, field, string.Empty, PrintOf(what, static (p, f) => p.Found(f))));
        }
    }

    public void Note(FlowAct act, object what, object? more = null, object? third = null)
    {
        if (_open.TryPeek(out var making))
        {
            making.Acts.Add(new Acted(act, what, more, third));
        }
    }

    public void NoteOnce(FlowAct act, object what, object? more = null)
    {
        if (_open.TryPeek(out var making))
        {
            Add(making, new Acted(act, what, more), (act, what, string.Empty, 0));
        }
    }

    /// <summary>Once for who does it: what was told, read or left once more changes nothing.</summary>
    private void Add(Making making, Acted act, (FlowAct, object, string, ulong) key)
    {
        if (_within > 0 || making.Entry.Seen!.Add(key))
        {
            making.Acts.Add(act);
        }
    }

    /// <summary>How many fields are being worked out, which are who reads then.</summary>
    private int _within;

    public void Within(int more) => _within += more;

    private void Write(Making made)
    {
        var (pen, at, root) = (Pen, Pen.Length, made.Entry);
        pen.Begin();
        var members = new List<Making>();
        var numbers = new Dictionary<SummaryEntry, int>(ReferenceEqualityComparer.Instance);
        List<Making> all = [.. All(made)];
        foreach (var one in all)
        {
            if (numbers.TryAdd(one.Entry, members.Count))
            {
                members.Add(one);
            }
        }

        List<Acted> peeks = [.. all.SelectMany(m => m.Acts).Where(a => a.Act is FlowAct.Peek or FlowAct.PeekFile)];
        pen.Number(root.Depth);
        pen.Number(made.Height);

        // What it hangs on by its own code comes first, to be looked at before anything is done.
        WriteAll([.. members.Select(m => m.Entry.Key.Method).Concat(peeks.Where(a => a.Act == FlowAct.Peek).Select(a => (ProgramMethod)a.What!)).Distinct()], pen.Method);
        WriteAll([.. peeks.Where(a => a.Act == FlowAct.PeekFile).Select(a => (string)a.What!).Distinct(StringComparer.Ordinal)], pen.Text);
        var (begun, isLost) = (new HashSet<int> { 0 }, pen.IsLost);
        isLost |= WriteActs(made, numbers, begun);

        pen.Number((int)FlowAct.End);
        var calls = all.ToLookup(m => m.Entry);
        foreach (var member in members)
        {
            pen.Number(calls[member.Entry].Sum(m => m.Calls));
            pen.Number(calls[member.Entry].Sum(m => m.KnownCalls));
            pen.Truth(member.Entry.IsStale);
            pen.Number(member.Entry.DependsOn);
            isLost |= WriteSummary(member.Entry);
        }

        if (isLost)
        {
            pen.Back(at);
        }
        else
        {
            _units.Add((root.Key.Method, NumberFor(root.Context), at));
        }
    }

    private bool WriteActs(Making made, Dictionary<SummaryEntry, int> numbers, HashSet<int> begun)
    {
        var isLost = false;
        foreach (var act in made.Acts)
        {
            Write(act, numbers, begun);
            isLost |= Pen.IsLost;
            if (act.What is Making inner)
            {
                isLost |= WriteActs(inner, numbers, begun);
                Pen.Number((int)FlowAct.Leave);
            }
        }

        return isLost;
    }

    /// <summary>With its length before it.</summary>
    private bool WriteSummary(SummaryEntry entry)
    {
        var (pen, at) = (Pen, Pen.Length);
        pen.Begin();
        pen.Summary(entry.Summary);
        var (length, isLost) = (pen.Length - at, pen.IsLost);
        entry.Print = pen.Print;
        pen.Insert(at, length);
        pen.Beside(pen.Print);
        return isLost;
    }

    private void WriteAll<T>(List<T> all, Action<T> write)
    {
        Pen.Number(all.Count);
        all.ForEach(write);
    }

    private int NumberFor(CallContext context)
    {
        if (!_contexts.TryGetValue(context.Key, out var known))
        {
            _contexts[context.Key] = known = (context, _contexts.Count);
        }

        return known.Number;
    }

    /// <summary>Written where it is new, as what is compared later must have one.</summary>
    private ulong PrintOf(SummaryEntry entry) => entry.Print ??= PrintOf(entry.Summary, static (p, s) => p.Summary(s));

    private ulong PrintOf<T>(T what, Action<FlowPen, T> write)
    {
        var at = Pen.Length;
        Pen.Begin();
        write(Pen, what);
        Pen.Back(at);
        return Pen.Print;
    }

    private void Write(Acted act, Dictionary<SummaryEntry, int> members, HashSet<int> begun)
    {
        if (act.Act is FlowAct.Peek or FlowAct.PeekFile)
        {
            return;
        }

        var pen = Pen;
        pen.Begin();
        pen.Number((int)act.Act);
        switch (act.Act)
        {
            case FlowAct.Begin:
                WriteBegin((Making)act.What!, members, begun);
                break;
            case FlowAct.Inner:
                // One of another part that is not finished rests on what is around this one, which it cannot if this one is.
                pen.Number(members.GetValueOrDefault((SummaryEntry)act.What!, -1));
                if (!members.ContainsKey((SummaryEntry)act.What!))
                {
                    pen.Lose();
                }

                break;
            case FlowAct.Ask:
                var (asked, entry) = ((CallContext)act.More!, (SummaryEntry)act.What!);
                var print = PrintOf(entry);
                pen.Begin();
                pen.Method(entry.Key.Method);
                pen.Number(NumberFor(asked));
                pen.Number(NumberFor(entry.Context));
                pen.Number((int)act.Third!);
                pen.Beside(print);
                break;
            case FlowAct.Tell:
                pen.Flow((FoundFlow)act.What!);
                break;
            case FlowAct.CutFirst or FlowAct.CutLast:
                pen.Method((ProgramMethod)act.What!);
                pen.Text((string)act.More!);
                break;
            case FlowAct.Believe:
                pen.Place((CodePlace)act.What!);
                break;
            case FlowAct.ReadMarks or FlowAct.ReadCode or FlowAct.ReadWriter:
                var found = PrintOf(act.More, static (p, f) => p.Found(f));
                pen.Text((string)act.What!);
                pen.Beside(found);
                break;
            case FlowAct.Outdate:
                WriteAll((List<SummaryEntry>)act.What!, e => pen.Number(members[e]));
                break;
            default:
                WriteKept(act);
                break;
        }
    }

    private void WriteBegin(Making making, Dictionary<SummaryEntry, int> members, HashSet<int> begun)
    {
        var number = members[making.Entry];
        Pen.Number(number);
        if (begun.Add(number))
        {
            Pen.Truth(making.Existed);
            Pen.Method(making.Entry.Key.Method);
            Pen.Number(NumberFor(making.Entry.Context));
        }
    }

    private void WriteKept(Acted act)
    {
        var pen = Pen;
        switch (act.Act)
        {
            case FlowAct.Share:
                pen.Text((string)act.What!);
                pen.Marks((TaintMark[])act.More!);
                pen.Method((ProgramMethod)act.Third!);
                break;
            case FlowAct.KeepCode:
                pen.Text((string)act.What!);
                pen.Code((CodeValue)act.More!);
                pen.Method((ProgramMethod)act.Third!);
                break;
            case FlowAct.KeepWriter:
                pen.Text((string)act.What!);
                pen.Text((string)act.More!);
                pen.Method((ProgramMethod)act.Third!);
                break;
            case FlowAct.Fixed:
                var print = PrintOf(act.More, static (p, f) => p.Found(f));
                pen.Begin();
                pen.Variable((JavaVariable)act.What!);
                pen.Beside(print);
                break;
            case FlowAct.FixedBegin:
                pen.Variable((JavaVariable)act.What!);
                break;
            case FlowAct.FixedEnd:
                pen.Truth(act.Third is true);
                pen.Value((FlowValue?)act.More);
                break;
        }
    }

    private sealed class Making(SummaryEntry entry, bool existed, bool isFirst, int calls, int knownCalls)
    {
        public SummaryEntry Entry => entry;

        public bool Existed => existed;

        /// <summary>Nothing was known of it before, or what was is finished.</summary>
        public bool IsFirst => isFirst;

        /// <summary>While it was gone over.</summary>
        public int Calls { get; private set; }

        public int KnownCalls { get; private set; }

        public void End() => (Calls, KnownCalls) = (entry.Calls - calls, entry.KnownCalls - knownCalls);

        public bool IsLost { get; set; }

        /// <summary>Methods in methods that rest on it.</summary>
        public int Height { get; set; }

        public List<Acted> Acts { get; } = [];
    }

    private readonly record struct Acted(FlowAct Act, object? What, object? More, object? Third = null);
}
