namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Counts what is left out, and names the first of it; may be used from several threads.</summary>
internal sealed class LeftOutTally(int most)
{
    private readonly Lock _gate = new();
    private readonly List<LeftOutEntry> _named = [];
    private readonly SortedDictionary<LeftOutReason, int> _counts = [];

    public IReadOnlyDictionary<LeftOutReason, int> Counts => _counts;

    /// <summary>A tally that goes on from what the walk left out.</summary>
    public static LeftOutTally Continue(SourceListing listing, int most)
    {
        var tally = new LeftOutTally(most);
        tally._named.AddRange(listing.LeftOut);
        foreach (var (reason, count) in listing.LeftOutCounts)
        {
            tally._counts[reason] = count;
        }

        return tally;
    }

    public void Add(LeftOutEntry entry)
    {
        lock (_gate)
        {
            _counts[entry.Reason] = _counts.GetValueOrDefault(entry.Reason) + 1;
            if (_named.Count < most)
            {
                _named.Add(entry);
            }
        }
    }

    /// <summary>By path.</summary>
    public IReadOnlyList<LeftOutEntry> Named()
    {
        lock (_gate)
        {
            return [.. _named.OrderBy(e => e.Path, StringComparer.Ordinal)];
        }
    }
}
