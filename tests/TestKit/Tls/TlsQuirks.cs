namespace SmartCity.SecurityCheck.TestKit;

/// <summary>Servers that speak TLS and stumble, by name. Each runs one connection.</summary>
public static class TlsQuirks
{
    private const int NormalLength = 5;

    /// <summary>A script for <see cref="ScriptedServer"/>.</summary>
    /// <param name="tls">What it offers where it answers.</param>
    /// <param name="stumbles">True where it does not answer this hello.</param>
    /// <param name="how"><c>close</c>, <c>reset</c>, <c>hang</c> or <c>alert N</c>.</param>
    public static Func<ScriptedConnection, Task> Server(ScriptedTls tls, Func<HelloSeen, bool>? stumbles = null, string how = "close") => async connection =>
    {
        var record = await connection.ReadRecordAsync();
        if (HelloSeen.Of(record) is not { } hello)
        {
            // An SSL 2.0 hello: turned away as most stacks do.
            await connection.SendAsync(ScriptedTls.Alert(70));
            await connection.LingerAsync();
            return;
        }

        if (stumbles?.Invoke(hello) != true)
        {
            await connection.SendAsync(tls.Answer(hello));
            await connection.LingerAsync();
            return;
        }

        await StumbleAsync(connection, how);
    };

    /// <summary>As the other, with the answers in pieces of one byte.</summary>
    public static Func<ScriptedConnection, Task> Dripping(ScriptedTls tls, TimeSpan between) => async connection =>
    {
        var record = await connection.ReadRecordAsync();
        var answer = HelloSeen.Of(record) is { } hello ? tls.Answer(hello) : ScriptedTls.Alert(70);
        foreach (var piece in answer.Chunk(NormalLength))
        {
            await connection.SendAsync(piece);
            await Task.Delay(between, connection.Stop);
        }

        await connection.LingerAsync();
    };

    /// <summary>Resets what comes above so many connections a second.</summary>
    public static Func<ScriptedConnection, Task> Limited(ScriptedTls tls, int aSecond)
    {
        var window = new RateWindow(aSecond);
        var answering = Server(tls);
        return connection =>
        {
            if (window.Admits())
            {
                return answering(connection);
            }

            connection.Reset();
            return Task.CompletedTask;
        };
    }

    private static async Task StumbleAsync(ScriptedConnection connection, string how)
    {
        switch (how)
        {
            case "hang":
                await connection.LingerAsync();
                return;
            case "reset":
                connection.Reset();
                return;
            case "close":
                return;
            default:
                await connection.SendAsync(ScriptedTls.Alert(byte.Parse(how.AsSpan("alert ".Length), System.Globalization.CultureInfo.InvariantCulture)));
                await connection.LingerAsync();
                return;
        }
    }

    private sealed class RateWindow(int aSecond)
    {
        private readonly Queue<long> _admitted = new();
        private readonly Lock _gate = new();

        public bool Admits()
        {
            lock (_gate)
            {
                var now = Environment.TickCount64;
                while (_admitted.TryPeek(out var oldest) && now - oldest >= 1000)
                {
                    _admitted.Dequeue();
                }

                if (_admitted.Count >= aSecond)
                {
                    return false;
                }

                _admitted.Enqueue(now);
                return true;
            }
        }
    }
}
