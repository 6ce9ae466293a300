using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Real sockets behind <see cref="IDialer"/>: scope first, then the target's connection limit, then the connect timeout.</summary>
public sealed class SocketDialer : IDialer
{
    private readonly Scope _scope;
    private readonly TimeSpan _connectTimeout;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _limits = new(StringComparer.OrdinalIgnoreCase);
    private int _opened;

    public SocketDialer(Scope scope, TimeSpan? connectTimeout = null)
    {
        _scope = scope;
        _connectTimeout = connectTimeout ?? TimeSpan.FromSeconds(5);
    }

    /// <summary>Connections opened so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public async Task<Connection> DialAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        _scope.Demand(endpoint.Host, endpoint.Port);
        var limit = _limits.GetOrAdd(endpoint.Authority, _ => new SemaphoreSlim(endpoint.MaxConnections));
        await limit.WaitAsync(cancellationToken);
        var handedOver = false;
        try
        {
            var socket = await ConnectAsync(endpoint, cancellationToken);
            Interlocked.Increment(ref _opened);
            handedOver = true;
            return new Connection(new NetworkStream(socket, ownsSocket: true), RemoteAddress(socket, endpoint), () => limit.Release());
        }
        finally
        {
            if (!handedOver)
            {
                limit.Release();
            }
        }
    }

    /// <summary>A server that resets at once leaves no address behind; the reader of the stream will meet the reset.</summary>
    private static string RemoteAddress(Socket socket, Endpoint endpoint)
    {
        try
        {
            return $"{socket.RemoteEndPoint}";
        }
        catch (SocketException)
        {
            return endpoint.Authority;
        }
    }

    private async Task<Socket> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(_connectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            if (IPAddress.TryParse(endpoint.Host, out var address))
            {
                await socket.ConnectAsync(new IPEndPoint(address, endpoint.Port), bounded.Token);
            }
            else
            {
                await socket.ConnectAsync(endpoint.Host, endpoint.Port, bounded.Token);
            }

            return socket;
        }
        catch (Exception trouble)
        {
            socket.Dispose();
            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw Describe(endpoint, trouble);
        }
    }

    private Exception Describe(Endpoint endpoint, Exception trouble) => trouble switch
    {
        OperationCanceledException => new UnableException(
            FailureKind.TimedOut, $"连接 {endpoint.Authority} 在 {_connectTimeout.TotalSeconds:0.#} 秒内没有应答（可能被防火墙丢弃）", trouble),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new UnableException(
            FailureKind.Unreachable, $"{endpoint.Authority} 拒绝连接（端口没有服务在监听）", trouble),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new UnableException(
            FailureKind.Unreachable, $"无法解析主机名 {endpoint.Host}", trouble),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new UnableException(
            FailureKind.AccessDenied, $"本机不允许连接 {endpoint.Authority}", trouble),
        SocketException socket => new UnableException(
            FailureKind.Unreachable, $"无法连接 {endpoint.Authority}（{socket.SocketErrorCode}）", trouble),
        _ => trouble,
    };
}
