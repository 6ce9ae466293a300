using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Everything said to one port in a run, one connection a hello: keeps every exchange, notes what the port does beside answering, and
/// tells a door that closes on a hello from one that closes on everybody.
/// </summary>
internal sealed class PortDialogue
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1.5);

    /// <summary>A server that claims to accept everything is believed this far.</summary>
    private const int MaxConnections = 600;

    private const int Retries = 3;

    /// <summary>Of a port that closes at random, which need no waiting.</summary>
    private const int FickleRetries = 6;

    /// <summary>Controls in a row, so that no balancer that goes round fewer servers than that hides a dead one from them.</summary>
    private const int Row = 4;

    private static readonly BehaviourKind[] ReadFromClosing =
    [
        BehaviourKind.RefusesHigherVersions, BehaviourKind.ClosesAbove64Suites, BehaviourKind.ClosesOnLargeHellos, BehaviourKind.ClosesOnUnknownExtensions,
        BehaviourKind.ClosesOnSupportedVersions, BehaviourKind.ClosesInsteadOfAlert,
    ];

    private readonly ProbeContext _context;
    private readonly HelloCaller _caller;
    private readonly Pace _pace;
    private readonly Forbearance _forbearance;
    private readonly List<HelloExchange> _exchanges = [];
    private readonly HashSet<BehaviourKind> _behaviours = [];
    private readonly Constancy _constancy = new();
    private readonly BackendSigns _signs = new();
    private readonly Lock _gate = new();
    private ClientHello? _control;
    private bool _isSteady;
    private volatile bool _isContradicted;

    private PortDialogue(ProbeContext context, Endpoint endpoint, Forbearance forbearance)
    {
        _context = context;
        _caller = new HelloCaller(context, endpoint);
        _forbearance = forbearance;
        _pace = new Pace(context.Clock, Patience, forbearance);
        Endpoint = endpoint;
    }

    public Endpoint Endpoint { get; }

    public Patience Patience { get; } = new(TimeSpan.FromSeconds(9));

    /// <summary>Nothing more should be asked that is not owed already.</summary>
    public bool IsTired => Patience.IsExhausted || _forbearance.IsExhausted || Opened >= MaxConnections;

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
                var seen = ClosesMeanNothing ? _behaviours.Except(ReadFromClosing) : _behaviours;
                return [.. seen.Order().Select(ServerBehaviour.Of)];
            }
        }
    }

    public static Task<PortDialogue> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync(
            $"tls.dialogue|{endpoint.TargetId}",
            async token => new PortDialogue(context, endpoint, await Forbearance.OfAsync(endpoint, context, token)),
            cancellationToken);

    /// <summary>Seen by comparing what equal hellos do not show.</summary>
    public void NoteContradiction()
    {
        _isContradicted = true;
        Note(BehaviourKind.AnswersDiffer);
    }

    public bool Has(BehaviourKind kind)
    {
        lock (_gate)
        {
            return _behaviours.Contains(kind);
        }
    }

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
    /// A reset is only believed after a pause, and no close at all of a port that counts connections or closes at random.
    /// </summary>
    public async Task<SettledAnswer> AskAsync(LabelledHello question, CancellationToken cancellationToken)
    {
        var exchange = await SendAsync(question, cancellationToken);
        for (var retry = 0; retry < (_constancy.IsFickle ? FickleRetries : Retries) && IsDoor(exchange.Reply) && !IsTired; retry++)
        {
            var isOpenToOthers = _constancy.IsFickle || await IsControlAnsweredAsync(cancellationToken);
            var isLoud = !isOpenToOthers || exchange.Reply is not Closed { Hard: false };
            if (isLoud)
            {
                await BackOffAsync(cancellationToken);
            }

            exchange = await SendAsync(question with { Label = $"{question.Label} again" }, cancellationToken);
            if (!IsDoor(exchange.Reply))
            {
                SlowDownIf(isLoud);
            }
            else if (isOpenToOthers && !(isLoud ? ResetsMeanNothing : ClosesMeanNothing) && await IsSteadyAsync(cancellationToken)
                && await IsShutAgainAsync(question, cancellationToken) is { } shut)
            {
                return new SettledAnswer(shut, DoorConfirmed: true);
            }
        }

        return new SettledAnswer(exchange, DoorConfirmed: false);
    }

    /// <summary>A hello that was answered before, asked once more; at once again where the door is shut without a reset.</summary>
    public async Task<bool> IsControlAnsweredAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; _control is { } control && attempt < Row && !IsTired; attempt++)
        {
            var reply = (await SendAsync(new LabelledHello("control", control), cancellationToken)).Reply;
            if (reply is not Closed { Hard: false })
            {
                return reply is Selected;
            }
        }

        return false;
    }

    /// <summary>Every one of several controls in a row is answered; later doors of a port that stood this once need a single one.</summary>
    public async Task<bool> IsSteadyAsync(CancellationToken cancellationToken)
    {
        for (var left = _isSteady || _pace.IsLimited ? 1 : Row; left > 0; left--)
        {
            if (!await IsControlAnsweredAsync(cancellationToken) || ClosesMeanNothing)
            {
                return false;
            }
        }

        return _isSteady = true;
    }

    /// <summary>The door is shut a third time, and the next control is answered all the same.</summary>
    private async Task<HelloExchange?> IsShutAgainAsync(LabelledHello question, CancellationToken cancellationToken)
    {
        var exchange = await SendAsync(question with { Label = $"{question.Label} again" }, cancellationToken);
        return IsDoor(exchange.Reply) && await IsControlAnsweredAsync(cancellationToken) && !ClosesMeanNothing ? exchange : null;
    }

    public Task BackOffAsync(CancellationToken cancellationToken) => _pace.BackOffAsync(cancellationToken);

    /// <summary>True once the port was seen to close on a hello that it answers at another time.</summary>
    public bool ClosesMeanNothing => _constancy.ClosesAtRandom;

    /// <summary>The same of resets, which a port that counts connections sends too.</summary>
    public bool ResetsMeanNothing => _pace.IsLimited || _constancy.ResetsAtRandom || ClosesMeanNothing;

    /// <summary>True once the port was seen to count connections.</summary>
    public bool IsLimited => _pace.IsLimited;

    /// <summary>See <see cref="Constancy.IsFickle"/>.</summary>
    public bool IsFickle => _constancy.IsFickle;

    /// <summary>See <see cref="Constancy.Contradicts"/>.</summary>
    public bool Contradicts => _isContradicted || _constancy.Contradicts;

    /// <summary>See <see cref="BackendSigns"/>.</summary>
    public bool HintsAtSeveral => _signs.AreSeen;

    /// <param name="waited">The same question was answered once it was asked later: the port counts connections.</param>
    public void SlowDownIf(bool waited)
    {
        if (!waited || _constancy.IsFickle)
        {
            return;
        }

        Note(BehaviourKind.LimitsRate);
        lock (_gate)
        {
            var shut = _exchanges.Where(e => e.Reply is Closed { Hard: true } or Unreached).Select(e => e.StartedAt).DefaultIfEmpty(_context.Clock.GetUtcNow()).Max();
            _pace.Limit(_exchanges.Count(e => !IsDoor(e.Reply) && e.StartedAt <= shut && shut - e.StartedAt < Second));
        }
    }

    public static bool IsDoor(HelloReply reply) => reply is Closed or Unreached;

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        _caller.AnswerLimit = Patience.Left < Longest ? Longest / 2 : Longest;
        await _pace.WaitAsync(cancellationToken);
    }

    private HelloExchange Keep(HelloExchange exchange)
    {
        lock (_gate)
        {
            _exchanges.Add(exchange);
            _constancy.Take(exchange);
            _signs.Take(exchange);
            if (_constancy.IsFickle)
            {
                _behaviours.Add(BehaviourKind.ClosesAtRandom);
            }

            if (Contradicts)
            {
                _behaviours.Add(BehaviourKind.AnswersDiffer);
            }

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

        if (_pace.IsLimited && exchange.Reply is Closed { Hard: true } or Unreached)
        {
            _pace.Widen();
        }

        ExchangeSigns.Of(exchange).ToList().ForEach(Note);
        return exchange;
    }
}
