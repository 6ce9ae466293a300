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
    private const int RandomSize = 32;

    /// <summary>The ECC suites, which need no certificate of the client.</summary>
    private static readonly ushort[] Suites = [.. TlcpSuite.All.Where(s => !s.IsEphemeral).Select(s => s.Id)];

    /// <summary>From the connection to the server's Finished.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Null answers a CertificateRequest with an empty list, and offers the ECC suites alone.</summary>
    public TlcpIdentity? Identity { get; init; }

    /// <summary>Offered where set; the ECC suites, and ECDHE with an <see cref="Identity"/>, where not.</summary>
    public IReadOnlyList<ushort>? Offer { get; init; }

    /// <summary>
    /// The only hello every stack accepts has no extension at all; the name is sent as the single one where the server is known to want it.
    /// </summary>
    /// <exception cref="UnableException">Of kind <see cref="FailureKind.Refused"/> alone: the endpoint is out of scope.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<TlcpHandshake> ConnectAsync(bool withName, CancellationToken cancellationToken)
    {
        var name = withName ? EndpointName.Sni(endpoint) : null;
        var attempt = new Attempt(this, name, RandomNumberGenerator.GetBytes(RandomSize), context.Clock);
        try
        {
            attempt.Connection = await Doorway.OpenAsync(context, endpoint, cancellationToken);
        }
        catch (UnableException unable) when (unable.Kind != FailureKind.Refused)
        {
            return attempt.Conclude(new Unreached(unable.Kind, unable.Message));
        }

        using var limit = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        HelloReply? stopped = null;
        try
        {
            await attempt.RunAsync(bounded.Token);
        }
        catch (HandshakeStoppedException stop)
        {
            stopped = stop.Why;
        }
        catch (IOException)
        {
            stopped = new Closed(Hard: true);
        }
        catch (Exception broken) when (broken is MalformedFlightException or CryptographicException)
        {
            stopped = new Malformed(broken.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stopped = new Silent(attempt.BytesReceived);
        }
        catch
        {
            await attempt.Connection.DisposeAsync();
            throw;
        }

        if (stopped is not null)
        {
            await attempt.Connection.DisposeAsync();
        }

        return attempt.Conclude(stopped);
    }

    /// <summary>One connection and what was learnt on it.</summary>
    private sealed class Attempt(TlcpClient client, string? name, byte[] random, TimeProvider clock)
    {
        private readonly List<byte> _messages = [];
        private readonly List<HandshakeMessage> _flight = [];
        private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
        private readonly long _started = clock.GetTimestamp();
        private RecordChannel? _channel;
        private ServerHello? _hello;
        private TlcpKeyExchange? _keyExchange;
        private ChannelStream? _stream;
        private Connection? _connection;

        public Connection Connection
        {
            get => _connection!;
            set
            {
                _connection = value;
                _channel = new RecordChannel(value.Stream, TlcpSuite.WireVersion);
            }
        }

        public int BytesReceived => _channel?.Received.Length ?? 0;

        private RecordChannel Channel => _channel!;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            await SayHelloAsync(cancellationToken);
            await ReadFlightAsync(cancellationToken);
            var suite = TlcpSuite.Find(_hello!.Suite) ?? throw new MalformedFlightException($"服务器选定了没有提供给它的套件 {CipherSuites.NameOf(_hello.Suite)}");
            var secret = TlcpPremaster.Create(suite, _keyExchange!, client.Identity);
            var keys = new TlcpKeys(suite, secret.Premaster, random, _hello.Random.Span);
            await AnswerAsync(secret, cancellationToken);
            await FinishAsync(keys, cancellationToken);
            Channel.EndHandshake();
            _stream = new ChannelStream(Channel, IgnoreHelloRequestAsync);
        }

        public TlcpHandshake Conclude(HelloReply? stopped)
        {
            var flight = _hello is null ? null : new ServerFlight
            {
                Hello = _hello,
                Messages = _flight,
                Warnings = [.. Channel.Warnings],
                IsWhole = _keyExchange is not null,
            };
            return new TlcpHandshake
            {
                Reach = _stream is not null ? HandshakeReach.Finished
                    : _keyExchange is not null ? HandshakeReach.ServerFlight
                    : _hello is not null ? HandshakeReach.ServerHello : HandshakeReach.Nothing,
                Exchange = new HelloExchange
                {
                    Label = name is null ? "TLCPv1.1 handshake" : "TLCPv1.1 handshake SNI",
                    Sent = _channel?.Sent.ToArray(),
                    Received = _channel?.Received.ToArray(),
                    RemoteAddress = _connection?.RemoteAddress,
                    StartedAt = _startedAt,
                    Elapsed = clock.GetElapsedTime(_started),
                    Reply = flight is not null ? new Selected(flight) : stopped!,
                },
                Flight = flight,
                KeyExchange = _keyExchange,
                Suite = _hello is null ? null : TlcpSuite.Find(_hello.Suite),
                Stopped = stopped,
                Stream = _stream,
                Connection = stopped is null ? _connection : null,
                Channel = _channel,
            };
        }

        private async Task SayHelloAsync(CancellationToken cancellationToken)
        {
            IEnumerable<ushort> suites = client.Offer ?? (client.Identity is null ? Suites : [.. Suites, .. TlcpSuite.All.Where(s => s.IsEphemeral).Select(s => s.Id)]);
            var hello = new ClientHello
            {
                RecordVersion = TlcpSuite.WireVersion,
                HelloVersion = TlcpSuite.WireVersion,
                Suites = [.. suites],
                Random = random,
                ServerName = name,
            };
            var record = hello.ToRecord();
            _messages.AddRange(record.AsSpan(5));
            await Channel.SendRawAsync(record, cancellationToken);
        }

        private async Task ReadFlightAsync(CancellationToken cancellationToken)
        {
            for (var done = false; !done;)
            {
                var message = await Channel.ReadMessageAsync(cancellationToken);
                if (message.Type == (byte)HandshakeType.HelloRequest)
                {
                    continue;
                }

                Add(message);
                if (_hello is null)
                {
                    _hello = ParseHello(message);
                }

                _flight.Add(message);
                done = message.Type == (byte)HandshakeType.ServerHelloDone;
            }

            _keyExchange = TlcpKeyExchange.Read(new ServerFlight { Hello = _hello!, Messages = _flight, Warnings = [], IsWhole = true }, random);
        }

        private static ServerHello ParseHello(HandshakeMessage message)
        {
            if (message.Type != (byte)HandshakeType.ServerHello)
            {
                throw new MalformedFlightException($"第一条握手消息不是 ServerHello（类型 {message.Type}）");
            }

            var hello = ServerHello.Parse(message.Body.Span);
            return hello.Version == TlcpSuite.WireVersion
                ? hello
                : throw new MalformedFlightException($"服务器改选了 {ProtocolVersion.NameOf(hello.Version)}");
        }

        private async Task AnswerAsync(TlcpPremaster secret, CancellationToken cancellationToken)
        {
            if (_keyExchange!.ClientCertificateRequested)
            {
                await SendAsync(HandshakeType.Certificate, client.Identity?.CertificateMessage() ?? [0, 0, 0], cancellationToken);
            }

            await SendAsync(HandshakeType.ClientKeyExchange, secret.ClientKeyExchange, cancellationToken);
            if (_keyExchange.ClientCertificateRequested && client.Identity is { } identity)
            {
                await SendAsync(HandshakeType.CertificateVerify, identity.CertificateVerify([.. _messages]), cancellationToken);
            }
        }

        private async Task FinishAsync(TlcpKeys keys, CancellationToken cancellationToken)
        {
            await Channel.SendAsync(RecordType.ChangeCipherSpec, new byte[] { 1 }, cancellationToken);
            Channel.Writing = keys.ClientWrites();
            await SendAsync(HandshakeType.Finished, keys.VerifyData(ofClient: true, [.. _messages]), cancellationToken);
            for (var record = await Channel.ReadRecordAsync(cancellationToken);
                 record.Type != (byte)RecordType.ChangeCipherSpec;
                 record = await Channel.ReadRecordAsync(cancellationToken))
            {
                TakeTicket(record);
            }

            Channel.ReadUnder(keys.ServerWrites());
            var expected = keys.VerifyData(ofClient: false, [.. _messages]);
            var finished = await Channel.ReadMessageAsync(cancellationToken);
            if (finished.Type != (byte)HandshakeType.Finished || !CryptographicOperations.FixedTimeEquals(finished.Body.Span, expected))
            {
                throw new MalformedFlightException("服务器的 Finished 与握手内容不符");
            }
        }

        /// <summary>NewSessionTicket may stand before the server's ChangeCipherSpec (RFC 5077 §3.3), wanted or not.</summary>
        private void TakeTicket(OpenedRecord record)
        {
            if (record.Type != (byte)RecordType.Handshake)
            {
                throw new MalformedFlightException($"握手途中出现不应有的记录（类型 {record.Type}）");
            }

            Channel.AddHandshake(record.Content);
            while (Channel.TakeMessage() is { } message)
            {
                Add(message);
            }
        }

        private async Task SendAsync(HandshakeType type, byte[] body, CancellationToken cancellationToken)
        {
            var message = new HandshakeMessage((byte)type, body);
            Add(message);
            await Channel.SendAsync(RecordType.Handshake, message.ToBytes(), cancellationToken);
        }

        private void Add(HandshakeMessage message) => _messages.AddRange(message.ToBytes());

        /// <summary>A client may ignore it (RFC 5246 §7.4.1.1); this one never negotiates twice.</summary>
        private static Task IgnoreHelloRequestAsync(HandshakeMessage message, CancellationToken cancellationToken) =>
            message.Type == (byte)HandshakeType.HelloRequest ? Task.CompletedTask : throw new MalformedFlightException($"握手完成后又来握手消息（类型 {message.Type}）");
    }
}
