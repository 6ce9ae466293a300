namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Unites sets of marks one after the other, as <see cref="TaintMarks.Union"/> does, without a new set for each of them. Used again and again; never by two at a time.</summary>
internal sealed class MarkCollector
{
    private TaintMark[] _marks = new TaintMark[TaintMarks.Most];
    private int _count;

    /// <summary>The only set that had something to give; null where there were more.</summary>
    private TaintMark[]? _whole;

    public bool IsEmpty => _count == 0;

    public void Clear() => (_count, _whole) = (0, null);

    public void Add(TaintMark[] more)
    {
        if (_count == 0)
        {
            Room(more.Length);
            more.CopyTo(_marks, 0);
            (_count, _whole) = (more.Length, more);
            return;
        }

        if (ReferenceEquals(more, _whole))
        {
            return;
        }

        foreach (var mark in more)
        {
            if (Wants(mark.Origin, mark.Cleaned, mark.Soiled))
            {
                Put(mark);
            }
        }
    }

    /// <summary>A mark of this origin, cleaned of this and soiled by that would change something.</summary>
    public bool Wants(TaintOrigin origin, ulong cleaned, ulong soiled)
    {
        var at = TaintMarks.IndexOf(_marks.AsSpan(0, _count), origin);
        if (at >= 0)
        {
            return TaintMarks.IsNews(_marks[at], cleaned, soiled);
        }

        if (TaintMarks.IsCovered(_marks.AsSpan(0, _count), origin, cleaned))
        {
            return false;
        }

        if (_count < TaintMarks.Most)
        {
            return true;
        }

        TaintMarks.NoteLoss();
        return false;
    }

    /// <summary>One that is wanted.</summary>
    public void Put(TaintMark mark)
    {
        _whole = null;
        var at = TaintMarks.IndexOf(_marks.AsSpan(0, _count), mark.Origin);
        if (at >= 0)
        {
            _marks[at] = TaintMarks.Meet(_marks[at], mark);
            return;
        }

        Append(mark);
    }

    /// <summary>One of the first set, of which nothing is compared.</summary>
    public void Append(TaintMark mark)
    {
        _whole = null;
        Room(_count + 1);
        _marks[_count++] = mark;
    }

    public TaintMark[] Take()
    {
        var taken = _count == 0 ? TaintMarks.None : _whole ?? _marks.AsSpan(0, _count).ToArray();
        Clear();
        return taken;
    }

    private void Room(int count)
    {
        if (count > _marks.Length)
        {
            Array.Resize(ref _marks, Math.Max(count, _marks.Length * 2));
        }
    }
}
