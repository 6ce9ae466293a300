namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where ways out of a method or lambda meet.</summary>
internal sealed class ReturnPoint
{
    public FlowValue? Value { get; private set; }

    public FlowState? State { get; private set; }

    public ulong[]? WhenTrue { get; set; }

    public ulong[]? WhenFalse { get; set; }

    public ulong[]? WhenNotNull { get; set; }

    public ulong[]? WhenBack { get; set; }

    /// <summary>The ways out of a method that hands back objects; none where there are too many.</summary>
    public List<ReturnOutcome> Outcomes { get; } = [];

    private bool _isMany;

    /// <summary>One more way out, with what is handed back where that is an object of the tree that was made here.</summary>
    public void Note(FlowObject? one, ulong[] cleaned)
    {
        if (Outcomes.Count >= ReturnOutcome.Most || _isMany)
        {
            Outcomes.Clear();
            _isMany = true;
        }
        else
        {
            Outcomes.Add(ReturnOutcome.Of(one, cleaned));
        }
    }

    public void Add(MethodRun run, FlowValue value, FlowState state)
    {
        Value = Value is null ? value : FlowValue.Join(Value, value);
        State = FlowState.Join(State, state, run.Missing);
        var cleaned = run.CleanedInputs(state);
        WhenBack = Meet(WhenBack, cleaned);
        if (value.Constant is not JavaNull)
        {
            WhenNotNull = Meet(WhenNotNull, cleaned);
            Note(value is { Objects: [var only], MayBeOther: false } ? run.ObjectAt(state, only) : null, cleaned);
        }
    }

    /// <summary>Cleaned on all ways.</summary>
    public static ulong[] Meet(ulong[]? a, ulong[] b) => a is null ? b : [.. a.Zip(b, static (x, y) => x & y)];
}
