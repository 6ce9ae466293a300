using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Gets a ticket and hands it in with session ids of one byte, three different ones against chance.</summary>
public sealed class TicketbleedProbe : ClassicProbe<TicketEcho>
{
    private static readonly byte[] Names = [0x5A, 0xC3, 0x17];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.ticketbleed",
        Pillar = Pillar.Tls,
        Title = "Ticketbleed（CVE-2016-9244）",
        Question = "随会话票据送去的短会话标识会被补上服务器内存再送回吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(TicketEcho),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 4,
        Version = "1",
    };

    private protected override ProbeOutcome? ConcludeFrom(ClassicPort port, SuiteSurvey suites) =>
        suites.Answer(port.Version) is ({ } exchange, { } hello) && !hello.Has(ExtensionType.SessionTicket)
            ? Saw(port, Describe(port, false, false, "没有接受会话票据扩展"), exchange)
            : null;

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        var offer = new ClassicOffer { Label = "with ticket", Version = port.Version.Wire, Ticket = default(ReadOnlyMemory<byte>) };
        var first = await port.Client.OnceAsync(offer, cancellationToken);
        if (first.Session is not { } session)
        {
            return Saw(port, Describe(port, default, default, $"握手没有完成：{first.Stopped!.Describe()}"), first.Exchange);
        }

        if (session.Ticket is not { Length: > 0 } ticket)
        {
            return Saw(port, Describe(port, false, false, "没有给出会话票据"), first.Exchange);
        }

        var echoes = new List<Echo>();
        foreach (var name in Names)
        {
            var again = offer with { Label = "short session id", Ticket = ticket, SessionId = new[] { name }, Resumes = session, StopsAtFlight = true };
            var handshake = await port.Client.OnceAsync(again, cancellationToken);
            echoes.Add(EchoOf(name, handshake));
            if (echoes[^1].Kind == EchoKind.AsSent)
            {
                break;
            }
        }

        // The answers to the short ids are not kept: what stands behind them may be somebody's.
        return Saw(port, Describe(port, true, Decide(echoes), string.Join('；', echoes.Select(e => e.Shown))), first.Exchange);
    }

    private static TicketEcho Describe(ClassicPort port, Fact<bool> given, Fact<bool> leaks, string answer) =>
        new() { Version = port.Version.Name, TicketGiven = given, Leaks = leaks, Answer = answer };

    private static Fact<bool> Decide(List<Echo> echoes) =>
        echoes.TrueForAll(e => e.Kind == EchoKind.Longer) ? true : echoes[^1].Kind == EchoKind.AsSent ? false : default(Fact<bool>);

    private static Echo EchoOf(byte name, ClassicHandshake handshake)
    {
        if (handshake.Flight?.Hello.SessionId is not { } id)
        {
            return new Echo(EchoKind.None, $"没有 ServerHello（{handshake.Stopped?.Describe()}）");
        }

        return id.Span switch
        {
            [var only] when only == name && handshake.IsResumed => new Echo(EchoKind.AsSent, "原样送回一个字节"),
            [var start, _, ..] when start == name => new Echo(EchoKind.Longer, $"送去 1 字节，送回 {id.Length} 字节"),
            _ => new Echo(EchoKind.None, "没有凭票据恢复会话"),
        };
    }

    private enum EchoKind
    {
        None,
        AsSent,
        Longer,
    }

    private sealed record Echo(EchoKind Kind, string Shown);
}
