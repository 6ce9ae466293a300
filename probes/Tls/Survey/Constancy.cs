namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Whether a port answers equal hellos alike. One that closes on a hello now and answers it then (dead servers behind a balancer, a full
/// queue) closes for reasons that have nothing to do with what was asked.
/// </summary>
internal sealed class Constancy
{
    /// <summary>Shorter than any limiter takes to forget: what was shut and is open so soon was not shut by counting.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, HelloExchange> _closed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HelloExchange> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _leaves = new(StringComparer.Ordinal);

    /// <summary>An equal hello was answered, and closed upon without a reset.</summary>
    public bool ClosesAtRandom { get; private set; }

    /// <summary>An equal hello was answered, and reset.</summary>
    public bool ResetsAtRandom { get; private set; }

    /// <summary>The same within so short a time, and without a reset, that no limiter explains it and waiting helps nothing.</summary>
    public bool IsFickle { get; private set; }

    /// <summary>Equal hellos were answered with different versions, with different suites, or now with an alert and then without; or the same suite with different certificates.</summary>
    public bool Contradicts { get; private set; }

    public void Take(HelloExchange exchange)
    {
        if (exchange.Hello is not { } hello)
        {
            return;
        }

        // What a fresh random would change is not what was asked.
        var key = Convert.ToHexString((hello with { Random = new byte[32] }).ToRecord());
        if (exchange.Reply is Closed)
        {
            _closed[key] = exchange;
        }
        else if (exchange.Reply is Selected or Alerted)
        {
            Contradicts |= _answered.TryGetValue(key, out var before) && !string.Equals(before.Reply.Describe(), exchange.Reply.Describe(), StringComparison.Ordinal);
            _answered[key] = exchange;
            Contradicts |= ShowsAnotherLeaf(exchange, hello);
        }

        if (_closed.TryGetValue(key, out var closed) && _answered.TryGetValue(key, out var answered))
        {
            var isReset = closed.Reply is Closed { Hard: true };
            ResetsAtRandom |= isReset;
            ClosesAtRandom |= !isReset;
            IsFickle |= !isReset && (closed.StartedAt - answered.StartedAt).Duration() < Soon;
        }
    }

    /// <summary>A server picks among its certificates by version, suite, signature schemes and name, and by nothing else a hello says.</summary>
    private bool ShowsAnotherLeaf(HelloExchange exchange, ClientHello hello)
    {
        if (exchange.Reply is not Selected { Flight: { IsWhole: true } flight } || Leaf(flight) is not { } leaf)
        {
            return false;
        }

        var key = $"{flight.Hello.Version} {flight.Hello.Suite} {hello.ServerName} {string.Join(',', hello.SignatureAlgorithms)}";
        return !_leaves.TryAdd(key, leaf) && !_leaves[key].Span.SequenceEqual(leaf.Span);
    }

    private static ReadOnlyMemory<byte>? Leaf(ServerFlight flight)
    {
        try
        {
            return flight.Certificates() is [var leaf, ..] ? leaf : null;
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }
}
