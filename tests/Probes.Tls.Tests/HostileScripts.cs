using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>What a port does that is no honest TLS server, by name.</summary>
internal static class HostileScripts
{
    public static async Task RunAsync(string script, ScriptedConnection connection)
    {
        switch (script)
        {
            case "reset":
                connection.Reset();
                return;
            case "close":
                return;
            case "silence":
                await connection.LingerAsync();
                return;
            case "drip":
                await DripAsync(connection, WireBytes.ServerHello(0x0303, 0xC02F));
                return;
            case "ssh drip":
                await DripAsync(connection, "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray());
                return;
            case "endless":
                await EndlessAsync(connection);
                return;
            default:
                await connection.SendAsync(Once(script));
                await LingerOrCloseAsync(script, connection);
                return;
        }
    }

    private static byte[] Once(string script) => script switch
    {
        "garbage" => new SeededBytes(3).Take(4096).Prepend((byte)0x99).ToArray(),
        "http" => Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        "ssh" => Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2p1\r\n"),
        "smtp" => Encoding.ASCII.GetBytes("220 mail.test.lab ESMTP\r\n"),
        "oversize" => [22, 3, 3, 0xFF, 0xFF, .. new byte[200]],
        "half a record" => [22, 3, 3, 0, 80, 2, 0, 0],
        _ => throw new ArgumentOutOfRangeException(nameof(script), script, null),
    };

    private static async Task LingerOrCloseAsync(string script, ScriptedConnection connection)
    {
        if (script != "half a record")
        {
            await connection.LingerAsync();
        }
        else
        {
            await connection.ReadRecordAsync();
        }
    }

    private static async Task DripAsync(ScriptedConnection connection, byte[] bytes)
    {
        foreach (var value in bytes)
        {
            await connection.SendAsync(new[] { value });
            await Task.Delay(1000, connection.Stop);
        }
    }

    /// <summary>A certificate list without end in full records.</summary>
    private static async Task EndlessAsync(ScriptedConnection connection)
    {
        await connection.SendAsync(WireBytes.ServerHello(0x0303, 0xC02F));
        await connection.SendAsync(WireBytes.Record(22, 0x0303, [11, 0x03, 0xFF, 0xFF]));
        var record = WireBytes.Record(22, 0x0303, new byte[16384]);
        while (!connection.Stop.IsCancellationRequested)
        {
            await connection.SendAsync(record);
        }
    }
}
