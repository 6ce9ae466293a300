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
                var attempts = await TlcpClient.TryAsync(survey, target, context, cancellationToken);
                foreach (var attempt in attempts)
                {
                    await attempt.DisposeAsync();
                }

                var transcript = FlightTranscript.Save(Manifest.Id, target, context, [.. survey.Of(ProtocolVersion.Tlcp11), .. attempts.Select(a => a.Exchange)]);
                return Saw(target, context, TlcpReading.Describe(attempts, survey.Of(ProtocolVersion.Tlcp11)), transcript);
        }
    }
}
