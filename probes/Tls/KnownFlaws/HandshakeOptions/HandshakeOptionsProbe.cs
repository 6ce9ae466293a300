using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Every option rides on one hello of the walk over the suites; where the port did not like that, it is asked for all in a hello of its
/// own, and then in two that share them.
/// </summary>
public sealed class HandshakeOptionsProbe : ClassicProbe<HandshakeOptions>
{
    private const byte Deflate = 1;
    private const byte Lzs = 64;

    private static readonly byte[] PeerMaySend = [1];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.handshake-options",
        Pillar = Pillar.Tls,
        Title = "握手选项",
        Question = "端口接受 TLS 压缩、心跳、会话票据吗？支持安全重协商、扩展主密钥、先加密后 MAC 吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(HandshakeOptions),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 3,
        Version = "1",
    };

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        var suites = await SuiteSurvey.OfAsync(port.Endpoint, port.Context, cancellationToken);
        if (suites.Ridden(port.Version) is { } ridden && Answered(port, ridden) is { } carried)
        {
            return Saw(port, Describe(port, carried, carried), ridden);
        }

        var plain = port.AnsweredHello;
        var all = await port.AskAsync("all options", WithExtensions(plain) with { Compressions = [Deflate, Lzs, 0] }, cancellationToken);
        if (Answered(port, all) is { } one)
        {
            return Saw(port, Describe(port, one, one), all);
        }

        var compression = await port.AskAsync("compression", plain with { Compressions = [Deflate, Lzs, 0] }, cancellationToken);
        var extensions = await port.AskAsync("extensions", WithExtensions(plain), cancellationToken);
        return Saw(port, Describe(port, Answered(port, compression), Answered(port, extensions)), all, compression, extensions);
    }

    private static ClientHello WithExtensions(ClientHello hello) => hello with
    {
        FurtherExtensions =
        [
            new((ushort)ExtensionType.EncryptThenMac, default),
            new((ushort)ExtensionType.ExtendedMainSecret, default),
            new((ushort)ExtensionType.SessionTicket, default),
            new((ushort)ExtensionType.Heartbeat, PeerMaySend),
        ],
    };

    private static ServerHello? Answered(ClassicPort port, HelloExchange exchange) =>
        exchange.Reply is Selected { Flight.Hello: var hello } && hello.Version == port.Version.Wire ? hello : null;

    private static HandshakeOptions Describe(ClassicPort port, ServerHello? compression, ServerHello? extensions)
    {
        Fact<bool> Has(ExtensionType type) => extensions is null ? default(Fact<bool>) : extensions.Has(type);
        return new HandshakeOptions
        {
            Version = port.Version.Name,
            Compression = compression is null ? default(Fact<bool>) : compression.Compression != 0,
            SecureRenegotiation = (extensions ?? compression) is { } any ? any.Has(ExtensionType.RenegotiationInfo) : default(Fact<bool>),
            ExtendedMasterSecret = Has(ExtensionType.ExtendedMainSecret),
            EncryptThenMac = extensions is null ? default(Fact<bool?>) : IsCbc(extensions.Suite) ? extensions.Has(ExtensionType.EncryptThenMac) : new Fact<bool?>(null),
            Heartbeat = Has(ExtensionType.Heartbeat),
            SessionTicket = Has(ExtensionType.SessionTicket),
        };
    }

    /// <summary>Names end in the mode and the hash: TLS_RSA_WITH_AES_128_CBC_SHA.</summary>
    private static bool IsCbc(ushort suite) => CipherSuites.NameOf(suite).Contains("_CBC_", StringComparison.Ordinal);
}
