namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Flows that were found, one for each weakness and place: of several ways that of what a stranger can choose most easily, the surest and the shortest is told, and where the others begin.</summary>
internal sealed class FoundFlows
{
    /// <summary>Beginnings that are counted; more say nothing more.</summary>
    private const int MostBeginnings = 1000;

    private readonly Dictionary<(int, CodePlace), Place> _places = [];

    public IReadOnlyCollection<FoundFlow> All => [.. _places.Values.Select(p => p.Told with { Beginnings = [.. p.Beginnings.OrderBy(b => b.Key.File, StringComparer.Ordinal).ThenBy(b => b.Key.At).Select(b => b.Value)] })];

    public void Add(FoundFlow flow)
    {
        if (!_places.TryGetValue((flow.Weakness, flow.Site), out var place))
        {
            _places[(flow.Weakness, flow.Site)] = place = new Place(flow);
        }
        else if (flow.Way is not null && place.Told.Way is not null && flow.Trust < place.Told.Trust)
        {
            return;
        }
        else if (IsBetter(flow, place.Told))
        {
            if (place.Told.Trust < flow.Trust)
            {
                place.Beginnings.Clear();
            }

            place.Told = flow;
        }

        var first = flow.Way;
        while (first?.Before is { } before)
        {
            first = before;
        }

        if (first is not null && place.Beginnings.Count < MostBeginnings)
        {
            place.Beginnings.TryAdd(first.Place, first);
        }
    }

    /// <summary>A way through libraries nobody knows may be none; of two equal ones the first stays.</summary>
    public static bool IsBetter(FoundFlow flow, FoundFlow than) => flow.Trust == than.Trust
        ? flow.Way is not null && (than.Way is null || Cost(flow, flow.Way).CompareTo(Cost(than, than.Way)) < 0)
        : flow.Trust > than.Trust && than.Way is not null;

    /// <returns>Checks that were not understood and steps through unknown libraries, and all steps.</returns>
    private static (int, int) Cost(FoundFlow flow, TaintStep way)
    {
        var doubtful = flow.IsDoubted ? 1 : 0;
        for (var step = way; step is not null; step = step.Before)
        {
            doubtful += (step.Words.Doubt & StepDoubt.UnknownLibrary) != StepDoubt.None ? 1 : 0;
        }

        return (doubtful, way.Length);
    }

    private sealed class Place(FoundFlow told)
    {
        public FoundFlow Told { get; set; } = told;

        public Dictionary<CodePlace, TaintStep> Beginnings { get; } = [];
    }
}
