using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>Published passwords of SSH: against a real sshd that sees accounts of its own, and against what ssh may say.</summary>
public sealed class SshPasswordTests
{
    [SkippableTheory]
    [InlineData("vagrant", "vagrant", "", "vagrant", null)]
    [InlineData("vagrant", "vagrant", "PasswordAuthentication no\nKbdInteractiveAuthentication no\n", null, null)]
    [InlineData("vagrant", "a-long-word-of-nobody", "", null, null)]
    [InlineData("root", "openEuler12#$", "PermitRootLogin yes\n", "root", null)]
    [InlineData("root", "openEuler12#$", "PermitRootLogin prohibit-password\n", null, null)]
    [InlineData("root", "", "PermitRootLogin yes\nPermitEmptyPasswords yes\n", null, "root")]
    public async Task A_real_server_is_asked_for_what_everybody_knows(string user, string password, string settings, string? taken, string? open)
    {
        using var server = await AccountsServer.StartAsync(user, password, settings);
        var (outcome, evidence) = await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port));
        var data = Looking.Data(outcome);
        Assert.Equal((taken is not null, open is not null), (Sure(data, "hasDefaultAccount"), Sure(data, "hasOpen")));
        Assert.Equal(taken ?? open, data.GetProperty(taken is not null ? "defaultAccounts" : "open").EnumerateArray().Select(d => d.GetProperty("account").GetString()).FirstOrDefault());
        foreach (var text in evidence.Files.Values.Select(Encoding.UTF8.GetString).Append(data.GetRawText()))
        {
            Assert.DoesNotContain("openEuler12#$", text, StringComparison.Ordinal);
            Assert.DoesNotContain("raspberry", text, StringComparison.Ordinal);
        }

        // Two of one name lock nobody out, and each name is greeted once without a password.
        Assert.All(server.FailedPasswords().GroupBy(n => n, StringComparer.Ordinal), g => Assert.InRange(g.Count(), 1, 2));
    }

    /// <summary>A refusal counts only where the password was said, and silence of the client decides nothing.</summary>
    [Theory]
    [InlineData("root@127.0.0.1: Permission denied (publickey).\r\n", 255, false, ServiceAccess.Guarded)]
    [InlineData("root@127.0.0.1: Permission denied (publickey,password).\r\n", 255, false, ServiceAccess.Undecided)]
    [InlineData("root@127.0.0.1: Permission denied (publickey,password).\r\n", 255, true, ServiceAccess.Guarded)]
    [InlineData("Unable to negotiate with 127.0.0.1 port 22: no matching host key type found. Their offer: ssh-dss\r\n", 255, true, ServiceAccess.Undecided)]
    [InlineData("kex_exchange_identification: Connection closed by remote host\r\n", 255, true, ServiceAccess.Undecided)]
    [InlineData("Permission denied (publickey). Connection closed\r\n", 255, true, ServiceAccess.Undecided)]
    [InlineData("shell request failed on channel 0\r\n", 255, true, ServiceAccess.Open)]
    [InlineData("", 1, true, ServiceAccess.Open)]
    [InlineData("", 126, true, ServiceAccess.Undecided)]
    [InlineData("ssh: not found\n", 127, true, ServiceAccess.Undecided)]
    [InlineData("", 137, true, ServiceAccess.Undecided)]
    [InlineData("", -1, true, ServiceAccess.Undecided)]
    public async Task What_the_client_says_is_taken_for_no_more_than_it_is(string said, int exit, bool asks, ServiceAccess access)
    {
        using var greeting = new Greeting("SSH-2.0-Something\r\n");
        var client = new SaidClient(said, exit, asks);
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, greeting.Port), client)).Outcome);
        var list = access switch { ServiceAccess.Open => "open", ServiceAccess.Undecided => "undecided", _ => "checked" };
        Assert.Equal(access, Enum.Parse<ServiceAccess>(data.GetProperty(list)[0].GetProperty("access").GetString()!, ignoreCase: true));
        Assert.Equal(access != ServiceAccess.Undecided, data.TryGetProperty("hasDefaultAccount", out _));
        Assert.All(client.Calls, c => Assert.DoesNotContain(c.Arguments, a => a.Contains("raspberry", StringComparison.Ordinal) || a.Contains("openEuler", StringComparison.Ordinal)));
    }

    /// <summary>The first call has no password and is refused; the second comes in, and nobody asked for the one it had.</summary>
    [Theory]
    [InlineData(true, ServiceAccess.DefaultAccount)]
    [InlineData(false, ServiceAccess.Undecided)]
    public async Task A_password_that_nobody_asked_for_opened_nothing(bool asks, ServiceAccess access)
    {
        using var greeting = new Greeting("SSH-2.0-Something\r\n");
        var client = new SaidClient("root@127.0.0.1: Permission denied (publickey,password).\r\n", 255, asks) { ComesIn = 2 };
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, greeting.Port), client)).Outcome);
        Assert.Equal(access, Enum.Parse<ServiceAccess>(data.GetProperty(access == ServiceAccess.Undecided ? "undecided" : "defaultAccounts")[0].GetProperty("access").GetString()!, ignoreCase: true));
    }

    /// <summary>Both may ask the same accounts.</summary>
    [Fact]
    public async Task Two_ports_of_one_machine_count_together()
    {
        using var one = new Greeting("SSH-2.0-Something\r\n");
        using var other = new Greeting("SSH-2.0-Something\r\n");
        var client = new SaidClient("x@127.0.0.1: Permission denied (publickey,password).\r\n", 255, asks: true);
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, one.Port, other.Port), client)).Outcome);
        var tried = client.Calls.Where(c => c.Arguments.Any(a => a == "PreferredAuthentications=password")).GroupBy(c => c.Arguments[c.Arguments.ToList().IndexOf("-l") + 1], StringComparer.Ordinal).ToList();
        Assert.Equal(2, tried.Max(g => g.Count()));
        Assert.Contains("为了不锁账户没有再试", Assert.Single(data.GetProperty("undecided").EnumerateArray()).GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.False(data.TryGetProperty("hasDefaultAccount", out _));
    }

    [Fact]
    public async Task Passwords_of_remote_desktops_are_said_not_to_be_tried()
    {
        using var greeting = new Greeting("RFB 003.008\n");
        var tables = Looking.Moved("ms-wbt-server", greeting.Port);
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, greeting.Port), tables: tables)).Outcome);
        Assert.Contains("口令没有试，待人工", data.GetProperty("notAsked")[0].GetString(), StringComparison.Ordinal);
        Assert.False(data.TryGetProperty("hasDefaultAccount", out _));
    }

    private static bool Sure(JsonElement data, string field) => data.GetProperty(field).GetBoolean();

    private sealed class SaidClient(string said, int exit, bool asks) : IToolRunner
    {
        public List<ToolCall> Calls { get; } = [];

        /// <summary>The call that is let in; 0 where none is.</summary>
        public int ComesIn { get; init; }

        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
        {
            Calls.Add(call);
            if (asks)
            {
                File.WriteAllText(call.Environment["SSH_ASKPASS"] + ".asked", "");
            }

            return Task.FromResult(Calls.Count == ComesIn ? new ToolResult(0, [], [], false) : new ToolResult(exit, [], Encoding.UTF8.GetBytes(said), false));
        }
    }
}
