using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Servers that never come to the point, and bytes that make no sense.</summary>
public sealed class HostileDialogueTests
{
    [Theory]
    [InlineData("endless lines", FailureKind.BadInput)]
    [InlineData("endless bytes", FailureKind.BadInput)]
    [InlineData("binary", FailureKind.BadInput)]
    [InlineData("close", FailureKind.Unreachable)]
    [InlineData("reset", FailureKind.Unreachable)]
    [InlineData("drip", FailureKind.TimedOut)]
    [InlineData("silence", FailureKind.TimedOut)]
    public async Task Every_protocol_ends_as_unable_in_time(string script, FailureKind kind)
    {
        await using var server = new ScriptedServer(c => RunAsync(script, c));
        var outcomes = await Task.WhenAll(StartTlsNames.All.SelectMany(p => ((IProbe[])[new StartTlsProbe(), new ProtocolVersionsProbe()]).Select(async probe =>
            (Protocol: p, Unable: await Observing.UnableAsync(probe, new Endpoint { Id = $"{p}".ToLowerInvariant(), Host = "127.0.0.1", Port = server.Port, Protocol = EndpointProtocol.Tls, StartTls = p })))));

        // Binary protocols need not wait for the end of a line to see that this is none of theirs.
        Assert.All(outcomes, o => Assert.True(o.Unable.Kind == (script == "drip" && IsBinary(o.Protocol) ? FailureKind.BadInput : kind), $"{o.Protocol} {o.Unable}"));
    }

    [Fact]
    public async Task Mutated_and_random_answers_end_as_an_answer_or_as_unable()
    {
        foreach (var protocol in StartTlsNames.All)
        {
            var seeds = new SeededBytes((ulong)protocol + 17);
            var honest = Honest(protocol);
            for (var i = 0; i < 1500; i++)
            {
                var wire = new StartTlsWire(new OneWay(i % 3 == 0 ? seeds.Take(seeds.Below(300)) : seeds.Mutate(honest)));
                try
                {
                    await StartTlsDoor.DialogueOf(protocol).HoldAsync(wire, "localhost", isCurious: i % 2 == 0, CancellationToken.None);
                }
                catch (UnableException unable)
                {
                    Assert.True(unable.Kind is FailureKind.BadInput or FailureKind.Unreachable, unable.Message);
                }

                Assert.DoesNotContain(wire.Transcript, c => char.IsControl(c) && c != '\n');
            }
        }
    }

    private static bool IsBinary(StartTlsProtocol protocol) =>
        protocol is StartTlsProtocol.Postgres or StartTlsProtocol.Ldap or StartTlsProtocol.MySql or StartTlsProtocol.Xmpp;

    private static byte[] Honest(StartTlsProtocol protocol) => protocol switch
    {
        StartTlsProtocol.Smtp => "220 a\r\n250-b\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n220 go\r\n"u8.ToArray(),
        StartTlsProtocol.Imap => "* OK a\r\n* CAPABILITY STARTTLS AUTH=PLAIN\r\ns1 OK\r\ns2 OK\r\n"u8.ToArray(),
        StartTlsProtocol.Pop3 => "+OK a\r\n+OK\r\nSTLS\r\nSASL PLAIN\r\n.\r\n+OK\r\n"u8.ToArray(),
        StartTlsProtocol.Ftp => "220 a\r\n211-f\r\n AUTH TLS\r\n211 e\r\n234 go\r\n"u8.ToArray(),
        StartTlsProtocol.Xmpp => "<stream:features><starttls/><mechanism>PLAIN</mechanism></stream:features><proceed/>"u8.ToArray(),
        StartTlsProtocol.Postgres => "S"u8.ToArray(),
        StartTlsProtocol.MySql => [20, 0, 0, 0, 10, .. "5.0\0"u8, 1, 0, 0, 0, .. "saltsalt"u8, 0, 0xFF, 0xFF],
        _ => [0x30, 12, 2, 1, 1, 0x65, 7, 0x0A, 1, 0, 4, 0, 4, 0, 0x30, 12, 2, 1, 2, 0x78, 7, 0x0A, 1, 0, 4, 0, 4, 0],
    };

    private static async Task RunAsync(string script, ScriptedConnection connection)
    {
        switch (script)
        {
            case "endless lines":
                await ForeverAsync(connection, "220-still not done, still not done\r\n"u8.ToArray());
                return;
            case "endless bytes":
                await ForeverAsync(connection, new byte[4096].Select(_ => (byte)'x').ToArray());
                return;
            case "binary":
                await connection.SendAsync(new SeededBytes(5).Take(2000).Prepend((byte)0xEE).Append((byte)'\n').ToArray());
                await connection.LingerAsync();
                return;
            case "drip":
                while (!connection.Stop.IsCancellationRequested)
                {
                    await connection.SendAsync("2"u8.ToArray());
                    await Task.Delay(500, connection.Stop);
                }

                return;
            default:
                await HostileScripts.RunAsync(script, connection);
                return;
        }
    }

    private static async Task ForeverAsync(ScriptedConnection connection, byte[] bytes)
    {
        while (!connection.Stop.IsCancellationRequested)
        {
            await connection.SendAsync(bytes);
        }
    }

    /// <summary>Says its bytes whatever is written to it.</summary>
    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
