using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Our own look at ports: a connection to each, closed at once, and half a second for those that greet. At most so many at once and so
/// many a second, for what stands between may count connections.
/// </summary>
internal sealed class ConnectScan(ProbeContext context)
{
    private const int AtOnce = 32;
    private const int GreetingCap = 512;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2500);
    private static readonly TimeSpan ForGreeting = TimeSpan.FromMilliseconds(600);

    private readonly ConcurrentDictionary<int, FoundPort> _open = new();
    private readonly ConcurrentDictionary<int, string> _greetings = new();
    private int _refused;
    private int _silent;

    /// <param name="target">Its address is in scope.</param>
    /// <param name="address">What it resolves to.</param>
    /// <param name="ports">Ascending.</param>
    /// <param name="deadline">When to stop and keep what there is.</param>
    /// <param name="stop">The probe's clock.</param>
    public async Task<PortScan> RunAsync(ExposedHost target, IPAddress address, IReadOnlyList<int> ports, TimeSpan deadline, CancellationToken stop)
    {
        using var clock = new CancellationTokenSource(deadline, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop, clock.Token);
        string? cut = null;
        try
        {
            await Parallel.ForEachAsync(Paced(ports, bounded.Token), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bounded.Token }, (port, token) => LookAsync(target, port, token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            cut = $"{deadline.TotalSeconds:0} 秒内只看了 {ports.Count} 个端口中的 {_open.Count + _refused + _silent} 个";
        }

        IReadOnlyList<FoundPort> open = [.. _open.Values.OrderBy(p => p.Number)];
        return new PortScan
        {
            Tool = "内置连接扫描",
            Address = address,
            LookedAt = ports,
            Open = open,
            Refused = _refused,
            Silent = _silent,
            IsWhole = cut is null,
            Cut = cut,
            Evidence = context.Evidence.Save(new EvidenceDraft("exposure.ports", target.TargetId, "connect-scan.txt", "text/plain", Encoding.UTF8.GetBytes(Text(target, address, ports, cut)), $"逐个连接 {target.Address} 的端口的结果与问候语")),
        };
    }

    private async IAsyncEnumerable<int> Paced(IReadOnlyList<int> ports, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var port in ports)
        {
            await Task.Delay(Between, context.Clock, stop);
            yield return port;
        }
    }

    private async ValueTask LookAsync(ExposedHost target, int port, CancellationToken stop)
    {
        using var clock = new CancellationTokenSource(Patience, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop, clock.Token);
        try
        {
            await using var connection = await context.Dialer.DialAsync(new Endpoint { Id = target.Id, Host = target.Address, Port = port }, bounded.Token);
            var greeting = await GreetingAsync(connection.Stream, stop);
            _greetings[port] = Plain.Ascii(greeting, 200);
            _open[port] = Greetings.Recognise(port, greeting);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Interlocked.Increment(ref _silent);
        }
        catch (UnableException refused) when (refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            Interlocked.Increment(ref _refused);
        }
        catch (UnableException silent) when (silent.Kind is FailureKind.TimedOut or FailureKind.Unreachable)
        {
            Interlocked.Increment(ref _silent);
        }
    }

    private async Task<byte[]> GreetingAsync(Stream stream, CancellationToken stop)
    {
        using var clock = new CancellationTokenSource(ForGreeting, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop, clock.Token);
        var bytes = new byte[GreetingCap];
        try
        {
            return bytes[..await stream.ReadAsync(bytes, bounded.Token)];
        }
        catch (Exception silent) when (silent is IOException || (silent is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return [];
        }
    }

    private string Text(ExposedHost target, IPAddress address, IReadOnlyList<int> ports, string? cut)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"主机 {target.Address}（{address}）\n端口 {PortRanges.Write(ports)}\n拒绝 {_refused}，无应答 {_silent}\n");
        foreach (var port in _open.Keys.Order())
        {
            text.Append(CultureInfo.InvariantCulture, $"{port}/tcp 开放 {_greetings.GetValueOrDefault(port)}\n");
        }

        return text.Append(cut is null ? "" : $"没有看完：{cut}\n").ToString();
    }
}
