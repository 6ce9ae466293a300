using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Asks for every version from SSL 2.0 to TLS 1.3 and for TLCP 1.1, each with a hello of its own.</summary>
public sealed class ProtocolVersionsProbe : Probe<Endpoint, OfferedProtocols>
{
    private readonly TimeSpan _walkLimit;

    public ProtocolVersionsProbe()
        : this(TimeSpan.FromSeconds(75))
    {
    }

    /// <param name="walkLimit">For the walks over suites and groups, once the versions' own hellos are answered.</param>
    internal ProtocolVersionsProbe(TimeSpan walkLimit) => _walkLimit = walkLimit;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.protocol-versions",
        Pillar = Pillar.Tls,
        Title = "传输协议版本",
        Question = "端口提供 SSLv2、SSLv3、TLS 1.0–1.3、TLCP 1.1 中的哪些版本？",
        Needs = typeof(Endpoint),
        Observes = typeof(OfferedProtocols),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(135),
        Connections = 300,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，没有传输层密码协议");
        }

        var survey = await VersionSurvey.OfAsync(target, context, cancellationToken);
        if (!survey.ShowsTls)
        {
            FlightTranscript.Save(Manifest.Id, target, context, survey.Exchanges);
            throw survey.Explain(target);
        }

        var described = Describe(survey, refusalsStand: await ReconsiderAsync(survey, target, context, cancellationToken));
        var (sm, exchanges) = await SmTls13Question.AskAsync(target, context, described.Tls13, cancellationToken);
        var transcript = FlightTranscript.Save(Manifest.Id, target, context, [.. survey.Exchanges, .. exchanges]);
        return Saw(target, context, described with { SmTls13 = sm, SmProved = await SmChannelProof.OfAsync(survey, target, context, cancellationToken) }, transcript);
    }

    /// <summary>
    /// A refusal stands only where no later hello met another server behind the port: the walks over suites and groups, whichever probe of the
    /// run they are made for, take back what they contradict.
    /// </summary>
    /// <returns>Whether refusals stand: the walk over the suites was had, and where it alone was, nothing contradicted it since.</returns>
    private async Task<bool> ReconsiderAsync(VersionSurvey survey, Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        own.CancelAfter(_walkLimit);
        try
        {
            await KeyExchangeSurvey.OfAsync(target, context, own.Token);
            return true;
        }
        catch (Exception trouble) when (trouble is UnableException || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The probes of suites and groups say what became of their walks; what the port showed before they broke off counts here.
            survey.Reconsider(await PortDialogue.OfAsync(target, context, cancellationToken));
            return VersionSurvey.RefusalsStand(target, context);
        }
    }

    private static OfferedProtocols Describe(VersionSurvey survey, bool refusalsStand)
    {
        bool? Standing(bool? decision) => decision == false && !refusalsStand ? null : decision;
        var decisions = survey.Inquiries.ToDictionary(i => i.Version, i => Standing(i.Decide(survey.Selected)));
        var ssl2 = Standing(survey.OffersSsl2);
        List<string> Where(bool? decision) =>
            [.. Old(ssl2 == decision), .. survey.Inquiries.Where(i => decisions[i.Version] == decision).Select(i => i.Version.Name)];
        Fact<bool> Of(ProtocolVersion version) => Known(decisions[version]);
        var undecided = Where(null);
        return new OfferedProtocols
        {
            Ssl2 = Known(ssl2),
            Ssl3 = Of(ProtocolVersion.Ssl3),
            Tls10 = Of(ProtocolVersion.Tls10),
            Tls11 = Of(ProtocolVersion.Tls11),
            Tls12 = Of(ProtocolVersion.Tls12),
            Tls13 = Of(ProtocolVersion.Tls13),
            Tlcp11 = Of(ProtocolVersion.Tlcp11),
            Offered = undecided.Count == 0 ? new Fact<IReadOnlyList<string>>(Where(true)) : default,
            Confirmed = Where(true),
            Undecided = undecided,
            Behaviours = survey.Behaviours,
            Answers = [Describe(survey.Ssl2, ssl2), .. survey.Inquiries.Select(i => Describe(i, decisions[i.Version]))],
        };
    }

    private static IEnumerable<string> Old(bool holds) => holds ? [Ssl2.Name] : [];

    private static Fact<bool> Known(bool? decision) => decision is { } known ? known : default(Fact<bool>);

    private static VersionAnswer Describe(Ssl2Inquiry inquiry, bool? decision) => new()
    {
        Version = Ssl2.Name,
        Answer = inquiry.Last is Ssl2Selected ? AnswerKind.ServerHello : inquiry.Last is Ssl2Refused ? AnswerKind.Alert : KindOf(inquiry.Last),
        Attempts = inquiry.Exchanges.Count,
        Alert = (inquiry.Last as Alerted)?.Alert.Name,
        AlertNumber = (inquiry.Last as Alerted)?.Alert.Description,
        SelectedVersion = inquiry.Hello is null ? null : Ssl2.Name,
        Note = decision switch
        {
            true => $"服务器应答了 SSLv2，列出 {inquiry.Hello!.Ciphers.Count} 个套件",
            false => $"服务器拒绝或断开（共问 {inquiry.Exchanges.Count} 次），同一端口的其他版本握手正常",
            null when inquiry.Last is Alerted or Selected or Ssl2Refused => "服务器拒绝，但同样的询问得到过不同的应答，或后续的询问没有问完，不能断定",
            null => "没有明确的应答，不能断定",
        },
    };

    private static VersionAnswer Describe(VersionInquiry inquiry, bool? decision)
    {
        var alert = (inquiry.Last as Alerted)?.Alert;
        var hello = (inquiry.Last as Selected)?.Flight.Hello;
        return new VersionAnswer
        {
            Version = inquiry.Version.Name,
            Answer = KindOf(inquiry.Last),
            Attempts = inquiry.Exchanges.Count + inquiry.Repeated,
            Alert = alert?.Name,
            AlertNumber = alert?.Description,
            SelectedVersion = hello is null ? null : ProtocolVersion.NameOf(hello.Version),
            Suite = hello is null ? null : $"0x{hello.Suite:X4}",
            SuiteName = hello is null ? null : CipherSuites.NameOf(hello.Suite),
            Note = NoteOn(inquiry, decision),
        };
    }

    private static AnswerKind KindOf(HelloReply? reply) => reply switch
    {
        null => AnswerKind.NotAsked,
        Selected { Flight.Hello.IsRetryRequest: true } => AnswerKind.HelloRetryRequest,
        Selected => AnswerKind.ServerHello,
        Alerted => AnswerKind.Alert,
        Closed closed => closed.Hard ? AnswerKind.Reset : AnswerKind.Closed,
        Silent => AnswerKind.Silent,
        Foreign => AnswerKind.NotTls,
        Malformed => AnswerKind.Malformed,
        _ => AnswerKind.NoConnection,
    };

    private static string NoteOn(VersionInquiry inquiry, bool? decision) => (decision, inquiry.Last) switch
    {
        (true, _) => "服务器选定了这一版本",
        (false, Selected) => "服务器改选了别的版本",
        (false, Alerted) => $"服务器以告警拒绝（共问 {inquiry.Exchanges.Count + inquiry.Repeated} 次{(inquiry.Implied > 0 ? $"；另有 {inquiry.Implied} 次问更新的版本，得到的告警说明更低的版本也不提供" : "")}），同一端口的其他版本握手正常",
        (false, _) => "服务器屡次断开，其间对其他询问一概应答",
        (null, Selected) => "服务器改选了别的版本，但同样的询问得到过不同的应答，或后续的询问没有问完，不能断定",
        (null, Silent) => "限定时间内没有应答，不能断定",
        (null, Alerted) => "服务器以告警拒绝，但不能断定是因为版本",
        (null, Closed) => "服务器断开，不能断定是因为版本",
        (null, null) => "没有询问",
        _ => "应答不可读，不能断定",
    };
}
