using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One certificate of a TLS 1.3 Certificate message (RFC 8446 §4.4.2).</summary>
/// <param name="Der">As sent.</param>
/// <param name="Extensions">Type and content: a stapled OCSP response, signed certificate timestamps.</param>
internal sealed record Tls13Certificate(ReadOnlyMemory<byte> Der, IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> Extensions);

/// <summary>A CertificateRequest (RFC 8446 §4.3.2).</summary>
/// <param name="Context">To be echoed.</param>
/// <param name="Extensions">Type and content.</param>
internal sealed record Tls13CertificateRequest(ReadOnlyMemory<byte> Context, IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> Extensions);

/// <summary>A NewSessionTicket (RFC 8446 §4.6.1).</summary>
/// <param name="Lifetime">Seconds.</param>
/// <param name="MaxEarlyData">Bytes of early data the server will take with it; null where it takes none.</param>
internal sealed record Tls13Ticket(uint Lifetime, uint? MaxEarlyData);

/// <summary>The server's CertificateVerify, checked.</summary>
/// <param name="Scheme">SignatureScheme.</param>
/// <param name="Proof">What checking gave.</param>
internal sealed record Tls13Signature(ushort Scheme, SignatureProof Proof);

/// <summary>A TLS 1.3 handshake as far as it came; after <see cref="HandshakeReach.Finished"/> its stream is open until this is disposed.</summary>
internal sealed record Tls13Handshake : IAsyncDisposable
{
    public required HandshakeReach Reach { get; init; }

    /// <summary>The bytes, for evidence; its reply is the ServerHello where there was one.</summary>
    public required HelloExchange Exchange { get; init; }

    /// <summary>Null before it came; the second one where the first was a HelloRetryRequest.</summary>
    public ServerHello? Hello { get; init; }

    /// <summary>Null where there was none.</summary>
    public ServerHello? RetryRequest { get; init; }

    /// <summary>Null before EncryptedExtensions.</summary>
    public IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>>? EncryptedExtensions { get; init; }

    /// <summary>Null where no client certificate was asked for, as far as the flight was read.</summary>
    public Tls13CertificateRequest? CertificateRequest { get; init; }

    /// <summary>In the order sent; null before they came.</summary>
    public IReadOnlyList<Tls13Certificate>? Certificates { get; init; }

    /// <summary>Null before CertificateVerify.</summary>
    public Tls13Signature? Signature { get; init; }

    /// <summary>So far; more may come with the application data.</summary>
    public required IReadOnlyList<Tls13Ticket> Tickets { get; init; }

    /// <summary>What ended it before Finished; null where it was finished.</summary>
    public HelloReply? Stopped { get; init; }

    /// <summary>Application data; null before Finished.</summary>
    public ChannelStream? Stream { get; init; }

    internal Connection? Connection { get; init; }

    internal RecordChannel? Channel { get; init; }

    /// <summary>The name ALPN settled on (RFC 7301 §3.1); null where none.</summary>
    public string? ApplicationProtocol
    {
        get
        {
            var content = EncryptedExtensions?.FirstOrDefault(e => e.Key == (ushort)ExtensionType.ApplicationLayerProtocolNegotiation).Value ?? default;
            return content.Length > 3 && content.Length == 3 + content.Span[2] ? System.Text.Encoding.Latin1.GetString(content.Span[3..]) : null;
        }
    }

    /// <summary>
    /// Waits for what the server says first behind the handshake: tickets, or the alert of a server that does not take a client without
    /// a certificate, which comes after the client's Finished (RFC 8446 §4.4.2.4).
    /// </summary>
    /// <returns>Null where it said nothing bad within the limit.</returns>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<HelloReply?> SettleAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Stream is null)
        {
            return Stopped;
        }

        using var clock = new CancellationTokenSource(limit);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            while (!Stream.IsReady && Tickets.Count == 0)
            {
                await Stream.TakeRecordAsync(bounded.Token);
            }

            return Stream.Ending;
        }
        catch (IOException)
        {
            return Stream.Ending ?? new Closed(Hard: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Stream is not null)
        {
            await Stream.DisposeAsync();
        }

        if (Connection is not null)
        {
            await Connection.DisposeAsync();
        }

        Channel?.Dispose();
    }
}
