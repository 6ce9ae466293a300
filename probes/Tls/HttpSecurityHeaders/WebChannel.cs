using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A protected stream to a web server: by the platform where it can, else by our own TLS 1.3 with SM algorithms, TLCP, or TLS 1.0 to 1.2
/// with the suites platforms no longer take. Nobody is trusted; the certificates are judged elsewhere.
/// </summary>
internal sealed class WebChannel : IAsyncDisposable
{
    /// <summary>For what is tried after the platform met something unreadable; beyond it, the platform's own answer stands.</summary>
    private static readonly TimeSpan OwnLimit = TimeSpan.FromSeconds(7);

    private const int MostNamed = 4;

    private readonly IAsyncDisposable _owner;

    private WebChannel(Stream stream, string protocol, PeerProof peer, IAsyncDisposable owner)
    {
        Stream = stream;
        Protocol = protocol;
        Peer = peer;
        _owner = owner;
    }

    public Stream Stream { get; }

    /// <summary>As in <see cref="SecurityHeaders.ReadOver"/>.</summary>
    public string Protocol { get; }

    /// <summary>Whom it was opened to, whoever that is.</summary>
    public PeerProof Peer { get; }

    /// <exception cref="UnableException">No protected stream by any of them, or clear HTTP instead.</exception>
    public static async Task<WebChannel> OpenAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            var platform = await PlatformHandshake.ConnectAsync(endpoint, context, cancellationToken);
            return new WebChannel(platform.Stream, ProtocolNameOf(platform), new PeerProof(platform.Certificates, [0], KeysProved: true), platform);
        }
        catch (UnableException unable) when (unable.Kind is FailureKind.BadInput or FailureKind.Unreachable)
        {
            if (await TryOwnAsync(endpoint, unable, context, cancellationToken) is { } own)
            {
                return own;
            }

            throw;
        }
    }

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    /// <summary>Null where it came to nothing in time: how busy this machine is must not decide what is said of the server.</summary>
    private static async Task<WebChannel?> TryOwnAsync(Endpoint endpoint, UnableException met, ProbeContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(OwnLimit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await OpenOwnAsync(endpoint, met, context, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <exception cref="UnableException">None of ours came to an end either.</exception>
    private static async Task<WebChannel> OpenOwnAsync(Endpoint endpoint, UnableException met, ProbeContext context, CancellationToken cancellationToken)
    {
        var survey = await VersionSurvey.OfAsync(endpoint, context, cancellationToken);
        if (survey.SpeaksPlainHttp)
        {
            throw survey.Explain(endpoint);
        }

        if (survey.Selected.Contains(ProtocolVersion.Tls13.Wire))
        {
            var offer = Tls13Offer.Anything with { ApplicationProtocols = ["http/1.1"] };
            foreach (var hello in new[] { offer, Tls13Offer.SmOnly })
            {
                var (handshake, _) = await Tls13Sighting.ConnectAsync(hello, endpoint, context, cancellationToken);
                if (handshake.Stream is { } stream)
                {
                    var isSm = Tls13Offer.IsSm(handshake.Hello!.Suite);
                    return new WebChannel(stream, isSm ? "TLSv1.3 SM" : ProtocolVersion.Tls13.Name, PeerProof.OfTls13(handshake), handshake);
                }

                await handshake.DisposeAsync();
            }
        }

        return (survey.Selected.Contains(ProtocolVersion.Tlcp11.Wire) ? await OpenTlcpAsync(survey, endpoint, context, cancellationToken) : null)
            ?? await OpenClassicAsync(survey, endpoint, context, cancellationToken)
            ?? throw Explain(survey, met, endpoint);
    }

    private static async Task<WebChannel?> OpenClassicAsync(VersionSurvey survey, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        foreach (var version in ClassicPort.Versions.Where(v => survey.Selected.Contains(v.Wire)))
        {
            var offer = new ClassicOffer { Label = $"{version.Name} page", Version = version.Wire };
            var handshake = await new ClassicClient(context, endpoint).ConnectAsync(offer, cancellationToken);
            if (handshake is { Reach: HandshakeReach.Finished, Session.Suite: var suite, Channel: { } channel })
            {
                // Finished proves the key that the premaster was encrypted for; signatures of other exchanges are not checked on this way.
                var peer = new PeerProof(CertificatesOf(handshake.Flight!), [0], KeysProved: suite.KeyExchange == ClassicKeyExchange.Rsa);
                return new WebChannel(new ChannelStream(channel, IgnoreHelloRequestAsync), version.Name, peer, handshake);
            }

            await handshake.DisposeAsync();
        }

        return null;
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> CertificatesOf(ServerFlight flight)
    {
        try
        {
            return flight.Certificates() ?? [];
        }
        catch (MalformedFlightException)
        {
            return [];
        }
    }

    private static Task IgnoreHelloRequestAsync(HandshakeMessage message, CancellationToken cancellationToken) =>
        message.Type == (byte)HandshakeType.HelloRequest ? Task.CompletedTask : throw new MalformedFlightException($"握手完成后又来握手消息（类型 {message.Type}）");

    /// <summary>What was seen of the port stands for the reason; the platform's own words say little to people.</summary>
    private static UnableException Explain(VersionSurvey survey, UnableException met, Endpoint endpoint)
    {
        var selected = survey.Exchanges.Select(e => e.Reply).OfType<Selected>().Select(s => s.Flight.Hello)
            .Select(h => $"{ProtocolVersion.NameOf(h.Version)} {CipherSuites.NameOf(h.Suite)}").Distinct(StringComparer.Ordinal).Take(MostNamed).ToList();
        if (selected.Count == 0)
        {
            return met;
        }

        var asks = survey.Behaviours.Any(b => b.Kind == BehaviourKind.RequestsClientCertificate) ? "；端口要求客户端证书，没有证书的握手可能因此不能完成" : "";
        return new UnableException(
            met.Kind,
            $"{endpoint.Authority} 的页面没有读到：本机平台与本工具自己的客户端都没有与它完成握手（端口选定过：{string.Join("、", selected)}{asks}）",
            met);
    }

    private static async Task<WebChannel?> OpenTlcpAsync(VersionSurvey survey, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var attempts = await TlcpClient.TryAsync(survey, endpoint, context, cancellationToken);
        foreach (var failed in attempts.SkipLast(1))
        {
            await failed.DisposeAsync();
        }

        if (attempts[^1].Stream is { } stream)
        {
            return new WebChannel(stream, ProtocolVersion.Tlcp11.Name, PeerProof.OfTlcp(attempts[^1]), attempts[^1]);
        }

        await attempts[^1].DisposeAsync();
        return null;
    }

    private static string ProtocolNameOf(PlatformHandshake platform) => platform.Stream.SslProtocol switch
    {
        System.Security.Authentication.SslProtocols.Tls13 => ProtocolVersion.Tls13.Name,
        System.Security.Authentication.SslProtocols.Tls12 => ProtocolVersion.Tls12.Name,
        var older => older.ToString(),
    };
}
