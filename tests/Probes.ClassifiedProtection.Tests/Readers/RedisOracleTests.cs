using System.Globalization;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A real server on the same lines: who gets in without a password, and what everybody may do.</summary>
public sealed class RedisOracleTests
{
    private static readonly ProcessToolRunner Tools = new();

    [SkippableTheory]
    [InlineData("requirepass Long-and-random-1\nrequirepass \"\"\n", true)]
    [InlineData("requirepass Long-and-random-1\n", false)]
    [InlineData("\"requirepass\" 'Long-and-random-1'\n", false)]
    [InlineData("requirepass Long-and-random-1\naclfile ACL\n", true)]
    [InlineData("user default on nopass resetpass >Long-and-random-1 ~* +@all\n", false)]
    [InlineData("user default on >Long-and-random-1 resetpass nopass ~* +@all\n", true)]
    [InlineData("requirepass Long-and-random-1\nuser default on +@all\n", false)]
    [InlineData("user default off nopass +@all\n", false)]
    [InlineData("rename-command CONFIG Zq81hdk2\nrename-command Zq81hdk2 CONFIG\n", true)]
    public async Task Who_is_said_to_get_in_gets_in(string conf, bool isOpen)
    {
        Skip.If(RequiredTool.IsMissing("redis-server") || RequiredTool.IsMissing("redis-cli"));
        using var folder = new TemporaryFolder();
        var acl = folder.Write("u.acl", "user app on >Long-and-random-2 ~* +@all\n");
        var port = ChildServer.FreePort();
        var text = conf.Replace("ACL", acl, StringComparison.Ordinal);
        using var server = ChildServer.Start("redis-server", folder.Write("redis.conf", text), "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--dir", folder.Path);
        await server.UntilListeningAsync(port);
        var pong = await Tools.RunAsync(new ToolCall("redis-cli", ["-p", port.ToString(CultureInfo.InvariantCulture), "ping"]), CancellationToken.None);
        var read = new RedisProbe().Read(new MadeHost().File("/etc/redis/redis.conf", text).File(acl, await File.ReadAllTextAsync(acl))).Record!;
        Assert.Equal((isOpen, isOpen), (pong.OutputText.Contains("PONG", StringComparison.Ordinal), read.DefaultUserOpen.Value.Value!.Value));
        if (isOpen)
        {
            var config = await Tools.RunAsync(new ToolCall("redis-cli", ["-p", port.ToString(CultureInfo.InvariantCulture), "config", "get", "port"]), CancellationToken.None);
            Assert.Equal(config.OutputText.Contains(port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), !read.RenamedCommands.Value.Contains("CONFIG"));
        }
    }
}
