using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Completes TLS 1.3 handshakes: one that offers everything, one with SM algorithms alone where the server takes them.</summary>
public sealed class Tls13HandshakeProbe : Probe<Endpoint, Tls13Proof>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.tls13-handshake",
        Pillar = Pillar.Tls,
        Title = "TLS 1.3 握手",
        Question = "TLS 1.3 握手能否完成，服务器的私钥是否得到证明，国密算法（RFC 8998）做到什么程度？",
        Needs = typeof(Endpoint),
        Observes = typeof(Tls13Proof),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 44,
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
            throw survey.Explain(target);
        }

        switch (survey.Inquiries.Single(i => i.Version == ProtocolVersion.Tls13).Decide(survey.Selected))
        {
            case false:
                return new NotNeeded("端口不提供 TLS 1.3");
            case null:
                throw new UnableException(FailureKind.BadInput, $"不能断定 {target.Authority} 是否提供 TLS 1.3，没有进行 TLS 1.3 握手");
            default:
                var any = await Tls13Sighting.OfAnythingAsync(target, context, cancellationToken);
                var sm = await SmTls13Reading.ReadAsync(any, target, context, cancellationToken);
                var transcript = FlightTranscript.Save(Manifest.Id, target, context, [.. any.Exchanges, .. sm.Exchanges]);
                return Saw(target, context, sm.AddTo(Describe(any.Handshake.Reach < HandshakeReach.Finished && sm.Sm is { } other ? other : any)), transcript);
        }
    }

    private static Tls13Proof Describe(Tls13Sighting seen)
    {
        var handshake = seen.Handshake;
        var finished = handshake.Reach == HandshakeReach.Finished;
        var alert = (seen.Afterwards as Alerted)?.Alert;
        var settled = finished && seen.Afterwards is not Alerted;
        return new Tls13Proof
        {
            Reached = handshake.Reach,
            Suite = handshake.Hello is { } hello ? $"0x{hello.Suite:X4}" : default(Fact<string>),
            SuiteName = handshake.Hello is { } named ? CipherSuites.NameOf(named.Suite) : default(Fact<string>),
            Group = handshake.Hello?.SelectedGroup is { } group ? NamedGroups.Of(group).Name : default(Fact<string>),
            SignatureScheme = handshake.Signature is { } signature ? SignatureSchemes.NameOf(signature.Scheme) : default(Fact<string>),
            SignatureValid = handshake.Signature?.Proof.Holds ?? default,
            KeyOwned = finished ? handshake.Signature?.Proof.Holds ?? default : default,
            CertificatesSent = handshake.Certificates is { } certificates ? certificates.Count : default(Fact<int>),
            ClientCertificateRequested = finished ? handshake.CertificateRequest is not null : default(Fact<bool>),
            ClientCertificateRequired = !finished ? default(Fact<bool>) : handshake.CertificateRequest is not null && seen.Afterwards is not null,
            SessionTickets = settled ? handshake.Tickets.Count > 0 : default(Fact<bool>),
            EarlyData = settled ? handshake.Tickets.Any(t => t.MaxEarlyData > 0) : default(Fact<bool>),
            Alert = alert?.Name,
            AlertNumber = alert?.Description,
            Note = Note(seen),
        };
    }

    private static string Note(Tls13Sighting seen) => seen.Handshake switch
    {
        { Reach: HandshakeReach.Finished, CertificateRequest: not null } when seen.Afterwards is not null => "握手完成，随后服务器因没有客户端证书而断开",
        { Reach: HandshakeReach.Finished, Signature.Proof.Outcome: SignatureOutcome.Invalid } => "握手完成，但服务器的握手签名与证书的公钥不符",
        { Reach: HandshakeReach.Finished, Signature: null } => "握手完成，服务器没有出示证书",
        { Reach: HandshakeReach.Finished } => "握手完成，服务器持有所出示证书的私钥",
        { Stopped: Alerted { Alert: var alert } } => $"握手没有完成：服务器以告警 {alert.Name} 拒绝",
        { Stopped: Malformed malformed } => $"握手没有完成：{malformed.Why}",
        { Stopped: Silent } => "握手没有完成：限定时间内没有应答",
        _ => "握手没有完成：对方断开",
    };
}
