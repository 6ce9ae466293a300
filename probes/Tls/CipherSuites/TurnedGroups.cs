namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// The same groups in every hello of a walk over suites, those the port has named behind the others: one that follows the client's order
/// names a further one each time, at no cost, and shows that it does. What is offered stays the same, so that no suite comes or goes with it.
/// </summary>
/// <param name="inquiry">Of a proven version; its last answer is the first to learn from.</param>
internal sealed class TurnedGroups(VersionInquiry inquiry)
{
    private readonly List<ushort> _named = [.. GroupOf(inquiry.Last) is { } first ? [first] : Array.Empty<ushort>()];

    public void Learn(HelloReply reply)
    {
        if (GroupOf(reply) is { } group && !_named.Contains(group))
        {
            _named.Add(group);
        }
    }

    /// <summary>Those named last come before those named first, which contradicts the order they were named in.</summary>
    public IReadOnlyList<ushort> Turn(IReadOnlyList<ushort> groups) =>
        _named.Count == 0 ? groups : [.. groups.Except(_named), .. Enumerable.Reverse(_named).Where(groups.Contains)];

    private static ushort? GroupOf(HelloReply? reply)
    {
        if (reply is not Selected { Flight: { } flight })
        {
            return null;
        }

        try
        {
            return flight.Hello.SelectedGroup ?? KeyExchange.Read(flight)?.Group;
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }
}
