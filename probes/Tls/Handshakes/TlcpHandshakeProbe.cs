using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Completes a TLCP handshake where the survey saw TLCP, in at most two connections more; where it cannot be completed, the signature
/// is checked on the flight the survey already holds.
/// </summary>
public sealed class TlcpHandshakeProbe : Probe<Endpoint, TlcpProof>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.tlcp-handshake",
        Pillar = Pillar.Tls,
        Title = "TLCP 握手",
        Question = "TLCP 握手能否完成，服务器的密钥交换签名和私钥是否得到证明？",
        Needs = typeof(Endpoint),
        Observes = typeof(TlcpProof),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 38,
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

        var inquiry = survey.Inquiries.Single(i => i.Version == ProtocolVersion.Tlcp11);
        switch (inquiry.Decide(survey.Selected))
        {
            case false:
                return new NotNeeded("端口不提供 TLCP");
            case null:
                throw new UnableException(FailureKind.BadInput, $"不能断定 {target.Authority} 是否提供 TLCP，没有进行 TLCP 握手");
            default:
                var attempts = await TryAsync(survey, target, context, cancellationToken);
                var transcript = FlightTranscript.Save(Manifest.Id, target, context, [.. SeenTlcp(survey), .. attempts.Select(a => a.Exchange)]);
                return Saw(target, context, TlcpReading.Describe(attempts, SeenTlcp(survey)), transcript);
        }
    }

    /// <summary>The exchanges of the survey in which TLCP was selected.</summary>
    private static IReadOnlyList<HelloExchange> SeenTlcp(VersionSurvey survey) =>
        [.. survey.Exchanges.Where(e => e.Reply is Selected { Flight.Hello.Version: TlcpSuite.WireVersion })];

    /// <summary>
    /// In the form the survey was answered in; once more after a pause where the door was closed; once in the other form where the server
    /// said no.
    /// </summary>
    private static async Task<List<TlcpHandshake>> TryAsync(VersionSurvey survey, Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        var withName = SeenTlcp(survey).Select(e => e.Label).FirstOrDefault()?.EndsWith("SNI", StringComparison.Ordinal) == true;
        var client = new TlcpClient(context, target);
        var attempts = new List<TlcpHandshake> { await ConnectAsync(client, withName, cancellationToken) };
        if (attempts[0] is { Reach: HandshakeReach.Nothing, Stopped: Closed or Unreached })
        {
            await Task.Delay(ClosedDoor.Pause, context.Clock, cancellationToken);
            attempts.Add(await ConnectAsync(client, withName, cancellationToken));
        }
        else if (attempts[0].Reach == HandshakeReach.Nothing && EndpointName.Sni(target) is not null)
        {
            attempts.Add(await ConnectAsync(client, !withName, cancellationToken));
        }

        return attempts;
    }

    private static async Task<TlcpHandshake> ConnectAsync(TlcpClient client, bool withName, CancellationToken cancellationToken)
    {
        var handshake = await client.ConnectAsync(withName, cancellationToken);
        await handshake.DisposeAsync();
        return handshake;
    }
}
