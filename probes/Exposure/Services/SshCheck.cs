using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Published passwords through the system's ssh: it asks for the password with a program of ours. What a login gives is one command that
/// ends it. The host key is taken as it comes, for nothing secret is sent.
/// </summary>
internal sealed partial class SshCheck : IServiceCheck
{
    /// <summary>ssh(1) answers 255 for its own failures; what is less than 126 comes from behind the login.</summary>
    private const int SshFailed = 255;

    /// <summary>From here on a shell of either side may have found no program, or a signal ended one.</summary>
    private const int NotRun = 126;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string[] PasswordWays = ["password", "keyboard-interactive"];

    public IReadOnlyList<string> Services => ["ssh"];

    public async Task<Finding> AskAsync(Door door)
    {
        if (OperatingSystem.IsWindows())
        {
            return Finding.Undecided("在 Windows 上不试 SSH 口令，待人工核对");
        }

        door.Context.Scope.Demand(door.Target.Address, door.Port);
        using var asker = new PasswordAsker();
        var tried = 0;
        string? undecided = null;
        foreach (var account in door.Accounts.GroupBy(a => a.User, StringComparer.Ordinal))
        {
            var (finding, count) = await TryAsync(door, asker, [.. account]);
            tried += count;
            if (finding is { Access: ServiceAccess.Open or ServiceAccess.DefaultAccount })
            {
                return finding;
            }

            if (finding is { } broken)
            {
                undecided = broken.What;
                break;
            }
        }

        return undecided is not null ? Finding.Undecided(undecided)
            : door.Accounts.Count == 0 ? Finding.Undecided("规则里没有要试的账户")
            : Finding.Guarded(tried == 0 ? "不接受口令登录" : string.Create(CultureInfo.InvariantCulture, $"{tried} 个公开的出厂口令都被拒绝"));
    }

    /// <returns>Null where every password of the account was refused, with how many were said.</returns>
    private static async Task<(Finding? Finding, int Tried)> TryAsync(Door door, PasswordAsker asker, IReadOnlyList<DefaultAccount> account)
    {
        var user = account[0].User;
        var bare = await LoginAsync(door, asker, user, "none", "");
        if (bare.Taken == true)
        {
            return (new Finding(ServiceAccess.Open, $"账户 {user} 不需要口令") { Account = user }, 0);
        }

        if (bare.Taken is null)
        {
            return (Finding.Undecided(bare.Why), 0);
        }

        var way = Array.Find(PasswordWays, w => bare.Ways.Contains(w, StringComparer.Ordinal));
        if (way is null)
        {
            return (null, 0);
        }

        var tried = 0;
        foreach (var one in door.Affordable(account))
        {
            asker.Forget();
            var answer = await LoginAsync(door, asker, user, way, one.Password);
            if (answer.Taken == true && asker.WasAsked)
            {
                return (Finding.Default(one), tried + 1);
            }

            if (answer.Taken is null || !asker.WasAsked)
            {
                return (Finding.Undecided(answer.Taken is null ? answer.Why : "ssh 客户端没有取走口令，没有试成"), tried);
            }

            tried++;
        }

        return (null, tried);
    }

    /// <summary>One connection, one way of logging in, one password.</summary>
    private static async Task<Answer> LoginAsync(Door door, PasswordAsker asker, string user, string way, string password)
    {
        var result = await door.Context.Tools.RunAsync(
            new ToolCall("ssh", Arguments(door, user, way)) { Timeout = Limit, OutputCap = 64 * 1024, Environment = asker.Environment(password) }, door.Stop);
        var said = result.ErrorText;
        return result.ExitCode is >= 0 and < NotRun || RefusedCommand().IsMatch(said) ? new Answer(true, [], "")
            : result.ExitCode != SshFailed ? new Answer(null, [], string.Create(CultureInfo.InvariantCulture, $"ssh 以 {result.ExitCode} 退出，分不清是登录以后的还是它自己的，口令没有试成"))
            : WaysOf(said) is { } ways ? new Answer(false, ways, "")
            : new Answer(null, [], said.Contains("no matching", StringComparison.Ordinal) ? "服务器只会本机 ssh 不再支持的旧算法，口令没有试" : "ssh 在试口令的途中断开或被限流，口令没有试完");
    }

    /// <summary>Nothing of this machine's own settings, keys and known hosts; at level ERROR the server's banner is not shown, which could say anything.</summary>
    private static List<string> Arguments(Door door, string user, string way) =>
    [
        "-F", "none", "-T", "-n", "-o", "LogLevel=ERROR", "-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1", "-o", $"PreferredAuthentications={way}",
        "-o", "PubkeyAuthentication=no", "-o", "HostbasedAuthentication=no", "-o", "GSSAPIAuthentication=no", "-o", "IdentityAgent=none",
        "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null", "-o", "CheckHostIP=no",
        "-o", "ConnectTimeout=8", "-o", "ConnectionAttempts=1", "-o", "ForwardAgent=no", "-o", "ClearAllForwardings=yes", "-o", "PermitLocalCommand=no",
        "-o", "ControlMaster=no", "-o", "ControlPath=none", "-p", door.Port.ToString(CultureInfo.InvariantCulture), "-l", user, "--", door.Target.Address, "exit",
    ];

    /// <summary>Of "user@host: Permission denied (publickey,password)." as the last words; null where it ended otherwise.</summary>
    private static string[]? WaysOf(string said)
    {
        const string Denied = ": Permission denied (";
        var end = said.TrimEnd();
        var at = end.LastIndexOf(Denied, StringComparison.Ordinal);
        return at >= 0 && end.EndsWith(").", StringComparison.Ordinal) && end[(at + Denied.Length)..^2].Split(',') is var ways && Array.TrueForAll(ways, w => w.Length > 0) ? ways : null;
    }

    /// <param name="Taken">Null where the conversation did not get so far.</param>
    /// <param name="Ways">Of logging in that the server named when it refused.</param>
    /// <param name="Why">Where there is no answer.</param>
    private sealed record Answer(bool? Taken, string[] Ways, string Why);

    /// <summary>Devices that give no shell say so behind the login.</summary>
    [GeneratedRegex(@"request failed on channel \d+\s*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RefusedCommand();
}
