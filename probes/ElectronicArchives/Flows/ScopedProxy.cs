using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// The browser's only way out: SOCKS 5 (RFC 1928) on a free port of 127.0.0.1, which dials what the candidate names and counts what it does not.
/// Requests, redirections, sockets of pages and what a browser does by itself all come through here.
/// </summary>
internal sealed class ScopedProxy : IAsyncDisposable
{
    private const int MostBlockedTold = 100;
    private const int ConnectionsAtOnce = 32;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop;
    private readonly ProbeContext _context;
    private readonly Func<string, int, bool> _allows;
    private readonly ConcurrentDictionary<string, int> _blocked = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _accepting;

    public ScopedProxy(ProbeContext context, Func<string, int, bool> allows, CancellationToken cancellationToken)
    {
        (_context, _allows) = (context, allows);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _listener.Start(64);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>host:port and how often it was asked for, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Blocked => [.. _blocked.OrderBy(b => b.Key, StringComparer.Ordinal)];

    public void Block(string host, int port)
    {
        if (_blocked.Count < MostBlockedTold || _blocked.ContainsKey($"{host}:{port}"))
        {
            _blocked.AddOrUpdate($"{host}:{port}", 1, (_, n) => n + 1);
        }
    }

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
        var serving = new ConcurrentDictionary<Task, byte>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var task = ServeAsync(client);
                serving[task] = 0;
                _ = task.ContinueWith(t => serving.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving.Keys);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                var (host, port) = await AskedAsync(stream);
                if (host is null)
                {
                    return;
                }

                if (!_allows(host, port))
                {
                    Block(host, port);
                    await AnswerAsync(stream, 2);
                    return;
                }

                await using var connection = await _context.Dialer.DialAsync(new Endpoint { Id = "web-flow", Host = host, Port = port, MaxConnections = ConnectionsAtOnce }, _stop.Token);
                await AnswerAsync(stream, 0);
                await Task.WhenAny(stream.CopyToAsync(connection.Stream, _stop.Token), connection.Stream.CopyToAsync(stream, _stop.Token));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or UnableException)
            {
                // The browser sees a closed connection and says so in its own words.
            }
        }
    }

    /// <summary>Where the browser wants to go; null for anything but CONNECT.</summary>
    private async Task<(string? Host, int Port)> AskedAsync(NetworkStream stream)
    {
        var buffer = new byte[262];
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), _stop.Token);
        await stream.ReadExactlyAsync(buffer.AsMemory(2, buffer[1]), _stop.Token);
        await stream.WriteAsync(new byte[] { 5, 0 }, _stop.Token);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 5), _stop.Token);
        var (kind, first) = (buffer[3], buffer[4]);
        var length = kind switch { 1 => 4, 4 => 16, 3 => first + 1, _ => 0 };
        if (buffer[1] != 1 || length == 0)
        {
            return (null, 0);
        }

        var rest = new byte[length - 1 + 2];
        await stream.ReadExactlyAsync(rest, _stop.Token);
        var host = kind == 3 ? Encoding.ASCII.GetString(rest, 0, first) : new IPAddress([first, .. rest[..^2]]).ToString();
        return (host, BinaryPrimitives.ReadUInt16BigEndian(rest.AsSpan(rest.Length - 2)));
    }

    private async Task AnswerAsync(NetworkStream stream, byte code) => await stream.WriteAsync(new byte[] { 5, code, 0, 1, 0, 0, 0, 0, 0, 0 }, _stop.Token);
}
