using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Runs read-only commands on hosts of the candidate.</summary>
public interface IShellAccess
{
    /// <param name="command">A POSIX sh command line of this tool's own making.</param>
    /// <exception cref="UnableException">Out of scope, ssh missing, host key unknown, login refused or out of time.</exception>
    Task<ToolResult> RunAsync(Host host, string command, TimeSpan timeout, CancellationToken cancellationToken);

    /// <param name="call">What is run, with what goes into it and how much may come out.</param>
    /// <exception cref="UnableException">As above, or the host of <paramref name="host"/> has no address.</exception>
    Task<ToolResult> RunAsync(Host host, ShellCall call, CancellationToken cancellationToken);
}

/// <param name="Command">A POSIX sh command line of this tool's own making.</param>
public sealed record ShellCall(string Command)
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Such as a script for <c>sh -s</c>.</summary>
    public byte[]? StandardInput { get; init; }

    /// <summary>Bytes of output kept; the rest is read and dropped.</summary>
    public int OutputCap { get; init; } = 16 * 1024 * 1024;
}

/// <summary>The system's ssh in BatchMode: keys or an agent, never a password prompt; unknown host keys are refused.</summary>
public sealed class SshShellAccess(IToolRunner tools, Scope scope) : IShellAccess
{
    /// <summary>ssh(1) answers 255 for its own failures; anything else is the command's.</summary>
    private const int SshFailed = 255;

    public Task<ToolResult> RunAsync(Host host, string command, TimeSpan timeout, CancellationToken cancellationToken) =>
        RunAsync(host, new ShellCall(command) { Timeout = timeout }, cancellationToken);

    public async Task<ToolResult> RunAsync(Host host, ShellCall call, CancellationToken cancellationToken)
    {
        var address = host.Address ?? throw new UnableException(FailureKind.Refused, $"{host.DisplayName} 没有 ssh 地址，未连接");
        scope.Demand(address, host.Port);
        var tool = new ToolCall("ssh", Arguments(host, address, call.Command)) { Timeout = call.Timeout, StandardInput = call.StandardInput, OutputCap = call.OutputCap };
        var result = await tools.RunAsync(tool, cancellationToken);
        return result.ExitCode == SshFailed ? throw Describe(host, result) : result;
    }

    private static List<string> Arguments(Host host, string address, string command)
    {
        List<string> arguments =
        [
            "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=10",
            "-o", "ForwardAgent=no", "-o", "ClearAllForwardings=yes", "-o", "PermitLocalCommand=no", "-T",
            "-p", host.Port.ToString(CultureInfo.InvariantCulture),
        ];
        if (host.IdentityFile is { } identity)
        {
            arguments.AddRange(["-i", identity, "-o", "IdentitiesOnly=yes"]);
        }

        if (host.KnownHostsFile is { } known)
        {
            arguments.AddRange(["-o", $"UserKnownHostsFile={known}"]);
        }

        if (host.User is { } user)
        {
            arguments.AddRange(["-l", user]);
        }

        arguments.AddRange(["--", address, command]);
        return arguments;
    }

    private static UnableException Describe(Host host, ToolResult result)
    {
        var said = result.ErrorText;
        if (said.Contains("Host key verification failed", StringComparison.Ordinal))
        {
            return new UnableException(FailureKind.AccessDenied, $"{host.Address} 的主机公钥未经确认，未登录；请先核对指纹并写入 known_hosts");
        }

        return said.Contains("Permission denied", StringComparison.Ordinal)
            ? new UnableException(FailureKind.AccessDenied, $"{host.Address} 不接受所给的密钥登录")
            : new UnableException(FailureKind.Unreachable, $"ssh 无法登录 {host.Address}:{host.Port}");
    }
}
