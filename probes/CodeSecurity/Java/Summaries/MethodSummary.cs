using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a call of a method does, in terms of what it is given.</summary>
internal sealed class MethodSummary
{
    public static IReadOnlyDictionary<int, FlowObject> NoObjects { get; } = new Dictionary<int, FlowObject>();

    public static IReadOnlyDictionary<int, InputOrigin> NoInputs { get; } = new Dictionary<int, InputOrigin>();

    public static MethodSummary Nothing { get; } = new();

    /// <summary>Of a method that calls itself, before anything is known of it: it has not come back yet, so that nothing speaks against what it checks.</summary>
    /// <param name="parameters">How many it has.</param>
    public static MethodSummary Begun(int parameters)
    {
        ulong[] all = [.. Enumerable.Repeat(ulong.MaxValue, parameters + 1)];
        return new() { WhenTrue = all, WhenFalse = all, WhenNotNull = all, WhenBack = all };
    }

    /// <summary>Joined over all ways out.</summary>
    public FlowValue Return { get; init; } = FlowValue.Unknown;

    /// <summary>What it throws, in marks; null where that is nothing that carries something.</summary>
    public FlowValue? Raised { get; init; }

    /// <summary>Objects at the way out.</summary>
    public IReadOnlyDictionary<int, FlowObject> Objects { get; init; } = NoObjects;

    /// <summary>Which objects are inputs, by number.</summary>
    public IReadOnlyDictionary<int, InputOrigin> Inputs { get; init; } = NoInputs;

    /// <summary>Dangerous places that what it is given reaches.</summary>
    public IReadOnlyList<SinkHit> Hits { get; init; } = [];

    /// <summary>Inputs that it leaves in fields that outlive requests.</summary>
    public IReadOnlyList<SharedInput> Shares { get; init; } = [];

    /// <summary>By number of the input: what it is cleaned of where the method says true.</summary>
    public ulong[] WhenTrue { get; init; } = [];

    public ulong[] WhenFalse { get; init; } = [];

    /// <summary>… where it returns anything but null.</summary>
    public ulong[] WhenNotNull { get; init; } = [];

    /// <summary>… where it comes back at all.</summary>
    public ulong[] WhenBack { get; init; } = [];

    /// <summary>It was gone through, and no way leads out of it but by an exception.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Its ways out, where it hands back objects it made and has checked something on one of them; empty where nobody can tell them apart.</summary>
    public IReadOnlyList<ReturnOutcome> Outcomes { get; init; } = [];

    /// <summary>Marks of a value and of what hangs on it at the way out.</summary>
    public IEnumerable<TaintMark> Deep(FlowValue value) => All(value).SelectMany(v => v.Marks);

    /// <summary>Code among what hangs on a value.</summary>
    public IEnumerable<CodeValue> Codes(FlowValue value) => All(value).Select(v => v.Code).OfType<CodeValue>();

    private List<FlowValue> All(FlowValue value) => new DeepLook(n => Objects.GetValueOrDefault(n)).At(value);

    public static bool Same(MethodSummary a, MethodSummary b) =>
        ReferenceEquals(a, b)
        || (FlowValue.Same(a.Return, b.Return) && FlowValue.Same(a.Raised ?? FlowValue.Unknown, b.Raised ?? FlowValue.Unknown) && a.Hits.Count == b.Hits.Count && a.Shares.Count == b.Shares.Count && a.Objects.Count == b.Objects.Count
            && a.Objects.All(o => b.Objects.TryGetValue(o.Key, out var other) && FlowObject.Same(o.Value, other))
            && a.Hits.All(h => b.Hits.Any(o => o.IsSame(h) && o.IsDoubted == h.IsDoubted && o.Aside == h.Aside && o.Checked.Equals(h.Checked) && o.Filled.Equals(h.Filled)))
            && a.Shares.All(s => b.Shares.Any(o => o.IsSame(s)))
            && a.IsEndless == b.IsEndless && a.Outcomes.Count == b.Outcomes.Count && a.Outcomes.Zip(b.Outcomes, ReturnOutcome.Same).All(s => s)
            && a.WhenTrue.AsSpan().SequenceEqual(b.WhenTrue) && a.WhenFalse.AsSpan().SequenceEqual(b.WhenFalse) && a.WhenNotNull.AsSpan().SequenceEqual(b.WhenNotNull) && a.WhenBack.AsSpan().SequenceEqual(b.WhenBack));
}

/// <summary>A dangerous place that an input reaches.</summary>
/// <param name="Weakness">Its bit.</param>
/// <param name="Site">The place.</param>
/// <param name="Origin">The input.</param>
/// <param name="Way">From the input to the place.</param>
/// <param name="IsSoiled">On the way comes back what the form of the input could not hold.</param>
internal sealed record SinkHit(int Weakness, CodePlace Site, InputOrigin Origin, TaintStep? Way, bool IsSoiled)
{
    /// <summary>Other inputs that were checked before for where paths lead: what comes from where they come from is no danger here.</summary>
    public InputSet Checked { get; init; } = InputSet.None;

    /// <summary>Parts of inputs that hold something wherever it comes to the place: objects in which they never do do not come there.</summary>
    public InputSet Filled { get; init; } = InputSet.None;

    /// <summary>Whatever way it comes, a check that nobody could read lies on it.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>How many doubts there are of the way as a whole.</summary>
    public int Aside => Way is null ? 0 : FlowDoubt.Count(Way.Words.Doubt);

    /// <summary>On one of two ways to the same place.</summary>
    public SinkHit Meet(SinkHit other) => this with
    {
        Way = IsDoubted == other.IsDoubted ? other.Aside < Aside ? other.Way : Way : IsDoubted ? other.Way : Way,
        IsDoubted = IsDoubted && other.IsDoubted,
        Checked = Checked.Meet(other.Checked),
        Filled = Filled.Meet(other.Filled),
    };

    public bool IsSame(SinkHit other) => Weakness == other.Weakness && Site == other.Site && IsSoiled == other.IsSoiled && Origin == other.Origin;
}

/// <summary>An input that is left in a field that outlives requests.</summary>
/// <param name="Field">Its full name.</param>
/// <param name="Mark">Of the input.</param>
internal sealed record SharedInput(string Field, TaintMark Mark)
{
    public bool IsSame(SharedInput other) => Field == other.Field && Mark.Cleaned == other.Mark.Cleaned && Mark.Origin.Equals(other.Mark.Origin);
}

/// <summary>A flow from foreign input to a dangerous place, or a dangerous place by itself.</summary>
/// <param name="Weakness">Its bit.</param>
/// <param name="Site">The place.</param>
/// <param name="Way">From the beginning; null where the place is enough.</param>
/// <param name="Trust">Who can choose what flows.</param>
internal sealed record FoundFlow(int Weakness, CodePlace Site, TaintStep? Way, FlowTrust Trust = FlowTrust.Remote)
{
    /// <summary>A check that nobody could read lies on the way.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>Where ways to the place begin, in order of places; empty where the place is enough.</summary>
    public IReadOnlyList<TaintStep> Beginnings { get; init; } = [];
}
