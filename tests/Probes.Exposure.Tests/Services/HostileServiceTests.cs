using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>Whatever a port answers that is not the protocol, nothing is proved by it: neither open nor guarded.</summary>
public sealed class HostileServiceTests
{
    public static TheoryData<string> Services => ["redis", "memcached", "mongodb", "zookeeper", "ftp", "mysql", "postgresql"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Noise_closes_and_floods_give_no_conclusion(string service)
    {
        var noise = new SeededBytes(7);
        await using var server = new ScriptedServer(async connection =>
        {
            var buffer = new byte[4096];
            if (connection.Number == 1)
            {
                return;
            }

            _ = await connection.Stream.ReadAsync(buffer, connection.Stop);
            if (connection.Number % 3 == 0)
            {
                connection.Reset();
                return;
            }

            for (var i = 0; i < 64; i++)
            {
                await connection.SendAsync(noise.Take(4096));
            }
        });
        for (var i = 0; i < 3; i++)
        {
            var (outcome, _) = await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port), tables: Looking.Moved(service, server.Port));
            var data = Looking.Data(outcome);
            Assert.Equal("undecided", Assert.Single(data.GetProperty("checked").EnumerateArray()).GetProperty("access").GetString());
            Assert.False(data.TryGetProperty("hasOpen", out _));
            Assert.False(data.TryGetProperty("hasDefaultAccount", out _));
        }
    }

    [Fact]
    public async Task MongoDB_is_told_apart_by_its_answer()
    {
        foreach (var (document, access) in new[] { ("\u0004databases\0", "open"), ("\u0002errmsg\0command listDatabases requires authentication", "guarded"), ("\u0001ok\0", "undecided") })
        {
            await using var server = new ScriptedServer(async connection =>
            {
                if (connection.Number > 1)
                {
                    _ = await connection.Stream.ReadAsync(new byte[512], connection.Stop);
                    var body = System.Text.Encoding.Latin1.GetBytes(document);
                    await connection.SendAsync(new byte[] { (byte)(16 + body.Length), 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0xDD, 7, 0, 0 }.Concat(body).ToArray());
                    await connection.LingerAsync();
                }
            });
            var (outcome, _) = await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port), tables: Looking.Moved("mongodb", server.Port));
            Assert.Equal(access, Assert.Single(Looking.Data(outcome).GetProperty("checked").EnumerateArray()).GetProperty("access").GetString());
        }
    }

    [Fact]
    public async Task A_port_nobody_recognises_leaves_the_question_open()
    {
        await using var server = new ScriptedServer(connection => connection.LingerAsync());
        var (outcome, _) = await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port));
        Assert.False(Looking.Data(outcome).TryGetProperty("hasOpen", out _));
    }
}
