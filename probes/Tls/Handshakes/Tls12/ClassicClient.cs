using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A client of TLS 1.0 to 1.2 (RFC 2246, RFC 4346, RFC 5246) on one connection a call, for questions that lie behind a completed
/// handshake or in the middle of one. Trusts nobody: certificates and signatures are looked at elsewhere.
/// </summary>
internal sealed class ClassicClient(ProbeContext context, Endpoint endpoint)
{
    /// <summary>How long the other side may take to say goodbye.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(700);

    /// <summary>From the connection to the server's Finished.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(6);

    /// <exception cref="UnableException">Of kind <see cref="FailureKind.Refused"/> alone: the endpoint is out of scope.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<ClassicHandshake> ConnectAsync(ClassicOffer offer, CancellationToken cancellationToken)
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

        var attempt = new ClassicAttempt(connection.Stream, offer, EndpointName.Sni(endpoint));
        try
        {
            var stopped = await RunAsync(attempt.RunAsync, attempt.Channel, cancellationToken);
            return Result(offer, attempt, connection, stopped, startedAt, context.Clock.GetElapsedTime(started));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the other, and takes its leave: some servers take one connection at a time.</summary>
    public async Task<ClassicHandshake> OnceAsync(ClassicOffer offer, CancellationToken cancellationToken)
    {
        var handshake = await ConnectAsync(offer, cancellationToken);
        try
        {
            if (handshake.Reach == HandshakeReach.Finished)
            {
                await SayCloseAsync(handshake.Channel!, cancellationToken);
            }

            return handshake;
        }
        finally
        {
            await handshake.DisposeAsync();
        }
    }

    /// <summary>Servers forget sessions that end without close_notify (RFC 2246 §7.2.1), and a reset would overtake ours.</summary>
    private async Task SayCloseAsync(RecordChannel channel, CancellationToken cancellationToken)
    {
        var brief = new ClassicClient(context, endpoint) { Limit = Farewell };
        await brief.RunAsync(
            async token =>
            {
                await channel.SendAsync(RecordType.Alert, new byte[] { 1, TlsAlert.CloseNotify }, token);
                for (var i = 0; i < FlightLimits.MaxMessages; i++)
                {
                    await channel.ReadRecordAsync(token);
                }
            },
            channel,
            cancellationToken);
    }

    /// <summary>Runs a piece of a conversation within the time limit; every end of it but the caller's cancellation is a value.</summary>
    /// <returns>Null where nothing ended it.</returns>
    public async Task<HelloReply?> RunAsync(Func<CancellationToken, Task> piece, RecordChannel channel, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await piece(bounded.Token);
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
            return new Silent(channel.Received.Length);
        }
    }

    private static ClassicHandshake Result(
        ClassicOffer offer, ClassicAttempt? attempt, Connection? connection, HelloReply? stopped, DateTimeOffset startedAt, TimeSpan elapsed) => new()
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
            Reply = attempt?.Flight is { } flight ? new Selected(flight) : stopped!,
        },
        Flight = attempt?.Flight,
        IsResumed = attempt is { IsResumed: true },
        Session = attempt?.Session,
        ClientVerifyData = attempt?.ClientVerifyData ?? default,
        Stopped = stopped,
        Channel = attempt?.Channel,
        Connection = connection,
    };
}
