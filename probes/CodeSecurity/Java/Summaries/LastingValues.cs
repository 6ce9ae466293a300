namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What fields that outlive requests hold. It only grows, and who read a field before it did is outdated.</summary>
/// <param name="cut">Takes the methods that left more than a field has room for.</param>
internal sealed class LastingValues(CutMethods cut)
{
    private readonly Dictionary<string, TaintMark[]> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CodeValue> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _writers = new(StringComparer.Ordinal);

    /// <summary>By field; empty where it was read by nobody whose work is kept.</summary>
    private readonly Dictionary<string, HashSet<WorkedOut>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<WorkedOut> _outdated = [];

    /// <summary>Takes what is read and left; null where nobody asks.</summary>
    public FlowRecorder? Recorder { get; set; }

    /// <summary>How often those who had read something were outdated.</summary>
    private int _version;

    /// <summary>Who reads now; null where nobody does whose work is kept.</summary>
    public WorkedOut? Reader { get; set; }

    /// <summary>Called when something is added to a field, with those that had read it.</summary>
    public Action<IEnumerable<WorkedOut>>? Outdated { get; set; }

    /// <summary>Something was added to what fields hold after it was read.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Who left it.</summary>
    public ProgramMethod? LastSharer { get; private set; }

    /// <summary>Foreign values a field may hold.</summary>
    public TaintMark[] Shared(string field)
    {
        var shared = _shared.GetValueOrDefault(field, TaintMarks.None);
        NoteReader(field, FlowAct.ReadMarks, shared);
        return shared;
    }

    public void Share(string field, TaintMark[] marks, ProgramMethod by)
    {
        if (Recorder is not null && Array.Exists(marks, m => m.Origin is ForeignOrigin))
        {
            Recorder.Leave(FlowAct.Share, field, marks, by);
        }

        var known = _shared.GetValueOrDefault(field, TaintMarks.None);
        var more = known;
        foreach (var mark in marks)
        {
            // What came in by several ways of one entry has one origin by now.
            more = mark.Origin is ForeignOrigin ? TaintMarks.Union(more, [mark]) : more;
        }

        if (FlowLosses.Take() is { } lost)
        {
            cut.TryAdd(by, lost);
        }

        if (!TaintMarks.Same(known, more))
        {
            _shared[field] = more;
            (HasChanged, LastSharer) = (Outdate(field) || HasChanged, by);
        }
    }

    /// <summary>Code that a field may hold; null where that is none.</summary>
    public CodeValue? CodeIn(string field)
    {
        var code = _codes.GetValueOrDefault(field);
        NoteReader(field, FlowAct.ReadCode, code);
        return code;
    }

    /// <summary>Code is left in a field, with what it took along of strangers.</summary>
    public void KeepCode(string field, CodeValue code, ProgramMethod by)
    {
        Recorder?.Leave(FlowAct.KeepCode, field, code, by);
        code = code.Moved(v => FlowValue.Marked(Array.FindAll(v.Marks, m => m.Origin is ForeignOrigin), v.Type));
        var known = _codes.GetValueOrDefault(field);
        var more = CodeValue.Both(known, code)!;
        if (FlowLosses.Take() is { } lost)
        {
            cut.TryAdd(by, lost);
        }

        if (!CodeValue.Same(known, more))
        {
            _codes[field] = more;
            (HasChanged, LastSharer) = (Outdate(field) || HasChanged, by);
        }
    }

    /// <summary>Which writer of a page a field of a plain type holds at times; null where nobody puts one there.</summary>
    public string? WriterIn(string field)
    {
        var writer = _writers.GetValueOrDefault(field);
        NoteReader(field, FlowAct.ReadWriter, writer);
        return writer;
    }

    public void KeepWriter(string field, string type, ProgramMethod by)
    {
        Recorder?.Leave(FlowAct.KeepWriter, field, type, by);
        if (_writers.TryAdd(field, type))
        {
            (HasChanged, LastSharer) = (Outdate(field) || HasChanged, by);
        }
    }

    /// <returns>Who read what a field held before more was added to it. Nothing has changed from now on.</returns>
    public IReadOnlyList<WorkedOut> TakeOutdated()
    {
        List<WorkedOut> taken = [.. _outdated];
        _outdated.Clear();
        HasChanged = false;
        return taken;
    }

    /// <returns>Somebody had read it.</returns>
    private bool Outdate(string field)
    {
        if (!_readers.Remove(field, out var before))
        {
            return false;
        }

        _version++;
        _outdated.UnionWith(before);
        Outdated?.Invoke(before);
        return true;
    }

    private void NoteReader(string field, FlowAct act, object? found)
    {
        Recorder?.Read(act, field, found, _version);
        if (!_readers.TryGetValue(field, out var readers))
        {
            _readers[field] = readers = [];
        }

        if (Reader is not null)
        {
            readers.Add(Reader);
        }
    }
}
