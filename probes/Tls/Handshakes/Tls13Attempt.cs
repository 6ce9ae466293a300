using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One TLS 1.3 handshake on one stream, and what was learnt on the way (RFC 8446 §2, §4).</summary>
internal sealed class Tls13Attempt(Stream stream, Tls13Offer offer, string? name)
{
    private const int RandomSize = 32;
    private const int RecordHeader = 5;

    private readonly byte[] _random = RandomNumberGenerator.GetBytes(RandomSize);

    // Sent because middleboxes take a session identifier and a ChangeCipherSpec for TLS 1.2 (RFC 8446 §D.4).
    private readonly byte[] _sessionId = RandomNumberGenerator.GetBytes(RandomSize);
    private readonly List<byte> _messages = [];
    private readonly List<Tls13Ticket> _tickets = [];
    private byte[] _serverSecret = [];
    private byte[] _clientSecret = [];
    private Tls13Suite? _suite;

    public RecordChannel Channel { get; } = new(stream, ProtocolVersion.Tls12.Wire) { ToleratesClear = true };

    public ServerHello? Hello { get; private set; }

    public ServerHello? RetryRequest { get; private set; }

    public IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>>? EncryptedExtensions { get; private set; }

    public Tls13CertificateRequest? CertificateRequest { get; private set; }

    public IReadOnlyList<Tls13Certificate>? Certificates { get; private set; }

    public Tls13Signature? Signature { get; private set; }

    public IReadOnlyList<Tls13Ticket> Tickets => _tickets;

    public ChannelStream? Stream { get; private set; }

    public HandshakeReach Reach =>
        Stream is not null ? HandshakeReach.Finished
        : Signature is not null ? HandshakeReach.ServerFlight
        : Hello is not null ? HandshakeReach.ServerHello : HandshakeReach.Nothing;

    private Tls13Suite Suite => _suite!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var shared = await ExchangeHellosAsync(cancellationToken);
        var keys = new Tls13Keys(Suite, shared);
        var handshake = keys.Handshake(Transcript());
        Channel.ReadUnder(Tls13Keys.Protection(Suite, handshake.Server));
        await ReadFlightAsync(handshake.Server, cancellationToken);
        var application = keys.Application(Transcript());
        await AnswerAsync(handshake.Client, cancellationToken);
        (_clientSecret, _serverSecret) = (application.Client, application.Server);
        Channel.ReadUnder(Tls13Keys.Protection(Suite, _serverSecret));
        Channel.Writing = Tls13Keys.Protection(Suite, _clientSecret);
        Channel.EndHandshake();
        Stream = new ChannelStream(Channel, TakeAsync);
    }

    private byte[] Transcript() => Suite.Hash.HashData([.. _messages]);

    private async Task<byte[]> ExchangeHellosAsync(CancellationToken cancellationToken)
    {
        var keys = offer.SharedGroups.Select(EphemeralKey.Generate).ToList();
        try
        {
            await SayHelloAsync(keys, null, cancellationToken);
            var hello = await ReadHelloAsync(cancellationToken);
            if (hello.IsRetryRequest)
            {
                RetryRequest = hello;
                await RetryAsync(hello, keys, cancellationToken);
                hello = await ReadHelloAsync(cancellationToken);
                if (hello.IsRetryRequest || hello.Suite != RetryRequest.Suite)
                {
                    throw new MalformedFlightException("服务器在 HelloRetryRequest 之后又改变了选择");
                }
            }

            Hello = hello;
            var (group, share) = ShareOf(hello);
            return keys.Find(k => k.Group == group)?.Agree(share.Span) ?? throw new MalformedFlightException($"服务器选了没有提供密钥共享值的群 {group}");
        }
        finally
        {
            keys.ForEach(k => k.Dispose());
        }
    }

    private async Task SayHelloAsync(List<EphemeralKey> keys, ReadOnlyMemory<byte>? cookie, CancellationToken cancellationToken)
    {
        var record = offer.ToHello(name, _random, _sessionId, keys, cookie).ToRecord();
        _messages.AddRange(record.AsSpan(RecordHeader));
        await Channel.SendRawAsync(record, cancellationToken);
    }

    private async Task<ServerHello> ReadHelloAsync(CancellationToken cancellationToken)
    {
        var message = await Channel.ReadMessageAsync(cancellationToken);
        if (message.Type != (byte)HandshakeType.ServerHello)
        {
            throw new MalformedFlightException($"第一条握手消息不是 ServerHello（类型 {message.Type}）");
        }

        var hello = ServerHello.Parse(message.Body.Span);
        if (hello.Version != ProtocolVersion.Tls13.Wire)
        {
            throw new MalformedFlightException($"服务器改选了 {ProtocolVersion.NameOf(hello.Version)}");
        }

        _suite = offer.Suites.Contains(hello.Suite) ? Tls13Suite.Find(hello.Suite) : null;
        if (_suite is null)
        {
            throw new MalformedFlightException($"服务器选定了没有提供给它的套件 {CipherSuites.NameOf(hello.Suite)}");
        }

        if (hello.IsRetryRequest)
        {
            // RFC 8446 §4.4.1: the first hello stands in the transcript as its hash.
            var first = Suite.Hash.HashData([.. _messages]);
            _messages.Clear();
            _messages.AddRange(new HandshakeMessage((byte)HandshakeType.MessageHash, first).ToBytes());
        }

        Add(message);
        return hello;
    }

    private async Task RetryAsync(ServerHello retry, List<EphemeralKey> keys, CancellationToken cancellationToken)
    {
        var group = retry.SelectedGroup ?? keys[0].Group;
        if (!offer.Groups.Contains(group))
        {
            throw new MalformedFlightException($"服务器要求没有提供给它的群 {group}");
        }

        if (retry.SelectedGroup is not null)
        {
            keys.ForEach(k => k.Dispose());
            keys.Clear();
            keys.Add(EphemeralKey.Generate(group));
        }

        var cookie = retry.Extensions.FirstOrDefault(e => e.Key == (ushort)ExtensionType.Cookie).Value;
        await SayHelloAsync(keys, cookie, cancellationToken);
    }

    private static (ushort Group, ReadOnlyMemory<byte> Share) ShareOf(ServerHello hello)
    {
        var content = hello.Extensions.FirstOrDefault(e => e.Key == (ushort)ExtensionType.KeyShare).Value;
        var reader = new WireReader(content.Span);
        return (reader.UInt16(), reader.Vector(2).ToArray());
    }

    private async Task ReadFlightAsync(byte[] serverSecret, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await Channel.ReadMessageAsync(cancellationToken);
            if (message.Type == (byte)HandshakeType.Finished)
            {
                var expected = Tls13Keys.VerifyData(Suite, serverSecret, Transcript());
                if (!CryptographicOperations.FixedTimeEquals(message.Body.Span, expected))
                {
                    throw new MalformedFlightException("服务器的 Finished 与握手内容不符");
                }

                Add(message);
                return;
            }

            Take(message);
            Add(message);
        }
    }

    private void Take(HandshakeMessage message)
    {
        switch ((HandshakeType)message.Type)
        {
            case HandshakeType.EncryptedExtensions when EncryptedExtensions is null:
                EncryptedExtensions = Tls13Messages.Extensions(message.Body.Span);
                break;
            case HandshakeType.CertificateRequest when CertificateRequest is null:
                CertificateRequest = Tls13Messages.CertificateRequest(message.Body.Span);
                break;
            case HandshakeType.Certificate when Certificates is null:
                Certificates = Tls13Messages.Certificates(message.Body.Span);
                break;
            case HandshakeType.CertificateVerify when Certificates is { Count: > 0 } && Signature is null:
                Signature = Verify(message);
                break;
            default:
                throw new MalformedFlightException($"服务器的握手消息顺序不对（类型 {message.Type}）");
        }
    }

    private Tls13Signature Verify(HandshakeMessage message)
    {
        var reader = new WireReader(message.Body.Span);
        var scheme = reader.UInt16();
        var signature = reader.Vector(2).ToArray();
        var content = SignedContent.Tls13(ofClient: false, Transcript());
        return new Tls13Signature(scheme, HandshakeSignature.Verify(scheme, Certificates![0].Der, content, signature));
    }

    private async Task AnswerAsync(byte[] clientSecret, CancellationToken cancellationToken)
    {
        await Channel.SendAsync(RecordType.ChangeCipherSpec, new byte[] { 1 }, cancellationToken);
        Channel.Writing = Tls13Keys.Protection(Suite, clientSecret);
        if (CertificateRequest is { } request)
        {
            var writer = new WireWriter();
            writer.Vector(1, w => w.Bytes(request.Context.Span));
            writer.Vector(3, _ => { });
            await SendAsync(HandshakeType.Certificate, writer.ToArray(), cancellationToken);
        }

        await SendAsync(HandshakeType.Finished, Tls13Keys.VerifyData(Suite, clientSecret, Transcript()), cancellationToken);
    }

    private async Task SendAsync(HandshakeType type, byte[] body, CancellationToken cancellationToken)
    {
        var message = new HandshakeMessage((byte)type, body);
        Add(message);
        await Channel.SendAsync(RecordType.Handshake, message.ToBytes(), cancellationToken);
    }

    private void Add(HandshakeMessage message) => _messages.AddRange(message.ToBytes());

    /// <summary>Messages behind the handshake (RFC 8446 §4.6).</summary>
    private async Task TakeAsync(HandshakeMessage message, CancellationToken cancellationToken)
    {
        switch ((HandshakeType)message.Type)
        {
            case HandshakeType.NewSessionTicket when _tickets.Count < FlightLimits.MaxMessages:
                _tickets.Add(Tls13Messages.Ticket(message.Body.Span));
                break;
            case HandshakeType.NewSessionTicket:
                break;
            case HandshakeType.KeyUpdate when message.Body.Length == 1:
                await UpdateAsync(answer: message.Body.Span[0] == 1, cancellationToken);
                break;
            default:
                throw new MalformedFlightException($"握手完成后又来握手消息（类型 {message.Type}）");
        }
    }

    private async Task UpdateAsync(bool answer, CancellationToken cancellationToken)
    {
        _serverSecret = Tls13Keys.Next(Suite, _serverSecret);
        Channel.ReadUnder(Tls13Keys.Protection(Suite, _serverSecret));
        if (answer)
        {
            _clientSecret = Tls13Keys.Next(Suite, _clientSecret);
            var update = new HandshakeMessage((byte)HandshakeType.KeyUpdate, new byte[] { 0 });
            await Channel.SendAsync(RecordType.Handshake, update.ToBytes(), cancellationToken, next: Tls13Keys.Protection(Suite, _clientSecret));
        }
    }
}
