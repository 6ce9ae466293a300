using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One handshake of TLS 1.0 to 1.2 on one connection, and what was learnt on it.</summary>
internal sealed class ClassicAttempt(Stream stream, ClassicOffer offer, string? serverName)
{
    private const int RandomSize = 32;
    private const int RecordHeader = 5;

    private readonly byte[] _random = RandomNumberGenerator.GetBytes(RandomSize);
    private readonly List<byte> _messages = [];
    private readonly List<HandshakeMessage> _flight = [];
    private ServerHello? _hello;
    private ClassicSuite? _suite;
    private ClassicKeys? _keys;
    private (ReadOnlyMemory<byte> Ticket, uint Lifetime)? _ticket;
    private bool _isWhole;
    private bool _isFinished;

    public RecordChannel Channel { get; } = new(stream, offer.Version);

    public bool IsResumed { get; private set; }

    public byte[] ClientVerifyData { get; private set; } = [];

    public HandshakeReach Reach => _isFinished ? HandshakeReach.Finished
        : _isWhole ? HandshakeReach.ServerFlight
        : _hello is not null ? HandshakeReach.ServerHello : HandshakeReach.Nothing;

    public ServerFlight? Flight => _hello is null ? null : new ServerFlight
    {
        Hello = _hello,
        Messages = [.. _flight],
        Warnings = [.. Channel.Warnings],
        IsWhole = _isWhole,
    };

    public ClassicSession? Session => !_isFinished ? null : new ClassicSession(_suite!, _keys!.Master, _hello!.SessionId, _ticket?.Ticket, _ticket?.Lifetime ?? 0);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var record = offer.Hello(serverName, _random).ToRecord();
        _messages.AddRange(record.AsSpan(RecordHeader));
        await Channel.SendRawAsync(record, cancellationToken);
        await ReadFlightAsync(cancellationToken);
        if (offer.StopsAtFlight && !IsResumed)
        {
            return;
        }

        _suite = ClassicSuite.Find(_hello!.Suite) ?? throw new MalformedFlightException($"服务器选定了没有提供给它的套件 {Tls.CipherSuites.NameOf(_hello.Suite)}");
        if (IsResumed)
        {
            await ResumeAsync(cancellationToken);
        }
        else
        {
            await AgreeAsync(cancellationToken);
        }

        _isFinished = true;
        Channel.EndHandshake();
    }

    /// <summary>Up to ServerHelloDone, or to the ChangeCipherSpec of a session taken up again.</summary>
    private async Task ReadFlightAsync(CancellationToken cancellationToken)
    {
        while (!_isWhole)
        {
            while (!_isWhole && Channel.TakeMessage() is { } message)
            {
                Take(message);
            }

            if (_isWhole)
            {
                return;
            }

            var record = await Channel.ReadRecordAsync(cancellationToken);
            switch ((RecordType)record.Type)
            {
                case RecordType.Handshake:
                    Channel.AddHandshake(record.Content);
                    break;
                case RecordType.ChangeCipherSpec when _hello is not null && offer.Resumes is not null && _flight.TrueForAll(IsOfResumption):
                    IsResumed = true;
                    return;
                default:
                    throw new MalformedFlightException($"握手途中出现不应有的记录（类型 {record.Type}）");
            }
        }
    }

    private static bool IsOfResumption(HandshakeMessage message) => (HandshakeType)message.Type is HandshakeType.ServerHello or HandshakeType.NewSessionTicket;

    private void Take(HandshakeMessage message)
    {
        var type = (HandshakeType)message.Type;
        if (type == HandshakeType.HelloRequest)
        {
            return;
        }

        Add(message);
        if (_hello is null)
        {
            _hello = type == HandshakeType.ServerHello ? ServerHello.Parse(message.Body.Span) : throw new MalformedFlightException($"第一条握手消息不是 ServerHello（类型 {message.Type}）");
            if (_hello.Version != offer.Version)
            {
                throw new MalformedFlightException($"服务器改选了 {ProtocolVersion.NameOf(_hello.Version)}");
            }
        }

        _flight.Add(message);
        if (type == HandshakeType.NewSessionTicket)
        {
            _ticket = Ticket(message.Body.Span);
        }

        _isWhole |= type == HandshakeType.ServerHelloDone;
    }

    private async Task AgreeAsync(CancellationToken cancellationToken)
    {
        var premaster = ClassicPremaster.Create(_suite!, Flight!, offer.Version);
        if (_flight.Exists(m => m.Type == (byte)HandshakeType.CertificateRequest))
        {
            await SendAsync(HandshakeType.Certificate, [0, 0, 0], cancellationToken);
        }

        await SendAsync(HandshakeType.ClientKeyExchange, premaster.ClientKeyExchange, cancellationToken);
        _keys = ClassicKeys.OfPremaster(_suite!, offer.Version, premaster.Secret, _random, _hello!.Random.Span);
        await SayFinishedAsync(cancellationToken);
        await AwaitChangeAsync(cancellationToken);
        await ReadFinishedAsync(cancellationToken);
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var session = offer.Resumes!;
        if (session.Suite.Id != _hello!.Suite)
        {
            throw new MalformedFlightException("恢复会话时服务器换了套件");
        }

        _keys = ClassicKeys.OfMaster(_suite!, offer.Version, session.Master, _random, _hello.Random.Span);
        await ReadFinishedAsync(cancellationToken);
        await SayFinishedAsync(cancellationToken);
    }

    private async Task SayFinishedAsync(CancellationToken cancellationToken)
    {
        await Channel.SendAsync(RecordType.ChangeCipherSpec, new byte[] { 1 }, cancellationToken);
        Channel.Writing = _keys!.ClientWrites(offer.SpoilsPadding);
        ClientVerifyData = _keys.VerifyData(ofClient: true, [.. _messages]);
        await SendAsync(HandshakeType.Finished, ClientVerifyData, cancellationToken);
    }

    /// <summary>NewSessionTicket may stand before the server's ChangeCipherSpec (RFC 5077 §3.3).</summary>
    private async Task AwaitChangeAsync(CancellationToken cancellationToken)
    {
        for (var record = await Channel.ReadRecordAsync(cancellationToken);
             record.Type != (byte)RecordType.ChangeCipherSpec;
             record = await Channel.ReadRecordAsync(cancellationToken))
        {
            if (record.Type != (byte)RecordType.Handshake)
            {
                throw new MalformedFlightException($"握手途中出现不应有的记录（类型 {record.Type}）");
            }

            Channel.AddHandshake(record.Content);
            while (Channel.TakeMessage() is { } message)
            {
                Take(message);
            }
        }
    }

    private async Task ReadFinishedAsync(CancellationToken cancellationToken)
    {
        Channel.ReadUnder(_keys!.ServerWrites());
        var expected = _keys.VerifyData(ofClient: false, [.. _messages]);
        var finished = await Channel.ReadMessageAsync(cancellationToken);
        if (finished.Type != (byte)HandshakeType.Finished || !CryptographicOperations.FixedTimeEquals(finished.Body.Span, expected))
        {
            throw new MalformedFlightException("服务器的 Finished 与握手内容不符");
        }

        Add(finished);
    }

    private static (ReadOnlyMemory<byte> Ticket, uint Lifetime) Ticket(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var lifetime = ((uint)reader.UInt16() << 16) | reader.UInt16();
        return (reader.Vector(2).ToArray(), lifetime);
    }

    private async Task SendAsync(HandshakeType type, byte[] body, CancellationToken cancellationToken)
    {
        var message = new HandshakeMessage((byte)type, body);
        Add(message);
        await Channel.SendAsync(RecordType.Handshake, message.ToBytes(), cancellationToken);
    }

    private void Add(HandshakeMessage message) => _messages.AddRange(message.ToBytes());
}
