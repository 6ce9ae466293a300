using System.Net;
using System.Net.Sockets;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Which ports of a machine are looked at and with what; once for all probes of it.</summary>
internal static class PortScans
{
    /// <summary>Longer lists of ports need more; the probe's own limit stands above.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(480);

    /// <exception cref="UnableException">Name unknown, nothing answers, or the tool asked for is missing.</exception>
    public static Task<PortScan> OfAsync(ExposedHost target, ProbeContext context, CancellationToken stop) =>
        context.Shared.GetAsync($"exposure.ports {target.TargetId}", token => ScanAsync(target, context, token), stop);

    /// <summary>Ports of the rules and the declared ones, or those the candidate names.</summary>
    internal static IReadOnlyList<int> Asked(ExposedHost target, IReadOnlyList<ServiceTable> tables) => target.Ports
        ?? [.. tables.SelectMany(t => t.Ports).Select(p => p.Port).Concat(target.DeclaredPorts is { Count: <= 4096 } declared ? declared : []).Distinct().Order()];

    private static async Task<PortScan> ScanAsync(ExposedHost target, ProbeContext context, CancellationToken stop)
    {
        var ports = Asked(target, context.Tables.Services);
        if (ports.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, "规则里没有端口表，candidate.yaml 也没有写 scan，不知道看哪些端口");
        }

        var address = await ResolveAsync(target, context, ports[0], stop);
        var scan = await WithNmapAsync(target, address, ports, context, stop) ?? await new ConnectScan(context).RunAsync(target, address, ports, Deadline, stop);
        return scan.Open.Count + scan.Refused > 0
            ? scan
            : throw new UnableException(FailureKind.Unreachable, $"{target.Address} 的 {ports.Count} 个端口都没有应答：分不清主机不在线，还是防火墙全部丢弃{(scan.Cut is null ? "" : $"；{scan.Cut}")}");
    }

    /// <summary>Null where our own connections are to be used.</summary>
    private static async Task<PortScan?> WithNmapAsync(ExposedHost target, IPAddress address, IReadOnlyList<int> ports, ProbeContext context, CancellationToken stop)
    {
        if (target.Tool == ScanTool.Connect)
        {
            return null;
        }

        try
        {
            return await new NmapScan(context).RunAsync(target, address, ports, Deadline, stop);
        }
        catch (UnableException missing) when (missing.Kind == FailureKind.ToolMissing && target.Tool == ScanTool.Auto)
        {
            return null;
        }
    }

    /// <summary>One address, IPv4 before IPv6: a name with several is several machines, and the record says which was looked at.</summary>
    private static async Task<IPAddress> ResolveAsync(ExposedHost target, ProbeContext context, int port, CancellationToken stop)
    {
        context.Scope.Demand(target.Address, port);
        if (IPAddress.TryParse(target.Address, out var literal))
        {
            return literal;
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(target.Address, stop);
            return found.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).FirstOrDefault()
                ?? throw new UnableException(FailureKind.Unreachable, $"无法解析主机名 {target.Address}");
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            throw new UnableException(FailureKind.Unreachable, $"无法解析主机名 {target.Address}", unknown);
        }
    }
}
