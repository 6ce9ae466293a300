using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A protected stream to a web server: by the platform where it can, else by our own TLS 1.3 with SM algorithms or TLCP, so that sites
/// for SM browsers alone answer too. Nobody is trusted; the certificates are judged elsewhere.
/// </summary>
internal sealed class WebChannel : IAsyncDisposable
{
    /// <summary>For what is tried after the platform met something unreadable; beyond it, the platform's own answer stands.</summary>
    private static readonly TimeSpan OwnLimit = TimeSpan.FromSeconds(7);

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

    /// <exception cref="UnableException">No protected stream by any of the three, or clear HTTP instead.</exception>
    public static async Task<WebChannel> OpenAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            var platform = await PlatformHandshake.ConnectAsync(endpoint, context, cancellationToken);
            return new WebChannel(platform.Stream, ProtocolNameOf(platform), new PeerProof(platform.Certificates, [0], KeysProved: true), platform);
        }
        catch (UnableException unable) when (unable.Kind is FailureKind.BadInput or FailureKind.Unreachable)
        {
            if (await TryOwnAsync(endpoint, context, cancellationToken) is { } own)
            {
                return own;
            }

            throw;
        }
    }

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    /// <summary>Null where it came to nothing in time: how busy this machine is must not decide what is said of the server.</summary>
    private static async Task<WebChannel?> TryOwnAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(OwnLimit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await OpenOwnAsync(endpoint, context, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<WebChannel?> OpenOwnAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
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

        return survey.Selected.Contains(ProtocolVersion.Tlcp11.Wire) ? await OpenTlcpAsync(survey, endpoint, context, cancellationToken) : null;
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
