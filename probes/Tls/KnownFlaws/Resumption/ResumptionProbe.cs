using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One handshake to get a session, one to take it up by its name, one by its ticket.</summary>
public sealed class ResumptionProbe : ClassicProbe<SessionResumption>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.resumption",
        Pillar = Pillar.Tls,
        Title = "会话恢复",
        Question = "端口用会话标识或会话票据恢复会话吗，票据有效多久？",
        Needs = typeof(Endpoint),
        Observes = typeof(SessionResumption),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 4,
        Version = "1",
    };

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        var offer = new ClassicOffer { Label = "with ticket", Version = port.Version.Wire, Ticket = default(ReadOnlyMemory<byte>) };
        var first = await port.Client.OnceAsync(offer, cancellationToken);
        if (first.Session is not { } session)
        {
            return Saw(port, new SessionResumption { Version = port.Version.Name, Note = $"握手没有完成：{first.Stopped!.Describe()}" }, first.Exchange);
        }

        var byTicket = session.Ticket is { Length: > 0 } ticket
            ? await ResumesAsync(port, offer with { Label = "by ticket", Ticket = ticket, SessionId = OwnId, Resumes = session }, cancellationToken)
            : null;

        // Servers that give tickets may still keep sessions for those who do not ask for one.
        var second = await port.Client.OnceAsync(offer with { Label = "without ticket", Ticket = null }, cancellationToken);
        var byName = second.Session is { Id.IsEmpty: false } named
            ? await ResumesAsync(port, offer with { Label = "by name", Ticket = null, SessionId = named.Id, Resumes = named }, cancellationToken)
            : null;
        return Saw(port, Describe(port, session, second.Session, byTicket, byName), [first.Exchange, second.Exchange, .. new[] { byTicket, byName }.OfType<Attempt>().Select(a => a.Exchange)]);
    }

    /// <summary>A client with a ticket names a session of its own, to recognise the server's consent (RFC 5077 §3.4).</summary>
    private static readonly byte[] OwnId = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private static async Task<Attempt> ResumesAsync(ClassicPort port, ClassicOffer offer, CancellationToken cancellationToken)
    {
        var again = await port.Client.OnceAsync(offer with { StopsAtFlight = true }, cancellationToken);
        return new Attempt(again.Exchange, again switch
        {
            { IsResumed: true, Reach: HandshakeReach.Finished } => true,
            { IsResumed: false, Reach: HandshakeReach.ServerFlight } => false,
            _ => null,
        });
    }

    private static SessionResumption Describe(ClassicPort port, ClassicSession session, ClassicSession? named, Attempt? byTicket, Attempt? byName) => new()
    {
        Version = port.Version.Name,
        SessionIdGiven = named is null ? default(Fact<bool>) : !named.Id.IsEmpty,
        SessionIdResumed = named is null ? default : Of(byName),
        TicketGiven = session.Ticket is { Length: > 0 },
        TicketResumed = Of(byTicket),
        TicketLifetime = session.Ticket is { Length: > 0 } ? session.TicketLifetime : new Fact<long?>(null),
    };

    private static Fact<bool?> Of(Attempt? attempt) => attempt switch
    {
        null => new Fact<bool?>(null),
        { Resumed: { } known } => known,
        _ => default,
    };

    /// <param name="Resumed">Null where neither a new flight nor the old session came.</param>
    private sealed record Attempt(HelloExchange Exchange, bool? Resumed);
}
