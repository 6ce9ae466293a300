using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One TLCP handshake on one stream, and what was learnt on the way (GB/T 38636-2020 §6.4).</summary>
/// <param name="stream">To the server.</param>
/// <param name="suites">Offered.</param>
/// <param name="identity">The client's certificates; null to answer a CertificateRequest with an empty list.</param>
/// <param name="name">Sent as SNI, the only extension; null for a hello without any.</param>
internal sealed class TlcpAttempt(Stream stream, IReadOnlyList<ushort> suites, TlcpIdentity? identity, string? name)
{
    private const int RandomSize = 32;
    private const int RecordHeader = 5;

    private readonly byte[] _random = RandomNumberGenerator.GetBytes(RandomSize);
    private readonly List<byte> _messages = [];
    private readonly List<HandshakeMessage> _flight = [];

    public RecordChannel Channel { get; } = new(stream, TlcpSuite.WireVersion);

    public ServerHello? Hello { get; private set; }

    public TlcpKeyExchange? KeyExchange { get; private set; }

    public ChannelStream? Stream { get; private set; }

    /// <summary>Null before a ServerHello.</summary>
    public ServerFlight? Flight => Hello is null
        ? null
        : new ServerFlight { Hello = Hello, Messages = _flight, Warnings = [.. Channel.Warnings], IsWhole = KeyExchange is not null };

    public HandshakeReach Reach =>
        Stream is not null ? HandshakeReach.Finished
        : KeyExchange is not null ? HandshakeReach.ServerFlight
        : Hello is not null ? HandshakeReach.ServerHello : HandshakeReach.Nothing;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SayHelloAsync(cancellationToken);
        await ReadFlightAsync(cancellationToken);
        var suite = suites.Contains(Hello!.Suite) ? TlcpSuite.Find(Hello.Suite) : null;
        if (suite is null)
        {
            throw new MalformedFlightException($"服务器选定了没有提供给它的套件 {CipherSuites.NameOf(Hello.Suite)}");
        }

        var secret = TlcpPremaster.Create(suite, KeyExchange!, identity);
        var keys = new TlcpKeys(suite, secret.Premaster, _random, Hello.Random.Span);
        await AnswerAsync(secret, cancellationToken);
        await FinishAsync(keys, cancellationToken);
        Channel.EndHandshake();
        Stream = new ChannelStream(Channel, IgnoreHelloRequestAsync);
    }

    private async Task SayHelloAsync(CancellationToken cancellationToken)
    {
        var hello = new ClientHello
        {
            RecordVersion = TlcpSuite.WireVersion,
            HelloVersion = TlcpSuite.WireVersion,
            Suites = suites,
            Random = _random,
            ServerName = name,
        };
        var record = hello.ToRecord();
        _messages.AddRange(record.AsSpan(RecordHeader));
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
            if (Hello is null)
            {
                Hello = ParseHello(message);
            }

            _flight.Add(message);
            done = message.Type == (byte)HandshakeType.ServerHelloDone;
        }

        KeyExchange = TlcpKeyExchange.Read(new ServerFlight { Hello = Hello!, Messages = _flight, Warnings = [], IsWhole = true }, _random);
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
        if (KeyExchange!.ClientCertificateRequested)
        {
            await SendAsync(HandshakeType.Certificate, identity?.CertificateMessage() ?? [0, 0, 0], cancellationToken);
        }

        await SendAsync(HandshakeType.ClientKeyExchange, secret.ClientKeyExchange, cancellationToken);
        if (KeyExchange.ClientCertificateRequested && identity is { } own)
        {
            await SendAsync(HandshakeType.CertificateVerify, own.CertificateVerify([.. _messages]), cancellationToken);
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
