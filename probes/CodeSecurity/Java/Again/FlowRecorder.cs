namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes down of every method what it looked at beyond itself, and what it gave. One thread at a time.</summary>
internal sealed partial class FlowRecorder
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
