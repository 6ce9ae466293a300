namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Groups of TLS 1.3, post-quantum ones included, without a key of our own: a hello with an empty key_share is answered by a
/// HelloRetryRequest that names the group (RFC 8446 §4.1.4).
/// </summary>
internal sealed class Tls13GroupWalk(PortDialogue dialogue, VersionInquiry inquiry, IReadOnlyList<ushort> suites)
{
    private readonly ClientHello _pattern = inquiry.Asked.Hello with { PadTo = null, Suites = suites, EmptyKeyShare = true, KeyShares = [] };

    public async Task<GroupEnumeration> RunAsync(CancellationToken cancellationToken)
    {
        var steps = new List<RemovalStep>();
        if (inquiry.Last is Selected { Flight.Hello.SelectedGroup: { } first })
        {
            steps.Add(new RemovalStep(inquiry.Asked.Hello.Groups, first));
        }

        var left = NamedGroups.ForTls13.Except(steps.Select(s => s.Selected)).ToList();
        var isWhole = false;
        while (left.Count > 0 && !dialogue.IsTired)
        {
            var answer = await AskAsync(left, cancellationToken);
            if (Taken(answer) is not { } group || !left.Contains(group))
            {
                isWhole = GroupEnumeration.IsRefusal(answer);
                break;
            }

            steps.Add(new RemovalStep([.. left], group));
            left.Remove(group);
        }

        var order = new RemovalOrder(async groups => Taken(await AskAsync(groups, cancellationToken)), Rank) { First = steps.FirstOrDefault() };
        order.Take(steps.Skip(1));
        var (accepted, preference) = await order.ArrangeAsync(steps);
        return new GroupEnumeration { Accepted = accepted, IsWhole = isWhole, ServerPrefers = preference };
    }

    /// <summary>Common ones first.</summary>
    internal static int Rank(ushort group) => -NamedGroups.ForTls13.ToList().IndexOf(group);

    private static ushort? Taken(SettledAnswer answer) => answer.Reply is Selected { Flight.Hello: { IsRetryRequest: true } hello } ? hello.SelectedGroup : null;

    private Task<SettledAnswer> AskAsync(IReadOnlyList<ushort> groups, CancellationToken cancellationToken) =>
        dialogue.AskAsync(new LabelledHello($"TLSv1.3 groups, {groups.Count} left", _pattern with { Groups = [.. groups] }), cancellationToken);
}
