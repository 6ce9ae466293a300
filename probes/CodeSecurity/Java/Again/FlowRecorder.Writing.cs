namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is written of a method when it is finished.</summary>
internal sealed partial class FlowRecorder
{
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
}
