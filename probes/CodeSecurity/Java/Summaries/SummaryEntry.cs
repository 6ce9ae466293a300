namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The summary of one method for what is known of the arguments of a call, with how it came about.</summary>
/// <param name="method">The method.</param>
/// <param name="context">What is known of the arguments.</param>
internal sealed class SummaryEntry(ProgramMethod method, CallContext context) : WorkedOut
{
    private MethodSummary? _summary;
    private Func<MethodSummary>? _later;

    public (ProgramMethod Method, string Context) Key { get; } = (method, context.Key);

    public CallContext Context => context;

    public int Depth { get; private set; }

    public bool IsOpen { get; set; }

    public bool IsAskedFor { get; set; }

    /// <summary>Made on a summary that has changed since; where to begin from.</summary>
    public bool IsStale { get; set; }

    /// <summary>It is being taken over from a record: nobody who is gone over may ask for it before it is there.</summary>
    public bool IsPlayed { get; set; }

    public int DependsOn { get; set; }

    public MethodSummary Summary
    {
        get => _summary ??= _later?.Invoke() ?? MethodSummary.Nothing;
        set
        {
            (_summary, _later, Print) = (value, null, null);
            Version++;
        }
    }

    /// <summary>How often it got a summary.</summary>
    public int Version { get; private set; }

    /// <summary>It is outdated, and what it would be begun with once more was not recorded.</summary>
    public bool IsBaseless { get; set; }

    /// <summary>Of the summary, where it was asked for.</summary>
    public ulong? Print { get; set; }

    /// <summary>What was written down of it until what is around it is finished; null where nothing is.</summary>
    public HashSet<(FlowAct, object, string, ulong)>? Seen { get; set; }

    public int Calls { get; set; }

    public int KnownCalls { get; set; }

    public void Open(int depth) => (Depth, DependsOn, IsOpen, IsStale) = (depth, int.MaxValue, true, false);

    /// <summary>A summary that is read when it is asked for.</summary>
    public void Take(Func<MethodSummary> later, ulong print)
    {
        (_summary, _later, Print, IsBaseless) = (null, later, print, false);
        Version++;
    }
}
