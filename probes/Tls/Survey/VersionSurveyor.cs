namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Asks a port for every version, one connection a hello. Closed doors are asked once more, with a hello in between that was answered;
/// refused suites with other suites; silence never, because it costs the whole answer limit each time.
/// </summary>
internal sealed class VersionSurveyor(PortDialogue dialogue)
{
    private const int Rounds = 3;
    private const int FickleRounds = 6;
    private const int Enough = 5;

    private readonly List<VersionInquiry> _inquiries = [.. VersionQuestion.For(dialogue.Endpoint).Select(q => new VersionInquiry(q))];
    private readonly Ssl2Inquiry _ssl2 = new();

    private VersionInquiry Tlcp => _inquiries[0];

    private VersionInquiry Tls12 => _inquiries[1];

    private VersionInquiry Tls13 => _inquiries[2];

    public async Task<VersionSurvey> RunAsync(CancellationToken cancellationToken)
    {
        await AskEveryVersionAsync(cancellationToken);
        await OfferOtherSuitesAsync(cancellationToken);
        await KnockAgainAsync(cancellationToken);
        await KnockOnSsl2AgainAsync(cancellationToken);
        await OfferOtherSuitesAsync(cancellationToken);
        await StandByDoorsAsync(cancellationToken);
        await ExplainRefusalsAsync(cancellationToken);
        var survey = new VersionSurvey(
            [.. _inquiries.OrderBy(i => ProtocolVersion.All.ToList().IndexOf(i.Version))],
            dialogue.Exchanges)
        {
            Ssl2 = _ssl2,
            WasReset = dialogue.WasReset,
            Behaviours = dialogue.Behaviours,
        };
        survey.Reconsider(dialogue);
        return survey;
    }

    private async Task AskEveryVersionAsync(CancellationToken cancellationToken)
    {
        await AskAsync(Tlcp, cancellationToken);
        if (Tlcp.Last is Unreached)
        {
            return;
        }

        // A stack that knows SSL 2.0 alone reads a longer record into any other hello and waits for the rest of it.
        await Task.WhenAll(AskAsync(Tls12, cancellationToken), Tlcp.Last is Silent ? AskSsl2Async(cancellationToken) : Task.CompletedTask);
        if (_inquiries.Take(2).All(i => i.Last is Silent or Foreign or Malformed))
        {
            return;
        }

        List<Task> asked = [.. _inquiries.Skip(3).Select(i => AskAsync(i, cancellationToken)), AskSsl2Async(cancellationToken)];
        if (Tlcp.Last is Closed { Hard: false } && IsProven(Tls12))
        {
            // Closing is how most TLS stacks turn TLCP away.
            asked.Add(AskAsync(Tlcp, cancellationToken));
        }

        await Task.WhenAll(asked);
        await AskAsync(Tls13, cancellationToken);
        Tlcp.DoorConfirmed = Tlcp.Exchanges.Count == 2 && IsQuietDoor(Tlcp.Last);
    }

    private async Task OfferOtherSuitesAsync(CancellationToken cancellationToken)
    {
        while (_inquiries.Where(i => i.HasMoreToOffer && !IsProven(i)).ToList() is { Count: > 0 } refused)
        {
            refused.ForEach(i => i.OfferNext());
            await Task.WhenAll(refused.Select(i => AskAsync(i, cancellationToken)));
        }
    }

    private async Task KnockAgainAsync(CancellationToken cancellationToken)
    {
        if (dialogue.Exchanges.All(e => e.Reply is Unreached))
        {
            return;
        }

        for (var round = 0; round < (dialogue.IsFickle ? FickleRounds : Rounds) && !dialogue.IsTired && Doors() is { Count: > 0 } doors; round++)
        {
            // Limiters reset or refuse, so that asking at once would meet the same door.
            var waited = doors.Exists(IsLoud);
            if (waited)
            {
                await dialogue.BackOffAsync(cancellationToken);
            }

            foreach (var door in doors)
            {
                await AskAsync(door, cancellationToken);
                dialogue.SlowDownIf(waited && !door.MetDoor);
            }

            var met = doors.Where(d => d.MetDoor && !(IsLoud(d) ? dialogue.ResetsMeanNothing : dialogue.ClosesMeanNothing)).ToList();
            if (dialogue.ClosesMeanNothing && dialogue.IsFickle)
            {
                continue;
            }

            if (met.Count > 0 && await dialogue.IsControlAnsweredAsync(cancellationToken))
            {
                met.ForEach(d => d.DoorConfirmed = true);
            }
            else if (!dialogue.Exchanges.Any(e => e.Reply.ShowsTls))
            {
                return;
            }
        }
    }

    /// <summary>
    /// What was read from closing stands where a row of controls is answered and the same doors are shut behind it once more; else nothing
    /// of it does.
    /// </summary>
    private async Task StandByDoorsAsync(CancellationToken cancellationToken)
    {
        var shut = _inquiries.Where(i => i is { DoorConfirmed: true, Last: Closed } && !IsProven(i)).ToList();
        var isRead = shut.Count > 0 || (_ssl2.Last is Closed && _inquiries.Exists(IsProven));
        if (isRead && !ClosesOnStrangersAlone() && dialogue is { ClosesMeanNothing: false, IsLimited: false } && await dialogue.IsSteadyAsync(cancellationToken))
        {
            foreach (var door in shut.Where(d => d.Version != ProtocolVersion.Tlcp11))
            {
                await AskAsync(door, cancellationToken);
            }
        }

        if (dialogue.ClosesMeanNothing)
        {
            shut.ForEach(d => d.DoorConfirmed = false);
            await KnockAgainAsync(cancellationToken);
        }
    }

    /// <summary>TLCP and SSL 2.0 hellos, which are no TLS records to most stacks, met the only doors among enough that were answered at once.</summary>
    private bool ClosesOnStrangersAlone()
    {
        var others = dialogue.Exchanges.Where(e => e.Hello is { HelloVersion: not 0x0101 }).ToList();
        return others.Count >= Enough && others.TrueForAll(e => e.Reply.ShowsTls);
    }

    private List<VersionInquiry> Doors() =>
        [.. _inquiries.Where(i => i.MetDoor && !i.DoorConfirmed && !IsProven(i)).OrderBy(i => i.Version == ProtocolVersion.Tlcp11)];

    private static bool IsLoud(VersionInquiry inquiry) => !IsQuietDoor(inquiry.Last) && inquiry.Last is not Alerted;

    private static bool IsQuietDoor(HelloReply? reply) => reply is Closed { Hard: false };

    /// <summary>Why versions above the highest one of the port were turned away instead of being answered with it.</summary>
    private async Task ExplainRefusalsAsync(CancellationToken cancellationToken)
    {
        var classic = _inquiries.Where(i => i.Version.Wire is >= 0x0300 and <= 0x0303).ToList();
        var highest = classic.Where(IsProven).OrderBy(i => i.Version.Wire).LastOrDefault();
        if (highest is null)
        {
            return;
        }

        if (classic.Exists(i => i.Version.Wire > highest.Version.Wire && (i.DoorConfirmed || i.Last is Alerted { Alert.Description: TlsAlert.ProtocolVersion })))
        {
            dialogue.Note(BehaviourKind.RefusesHigherVersions);
        }

        if (_inquiries.Exists(i => i.DoorConfirmed && i.Version != ProtocolVersion.Tlcp11))
        {
            dialogue.Note(BehaviourKind.ClosesInsteadOfAlert);
        }

        if (Tls13.DoorConfirmed && highest == Tls12)
        {
            var hello = Tls12.Asked.Hello with { SupportedVersions = [ProtocolVersion.Tls12.Wire] };
            var answer = await dialogue.SendAsync(new LabelledHello("TLSv1.2 with supported_versions", hello), cancellationToken);
            if (PortDialogue.IsDoor(answer.Reply))
            {
                dialogue.Note(BehaviourKind.ClosesOnSupportedVersions);
            }
        }
    }

    private static bool IsProven(VersionInquiry inquiry) => inquiry.Last is Selected { Flight.Hello.Version: var version } && version == inquiry.Version.Wire;

    private async Task AskSsl2Async(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 2 && _ssl2.IsOpen; attempt++)
        {
            _ssl2.Add(await dialogue.SendAsync(Ssl2.Name, Ssl2.Hello(), new Ssl2Reply(), cancellationToken));
        }
    }

    /// <summary>Where other hellos were reset too, a reset says nothing of SSL 2.0 until it is the only one.</summary>
    private async Task KnockOnSsl2AgainAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 2 && !_ssl2.DoorConfirmed && (_ssl2.Last is Unreached || (_ssl2.Last is Closed { Hard: true } && dialogue.WasReset)); attempt++)
        {
            var isAnswered = await dialogue.IsControlAnsweredAsync(cancellationToken);
            if (!isAnswered)
            {
                await dialogue.BackOffAsync(cancellationToken);
            }

            _ssl2.Add(await dialogue.SendAsync(Ssl2.Name, Ssl2.Hello(), new Ssl2Reply(), cancellationToken));
            dialogue.SlowDownIf(!isAnswered && !PortDialogue.IsDoor(_ssl2.Last!));
            _ssl2.DoorConfirmed = isAnswered && !dialogue.ResetsMeanNothing && PortDialogue.IsDoor(_ssl2.Last!) && await dialogue.IsControlAnsweredAsync(cancellationToken);
        }
    }

    private async Task AskAsync(VersionInquiry inquiry, CancellationToken cancellationToken)
    {
        inquiry.Add(await dialogue.SendAsync(inquiry.Asked, cancellationToken));
        if (!inquiry.HasPlainer)
        {
            return;
        }

        var (disturbing, disturbed) = (inquiry.Asked.Hello, inquiry.Last);
        inquiry.AskPlainer();
        inquiry.Add(await dialogue.SendAsync(inquiry.Asked, cancellationToken));
        if (disturbed is not Silent || inquiry.Last is not { ShowsTls: true })
        {
            return;
        }

        if (disturbing.PadTo is not null)
        {
            dialogue.Note(BehaviourKind.HangsOnMediumHellos);
        }
        else
        {
            dialogue.MaxSuites = SuiteWalk.Narrow;
            dialogue.Note(BehaviourKind.ClosesAbove64Suites);
        }
    }
}
