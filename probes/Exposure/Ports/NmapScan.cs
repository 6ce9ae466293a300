using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// nmap by argument list: TCP connections alone, light recognition of services, no scripts, one literal address, so that nothing the
/// candidate wrote can mean a range to it.
/// </summary>
internal sealed class NmapScan(ProbeContext context)
{
    private const int OutputCap = 16 * 1024 * 1024;

    /// <exception cref="UnableException">Not installed, out of time, or its output cannot be read.</exception>
    public async Task<PortScan> RunAsync(ExposedHost target, IPAddress address, IReadOnlyList<int> ports, TimeSpan deadline, CancellationToken stop)
    {
        ports.ToList().ForEach(p => context.Scope.Demand(target.Address, p));
        var result = await context.Tools.RunAsync(
            new ToolCall("nmap", Arguments(address, ports, deadline))
            {
                Timeout = deadline + TimeSpan.FromSeconds(20),
                OutputCap = OutputCap,
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NMAP_ARGS"] = null, ["NMAPDIR"] = null },
            },
            stop);
        if (result.OutputCut || result.ExitCode != 0)
        {
            throw new UnableException(FailureKind.BadInput, result.OutputCut ? "nmap 的输出太长，没有读" : $"nmap 以 {result.ExitCode} 结束：{Plain.Text(result.ErrorText, 300)}");
        }

        var run = NmapXml.Read(result.Output, stop);
        var host = run.Hosts.FirstOrDefault(h => h.Addresses.Contains(address.ToString(), StringComparer.OrdinalIgnoreCase)) ?? run.Hosts.SingleOrDefault();
        var isWhole = run.IsFinished && host is { TimedOut: false };
        return new PortScan
        {
            Tool = $"nmap {run.Version}",
            Address = address,
            LookedAt = ports,
            Open = host is null ? [] : [.. host.Ports.Where(p => p is { Protocol: "tcp", State: "open" }).OrderBy(p => p.Number).Select(p => new FoundPort(p.Number, p.IsProbed ? p.Service : null, p.IsTls, p.Product, p.Version))],
            Refused = host?.Count("closed") ?? 0,
            Silent = host?.Count("filtered") ?? 0,
            IsWhole = isWhole,
            Cut = isWhole ? null : $"nmap 在 {deadline.TotalSeconds:0} 秒内没有看完",
            Evidence = context.Evidence.Save(new EvidenceDraft("exposure.ports", target.TargetId, "nmap.xml", "application/xml", result.Output, $"nmap 对 {target.Address} 的结果")),
        };
    }

    internal static IReadOnlyList<string> Arguments(IPAddress address, IReadOnlyList<int> ports, TimeSpan deadline) =>
    [
        "-n", "-Pn", "-sT", "-sV", "--version-light", "-T3", "--max-retries", "2",
        "--host-timeout", string.Create(CultureInfo.InvariantCulture, $"{deadline.TotalSeconds:0}s"),
        .. address.AddressFamily == AddressFamily.InterNetworkV6 ? (string[])["-6"] : [],
        "-p", PortRanges.Write(ports), "-oX", "-", address.ToString(),
    ];
}
