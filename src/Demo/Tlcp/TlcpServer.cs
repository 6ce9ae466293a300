using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>
/// A TLCP 1.1 server (GB/T 38636-2020) on a free port of 127.0.0.1, with defects to choose from. It is there to be looked at: its
/// cipher code is that of a scanner, not of a gateway.
/// </summary>
public sealed class TlcpServer : IAsyncDisposable
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TlcpServerOptions _options;
    private readonly Func<TlcpSession, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _accepted;
    private int _completed;

    /// <param name="serve">Speaks on every completed handshake; a short HTTP answer where not given.</param>
    public TlcpServer(TlcpServerOptions options, Func<TlcpSession, CancellationToken, Task>? serve = null)
    {
        _options = options;
        _serve = serve ?? AnswerAsync;
        _listener.Start(64);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Handshakes that reached the client's Finished.</summary>
    public int Completed => Volatile.Read(ref _completed);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        socket.NoDelay = true;
        using var session = new TlcpSession(stream);
        try
        {
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
            {
                limit.CancelAfter(HandshakeLimit);
                await new TlcpServerHandshake(_options, session).RunAsync(limit.Token);
            }

            Interlocked.Increment(ref _completed);
            await _serve(session, _stop.Token);
            await session.CloseAsync(_stop.Token);
        }
        catch (TlcpRefusalException refusal)
        {
            await session.AlertAsync(refusal.Alert);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or CryptographicException)
        {
            // The client left or sent what does not decrypt; the next one is served all the same.
        }
    }

    /// <summary>One request, one page.</summary>
    private static async Task AnswerAsync(TlcpSession session, CancellationToken cancellationToken)
    {
        var request = new List<byte>();
        while (!request.ToArray().AsSpan().EndsWith("\r\n\r\n"u8))
        {
            var data = await session.ReadAsync(cancellationToken);
            if (data.IsEmpty || request.Count > 64 * 1024)
            {
                return;
            }

            request.AddRange(data.Span);
        }

        await session.WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 25\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n<title>TLCP demo</title>\n"u8.ToArray(),
            cancellationToken);
    }
}

/// <summary>The server ends the handshake with an alert.</summary>
internal sealed class TlcpRefusalException(byte alert) : Exception($"alert {alert}")
{
    public byte Alert { get; } = alert;
}
