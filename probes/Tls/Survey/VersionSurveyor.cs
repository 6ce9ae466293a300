using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Asks a port for every version, one connection a hello. The only place that decides what is asked again: closed doors once more after
/// a pause (rate limiters), unanswered suites with other suites; silence never, because it costs the whole answer limit each time.
/// </summary>
internal sealed class VersionSurveyor(ProbeContext context, Endpoint endpoint)
{
    /// <summary>Lets a limiter that counts connections a second forget the ones before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1100);

    private const int Tries = 2;

    private readonly HelloCaller _caller = new(context, endpoint);
    private readonly List<VersionInquiry> _inquiries = [.. VersionQuestion.For(endpoint).Select(q => new VersionInquiry(q))];
    private readonly List<HelloExchange> _exchanges = [];
    private readonly Lock _gate = new();

    public async Task<VersionSurvey> RunAsync(CancellationToken cancellationToken)
    {
        await AskEveryVersionAsync(cancellationToken);
        await OfferOtherSuitesAsync(cancellationToken);
        await KnockAgainAsync(cancellationToken);
        await OfferOtherSuitesAsync(cancellationToken);
        return new VersionSurvey(
            [.. _inquiries.OrderBy(i => ProtocolVersion.All.ToList().IndexOf(i.Version))],
            [.. _exchanges.OrderBy(e => e.StartedAt)]);
    }

    private async Task OfferOtherSuitesAsync(CancellationToken cancellationToken)
    {
        while (_inquiries.Where(i => i.HasMoreToOffer && !IsProven(i)).ToList() is { Count: > 0 } refused)
        {
            refused.ForEach(i => i.OfferNext());
            await Task.WhenAll(refused.Select(i => AskAsync(i, cancellationToken)));
        }
    }

    private async Task AskEveryVersionAsync(CancellationToken cancellationToken)
    {
        await AskAsync(_inquiries[0], cancellationToken);
        if (_inquiries[0].Last is Unreached)
        {
            return;
        }

        await AskAsync(_inquiries[1], cancellationToken);
        if (!_inquiries.Take(2).All(i => i.Last is Silent or Foreign or Malformed))
        {
            await Task.WhenAll(_inquiries.Skip(2).Select(i => AskAsync(i, cancellationToken)));
        }
    }

    private async Task KnockAgainAsync(CancellationToken cancellationToken)
    {
        var doors = _inquiries.Where(i => i.MetDoor && !IsProven(i)).OrderBy(i => i.Version == ProtocolVersion.Tlcp11).ToList();
        if (_exchanges.TrueForAll(e => e.Reply is Unreached))
        {
            return;
        }

        // Limiters reset or refuse; a plain FIN is how OpenSSL turns TLCP away, and waiting for it would slow every ordinary scan.
        if (doors.Exists(d => d.Last is Closed { Hard: true } or Unreached))
        {
            await Task.Delay(Pause, context.Clock, cancellationToken);
        }

        foreach (var door in doors)
        {
            await KnockAgainAsync(door, cancellationToken);
            if (!_exchanges.Exists(e => e.Reply.ShowsTls))
            {
                return;
            }
        }
    }

    private async Task KnockAgainAsync(VersionInquiry door, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries && door.MetDoor; attempt++)
        {
            await AskAsync(door, cancellationToken);
            var control = _inquiries.Find(IsProven);
            if (!door.MetDoor || control is null)
            {
                return;
            }

            var answer = await SendAsync(new LabelledHello($"{control.Version} control", control.Asked.Hello), cancellationToken);
            if (answer.Reply is Selected)
            {
                door.DoorConfirmed = true;
                return;
            }

            await Task.Delay(Pause, context.Clock, cancellationToken);
        }
    }

    private bool IsProven(VersionInquiry inquiry) => inquiry.Last is Selected { Flight.Hello.Version: var version } && version == inquiry.Version.Wire;

    private async Task AskAsync(VersionInquiry inquiry, CancellationToken cancellationToken) =>
        inquiry.Add(await SendAsync(inquiry.Asked, cancellationToken));

    private async Task<HelloExchange> SendAsync(LabelledHello question, CancellationToken cancellationToken)
    {
        var exchange = await _caller.AskAsync(question.Label, question.Hello, cancellationToken);
        lock (_gate)
        {
            _exchanges.Add(exchange);
        }

        return exchange;
    }
}
