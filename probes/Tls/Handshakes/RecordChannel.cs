using System.Buffers;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Records in both directions over one connection: first in clear, then under the protections it is given. Reassembles handshake messages
/// and keeps the bytes of the handshake for evidence. One reader and one writer at a time.
/// </summary>
/// <param name="stream">To the server.</param>
/// <param name="version">Version in the header of what is sent in clear.</param>
internal sealed class RecordChannel(Stream stream, ushort version) : IDisposable
{
    private const int HeaderSize = 5;
    private const int MessageHeader = 4;
    private const int MaxEmptyRecords = 32;

    private readonly ArrayBufferWriter<byte> _sent = new();
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly byte[] _buffer = new byte[HeaderSize + FlightLimits.MaxRecord];
    private readonly List<byte> _handshake = [];
    private readonly List<TlsAlert> _warnings = [];
    private readonly SemaphoreSlim _writing = new(1);
    private bool _recording = true;
    private int _ahead;
    private int _messages;
    private int _empty;

    /// <summary>What was sent up to <see cref="EndHandshake"/>.</summary>
    public ReadOnlyMemory<byte> Sent => _sent.WrittenMemory;

    public ReadOnlyMemory<byte> Received => _recording ? (byte[])[.. _received.WrittenSpan, .. Ahead.Span] : _received.WrittenMemory;

    public IReadOnlyList<TlsAlert> Warnings => _warnings;

    /// <summary>Takes the protection off what comes from now on; null while it comes in clear.</summary>
    public RecordProtection? Reading { get; private set; }

    /// <summary>Protects what goes out from now on.</summary>
    public RecordProtection? Writing { get; set; }

    /// <summary>A warning that is the answer waited for: it ends reading like a fatal alert; null for none.</summary>
    public byte? AnswerByWarning { get; set; }

    /// <summary>True in TLS 1.3, where records in clear may stand between protected ones (RFC 8446 §5, §D.4).</summary>
    public bool ToleratesClear { get; init; }

    /// <exception cref="MalformedFlightException">A message is cut in two by the change of keys (RFC 8446 §5.1).</exception>
    public void ReadUnder(RecordProtection protection)
    {
        if (_handshake.Count > 0)
        {
            throw new MalformedFlightException("更换密钥时还有没读完的握手消息");
        }

        Reading = protection;
    }

    /// <summary>From here on nothing is kept and the caps of a handshake no longer count.</summary>
    public void EndHandshake() => _recording = false;

    /// <summary>Sends raw bytes, a record of the caller's own making.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        if (_recording)
        {
            _sent.Write(record.Span);
        }

        await stream.WriteAsync(record, cancellationToken);
    }

    /// <summary>Sends content of one type in as many records as it needs.</summary>
    /// <param name="next">Protects everything behind it, where set.</param>
    public async Task SendAsync(RecordType type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken, RecordProtection? next = null)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            do
            {
                var piece = content[..Math.Min(content.Length, RecordProtection.MaxContent)];
                content = content[piece.Length..];
                await SendRawAsync(Writing is { } protection ? protection.Seal((byte)type, piece.Span) : Clear(type, piece.Span), cancellationToken);
            }
            while (!content.IsEmpty);
            Writing = next ?? Writing;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next handshake message; alerts of warning level on the way are kept, a fatal one ends the handshake.</summary>
    /// <exception cref="HandshakeStoppedException">Alert, end of the connection.</exception>
    /// <exception cref="MalformedFlightException">Breaks the rules or the caps.</exception>
    public async Task<HandshakeMessage> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeMessage() is { } message)
            {
                return message;
            }

            var record = await ReadRecordAsync(cancellationToken);
            if (record.Type != (byte)RecordType.Handshake)
            {
                throw new MalformedFlightException($"握手途中出现不应有的记录（类型 {record.Type}）");
            }

            _handshake.AddRange(record.Content);
        }
    }

    /// <summary>Adds bytes of a handshake record that came between application data.</summary>
    public void AddHandshake(ReadOnlySpan<byte> content) => _handshake.AddRange(content);

    /// <summary>A whole message out of what came so far; null while it is not whole.</summary>
    /// <exception cref="MalformedFlightException">Beyond the caps.</exception>
    public HandshakeMessage? TakeMessage()
    {
        if (_handshake.Count < MessageHeader)
        {
            return null;
        }

        var length = (_handshake[1] << 16) | (_handshake[2] << 8) | _handshake[3];
        if (length > FlightLimits.MaxBytes)
        {
            throw new MalformedFlightException($"握手消息自称 {length} 字节，超过上限 {FlightLimits.MaxBytes}");
        }

        if (_handshake.Count < MessageHeader + length)
        {
            return null;
        }

        if (++_messages > FlightLimits.MaxMessages && _recording)
        {
            throw new MalformedFlightException($"握手消息超过 {FlightLimits.MaxMessages} 条");
        }

        var message = new HandshakeMessage(_handshake[0], _handshake.GetRange(MessageHeader, length).ToArray());
        _handshake.RemoveRange(0, MessageHeader + length);
        return message;
    }

    /// <summary>The next record that is no warning, opened where protection is on.</summary>
    /// <exception cref="HandshakeStoppedException">Alert, end of the connection.</exception>
    /// <exception cref="MalformedFlightException">No record, one beyond the caps, or one that does not open.</exception>
    public async Task<OpenedRecord> ReadRecordAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = Open(await ReadRawAsync(cancellationToken));
            if (record.Type == (byte)RecordType.Alert)
            {
                Take(record.Content);
            }
            else if (!(ToleratesClear && record.Type == (byte)RecordType.ChangeCipherSpec))
            {
                _empty = record.Content.Length == 0 ? _empty + 1 : 0;
                return _empty <= MaxEmptyRecords ? record : throw new MalformedFlightException($"连续 {MaxEmptyRecords} 条空记录");
            }
            else if (++_empty > MaxEmptyRecords)
            {
                throw new MalformedFlightException($"连续 {MaxEmptyRecords} 条 ChangeCipherSpec");
            }
        }
    }

    public void Dispose() => _writing.Dispose();

    private ReadOnlyMemory<byte> Ahead => _buffer.AsMemory(0, _ahead);

    private byte[] Clear(RecordType type, ReadOnlySpan<byte> content) =>
        [(byte)type, (byte)(version >> 8), (byte)version, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private OpenedRecord Open(OpenedRecord record)
    {
        var clear = ToleratesClear && record.Type is (byte)RecordType.ChangeCipherSpec or (byte)RecordType.Alert;
        if (Reading is null || clear || record.Type == (byte)RecordType.ChangeCipherSpec)
        {
            return record;
        }

        try
        {
            return Reading.Open(record.Type, record.Content);
        }
        catch (CryptographicException refused)
        {
            throw new MalformedFlightException($"受保护的记录解不开：{refused.Message}");
        }
    }

    private void Take(ReadOnlySpan<byte> content)
    {
        if (content.Length < 2)
        {
            throw new MalformedFlightException("告警记录不足两个字节");
        }

        var alert = new TlsAlert(content[0], content[1]);
        // In TLS 1.3 the level means nothing (RFC 8446 §6): all but these two end the connection.
        if (alert.EndsConnection || alert.Description == AnswerByWarning || (ToleratesClear && Reading is not null && alert.Description != UserCanceled))
        {
            throw new HandshakeStoppedException(new Alerted(alert));
        }

        _warnings.Add(alert);
        if (_warnings.Count > FlightLimits.MaxWarnings)
        {
            throw new MalformedFlightException($"警告超过 {FlightLimits.MaxWarnings} 条");
        }
    }

    private const byte UserCanceled = 90;

    private async Task<OpenedRecord> ReadRawAsync(CancellationToken cancellationToken)
    {
        await FillAsync(1, cancellationToken);
        if (_ahead == 0)
        {
            throw new HandshakeStoppedException(new Closed(Hard: false));
        }

        await FillAsync(HeaderSize, cancellationToken);
        if (!FlightAssembler.IsTlsHeader(Ahead.Span))
        {
            throw await ForeignAsync(cancellationToken);
        }

        if (_ahead < HeaderSize)
        {
            throw new MalformedFlightException("服务器在一条记录的开头关闭连接");
        }

        var length = (_buffer[3] << 8) | _buffer[4];
        if (length > FlightLimits.MaxRecord)
        {
            throw new MalformedFlightException($"记录长度 {length} 超过上限 {FlightLimits.MaxRecord}");
        }

        await FillAsync(HeaderSize + length, cancellationToken);
        return _ahead >= HeaderSize + length ? Consume(HeaderSize + length) : throw new MalformedFlightException("服务器在一条记录中途关闭连接");
    }

    private OpenedRecord Consume(int length)
    {
        var record = new OpenedRecord(_buffer[0], _buffer[HeaderSize..length]);
        if (_recording)
        {
            if (_received.WrittenCount + length > FlightLimits.MaxBytes)
            {
                throw new MalformedFlightException($"服务器连续发送超过 {FlightLimits.MaxBytes} 字节仍未结束握手");
            }

            _received.Write(_buffer.AsSpan(0, length));
        }

        _ahead -= length;
        _buffer.AsSpan(length, _ahead).CopyTo(_buffer);
        return record;
    }

    private async Task<Exception> ForeignAsync(CancellationToken cancellationToken)
    {
        if (_received.WrittenCount > 0 || !_recording)
        {
            return new MalformedFlightException($"第 {_received.WrittenCount} 字节处不是 TLS/TLCP 记录");
        }

        await FillAsync(ForeignGreeting.Decisive, cancellationToken);
        return new HandshakeStoppedException(ForeignGreeting.Recognise(Ahead.Span));
    }

    /// <summary>Reads ahead to so many bytes, or to the end of the connection. A cancelled call loses nothing of what came.</summary>
    private async Task FillAsync(int wanted, CancellationToken cancellationToken)
    {
        try
        {
            while (_ahead < wanted && await stream.ReadAsync(_buffer.AsMemory(_ahead), cancellationToken) is var read and > 0)
            {
                _ahead += read;
            }
        }
        catch (IOException)
        {
            throw new HandshakeStoppedException(new Closed(Hard: true));
        }
    }
}
