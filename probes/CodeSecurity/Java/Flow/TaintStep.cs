namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A step of a way, newest first. Ways are put together often and told seldom: of two that follow one another the steps are made when they are asked for.</summary>
internal sealed class TaintStep
{
    private const int Longest = 40;

    private readonly StepEvent _event;
    private readonly TaintStep _first;
    private readonly ushort _length;
    private readonly ushort _guesses;
    private readonly ushort _unsure;
    private TaintStep? _before;

    /// <summary>The step as it is elsewhere, whose steps before it come after those before it here; null where there are none, or where they were asked for.</summary>
    private TaintStep? _after;

    /// <param name="place">Where.</param>
    /// <param name="words">What happens there.</param>
    /// <param name="before">The step before it; null at the beginning.</param>
    public TaintStep(CodePlace place, StepWords words, TaintStep? before)
        : this(new StepEvent(place, words), before)
    {
    }

    private TaintStep(StepEvent what, TaintStep? before)
    {
        (_event, _before, _first) = (what, before, before?._first ?? this);
        _length = (ushort)((before?._length ?? 0) + 1);
        _guesses = (ushort)((before?._guesses ?? 0) + (FlowDoubt.IsGuessed(what.Words.Doubt) ? 1 : 0));
        _unsure = (ushort)((before?._unsure ?? 0) + (FlowDoubt.IsUnsure(what.Words.Doubt) ? 1 : 0));
    }

    private TaintStep(TaintStep before, TaintStep after, bool isOne)
    {
        (_event, _before, _after, _first) = (after._event, before, after, before._first);

        // Where one ends the other begins, that step of the other is left out.
        _length = (ushort)(before._length + after._length - (isOne ? 1 : 0));
        _guesses = (ushort)(before._guesses + after._guesses - (isOne ? after._first._guesses : 0));
        _unsure = (ushort)(before._unsure + after._unsure - (isOne ? after._first._unsure : 0));
    }

    /// <summary>As it is kept: what is before it, and where the steps between are not put together yet, the step as it is elsewhere.</summary>
    public (TaintStep? Before, TaintStep? After) Kept => (_before, _after);

    /// <summary>As it was kept; it begins with what is before it.</summary>
    public static TaintStep Restore(TaintStep before, TaintStep after) => new(before, after, IsOne(before, after));

    /// <summary>Where one ends the other begins.</summary>
    public static bool IsOne(TaintStep before, TaintStep after) => before.Place == after._first.Place;

    public CodePlace Place => _event.Place;

    public StepWords Words => _event.Words;

    /// <summary>For people.</summary>
    public string What => _event.Words.Text;

    public TaintStep? Before
    {
        get
        {
            if (_after is not null)
            {
                (_before, _after) = (Concat(_before, _after.Before), null);
            }

            return _before;
        }
    }

    /// <summary>Where the way begins.</summary>
    public TaintStep First => _first;

    public int Length => _length;

    /// <summary>Steps of the way that make a guess of it.</summary>
    public int Guesses => _guesses;

    /// <summary>Steps of the way that may have ended it.</summary>
    public int Unsure => _unsure;

    /// <summary>One step more; of very long ways those before it are left out.</summary>
    public static TaintStep? Add(TaintStep? way, CodePlace place, StepWords what) => way is not null && way.Place == place ? way : Add(way, new StepEvent(place, what));

    /// <inheritdoc cref="Add(TaintStep?, CodePlace, StepWords)"/>
    public static TaintStep Add(TaintStep? way, StepEvent what) =>
        way is not null && way.Place == what.Place ? way
        : way is { Length: >= Longest } ? new TaintStep(what.Place, what.Words.Behind(way.Words), way.Before) : new TaintStep(what, way);

    /// <summary>What happened in a callee, behind what happened before.</summary>
    public static TaintStep? Concat(TaintStep? before, TaintStep? after)
    {
        if (before is null || after is null)
        {
            return before ?? after;
        }

        if (before.Length >= Longest)
        {
            return Add(before, after.Place, after.Words);
        }

        // Where one ends the other may begin.
        var isOne = IsOne(before, after);
        var own = before.Length - (isOne ? 1 : 0);
        if (own + after.Length <= Longest)
        {
            return own + after.Length == before.Length ? before : new TaintStep(before, after, isOne);
        }

        // Of a way that is full only the last step changes.
        var (kept, lost) = (after.Before, StepDoubt.None);
        while (kept is not null && own + kept.Length >= Longest)
        {
            lost |= kept.Words.Doubt;
            kept = kept.Before;
        }

        return new TaintStep(after.Place, after.Words.Behind(new StepWords(string.Empty, lost)), Concat(before, kept));
    }
}

/// <summary>What happens where: many ways share it.</summary>
internal sealed class StepEvent(CodePlace place, StepWords words)
{
    public CodePlace Place => place;

    public StepWords Words => words;
}
