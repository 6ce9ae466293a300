using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Flows that were found, one for each weakness and place: of several ways the surest is told (<see cref="FlowSureness.IsMoreThan"/>), and where the others begin; of two equal ones the first stays.</summary>
/// <param name="weaknesses">By their bits.</param>
/// <param name="lineOf">As of <see cref="FlowDoubt.Of"/>.</param>
internal sealed class FoundFlows(IReadOnlyList<FlowWeakness> weaknesses, Func<CodePlace, int>? lineOf)
{
    /// <summary>Beginnings that are counted; more say nothing more.</summary>
    private const int MostBeginnings = 1000;

    private readonly Dictionary<(int, CodePlace), Place> _places = [];

    public IReadOnlyCollection<FoundFlow> All => [.. _places.Values.Select(p => p.Told with { Beginnings = [.. p.Beginnings.OrderBy(b => b.Key.File, StringComparer.Ordinal).ThenBy(b => b.Key.At).Select(b => b.Value)] })];

    public void Add(FoundFlow flow)
    {
        var sureness = FlowSureness.Of(flow, weaknesses[flow.Weakness], lineOf);
        if (!_places.TryGetValue((flow.Weakness, flow.Site), out var place))
        {
            _places[(flow.Weakness, flow.Site)] = place = new Place(flow, sureness);
        }
        else if (sureness.IsMoreThan(place.Sureness))
        {
            if (place.Told.Trust < flow.Trust)
            {
                place.Beginnings.Clear();
            }

            (place.Told, place.Sureness) = (flow, sureness);
        }
        else if (flow.Way is not null && place.Told.Way is not null && flow.Trust < place.Told.Trust)
        {
            return;
        }

        if (flow.Way?.First is { } first && place.Beginnings.Count < MostBeginnings)
        {
            place.Beginnings.TryAdd(first.Place, first);
        }
    }

    private sealed class Place(FoundFlow told, FlowSureness sureness)
    {
        public FoundFlow Told { get; set; } = told;

        public FlowSureness Sureness { get; set; } = sureness;

        public Dictionary<CodePlace, TaintStep> Beginnings { get; } = [];
    }
}
