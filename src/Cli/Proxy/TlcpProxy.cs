using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Clear TCP on the loopback in, TLCP out: one tunnel a connection, only to the server that was described at the start.</summary>
internal sealed class TlcpProxy : IDisposable
{
    private const int Buffer = 16 * 1024;
    private const int MostClients = 64;

    private readonly TcpListener _listener;
    private readonly Endpoint _endpoint;
    private readonly ProbeContext _context;
    private readonly TlcpPeer _peer;
    private readonly TlcpIdentity? _identity;
    private readonly SemaphoreSlim _places = new(MostClients);

    /// <exception cref="UnableException">The address is taken.</exception>
    public TlcpProxy(IPEndPoint address, Endpoint endpoint, ProbeContext context, TlcpPeer peer, TlcpIdentity? identity)
    {
        _endpoint = endpoint;
        _context = context;
        _peer = peer;
        _identity = identity;
        _listener = new TcpListener(address);
        try
        {
            _listener.Start();
        }
        catch (SocketException taken)
        {
            _listener.Dispose();
            throw new UnableException(FailureKind.AccessDenied, $"不能在 {address} 监听：{taken.Message}", taken);
        }
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Serves until the token.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await _places.WaitAsync(stop);
            var client = await _listener.AcceptTcpClientAsync(stop);
            _ = ServeAsync(client, stop);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _places.Dispose();
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await ForwardAsync(client.GetStream(), stop);
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side left; there is nobody to tell.
            }
            finally
            {
                Release();
            }
        }
    }

    private void Release()
    {
        try
        {
            _places.Release();
        }
        catch (ObjectDisposedException)
        {
            // The proxy has ended before its last client.
        }
    }

    private async Task ForwardAsync(NetworkStream client, CancellationToken stop)
    {
        TlcpTunnel tunnel;
        try
        {
            tunnel = await TlcpTunnel.OpenAsync(_endpoint, _context, _identity, stop);
        }
        catch (UnableException unable)
        {
            Console.Error.WriteLine(Printable.Of(unable.Message));
            await RefuseAsync(client, "502 Bad Gateway", unable.Message, stop);
            return;
        }

        await using (tunnel)
        {
            if (tunnel.Peer.Fingerprint != _peer.Fingerprint || tunnel.Peer.IsVerified != _peer.IsVerified)
            {
                const string changed = "服务器换了证书，或不再通过核验；重新启动转发以查看";
                Console.Error.WriteLine(changed);
                await RefuseAsync(client, "502 Bad Gateway", changed, stop);
                return;
            }

            await PumpAsync(client, tunnel.Stream, stop);
        }
    }

    private async Task PumpAsync(NetworkStream client, Stream server, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var requests = new RequestRewriting(client, server, Address, _endpoint.ServerName ?? _endpoint.Host, _endpoint.Port);
        var outward = requests.RunAsync(both.Token);
        var inward = server.CopyToAsync(client, Buffer, both.Token);
        // A client that has said all may still be waiting for the answer; a server that has ended never answers again.
        if (await Task.WhenAny(outward, inward) == outward && outward is { IsCompletedSuccessfully: true, Result: RequestsEnd.ClientEnded })
        {
            await Task.WhenAny(inward, Task.Delay(TimeSpan.FromSeconds(30), both.Token));
        }

        await both.CancelAsync();
        if (outward is { IsCompletedSuccessfully: true, Result: RequestsEnd.OtherHost })
        {
            await RefuseAsync(client, "421 Misdirected Request", "请求的 Host 不是这个转发口", stop);
        }
    }

    private static async Task RefuseAsync(NetworkStream client, string status, string why, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes($"tlcp-proxy：{why}\n");
        var head = $"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        await client.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        await client.WriteAsync(body, stop);
    }
}
