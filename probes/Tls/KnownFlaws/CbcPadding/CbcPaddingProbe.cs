using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Completes a handshake under a CBC suite with a Finished whose padding has the right length and wrong bytes.</summary>
public sealed class CbcPaddingProbe : ClassicProbe<CbcPaddingCheck>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.cbc-padding",
        Pillar = Pillar.Tls,
        Title = "CBC 填充校验（TLS 版 POODLE）",
        Question = "CBC 记录的填充字节不对时，服务器会察觉吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(CbcPaddingCheck),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 2,
        Version = "1",
    };

    private protected override ProbeOutcome? ConcludeFrom(ClassicPort port, SuiteSurvey suites) =>
        suites.HasNone(static suite => suite.IsCbc)
            ? Saw(port, Describe(port, new Fact<bool?>(null), "套件已经枚举完整，没有 CBC 套件"), suites.Walked)
            : null;

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        var offer = new ClassicOffer
        {
            Label = "honest padding",
            Version = port.Version.Wire,
            Suites = [.. ClassicSuite.All.Where(s => s.Cipher != ClassicCipher.AesGcm && (port.Version == ProtocolVersion.Tls12 || s.IsOld)).Select(s => s.Id)],
        };
        var honest = await port.Client.OnceAsync(offer, cancellationToken);
        if (honest.Reach != HandshakeReach.Finished)
        {
            var isRefused = honest.Stopped is Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity } && honest.Reach == HandshakeReach.Nothing;
            return Saw(port, Describe(port, isRefused ? new Fact<bool?>(null) : default, $"CBC 握手没有完成：{honest.Stopped!.Describe()}"), honest.Exchange);
        }

        var spoilt = await port.Client.OnceAsync(offer with { Label = "spoilt padding", SpoilsPadding = true }, cancellationToken);
        var ignored = spoilt switch
        {
            { Reach: HandshakeReach.Finished } => true,
            { Reach: HandshakeReach.ServerFlight, Stopped: Alerted or Closed } => false,
            _ => default(Fact<bool?>),
        };
        return Saw(port, Describe(port, ignored, spoilt.Stopped?.Describe() ?? "握手照常完成"), honest.Exchange, spoilt.Exchange);
    }

    private static CbcPaddingCheck Describe(ClassicPort port, Fact<bool?> ignored, string answer) => new() { Version = port.Version.Name, PaddingIgnored = ignored, Answer = answer };
}
