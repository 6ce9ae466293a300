using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The answers of one port to every version's hello; shared by the probes that read them.</summary>
/// <param name="Inquiries">One a version, in the order of <see cref="ProtocolVersion.All"/>.</param>
/// <param name="Exchanges">Every connection, in the order opened.</param>
internal sealed record VersionSurvey(IReadOnlyList<VersionInquiry> Inquiries, IReadOnlyList<HelloExchange> Exchanges)
{
    /// <summary>Versions that ServerHellos selected.</summary>
    public IReadOnlySet<ushort> Selected { get; private set; } = SelectedIn(Exchanges);

    /// <summary>SSL 2.0, whose hello has nothing in common with the others.</summary>
    public Ssl2Inquiry Ssl2 { get; init; } = new();

    /// <summary>As <see cref="VersionInquiry.Decide"/>, of SSL 2.0.</summary>
    public bool? OffersSsl2 => Ssl2.Decide(Selected.Count > 0, WasReset);

    /// <summary>A ClientHello was reset, which a limiter explains as well as a refusal.</summary>
    public required bool WasReset { get; init; }

    /// <summary>
    /// Takes back what was read from closing or refusing, where the port has since been seen to do either at random, and adds what it has
    /// since selected.
    /// </summary>
    public void Reconsider(PortDialogue dialogue)
    {
        Selected = SelectedIn([.. Exchanges, .. dialogue.Exchanges]);

        if (Ssl2.Contradicts || Inquiries.Any(IsContradicted))
        {
            dialogue.NoteContradiction();
        }

        Ssl2.ClosesMeanNothing |= dialogue.ClosesMeanNothing;
        Ssl2.RefusalsMeanNothing |= dialogue.Contradicts;
        foreach (var inquiry in Inquiries)
        {
            inquiry.DoorConfirmed &= !(inquiry.Last is Closed { Hard: true } ? dialogue.ResetsMeanNothing : dialogue.ClosesMeanNothing);
            inquiry.RefusalsMeanNothing |= dialogue.Contradicts;
        }
    }

    /// <summary>
    /// Turned away for its version, which was selected elsewhere; or while a newer hello was answered with an older version, which this one
    /// would have been answered with too (RFC 5246 §E.1), as with an older one that is offered beside a newer one; TLCP, a protocol of its own, is none of them. Not one server, or not one
    /// that can be read.
    /// </summary>
    private bool IsContradicted(VersionInquiry inquiry) =>
        inquiry is { Version.Wire: >= 0x0300 and <= 0x0303 and var asked, Last: Alerted { Alert.Description: TlsAlert.ProtocolVersion } }
        && (Selected.Contains(asked)
            || (Selected.Any(v => v >= 0x0300 && v < asked) && Selected.Any(v => v > asked))
            || Inquiries.Any(o => o.Version.Wire is >= 0x0300 and <= 0x0303 and var other && other >= asked
            && o.Last is Selected { Flight.Hello.Version: >= 0x0300 and var selected } && selected <= asked));

    private static HashSet<ushort> SelectedIn(IEnumerable<HelloExchange> exchanges) =>
        exchanges.Select(e => e.Reply).OfType<Selected>().Select(s => s.Flight.Hello.Version).ToHashSet();

    /// <summary>Seen while asking for versions; later questions may add to them.</summary>
    public IReadOnlyList<ServerBehaviour> Behaviours { get; init; } = [];

    public bool ShowsTls => Exchanges.Any(e => e.Reply.ShowsTls);

    /// <summary>The exchanges in which the server selected a version.</summary>
    public IReadOnlyList<HelloExchange> Of(ProtocolVersion version) =>
        [.. Exchanges.Where(e => e.Reply is Selected { Flight.Hello.Version: var selected } && selected == version.Wire)];

    /// <summary>Asks the endpoint, or hands out what another probe of the run was answered.</summary>
    public static Task<VersionSurvey> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync(
            Key(endpoint),
            async token => await new VersionSurveyor(await PortDialogue.OfAsync(endpoint, context, token)).RunAsync(token),
            cancellationToken);

    /// <summary>What another probe of the run was answered; null where none asked or none got through. Opens no connection.</summary>
    public static VersionSurvey? Done(Endpoint endpoint, ProbeContext context) => context.Shared.Done<VersionSurvey>(Key(endpoint));

    /// <summary>Refusals rest on what the walks behind them did not contradict: the walk over the suites was had, and either the one over groups too or nothing contradicted it since.</summary>
    public static bool RefusalsStand(Endpoint endpoint, ProbeContext context) =>
        KeyExchangeSurvey.IsDone(endpoint, context) || SuiteSurvey.Done(endpoint, context) is { Dialogue.Contradicts: false };

    private static string Key(Endpoint endpoint) => $"tls.version-survey|{endpoint.TargetId}";

    /// <summary>The port answered hellos with clear HTTP and never with TLS.</summary>
    public bool SpeaksPlainHttp => !ShowsTls && Exchanges.Select(e => e.Reply).OfType<Foreign>().FirstOrDefault() is { Protocol: ForeignProtocol.PlainHttp };

    /// <summary>Why nothing can be said of TLS on this port.</summary>
    /// <param name="endpoint">For the message.</param>
    public UnableException Explain(Endpoint endpoint)
    {
        var replies = Exchanges.Select(e => e.Reply).ToList();
        if (replies.OfType<Foreign>().FirstOrDefault() is { } foreign)
        {
            if (SpeaksPlainHttp)
            {
                return new UnableException(
                    FailureKind.BadInput,
                    $"{endpoint.Authority} 是明文 HTTP 端口，没有 TLS/TLCP 加密（对握手的应答：{foreign.Banner}）。要看这个端口的页面请写成 http://{endpoint.Authority}");
            }

            return new UnableException(FailureKind.BadInput, $"{endpoint.Authority} 端口说的不是 TLS/TLCP（{NameOf(foreign.Protocol)}）：{foreign.Banner}");
        }

        if (replies.OfType<Malformed>().FirstOrDefault() is { } malformed)
        {
            return new UnableException(FailureKind.BadInput, $"{endpoint.Authority} 的应答不是可读的 TLS/TLCP 握手：{malformed.Why}");
        }

        if (replies.TrueForAll(r => r is Unreached) && replies.OfType<Unreached>().FirstOrDefault() is { } unreached)
        {
            return new UnableException(unreached.Kind, unreached.Message);
        }

        return replies.Exists(r => r is Silent)
            ? new UnableException(FailureKind.TimedOut, $"{endpoint.Authority} 接受连接，但在限定时间内没有给出完整的握手应答")
            : new UnableException(FailureKind.Unreachable, $"{endpoint.Authority} 接受连接后立即断开，重试后仍没有握手应答");
    }

    private static string NameOf(ForeignProtocol protocol) => protocol switch
    {
        ForeignProtocol.PlainHttp => "明文 HTTP",
        ForeignProtocol.Ssh => "SSH",
        ForeignProtocol.TextGreeting => "邮件或文件传输的明文问候，可能需要 STARTTLS：在 candidate.yaml 写 starttls，或在命令行加 --starttls",
        _ => "无法识别的数据",
    };
}
