namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A refusal is that of one server, and behind a balancer another one may be older. The versions that are better not there are asked for
/// again with the same hellos, one after the other when the walks are over, so that a balancer that goes round hands them to others.
/// </summary>
internal sealed class RefusedVersions(PortDialogue dialogue, VersionSurvey versions)
{
    /// <summary>Where something hints at several servers, or an older version is offered although a newer one is turned away.</summary>
    private const int RoundsAmongSeveral = 3;

    /// <summary>A port that cost no more so far is asked for the newest of them as often as one of several: three in a row meet all of three servers in turn.</summary>
    private const int Little = 18;

    /// <summary>Refusals of a port that contradicts itself, counts connections or shuts its door at random are not believed, or not worth the wait.</summary>
    private bool IsPointless => dialogue.Contradicts || dialogue.ResetsMeanNothing || dialogue.IsFickle || dialogue.IsTired;

    public async Task AskAgainAsync(CancellationToken cancellationToken)
    {
        var isOdd = dialogue.HintsAtSeveral || dialogue.Has(BehaviourKind.RefusesHigherVersions);
        var isLittle = dialogue.Opened <= Little;
        var newest = Refused(ProtocolVersion.Tls11) ?? Refused(ProtocolVersion.Tls10);
        if (newest is not null)
        {
            await RepeatAsync(newest, isOdd || isLittle ? RoundsAmongSeveral : 1, cancellationToken);
        }

        // What still has these has TLS 1.0 too, and was found already unless it is odd; they are asked for where connections are not counted so closely.
        if (Refused(ProtocolVersion.Ssl3) is { } oldest)
        {
            await RepeatAsync(oldest, (isOdd, newest) switch { (true, null) => RoundsAmongSeveral, (true, _) => RoundsAmongSeveral - 1, (_, null) => isLittle ? 2 : 1, _ => 0 }, cancellationToken);
        }

        await RepeatSsl2Async(isOdd ? RoundsAmongSeveral - 1 : isLittle ? 1 : 0, cancellationToken);
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
