using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Sends ChangeCipherSpec before the key exchange. A sound server refuses it at once: by an alert, or by
/// leaving where it completes handshakes that are in order. One that stays silent is sent a second: if it took
/// the first, it tries to decrypt this one and says so.
/// </summary>
public sealed class CcsInjectionProbe : ClassicProbe<EarlyChangeCipherSpec>
{
    private const byte BadRecordMac = 20;
    private const byte DecryptionFailed = 21;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.ccs-injection",
        Pillar = Pillar.Tls,
        Title = "CCS 注入（CVE-2014-0224）",
        Question = "密钥交换之前的 ChangeCipherSpec 会被接受吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(EarlyChangeCipherSpec),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 2,
        Version = "1",
    };

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        await using var handshake = await port.Client.ConnectAsync(port.UpToFlight("early CCS"), cancellationToken);
        if (handshake.Flight is not { IsWhole: true })
        {
            return Saw(port, Describe(port, default, $"握手没有走到 ServerHelloDone：{handshake.Stopped?.Describe()}"), handshake.Exchange);
        }

        handshake.AcceptSilence();
        var first = await SendAsync(port, handshake.Channel!, TimeSpan.FromSeconds(1.5), cancellationToken);
        if (first is Closed)
        {
            await handshake.DisposeAsync();
            return await LeftAsync(port, handshake, first, cancellationToken);
        }

        if (first is not Silent)
        {
            return Saw(port, Describe(port, first is Alerted ? false : default(Fact<bool>), $"第一条：{first.Describe()}"), handshake.Exchange);
        }

        var second = await SendAsync(port, handshake.Channel!, TimeSpan.FromSeconds(3), cancellationToken);
        Fact<bool> accepted = second switch
        {
            Alerted { Alert.Description: BadRecordMac or DecryptionFailed } => true,
            Alerted => false,
            _ => default(Fact<bool>),
        };
        return Saw(port, Describe(port, accepted, $"第一条：没有应答；第二条：{second.Describe()}"), handshake.Exchange);
    }

    /// <summary>A port that leaves whatever comes next refuses nothing: only one that completes the same handshake in order left because of the order.</summary>
    private async Task<ProbeOutcome> LeftAsync(ClassicPort port, ClassicHandshake handshake, HelloReply first, CancellationToken cancellationToken)
    {
        var control = await port.Client.OnceAsync(port.InOrder(handshake.Flight!.Hello.Suite), cancellationToken);
        var isSound = control.Reach == HandshakeReach.Finished;
        var answer = $"第一条：{first.Describe()}；" + (isSound ? "按顺序的握手照常完成" : $"按顺序的握手也没有完成（{control.Stopped?.Describe()}），断开说明不了问题");
        return Saw(port, Describe(port, isSound ? false : default(Fact<bool>), answer), handshake.Exchange, control.Exchange);
    }

    private static EarlyChangeCipherSpec Describe(ClassicPort port, Fact<bool> accepted, string answer) =>
        new() { Version = port.Version.Name, Accepted = accepted, Answer = answer };

    private static async Task<HelloReply> SendAsync(ClassicPort port, RecordChannel channel, TimeSpan limit, CancellationToken cancellationToken)
    {
        var client = new ClassicClient(port.Context, port.Endpoint) { Limit = limit };
        var ending = await client.RunAsync(
            async token =>
            {
                await channel.SendAsync(RecordType.ChangeCipherSpec, new byte[] { 1 }, token);
                await channel.ReadRecordAsync(token);
            },
            channel,
            cancellationToken);
        return ending ?? new Malformed("又来了一条记录");
    }
}
