using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Application data of a completed handshake. Asynchronous only; ends with close_notify, a close or a reset. Disposing it says
/// close_notify and leaves the connection to its owner.
/// </summary>
/// <param name="channel">Protected in both directions.</param>
/// <param name="takeHandshake">Sees handshake messages that come between the data; returns what follows from them.</param>
internal sealed class ChannelStream(RecordChannel channel, Func<HandshakeMessage, CancellationToken, Task> takeHandshake) : Stream
{
    private const int MaxMessagesInARow = 64;

    private ReadOnlyMemory<byte> _rest;
    private bool _ended;
    private int _messages;
    private bool _disposed;

    /// <summary>How the other side ended the data; null while it has not, and after close_notify.</summary>
    public HelloReply? Ending { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>True where data lies ready or the other side has ended.</summary>
    public bool IsReady => !_rest.IsEmpty || _ended;

    /// <exception cref="IOException">A fatal alert, a reset, or a record that does not open.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!IsReady)
        {
            await TakeRecordAsync(cancellationToken);
        }

        var taken = Math.Min(buffer.Length, _rest.Length);
        _rest[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }

    /// <summary>Takes one record in: data, a message, or the end. Not to be called while <see cref="IsReady"/>.</summary>
    /// <exception cref="IOException">As <see cref="ReadAsync(Memory{byte}, CancellationToken)"/>.</exception>
    public async Task TakeRecordAsync(CancellationToken cancellationToken)
    {
        var record = await NextAsync(cancellationToken);
        _messages = record?.Type == (byte)RecordType.Handshake ? _messages + 1 : 0;
        switch ((RecordType?)record?.Type)
        {
            case null:
                _ended = true;
                break;
            case RecordType.ApplicationData:
                _rest = record!.Content;
                break;
            case RecordType.Handshake when _messages <= MaxMessagesInARow:
                await TakeAsync(record!.Content, cancellationToken);
                break;
            default:
                throw new IOException("应用数据之间出现不应有的记录。");
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await channel.SendAsync(RecordType.ApplicationData, buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await SayCloseAsync();
        }

        await base.DisposeAsync();
    }

    private async Task SayCloseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            await channel.SendAsync(RecordType.Alert, new byte[] { 1, TlsAlert.CloseNotify }, limit.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is left to hear it.
        }
    }

    private async Task TakeAsync(byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            channel.AddHandshake(content);
            while (channel.TakeMessage() is { } message)
            {
                await takeHandshake(message, cancellationToken);
            }
        }
        catch (MalformedFlightException malformed)
        {
            throw new IOException(malformed.Message, malformed);
        }
    }

    private async Task<OpenedRecord?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channel.ReadRecordAsync(cancellationToken);
        }
        catch (HandshakeStoppedException stopped) when (stopped.Why is Alerted { Alert.Description: TlsAlert.CloseNotify })
        {
            return null;
        }
        catch (HandshakeStoppedException stopped)
        {
            Ending = stopped.Why;
            return stopped.Why is Closed { Hard: false } ? null : throw new IOException($"对方结束了连接：{stopped.Message}", stopped);
        }
        catch (MalformedFlightException malformed)
        {
            Ending = new Malformed(malformed.Message);
            throw new IOException(malformed.Message, malformed);
        }
    }
}
