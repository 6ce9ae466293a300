using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A TLS 1.3 client (RFC 8446, RFC 8998) on one connection a call. Trusts nobody: certificates and signatures are read and reported,
/// and the handshake goes on whatever they say.
/// </summary>
internal sealed class Tls13Client(ProbeContext context, Endpoint endpoint)
{
    /// <summary>From the connection to the server's Finished.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(6);

    /// <exception cref="UnableException">Of kind <see cref="FailureKind.Refused"/> alone: the endpoint is out of scope.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<Tls13Handshake> ConnectAsync(Tls13Offer offer, CancellationToken cancellationToken)
    {
        var startedAt = context.Clock.GetUtcNow();
        var started = context.Clock.GetTimestamp();
        Connection connection;
        try
        {
            connection = await Doorway.OpenAsync(context, endpoint, cancellationToken);
        }
        catch (UnableException unable) when (unable.Kind != FailureKind.Refused)
        {
            return Result(offer, null, null, new Unreached(unable.Kind, unable.Message), startedAt, TimeSpan.Zero);
        }

        var attempt = new Tls13Attempt(connection.Stream, offer, EndpointName.Sni(endpoint));
        HelloReply? stopped;
        try
        {
            stopped = await RunAsync(attempt, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        if (stopped is not null)
        {
            await connection.DisposeAsync();
        }

        return Result(offer, attempt, connection, stopped, startedAt, context.Clock.GetElapsedTime(started));
    }

    private async Task<HelloReply?> RunAsync(Tls13Attempt attempt, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await attempt.RunAsync(bounded.Token);
            return null;
        }
        catch (HandshakeStoppedException stop)
        {
            return stop.Why;
        }
        catch (IOException)
        {
            return new Closed(Hard: true);
        }
        catch (Exception broken) when (broken is MalformedFlightException or CryptographicException)
        {
            return new Malformed(broken.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Silent(attempt.Channel.Received.Length);
        }
    }

    private static Tls13Handshake Result(
        Tls13Offer offer, Tls13Attempt? attempt, Connection? connection, HelloReply? stopped, DateTimeOffset startedAt, TimeSpan elapsed) => new()
    {
        Reach = attempt?.Reach ?? HandshakeReach.Nothing,
        Exchange = new HelloExchange
        {
            Label = offer.Label,
            Sent = attempt?.Channel.Sent.ToArray(),
            Received = attempt?.Channel.Received.ToArray(),
            RemoteAddress = connection?.RemoteAddress,
            StartedAt = startedAt,
            Elapsed = elapsed,
            Reply = (attempt?.Hello ?? attempt?.RetryRequest) is { } hello
                ? new Selected(new ServerFlight { Hello = hello, Messages = [], Warnings = [.. attempt!.Channel.Warnings], IsWhole = attempt.Hello is not null })
                : stopped!,
        },
        Hello = attempt?.Hello,
        RetryRequest = attempt?.RetryRequest,
        EncryptedExtensions = attempt?.EncryptedExtensions,
        CertificateRequest = attempt?.CertificateRequest,
        Certificates = attempt?.Certificates,
        Signature = attempt?.Signature,
        Tickets = attempt?.Tickets ?? [],
        Stopped = stopped,
        Stream = attempt?.Stream,
        Connection = stopped is null ? connection : null,
        Channel = attempt?.Channel,
    };
}
