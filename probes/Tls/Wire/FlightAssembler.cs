using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Turns received bytes, in whatever pieces they come, into a server flight: records may split and join messages freely.
/// No I/O and no clock. Stops asking for more as soon as the answer is clear.
/// </summary>
internal sealed class FlightAssembler
{
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;

    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly ArrayBufferWriter<byte> _handshake = new();
    private readonly List<HandshakeMessage> _messages = [];
    private readonly List<TlsAlert> _warnings = [];
    private readonly List<byte> _alertBytes = [];
    private int _recordAt;
    private int _messageAt;
    private int _largestRecord;
    private ServerHello? _hello;

    /// <summary>Everything received.</summary>
    public ReadOnlySpan<byte> Received => _received.WrittenSpan;

    /// <summary>The alert that ended the exchange.</summary>
    public TlsAlert? Alert { get; private set; }

    public bool IsWhole { get; private set; }

    /// <summary>Set when the first bytes are no TLS or TLCP record; nothing more is wanted then.</summary>
    public Foreign? Foreign { get; private set; }

    public bool HasHello => _hello is not null;

    /// <summary>Null until a ServerHello was read.</summary>
    public ServerFlight? Flight => _hello is null
        ? null
        : new ServerFlight { Hello = _hello, Messages = [.. _messages], Warnings = [.. _warnings], IsWhole = IsWhole, LargestRecord = _largestRecord };

    public IReadOnlyList<TlsAlert> Warnings => _warnings;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>True while more can still tell something.</returns>
    /// <exception cref="MalformedFlightException">Records or messages break the rules or the caps.</exception>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        var room = FlightLimits.MaxBytes - _received.WrittenSpan.Length;
        _received.Write(bytes[..Math.Min(bytes.Length, room)]);
        var read = true;
        while (read && WantsMore)
        {
            read = ReadRecord();
        }

        return WantsMore && room < bytes.Length
            ? throw new MalformedFlightException($"服务器连续发送超过 {FlightLimits.MaxBytes} 字节仍未结束握手")
            : WantsMore;
    }

    /// <summary>No more bytes will come: names what little came, where it was no TLS.</summary>
    public void End()
    {
        if (Received.Length > 0 && !IsTlsHeader(Received))
        {
            Foreign ??= ForeignGreeting.Recognise(Received);
        }
    }

    private bool WantsMore => Alert is null && Foreign is null && !IsWhole;

    private bool ReadRecord()
    {
        var rest = Received[_recordAt..];
        if (_recordAt == 0 && rest.Length >= ForeignGreeting.Decisive)
        {
            End();
        }

        if (rest.Length < RecordHeader || Foreign is not null || (_recordAt == 0 && !IsTlsHeader(rest)))
        {
            return false;
        }

        var type = rest[0];
        var length = (rest[3] << 8) | rest[4];
        if (!IsTlsHeader(rest))
        {
            throw new MalformedFlightException($"第 {_recordAt} 字节处不是 TLS/TLCP 记录（类型 {type}，版本 0x{rest[1]:X2}{rest[2]:X2}）");
        }

        if (length > FlightLimits.MaxRecord)
        {
            throw new MalformedFlightException($"记录长度 {length} 超过上限 {FlightLimits.MaxRecord}");
        }

        if (rest.Length < RecordHeader + length)
        {
            return false;
        }

        var start = _recordAt + RecordHeader;
        _recordAt = start + length;
        Dispatch((RecordType)type, Received[start.._recordAt]);
        return true;
    }

    internal static bool IsTlsHeader(ReadOnlySpan<byte> header) =>
        header[0] is >= (byte)RecordType.ChangeCipherSpec and <= (byte)RecordType.Heartbeat
        && (header.Length < 2 || header[1] == 3 || (header[1] == 1 && (header.Length < 3 || header[2] == 1)));

    private void Dispatch(RecordType type, ReadOnlySpan<byte> fragment)
    {
        switch (type)
        {
            case RecordType.Handshake when fragment.Length > 0:
                _largestRecord = Math.Max(_largestRecord, fragment.Length);
                _handshake.Write(fragment);
                ReadMessages();
                break;
            case RecordType.Alert when fragment.Length > 0:
                ReadAlerts(fragment);
                break;
            default:
                throw new MalformedFlightException($"握手途中出现不应有的记录（类型 {(byte)type}，长度 {fragment.Length}）");
        }
    }

    private void ReadAlerts(ReadOnlySpan<byte> fragment)
    {
        _alertBytes.AddRange(fragment);
        for (; _alertBytes.Count >= 2 && Alert is null; _alertBytes.RemoveRange(0, 2))
        {
            var alert = new TlsAlert(_alertBytes[0], _alertBytes[1]);
            if (alert.EndsConnection)
            {
                Alert = alert;
            }
            else if (_warnings.Count == FlightLimits.MaxWarnings)
            {
                throw new MalformedFlightException($"警告超过 {FlightLimits.MaxWarnings} 条");
            }
            else
            {
                _warnings.Add(alert);
            }
        }
    }

    private void ReadMessages()
    {
        var read = true;
        while (read && WantsMore)
        {
            read = ReadMessage();
        }
    }

    private bool ReadMessage()
    {
        var rest = _handshake.WrittenSpan[_messageAt..];
        if (rest.Length < MessageHeader)
        {
            return false;
        }

        var length = (rest[1] << 16) | (rest[2] << 8) | rest[3];
        if (length > FlightLimits.MaxBytes)
        {
            throw new MalformedFlightException($"握手消息自称 {length} 字节，超过上限 {FlightLimits.MaxBytes}");
        }

        if (rest.Length < MessageHeader + length)
        {
            return false;
        }

        if (_messages.Count == FlightLimits.MaxMessages)
        {
            throw new MalformedFlightException($"握手消息超过 {FlightLimits.MaxMessages} 条");
        }

        var message = new HandshakeMessage(rest[0], rest.Slice(MessageHeader, length).ToArray());
        _messageAt += MessageHeader + length;
        Accept(message);
        return true;
    }

    private void Accept(HandshakeMessage message)
    {
        var type = (HandshakeType)message.Type;
        if (_hello is null && type != HandshakeType.ServerHello)
        {
            if (type == HandshakeType.HelloRequest)
            {
                return;
            }

            throw new MalformedFlightException($"第一条握手消息不是 ServerHello（类型 {message.Type}）");
        }

        if (_hello is null)
        {
            _hello = ServerHello.Parse(message.Body.Span);
            IsWhole = _hello.Version >= ProtocolVersion.Tls13.Wire;
        }
        else if (type == HandshakeType.ServerHello)
        {
            throw new MalformedFlightException("第二条 ServerHello");
        }

        _messages.Add(message);
        IsWhole |= type == HandshakeType.ServerHelloDone;
    }
}
