using System.Buffers.Binary;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Sends a heartbeat that claims 16 bytes and carries none, and an honest one behind it, whose answer shows without waiting that the
/// first was dropped. At most 16 bytes can leak, and they are counted, not kept. Sent inside a completed handshake; a port that has no
/// suite in common with us is asked in the middle of one.
/// </summary>
public sealed class HeartbleedProbe : ClassicProbe<HeartbeatOverRead>
{
    private const byte Request = 1;
    private const byte Response = 2;
    private const int Claimed = 16;
    private const int PaddingSize = 16;
    private const int MaxRecords = 16;

    private static readonly byte[] PeerMaySend = [1];

    /// <summary>Longer than the 4096 bytes some libraries hold back during a handshake: its answer pushes out that to the first.</summary>
    private static readonly byte[] Marker = [.. "check"u8, .. new byte[6000]];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.heartbleed",
        Pillar = Pillar.Tls,
        Title = "心脏出血（CVE-2014-0160）",
        Question = "声称比实际更长的心跳请求会换回服务器内存吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(HeartbeatOverRead),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 2,
        Version = "1",
    };

    private protected override ProbeOutcome? ConcludeFrom(ClassicPort port, SuiteSurvey suites) =>
        suites.Answer(port.Version) is ({ } exchange, { } hello) && !hello.Has(ExtensionType.Heartbeat)
            ? Saw(port, Describe(port, false, false, "没有接受心跳扩展"), exchange)
            : null;

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        await using var handshake = await ConnectAsync(port, cancellationToken);
        if (handshake.Flight is not { IsWhole: true } flight)
        {
            return Saw(port, Describe(port, default, default, $"握手没有走到 ServerHelloDone：{handshake.Stopped?.Describe()}"), handshake.Exchange);
        }

        if (!flight.Hello.Has(ExtensionType.Heartbeat))
        {
            return Saw(port, Describe(port, false, false, "没有接受心跳扩展"), handshake.Exchange);
        }

        handshake.AcceptSilence();
        var client = new ClassicClient(port.Context, port.Endpoint) { Limit = TimeSpan.FromSeconds(3) };
        var (leaks, answer) = (default(Fact<bool>), string.Empty);
        var ending = await client.RunAsync(async token => (leaks, answer) = await BeatAsync(handshake.Channel!, token), handshake.Channel!, cancellationToken);

        // In the middle of a handshake that this port does not complete, leaving says nothing.
        var isRefused = ending is Alerted || (ending is Closed && handshake.Reach == HandshakeReach.Finished);
        return Saw(port, Describe(port, true, isRefused ? false : leaks, ending?.Describe() ?? answer), handshake.Exchange);
    }

    private static async Task<ClassicHandshake> ConnectAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        KeyValuePair<ushort, ReadOnlyMemory<byte>>[] heartbeat = [new((ushort)ExtensionType.Heartbeat, PeerMaySend)];
        var whole = await port.Client.ConnectAsync(new ClassicOffer { Label = "heartbeat", Version = port.Version.Wire, FurtherExtensions = heartbeat }, cancellationToken);
        if (whole.Reach == HandshakeReach.Finished)
        {
            return whole;
        }

        await whole.DisposeAsync();
        return await port.Client.ConnectAsync(port.UpToFlight("heartbeat in the handshake") with { FurtherExtensions = heartbeat }, cancellationToken);
    }

    private static HeartbeatOverRead Describe(ClassicPort port, Fact<bool> offered, Fact<bool> leaks, string answer) =>
        new() { Version = port.Version.Name, HeartbeatOffered = offered, Leaks = leaks, Answer = answer };

    private static async Task<(Fact<bool> Leaks, string Answer)> BeatAsync(RecordChannel channel, CancellationToken cancellationToken)
    {
        byte[] lying = [Request, 0, Claimed];
        byte[] honest = [Request, (byte)(Marker.Length >> 8), (byte)(Marker.Length & 0xFF), .. Marker, .. new byte[PaddingSize]];
        await channel.SendAsync(RecordType.Heartbeat, lying, cancellationToken);
        await channel.SendAsync(RecordType.Heartbeat, honest, cancellationToken);
        for (var i = 0; i < MaxRecords; i++)
        {
            var record = await channel.ReadRecordAsync(cancellationToken);
            if (record.Type != (byte)RecordType.Heartbeat || record.Content is not [Response, _, _, ..])
            {
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(record.Content.AsSpan(1));
            if (length == Marker.Length && record.Content.AsSpan(3).StartsWith(Marker))
            {
                return (false, "正常的心跳有应答，越界的被丢弃");
            }

            if (length == Claimed && record.Content.Length >= 3 + Claimed)
            {
                return (true, $"返回了没有发送过的 {Claimed} 字节");
            }
        }

        return (default, "应答不可解释");
    }
}
