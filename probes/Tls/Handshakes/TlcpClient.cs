using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A TLCP 1.1 client (GB/T 38636-2020 §6.4) on one connection a call. Trusts nobody: certificates and signatures are read and reported,
/// and the handshake goes on whatever they say.
/// </summary>
internal sealed class TlcpClient(ProbeContext context, Endpoint endpoint)
{
    /// <summary>The ECC suites, which need no certificate of the client.</summary>
    private static readonly ushort[] Suites = [.. TlcpSuite.All.Where(s => !s.IsEphemeral).Select(s => s.Id)];

    /// <summary>From the connection to the server's Finished.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Null answers a CertificateRequest with an empty list, and offers the ECC suites alone.</summary>
    public TlcpIdentity? Identity { get; init; }

    /// <summary>Offered where set; the ECC suites, and ECDHE with an <see cref="Identity"/> that has a key for it, where not.</summary>
    public IReadOnlyList<ushort>? Offer { get; init; }

    /// <summary>
    /// In the form the survey was answered in; once more after a pause where the door was closed; once in the other form where the server
    /// said no.
    /// </summary>
    /// <returns>One or two; only the last may be open.</returns>
    public static async Task<IReadOnlyList<TlcpHandshake>> TryAsync(
        VersionSurvey survey, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var withName = survey.Of(ProtocolVersion.Tlcp11).Select(e => e.Label).FirstOrDefault()?.EndsWith("SNI", StringComparison.Ordinal) == true;
        var client = new TlcpClient(context, endpoint);
        var first = await client.ConnectAsync(withName, cancellationToken);
        if (first is { Reach: HandshakeReach.Nothing, Stopped: Closed or Unreached })
        {
            await ClosedDoor.PauseAsync(endpoint, context, cancellationToken);
            return [first, await client.ConnectAsync(withName, cancellationToken)];
        }

        return first.Reach == HandshakeReach.Nothing && EndpointName.Sni(endpoint) is not null
            ? [first, await client.ConnectAsync(!withName, cancellationToken)]
            : [first];
    }

    /// <summary>
    /// The only hello every stack accepts has no extension at all; the name is sent as the single one where the server is known to want it.
    /// </summary>
    /// <exception cref="UnableException">Of kind <see cref="FailureKind.Refused"/> alone: the endpoint is out of scope.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<TlcpHandshake> ConnectAsync(bool withName, CancellationToken cancellationToken)
    {
        var name = withName ? EndpointName.Sni(endpoint) : null;
        var label = name is null ? "TLCPv1.1 handshake" : "TLCPv1.1 handshake SNI";
        var (startedAt, started) = (context.Clock.GetUtcNow(), context.Clock.GetTimestamp());
        Connection connection;
        try
        {
            connection = await Doorway.OpenAsync(context, endpoint, cancellationToken);
        }
        catch (UnableException unable) when (unable.Kind != FailureKind.Refused)
        {
            return Result(label, null, null, new Unreached(unable.Kind, unable.Message), startedAt, TimeSpan.Zero);
        }

        IEnumerable<ushort> suites = Offer ?? (Identity?.EncryptionKey is null ? Suites : [.. Suites, .. TlcpSuite.All.Where(s => s.IsEphemeral).Select(s => s.Id)]);
        var attempt = new TlcpAttempt(connection.Stream, [.. suites], Identity, name);
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

        return Result(label, attempt, connection, stopped, startedAt, context.Clock.GetElapsedTime(started));
    }

    private async Task<HelloReply?> RunAsync(TlcpAttempt attempt, CancellationToken cancellationToken)
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

    private static TlcpHandshake Result(
        string label, TlcpAttempt? attempt, Connection? connection, HelloReply? stopped, DateTimeOffset startedAt, TimeSpan elapsed) => new()
    {
        Reach = attempt?.Reach ?? HandshakeReach.Nothing,
        Exchange = new HelloExchange
        {
            Label = label,
            Sent = attempt?.Channel.Sent.ToArray(),
            Received = attempt?.Channel.Received.ToArray(),
            RemoteAddress = connection?.RemoteAddress,
            StartedAt = startedAt,
            Elapsed = elapsed,
            Reply = attempt?.Flight is { } flight ? new Selected(flight) : stopped!,
        },
        Flight = attempt?.Flight,
        KeyExchange = attempt?.KeyExchange,
        Suite = attempt?.Hello is { } hello ? TlcpSuite.Find(hello.Suite) : null,
        Stopped = stopped,
        Stream = attempt?.Stream,
        Connection = stopped is null ? connection : null,
        Channel = attempt?.Channel,
    };
}
