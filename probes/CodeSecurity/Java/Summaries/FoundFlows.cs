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

        if (flow.Way?.First is { } first && place.Beginnings.Count < MostBeginnings)
        {
            place.Beginnings.TryAdd(first.Place, first);
        }
    }

    /// <summary>The one that is doubted least, then the shortest; of two equal ones the first stays.</summary>
    /// <param name="flow">The one.</param>
    /// <param name="than">The other one.</param>
    /// <param name="lineOf">As of <see cref="FlowDoubt.Of"/>.</param>
    public static bool IsBetter(FoundFlow flow, FoundFlow than, Func<CodePlace, int>? lineOf = null) => flow.Trust == than.Trust
        ? flow.Way is not null && (than.Way is null || (FlowDoubt.Of(flow, lineOf).Weight, flow.Way.Length).CompareTo((FlowDoubt.Of(than, lineOf).Weight, than.Way.Length)) < 0)
        : flow.Trust > than.Trust && than.Way is not null;

    private sealed class Place(FoundFlow told)
    {
        public FoundFlow Told { get; set; } = told;

        public Dictionary<CodePlace, TaintStep> Beginnings { get; } = [];
    }
}
