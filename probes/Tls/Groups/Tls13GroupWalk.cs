namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Groups of TLS 1.3, post-quantum ones included, without a key of our own: a hello with an empty key_share is answered by a
/// HelloRetryRequest that names the group (RFC 8446 §4.1.4).
/// </summary>
internal sealed class Tls13GroupWalk(PortDialogue dialogue, VersionInquiry inquiry, IReadOnlyList<ushort> suites)
{
    /// <summary>X25519, P-256 and P-384: few servers have none of them.</summary>
    public static ushort[] Usual { get; } = [29, 23, 24];

    private readonly ClientHello _pattern = inquiry.Asked.Hello with { PadTo = null, Suites = suites, EmptyKeyShare = true, KeyShares = [] };

    public async Task<GroupEnumeration> RunAsync(CancellationToken cancellationToken)
    {
        var witnesses = Seen(dialogue).ToList();
        var steps = witnesses.DistinctBy(s => s.Selected).ToList();
        var left = NamedGroups.ForTls13.Except(steps.Select(s => s.Selected)).ToList();
        var (refused, isWhole) = await DrainAsync(left, steps, cancellationToken);
        var order = new RemovalOrder(async groups => Taken(await AskAsync(groups, cancellationToken)), Rank) { First = steps.FirstOrDefault(), Witnesses = witnesses };
        order.Take(steps.Skip(1));
        var (accepted, preference) = await order.ArrangeAsync(steps);
        return new GroupEnumeration { Accepted = accepted, IsWhole = isWhole, IsWholeButFields = refused, ServerPrefers = preference };
    }

    /// <summary>Once a finite field was taken the others are left out of what is asked, where they would cost a connection each.</summary>
    /// <returns>Whether what was asked last was refused cleanly, and whether that was all that is left.</returns>
    private async Task<(bool IsRefused, bool IsWhole)> DrainAsync(List<ushort> left, List<RemovalStep> steps, CancellationToken cancellationToken)
    {
        while (!dialogue.IsTired)
        {
            List<ushort> asked = IsSparing(steps) ? left.FindAll(g => !IsField(g)) : left;
            var isAll = asked.Count == left.Count;
            if (asked.Count == 0 || dialogue.Exchanges.Any(e => HasRefused(e, asked)))
            {
                return (true, isAll);
            }

            var answer = await AskAsync(asked, cancellationToken);
            if (Taken(answer) is not { } group || !asked.Contains(group))
            {
                var isRefused = GroupEnumeration.IsRefusal(answer);
                return (isRefused, isRefused && isAll);
            }

            steps.Add(new RemovalStep([.. asked], group));
            left.Remove(group);
        }

        return (false, false);
    }

    private bool IsSparing(List<RemovalStep> steps) => dialogue.Opened < ClassicKeyWalk.Talkative && steps.Exists(s => IsField(s.Selected));

    private static bool IsField(ushort group) => NamedGroups.FiniteFields.Contains(group);

    /// <summary>All that no answer has named yet.</summary>
    public static IReadOnlyList<ushort> Unseen(PortDialogue dialogue) => [.. NamedGroups.ForTls13.Except(Seen(dialogue).Select(s => s.Selected))];

    /// <summary>Turned away so far, for all that is known; a suite may have been the reason.</summary>
    public static bool SeemsStrange(PortDialogue dialogue, ushort group) => dialogue.Exchanges.Any(e =>
        e is { Hello: { EmptyKeyShare: true, KeyShares.Count: 0 } hello, Reply: Alerted } && hello.Groups.Contains(group) && !hello.Groups.Intersect(Seen(dialogue).Select(s => s.Selected)).Any());

    /// <summary>What hellos of other walks brought to light.</summary>
    private static IEnumerable<RemovalStep> Seen(PortDialogue dialogue) => dialogue.Exchanges
        .Where(e => e is { Hello: { EmptyKeyShare: true, KeyShares.Count: 0 } hello, Reply: Selected { Flight.Hello: { IsRetryRequest: true, SelectedGroup: { } group } } } && hello.Groups.Contains(group))
        .Select(e => new RemovalStep(e.Hello!.Groups, ((Selected)e.Reply).Flight.Hello.SelectedGroup!.Value));

    /// <summary>
    /// A walk over suites has offered the same groups beside suites one of which the port was since seen to take: what was refused were the
    /// groups.
    /// </summary>
    private bool HasRefused(HelloExchange exchange, List<ushort> left) =>
        exchange is { Hello: { EmptyKeyShare: true, KeyShares.Count: 0, PadTo: null } hello, Reply: Alerted }
        && GroupEnumeration.IsRefusal(new SettledAnswer(exchange, DoorConfirmed: false))
        && hello.SupportedVersions.SequenceEqual(_pattern.SupportedVersions) && hello.SignatureAlgorithms.SequenceEqual(_pattern.SignatureAlgorithms)
        && hello.Suites.Intersect(suites).Any() && left.TrueForAll(hello.Groups.Contains);

    /// <summary>Common ones first.</summary>
    internal static int Rank(ushort group) => -NamedGroups.ForTls13.ToList().IndexOf(group);

    private static ushort? Taken(SettledAnswer answer) => answer.Reply is Selected { Flight.Hello: { IsRetryRequest: true } hello } ? hello.SelectedGroup : null;

    private Task<SettledAnswer> AskAsync(IReadOnlyList<ushort> groups, CancellationToken cancellationToken) =>
        dialogue.AskAsync(new LabelledHello($"TLSv1.3 groups, {groups.Count} left", _pattern with { Groups = [.. groups] }), cancellationToken);
}
