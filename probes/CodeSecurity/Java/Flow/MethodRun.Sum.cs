namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What callers are told of a method.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Objects of a summary. Callers copy them, and their callers copy the copies: without a bound they double with every method that calls two like it.</summary>
    private const int MostSummedObjects = 48;

    private MethodSummary Sum()
    {
        if (_now is not null)
        {
            _returns.Add(this, FlowValue.Unknown, _now);
        }

        if (_returns.State is not { } end)
        {
            return new MethodSummary { Hits = [.. _hits, .. _closedHits], Shares = [.. _shares], Raised = _raised, IsEndless = true };
        }

        _now = end;
        var returned = _returns.Value ?? FlowValue.Unknown;
        var (objects, isWhole) = Reachable(returned, end);
        if (!isWhole)
        {
            (returned, objects) = (Flatten(returned, objects), objects.ToDictionary(o => o.Key, o => Flatten(o.Value, objects)));
        }

        return new MethodSummary
        {
            Return = returned,
            Objects = objects.Count == 0 ? MethodSummary.NoObjects : objects,
            Inputs = Named(returned, objects) is { Count: > 0 } named ? named : MethodSummary.NoInputs,
            Hits = [.. _hits, .. _closedHits],
            Shares = [.. _shares],
            Raised = _raised,
            WhenTrue = _returns.WhenTrue ?? [],
            WhenFalse = _returns.WhenFalse ?? [],
            WhenNotNull = _returns.WhenNotNull ?? [],
            WhenBack = _returns.WhenBack ?? [],
            Outcomes = _returns.Outcomes.Exists(o => !o.IsUnclear) && _returns.Outcomes.Exists(o => Array.Exists(o.Cleaned, c => c != 0)) ? _returns.Outcomes : Array.Empty<ReturnOutcome>(),
        };
    }

    /// <summary>Objects that somebody outside can come by, the nearest first: those it was given, as far as they changed, and what hangs on them or on what is returned.</summary>
    private static (Dictionary<int, FlowObject> Objects, bool IsWhole) Reachable(FlowValue returned, FlowState end)
    {
        var kept = new Dictionary<int, FlowObject>();
        var waiting = new Queue<int>(HeldBy(returned).Concat(end.Objects.Where(o => o.Value is { Input: not null, Parts.Count: > 0 }).Select(o => o.Key)));
        while (waiting.TryDequeue(out var number))
        {
            if (kept.ContainsKey(number) || end.Find(number) is not { } one)
            {
                continue;
            }

            if (kept.Count >= MostSummedObjects)
            {
                return (kept, false);
            }

            kept.Add(number, one);
            foreach (var next in one.Parts.Values.SelectMany(HeldBy))
            {
                waiting.Enqueue(next);
            }
        }

        return (kept, true);
    }

    /// <summary>Inputs that something in the summary names by their numbers: of most, nothing does.</summary>
    private Dictionary<int, InputOrigin> Named(FlowValue returned, Dictionary<int, FlowObject> objects)
    {
        HashSet<int> held = [.. HeldBy(returned), .. objects.Values.SelectMany(o => o.Parts.Values).SelectMany(HeldBy)];
        return _inputs.Where(i => held.Contains(i.Value)).ToDictionary(i => i.Value, i => i.Key);
    }

    /// <summary>Objects it is, and those that code takes along.</summary>
    private static IEnumerable<int> HeldBy(FlowValue value) => value.Code is null ? value.Objects : value.Objects.Concat(value.Code.All.SelectMany(c => c.Captured).SelectMany(c => HeldBy(c.Value)));

    private FlowObject Flatten(FlowObject one, Dictionary<int, FlowObject> kept) => one with { Parts = one.Parts.ToDictionary(p => p.Key, p => Flatten(p.Value, kept), StringComparer.Ordinal) };

    /// <summary>Carries itself what hung on objects that are not told.</summary>
    private FlowValue Flatten(FlowValue value, Dictionary<int, FlowObject> kept)
    {
        var flat = value.Code is null ? value : value with { Code = value.Code.Moved(v => Flatten(v, kept)) };
        return Array.TrueForAll(flat.Objects, o => IsTold(o, kept)) ? flat : flat with { Marks = Deep(value), Objects = Array.FindAll(flat.Objects, o => IsTold(o, kept)) };
    }

    /// <summary>Something it was given that did not change is known by its number.</summary>
    private bool IsTold(int number, Dictionary<int, FlowObject> kept) => kept.ContainsKey(number) || _now?.Find(number) is null;
}
