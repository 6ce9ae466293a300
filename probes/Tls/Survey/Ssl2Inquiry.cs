namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What was asked of SSL 2.0, and what came back.</summary>
internal sealed class Ssl2Inquiry
{
    /// <summary>Alerts of a stack that does not know the hello; none of them speaks of trouble of the server's own.</summary>
    private static readonly byte[] Refusals = [10, 22, 40, 47, 50, 70, 71];

    private readonly List<HelloExchange> _exchanges = [];

    public IReadOnlyList<HelloExchange> Exchanges => _exchanges;

    public HelloReply? Last => _exchanges.Count == 0 ? null : _exchanges[^1].Reply;

    public Ssl2ServerHello? Hello => _exchanges.Select(e => e.Reply).OfType<Ssl2Selected>().FirstOrDefault(s => s.Hello.Version == Ssl2.Version)?.Hello;

    /// <summary>True while asking once more may tell more: a door, as long as it was met but once.</summary>
    public bool IsOpen => Last is null or Closed or Unreached;

    /// <summary>As <see cref="VersionInquiry.DoorConfirmed"/>.</summary>
    public bool DoorConfirmed { get; set; }

    /// <summary>See <see cref="PortDialogue.ClosesMeanNothing"/>.</summary>
    public bool ClosesMeanNothing { get; set; }

    /// <summary>See <see cref="PortDialogue.Contradicts"/>: another server behind the port may take what this one turns away.</summary>
    public bool RefusalsMeanNothing { get; set; }

    /// <summary>The same hello was answered, and turned away.</summary>
    public bool Contradicts => Hello is not null && _exchanges.Exists(e => e.Reply is Alerted or Ssl2Refused);

    public void Add(HelloExchange exchange) => _exchanges.Add(exchange);

    /// <summary>True: a SERVER-HELLO came. False: refused, on a port that answers other hellos. Null: not decided.</summary>
    /// <param name="answersOthers">ServerHellos of later versions came.</param>
    /// <param name="resetsOthers">Other hellos of the port were reset, which a limiter explains as well as a refusal.</param>
    public bool? Decide(bool answersOthers, bool resetsOthers)
    {
        if (Hello is not null)
        {
            return true;
        }

        if (!answersOthers || RefusalsMeanNothing)
        {
            return null;
        }

        // Closing on what is no TLS record is the rule.
        return Last switch
        {
            Alerted { Alert.Description: var alert } when Array.IndexOf(Refusals, alert) >= 0 => false,
            Selected or Ssl2Refused or Ssl2Selected => false,
            Closed when ClosesMeanNothing => null,
            Closed { Hard: false } when _exchanges.Count > 1 => false,
            Closed when _exchanges.Count > 1 && !resetsOthers => false,
            Closed or Unreached when DoorConfirmed => false,
            _ => null,
        };
    }
}
