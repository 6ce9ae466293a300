namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A refusal is that of one server, and behind a balancer another one may be older. The versions that are better not there are asked for
/// again with the same hellos, one after the other when the walks are over, so that a balancer that goes round hands them to others.
/// </summary>
internal sealed class RefusedVersions(PortDialogue dialogue, VersionSurvey versions)
{
    /// <summary>Where something hints at several servers, or an older version is offered although a newer one is turned away.</summary>
    private const int RoundsAmongSeveral = 3;

    /// <summary>A port that cost no more so far is asked twice: two in a row meet both of two servers.</summary>
    private const int Little = 16;

    /// <summary>Refusals of a port that contradicts itself, counts connections or shuts its door at random are not believed, or not worth the wait.</summary>
    private bool IsPointless => dialogue.Contradicts || dialogue.ResetsMeanNothing || dialogue.IsFickle || dialogue.IsTired;

    public async Task AskAgainAsync(CancellationToken cancellationToken)
    {
        var isOdd = dialogue.HintsAtSeveral || dialogue.Has(BehaviourKind.RefusesHigherVersions);
        var rounds = isOdd ? RoundsAmongSeveral : dialogue.Opened <= Little ? 2 : 1;
        var newest = Refused(ProtocolVersion.Tls11) ?? Refused(ProtocolVersion.Tls10);
        if (newest is not null)
        {
            await RepeatAsync(newest, rounds, cancellationToken);
        }

        // What still has these has TLS 1.0 too, and was found already unless it is odd; they are asked for where connections are not counted so closely.
        var left = newest is null ? rounds : rounds - 1;
        if (Refused(ProtocolVersion.Ssl3) is { } oldest)
        {
            await RepeatAsync(oldest, left, cancellationToken);
        }

        await RepeatSsl2Async(rounds - 1, cancellationToken);
    }

    /// <summary>By alert and not by a closed door, which was knocked on often enough.</summary>
    private VersionInquiry? Refused(ProtocolVersion version) => versions.Inquiries.FirstOrDefault(i => i.Version == version && i.Last is Alerted && i.Decide(versions.Selected) == false);

    private async Task RepeatAsync(VersionInquiry inquiry, int times, CancellationToken cancellationToken)
    {
        var older = new[] { ProtocolVersion.Tls10, ProtocolVersion.Ssl3 }.Where(v => v.Wire < inquiry.Version.Wire).Select(Refused).OfType<VersionInquiry>().ToList();
        for (var i = 0; i < times && !IsPointless; i++)
        {
            var again = await dialogue.SendAsync(inquiry.Asked with { Label = $"{inquiry.Asked.Label}, refused before" }, cancellationToken);
            inquiry.Repeated += again.Reply is Alerted ? 1 : 0;

            // Whoever has an older version alone answers the newer one's hello with it (RFC 5246 §E.1).
            if (again.Reply is Alerted { Alert.Description: TlsAlert.ProtocolVersion })
            {
                older.ForEach(o => o.Implied++);
            }
        }
    }

    private async Task RepeatSsl2Async(int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times && !IsPointless && versions is { OffersSsl2: false, Ssl2: { Last: Alerted or Ssl2Refused, Hello: null } inquiry }; i++)
        {
            var again = await dialogue.SendAsync($"{Ssl2.Name}, refused before", Ssl2.Hello(), new Ssl2Reply(), cancellationToken);
            if (again.Reply is Ssl2Selected or Alerted or Ssl2Refused)
            {
                inquiry.Add(again);
            }
        }
    }
}
