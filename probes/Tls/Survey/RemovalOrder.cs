namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whose order decides where each side lists what it accepts, and what the server's order is.</summary>
/// <param name="ask">Offers these numbers in this order; the one selected, or null where none was.</param>
/// <param name="rank">Puts what a client orders itself into the order of reports.</param>
internal sealed class RemovalOrder(Func<IReadOnlyList<ushort>, Task<ushort?>> ask, Func<ushort, int> rank)
{
    private readonly List<List<ushort>> _lists = [];

    /// <summary>The step of the version survey, whose place among the others is not known yet; null where there was none.</summary>
    public RemovalStep? First { get; init; }

    /// <summary>Other answers among the same numbers, which may already tell who decides.</summary>
    public IReadOnlyList<RemovalStep> Witnesses { get; init; } = [];

    /// <summary>The winners of one list drained from beginning to end, which therefore stand in the server's order.</summary>
    public void Take(IEnumerable<RemovalStep> drained)
    {
        List<ushort> list = [.. drained.Select(s => s.Selected)];
        if (list.Count > 0)
        {
            _lists.Add(list);
        }
    }

    /// <param name="steps">All of them, the first included.</param>
    public async Task<(IReadOnlyList<ushort> Accepted, bool? ServerPrefers)> ArrangeAsync(IReadOnlyList<RemovalStep> steps)
    {
        List<ushort> accepted = [.. steps.Select(s => s.Selected)];
        switch (await WhoDecidesAsync(steps, accepted))
        {
            case false:
                return ([.. accepted.OrderBy(rank).ThenBy(s => s)], false);
            case true when await MergeAsync() is { } merged:
                return (merged, true);
            default:
                return (accepted, null);
        }
    }

    private async Task<bool?> WhoDecidesAsync(IReadOnlyList<RemovalStep> steps, List<ushort> accepted)
    {
        if (accepted.Count < 2)
        {
            return null;
        }

        // A client's order is obeyed at every step or not at all; with it differ answers each of which could have been the other.
        var known = accepted.ToHashSet();
        var isDisobeyed = steps.Concat(Witnesses.Where(w => known.Contains(w.Selected))).Where(IsOffered).Any(s => s.Offered.First(known.Contains) != s.Selected);
        var isMoved = Witnesses.Any(w => steps.Any(s => s.Selected != w.Selected && s.Offered.Contains(w.Selected) && w.Offered.Contains(s.Selected)));
        if (isDisobeyed || isMoved)
        {
            return isDisobeyed && isMoved ? null : isDisobeyed;
        }

        List<ushort> reversed = [.. Enumerable.Reverse(accepted)];
        return await ask(reversed) is { } picked && known.Contains(picked) ? picked != reversed[0] : null;
    }

    /// <summary>Servers answer with what nobody offered, too; that says nothing of an order.</summary>
    private static bool IsOffered(RemovalStep step) => step.Offered.Contains(step.Selected);

    private async Task<List<ushort>?> MergeAsync()
    {
        if (First is not null)
        {
            if (_lists.Count == 0)
            {
                _lists.Add([]);
            }

            if (!await InsertAsync(_lists[0], First))
            {
                return null;
            }
        }

        var merged = new List<ushort>();
        while (_lists.Count > 1)
        {
            List<ushort> heads = [.. _lists.Select(l => l[0])];
            if (await ask(heads) is not { } best || heads.IndexOf(best) is not (>= 0 and var at))
            {
                return null;
            }

            merged.Add(best);
            _lists[at].RemoveAt(0);
            _lists.RemoveAll(l => l.Count == 0);
        }

        return [.. merged, .. _lists.SelectMany(l => l)];
    }

    /// <summary>It won over all it stood beside, so that only what it did not stand beside can come before it.</summary>
    private async Task<bool> InsertAsync(List<ushort> list, RemovalStep first)
    {
        var beside = first.Offered.ToHashSet();
        var (low, high) = (0, list.TakeWhile(s => !beside.Contains(s)).Count());
        while (low < high)
        {
            var middle = (low + high) / 2;
            switch (await ask([list[middle], first.Selected]))
            {
                case { } picked when picked == first.Selected:
                    high = middle;
                    break;
                case { } picked when picked == list[middle]:
                    low = middle + 1;
                    break;
                default:
                    return false;
            }
        }

        list.Insert(low, first.Selected);
        return true;
    }
}

/// <summary>One hello of a walk: what it offered, in which order, and what was taken.</summary>
internal sealed record RemovalStep(IReadOnlyList<ushort> Offered, ushort Selected);
