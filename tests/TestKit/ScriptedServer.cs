using System.Net;
using System.Net.Sockets;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>A byte-level server on a free port of 127.0.0.1: every connection runs the script it was given.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ScriptedConnection, Task> _script;
    private readonly Task _accepting;
    private int _accepted;
    private int _open;
    private int _most;

    public ScriptedServer(Func<ScriptedConnection, Task> script)
    {
        _script = script;
        _listener.Start(64);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The most connections that were open at once, as this side saw them.</summary>
    public int MostAtOnce => Volatile.Read(ref _most);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var number = Interlocked.Increment(ref _accepted);
                var open = Interlocked.Increment(ref _open);
                InterlockedMax(ref _most, open);
                _ = ServeAsync(socket, number);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        await using var connection = new ScriptedConnection(socket, number, _stop.Token);
        try
        {
            await _script(connection);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or EndOfStreamException)
        {
            // The client left; scripts need not care.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}

/// <summary>The server's side of one connection.</summary>
public sealed class ScriptedConnection : IAsyncDisposable
{
    private readonly Socket _socket;

    internal ScriptedConnection(Socket socket, int number, CancellationToken stop)
    {
        _socket = socket;
        Number = number;
        Stop = stop;
        socket.NoDelay = true;
        Stream = new NetworkStream(socket, ownsSocket: true);
    }

    public NetworkStream Stream { get; }

    /// <summary>1 for the first connection of the server.</summary>
    public int Number { get; }

    public CancellationToken Stop { get; }

    /// <summary>One TLS record with its header.</summary>
    public async Task<byte[]> ReadRecordAsync()
    {
        var header = new byte[5];
        await Stream.ReadExactlyAsync(header, Stop);
        var body = new byte[(header[3] << 8) | header[4]];
        await Stream.ReadExactlyAsync(body, Stop);
        return [.. header, .. body];
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await Stream.WriteAsync(bytes, Stop);

    /// <summary>Reads until the client leaves.</summary>
    public async Task LingerAsync()
    {
        var buffer = new byte[4096];
        while (await Stream.ReadAsync(buffer, Stop) > 0)
        {
            // Nothing is done with it.
        }
    }

    /// <summary>Closes with RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public async ValueTask DisposeAsync() => await Stream.DisposeAsync();
}
