using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Records of one TLCP connection on the server's side.</summary>
public sealed class TlcpSession : IDisposable
{
    internal const byte ChangeCipherSpec = 20;
    internal const byte Alert = 21;
    internal const byte Handshake = 22;
    internal const byte ApplicationData = 23;

    private const int HeaderSize = 5;
    private const int MaxFragment = (1 << 14) + 2048;

    private readonly Stream _stream;
    private readonly SemaphoreSlim _writing = new(1);

    internal TlcpSession(Stream stream) => _stream = stream;

    /// <summary>Negotiated suite; 0 before.</summary>
    public ushort Suite { get; internal set; }

    /// <summary>The client's certificates, DER; empty where it sent none.</summary>
    public IReadOnlyList<byte[]> ClientCertificates { get; internal set; } = [];

    internal RecordProtection? Reading { get; set; }

    internal RecordProtection? Writing { get; set; }

    /// <summary>The next piece of application data; empty at the end.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = await ReadRecordAsync(cancellationToken);
            switch (record.Type)
            {
                case ApplicationData when record.Content.Length > 0:
                    return record.Content;
                case ApplicationData:
                    break;
                case Alert:
                    return default;
                default:
                    throw new TlcpRefusalException(10);
            }
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        for (; !data.IsEmpty; data = data[Math.Min(data.Length, RecordProtection.MaxContent)..])
        {
            await SendAsync(ApplicationData, data[..Math.Min(data.Length, RecordProtection.MaxContent)], cancellationToken);
        }
    }

    public void Dispose() => _writing.Dispose();

    internal Task CloseAsync(CancellationToken cancellationToken) => SendAsync(Alert, new byte[] { 1, 0 }, cancellationToken);

    internal async Task AlertAsync(byte description)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await SendAsync(Alert, new byte[] { 2, description }, limit.Token);
            // Closing with unread bytes would reset the connection and take the alert with it.
            _ = await _stream.ReadAtLeastAsync(new byte[MaxFragment], MaxFragment, throwOnEndOfStream: false, limit.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Nobody hears it.
        }
    }

    internal async Task SendAsync(byte type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var record = Writing is { } protection
                ? protection.Seal(type, content.Span)
                : [type, TlcpSuite.WireVersion >> 8, TlcpSuite.WireVersion & 0xFF, (byte)(content.Length >> 8), (byte)content.Length, .. content.Span];
            await _stream.WriteAsync(record, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <exception cref="EndOfStreamException">The client left.</exception>
    /// <exception cref="CryptographicException">The record does not open.</exception>
    internal async Task<OpenedRecord> ReadRecordAsync(CancellationToken cancellationToken)
    {
        var header = new byte[HeaderSize];
        await _stream.ReadExactlyAsync(header, cancellationToken);
        var length = (header[3] << 8) | header[4];
        if (((header[1] << 8) | header[2]) != TlcpSuite.WireVersion)
        {
            throw new TlcpRefusalException(70);
        }

        if (length > MaxFragment)
        {
            throw new TlcpRefusalException(22);
        }

        var fragment = new byte[length];
        await _stream.ReadExactlyAsync(fragment, cancellationToken);
        try
        {
            return Reading is { } protection ? protection.Open(header[0], fragment) : new OpenedRecord(header[0], fragment);
        }
        catch (CryptographicException)
        {
            throw new TlcpRefusalException(20);
        }
    }
}
