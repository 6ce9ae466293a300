using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Everything said to one port in a run, one connection a hello: keeps every exchange, notes what the port does beside answering, and
/// tells a door that closes on a hello from one that closes on everybody.
/// </summary>
internal sealed class PortDialogue(ProbeContext context, Endpoint endpoint)
{
    /// <summary>Lets a limiter that counts connections a second forget the ones before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1100);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1.5);

    /// <summary>A server that claims to accept everything is believed this far.</summary>
    private const int MaxConnections = 600;

    /// <summary>Milliseconds between connections to a limiter, from one that lets many pass to one that lets one pass a second.</summary>
    private const double ShortestGap = 60;
    private const double LongestGap = 1300;

    private const int RetriesAfterPause = 3;
    private const int TinyRecord = 64;

    private readonly HelloCaller _caller = new(context, endpoint);
    private readonly List<HelloExchange> _exchanges = [];
    private readonly HashSet<BehaviourKind> _behaviours = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private Task _backingOff = Task.CompletedTask;
    private TimeSpan _gap;
    private long _lastOpened;
    private ClientHello? _control;

    public Endpoint Endpoint => endpoint;

    public Patience Patience { get; } = new(TimeSpan.FromSeconds(9));

    /// <summary>Nothing more should be asked that is not owed already.</summary>
    public bool IsTired => Patience.IsExhausted || Opened >= MaxConnections;

    /// <summary>Suites a hello may carry; lowered once and for all when the port drops longer lists.</summary>
    public int MaxSuites { get; set; } = int.MaxValue;

    /// <summary>False once the port was seen to drop hellos with extensions it does not know.</summary>
    public bool MayCarryRiders { get; set; } = true;

    /// <summary>In the order the connections were opened.</summary>
    public IReadOnlyList<HelloExchange> Exchanges
    {
        get
        {
            lock (_gate)
            {
                return [.. _exchanges.OrderBy(e => e.StartedAt)];
            }
        }
    }

    /// <summary>Connections so far.</summary>
    public int Opened
    {
        get
        {
            lock (_gate)
            {
                return _exchanges.Count(e => e.Reply is not Unreached);
            }
        }
    }

    /// <summary>A ClientHello was reset or met no connection, which a limiter explains as well as a refusal.</summary>
    public bool WasReset
    {
        get
        {
            lock (_gate)
            {
                return _exchanges.Exists(e => e is { Hello: not null, Reply: Closed { Hard: true } or Unreached });
            }
        }
    }

    public IReadOnlyList<ServerBehaviour> Behaviours
    {
        get
        {
            lock (_gate)
            {
                return [.. _behaviours.Order().Select(ServerBehaviour.Of)];
            }
        }
    }

    public static Task<PortDialogue> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync($"tls.dialogue|{endpoint.TargetId}", _ => Task.FromResult(new PortDialogue(context, endpoint)), cancellationToken);

    public void Note(BehaviourKind kind)
    {
        lock (_gate)
        {
            _behaviours.Add(kind);
        }
    }

    /// <summary>Asks once, at the pace the port allows. Never retries.</summary>
    public async Task<HelloExchange> SendAsync(LabelledHello question, CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken);
        return Keep(await _caller.AskAsync(question.Label, question.Hello, cancellationToken));
    }

    /// <summary>As the other, for what is no ClientHello.</summary>
    public async Task<HelloExchange> SendAsync(string label, byte[] sent, IReplyReader reader, CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken);
        return Keep(await _caller.AskAsync(label, sent, reader, cancellationToken));
    }

    /// <summary>
    /// Asks, and where the door is shut finds out on whom: a hello answered before is asked again, and the question once more behind it.
    /// A door shut on both is waited for.
    /// </summary>
    public async Task<SettledAnswer> AskAsync(LabelledHello question, CancellationToken cancellationToken)
    {
        var exchange = await SendAsync(question, cancellationToken);
        for (var retry = 0; retry < RetriesAfterPause && IsDoor(exchange.Reply) && _control is { } control && !IsTired; retry++)
        {
            var answer = await SendAsync(new LabelledHello($"{question.Label} control", control), cancellationToken);
            if (answer.Reply is not Selected)
            {
                await BackOffAsync(cancellationToken);
                exchange = await SendAsync(question, cancellationToken);
                if (!IsDoor(exchange.Reply))
                {
                    SlowDown();
                }

                continue;
            }

            exchange = await SendAsync(question with { Label = $"{question.Label} again" }, cancellationToken);
            if (IsDoor(exchange.Reply))
            {
                return new SettledAnswer(exchange, DoorConfirmed: true);
            }
        }

        return new SettledAnswer(exchange, DoorConfirmed: false);
    }

    /// <summary>Waits until a limiter has forgotten what came before; those who ask at the same time wait together.</summary>
    public Task BackOffAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_backingOff.IsCompleted)
            {
                Patience.Spend(Pause);
                _backingOff = Task.Delay(Pause, context.Clock, cancellationToken);
            }

            return _backingOff;
        }
    }

    /// <summary>The same question was answered once it was asked later: the port counts connections.</summary>
    public void SlowDown()
    {
        Note(BehaviourKind.LimitsRate);
        lock (_gate)
        {
            var now = context.Clock.GetUtcNow();
            var answered = _exchanges.Where(e => !IsDoor(e.Reply)).Select(e => now - e.StartedAt - Pause).Count(age => age > TimeSpan.Zero && age < Pause * 2);
            var enough = LongestGap / Math.Max(1, answered);
            _gap = TimeSpan.FromMilliseconds(Math.Clamp(Math.Max(enough, _gap.TotalMilliseconds * 1.2), ShortestGap, LongestGap));
        }
    }

    public static bool IsDoor(HelloReply reply) => reply is Closed or Unreached;

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        _caller.AnswerLimit = Patience.Left < Longest ? Longest / 2 : Longest;
        if (_gap == TimeSpan.Zero)
        {
            _lastOpened = context.Clock.GetTimestamp();
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var wait = _gap - context.Clock.GetElapsedTime(_lastOpened);
            if (wait > TimeSpan.Zero)
            {
                Patience.Spend(wait);
                await Task.Delay(wait, context.Clock, cancellationToken);
            }

            _lastOpened = context.Clock.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    private HelloExchange Keep(HelloExchange exchange)
    {
        lock (_gate)
        {
            _exchanges.Add(exchange);
            if (exchange is { Reply: Selected { Flight.Hello.Suite: var suite }, Hello: { } hello } && hello.Suites.Contains(suite))
            {
                _control ??= hello with { Suites = [suite, CipherSuites.RenegotiationInfoScsv], PadTo = null };
            }
        }

        if (exchange.Elapsed > Slow && exchange.Reply is Selected or Alerted or Silent { Bytes: > 0 })
        {
            Note(BehaviourKind.AnswersSlowly);
        }

        if (exchange.Reply is Silent || exchange.Elapsed > Slow)
        {
            Patience.Spend(exchange.Elapsed);
        }

        Observe(exchange);
        return exchange;
    }

    private void Observe(HelloExchange exchange)
    {
        if (exchange is { Reply: Alerted { Alert.Description: TlsAlert.UnrecognizedName }, Hello.ServerName: null })
        {
            Note(BehaviourKind.RequiresServerName);
        }

        if (exchange.Reply is not Selected { Flight: var flight })
        {
            return;
        }

        if (flight.Body(HandshakeType.CertificateRequest) is not null)
        {
            Note(BehaviourKind.RequestsClientCertificate);
        }

        if (flight.LargestRecord is > 0 and < TinyRecord && exchange.Received.Length > 4 * TinyRecord)
        {
            Note(BehaviourKind.FragmentsRecords);
        }

        if (exchange.Hello is { } hello && !hello.Suites.Contains(flight.Hello.Suite))
        {
            Note(BehaviourKind.SelectsUnofferedSuites);
        }
    }
}

/// <summary>The last answer to a question that was asked as often as it took.</summary>
/// <param name="Exchange">Of the last time.</param>
/// <param name="DoorConfirmed">The same hello met a closed door twice while another was answered in between.</param>
internal sealed record SettledAnswer(HelloExchange Exchange, bool DoorConfirmed)
{
    public HelloReply Reply => Exchange.Reply;
}
