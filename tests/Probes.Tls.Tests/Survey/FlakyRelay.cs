using System.Net;
using System.Net.Sockets;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>A balancer in front of a real server, with dead and sleepy ones beside it: what a connection meets depends on its number alone.</summary>
internal static class FlakyRelay
{
    /// <param name="port">Of the real server.</param>
    /// <param name="fate">Of the n-th connection: <c>pass</c>, <c>close</c>, <c>reset</c>, <c>stall</c>, <c>late</c> (answers 300 ms late) or <c>cut</c> (stalls behind the first answer).</param>
    public static Func<ScriptedConnection, Task> Before(int port, Func<int, string> fate) => async connection =>
    {
        switch (fate(connection.Number))
        {
            case "close":
                _ = await connection.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, connection.Stop);
                return;
            case "reset":
                connection.Reset();
                return;
            case "stall":
                await connection.LingerAsync();
                return;
            case "late":
                await PassAsync(connection, port, TimeSpan.FromMilliseconds(300), int.MaxValue);
                return;
            case "cut":
                await PassAsync(connection, port, TimeSpan.Zero, 1);
                await connection.LingerAsync();
                return;
            default:
                await PassAsync(connection, port, TimeSpan.Zero, int.MaxValue);
                return;
        }
    };

    private static async Task PassAsync(ScriptedConnection connection, int port, TimeSpan late, int answers)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), connection.Stop);
        await using var stream = new NetworkStream(server);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Stop);
        var there = CopyAsync(connection.Stream, stream, TimeSpan.Zero, int.MaxValue, over.Token);
        var back = CopyAsync(stream, connection.Stream, late, answers, over.Token);
        await (answers == int.MaxValue ? Task.WhenAny(there, back) : back);
        await over.CancelAsync();
    }

    private static async Task CopyAsync(Stream from, Stream to, TimeSpan late, int reads, CancellationToken stop)
    {
        var buffer = new byte[16384];
        for (var i = 0; i < reads && await from.ReadAsync(buffer, stop) is var read and > 0; i++)
        {
            if (i == 0 && late > TimeSpan.Zero)
            {
                await Task.Delay(late, stop);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), stop);
        }
    }
}
