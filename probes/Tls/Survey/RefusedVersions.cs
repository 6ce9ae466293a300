namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A refusal is that of one server, and behind a balancer another one may be older. The versions that are better not there are asked for
/// again with the same hellos, one after the other when the walks are over, so that a balancer that goes round hands them to others.
/// </summary>
internal sealed class RefusedVersions(PortDialogue dialogue, VersionSurvey versions)
{
    /// <summary>Two in a row meet both of two servers.</summary>
    private const int Rounds = 2;

    /// <summary>Where something hints at several servers.</summary>
    private const int RoundsAmongSeveral = 4;

    /// <summary>Refusals of a port that contradicts itself, counts connections or shuts its door at random are not believed, or not worth the wait.</summary>
    private bool IsPointless => dialogue.Contradicts || dialogue.ResetsMeanNothing || dialogue.IsFickle || dialogue.IsTired;

    public async Task AskAgainAsync(CancellationToken cancellationToken)
    {
        var rounds = dialogue.HintsAtSeveral ? RoundsAmongSeveral : Rounds;
        if ((Refused(ProtocolVersion.Tls11) ?? Refused(ProtocolVersion.Tls10)) is { } newest)
        {
            await RepeatAsync(newest, rounds, cancellationToken);
        }

        if (Refused(ProtocolVersion.Ssl3) is { } oldest)
        {
            await RepeatAsync(oldest, rounds / 2, cancellationToken);
        }

        await RepeatSsl2Async(rounds / 2, cancellationToken);
    }

    /// <summary>By alert and not by a closed door, which was knocked on often enough.</summary>
    private VersionInquiry? Refused(ProtocolVersion version) => versions.Inquiries.FirstOrDefault(i => i.Version == version && i.Last is Alerted && i.Decide(versions.Selected) == false);

    private async Task RepeatAsync(VersionInquiry inquiry, int times, CancellationToken cancellationToken)
    {
        var below = inquiry.Version == ProtocolVersion.Tls11 ? Refused(ProtocolVersion.Tls10) : null;
        for (var i = 0; i < times && !IsPointless; i++)
        {
            var again = await dialogue.SendAsync(inquiry.Asked with { Label = $"{inquiry.Asked.Label}, refused before" }, cancellationToken);
            inquiry.Repeated += again.Reply is Alerted ? 1 : 0;

            // Whoever has only the older of the two versions answers the newer one's hello with it (RFC 5246 §E.1).
            if (below is not null && again.Reply is Alerted { Alert.Description: TlsAlert.ProtocolVersion })
            {
                below.Repeated++;
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
