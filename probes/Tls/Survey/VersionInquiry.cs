namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What was asked of one version so far, and what came back.</summary>
internal sealed class VersionInquiry(VersionQuestion question)
{
    private readonly List<HelloExchange> _exchanges = [];
    private int _next;

    public VersionQuestion Question { get; } = question;

    public ProtocolVersion Version => Question.Version;

    public IReadOnlyList<HelloExchange> Exchanges => _exchanges;

    /// <summary>Connections on which it was asked again behind the walks, and refused again.</summary>
    public int Repeated { get; set; }

    /// <summary>Refusals of a newer version behind the walks that this one would have been answered instead of; its own hello was not sent for them.</summary>
    public int Implied { get; set; }

    /// <summary>The hello asked last.</summary>
    public LabelledHello Asked { get; private set; } = question.Hellos[0];

    public HelloReply? Last => _exchanges.Count == 0 ? null : _exchanges[^1].Reply;

    /// <summary>
    /// Set when the same hello met the same closed door twice while another hello was answered right after it, so that neither a
    /// rate limit nor a dead server explains the door.
    /// </summary>
    public bool DoorConfirmed { get; set; }

    /// <summary>Set where equal hellos of the port were answered differently: another server behind it may offer what this one refuses.</summary>
    public bool RefusalsMeanNothing { get; set; }

    /// <summary>True where the last answer names no common suite, or trouble with the one chosen, and a hello with other suites is left.</summary>
    public bool HasMoreToOffer => Last is Alerted { Alert: var alert } && (IsNoCommonSuite(alert) || IsOwnTrouble(alert))
        && !Asked.OffersEverything && _next + 1 < Question.Hellos.Count && (MetTrouble || !Question.Hellos[_next + 1].IsForTrouble);

    /// <summary>A close, a reset, no connection, or an alert that does not name its reason: worth asking again before believing it.</summary>
    public bool MetDoor => Last is Closed or Unreached || (Last is Alerted { Alert: var alert } && !IsPlainRefusal(alert) && !IsDoubtful(alert));

    /// <summary>True where the last hello met silence or a door and carries something to leave out.</summary>
    public bool HasPlainer => Asked.Plainer is not null && (MetDoor || Last is Silent);

    public void AskPlainer() => Asked = new LabelledHello($"{Asked.Label} plainer", Asked.Plainer!);

    public void OfferNext() => Asked = Question.Hellos[++_next];

    public void Add(HelloExchange exchange) => _exchanges.Add(exchange);

    /// <summary>True: a ServerHello selected it. False: refused. Null: not decided.</summary>
    /// <param name="selected">Versions that ServerHellos of this port selected, whatever was asked.</param>
    public bool? Decide(IReadOnlySet<ushort> selected)
    {
        if (selected.Contains(Version.Wire))
        {
            return true;
        }

        // A port that proved no version at all may refuse us for a reason of its own (name, address, certificate).
        if (selected.Count > 0 && IsRefused && !RefusalsMeanNothing)
        {
            return false;
        }

        return null;
    }

    private bool IsRefused => Last switch
    {
        Selected { Flight.Hello.Version: var other } => Version == ProtocolVersion.Tlcp11 || other < Version.Wire,
        Alerted { Alert: var alert } when IsPlainRefusal(alert) => !IsNoCommonSuite(alert) || !HasMoreToOffer,

        // Some libraries end every hello of a version they were told not to speak like this, whatever suites it offers.
        Alerted { Alert: var alert } when IsOwnTrouble(alert) => _exchanges.Count >= Question.Hellos.Count && _exchanges.TrueForAll(e => e.Reply is Alerted),
        Closed or Alerted => DoorConfirmed,
        _ => false,
    };

    private bool MetTrouble => _exchanges.Exists(e => e.Reply is Alerted { Alert: var alert } && IsOwnTrouble(alert));

    /// <summary>Of TLCP and TLS 1.3 there is but one kind of hello, so that trouble with it says nothing.</summary>
    private bool IsOwnTrouble(TlsAlert alert) => alert.Description == TlsAlert.InternalError && Question.Hellos.Any(h => h.IsForTrouble);

    private static bool IsNoCommonSuite(TlsAlert alert) => alert.Description is TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity;

    private static bool IsPlainRefusal(TlsAlert alert) => alert.Description is TlsAlert.ProtocolVersion || IsNoCommonSuite(alert);

    /// <summary>Alerts that speak of the server's own trouble or of the name asked for, never of the version.</summary>
    private static bool IsDoubtful(TlsAlert alert) =>
        alert.Description is TlsAlert.InternalError or TlsAlert.UnrecognizedName or TlsAlert.CloseNotify or 49 or 90 or 109 or 115 or 116;
}
