namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A refusal ends the list of the server that said it, and behind a balancer another one may have more. Asking again costs connections, so
/// that it is done only where something hints at several servers, or where the port costs so many connections, or so few, that two more
/// a version do not show. The hellos go one after the other when nothing else of the walks is under way: a balancer that takes its
/// servers in turn would otherwise hand every hello of one walk to the same server.
/// </summary>
internal sealed class SecondAsking(PortDialogue dialogue)
{
    /// <summary>A good server with two versions has shown its suites in fewer.</summary>
    private const int Talkative = 24;

    /// <param name="proven">Versions of the port.</param>
    public bool IsDue(IReadOnlyList<ProtocolVersion> proven) =>
        !IsPointless && (dialogue.HintsAtSeveral || dialogue.Opened >= Talkative || (proven is [var only] && only != ProtocolVersion.Tlcp11));

    /// <summary>What the port takes the second time is added; that it contradicts itself is for the dialogue to notice.</summary>
    public async Task<SuiteEnumeration> AskAsync(SuiteEnumeration found, IReadOnlyList<HelloExchange> refusals, CancellationToken cancellationToken)
    {
        foreach (var refusal in refusals.Count == 1 ? [refusals[0], refusals[0]] : refusals)
        {
            if (IsPointless)
            {
                break;
            }

            var again = await dialogue.SendAsync(new LabelledHello($"{refusal.Label}, refused before", refusal.Hello!), cancellationToken);
            if (again.Reply is Selected { Flight.Hello: { } hello } && hello.Version == found.Version.Wire
                && refusal.Hello!.Suites.Contains(hello.Suite) && !found.Suites.Contains(hello.Suite))
            {
                found = found with { Suites = [.. found.Suites, hello.Suite], ServerPrefers = null };
            }
        }

        return found;
    }

    /// <summary>Refusals of a port that contradicts itself, counts connections or shuts its door at random are not believed, or not worth the wait.</summary>
    private bool IsPointless => dialogue.Contradicts || dialogue.ResetsMeanNothing || dialogue.IsFickle || dialogue.IsTired;
}
