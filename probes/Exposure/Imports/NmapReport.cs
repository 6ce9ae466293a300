using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Somebody else's <c>nmap -oX</c> of one machine: every open port is a result <c>tcp/PORT</c>, and whether it is trouble the mapping says.</summary>
internal static class NmapReport
{
    /// <exception cref="UnableException">No such document, or one about no machine or several.</exception>
    public static ForeignReport Read(byte[] bytes, CancellationToken stop)
    {
        var run = NmapXml.Read(bytes, stop);
        var host = run.Hosts.Where(h => h.IsUp || h.Ports.Count > 0).ToList() is [var only]
            ? only
            : throw new UnableException(FailureKind.BadInput, $"nmap 结果里有 {run.Hosts.Count} 台主机，一份报告只能说一台；请按主机分开");
        return new ForeignReport
        {
            Tool = "nmap",
            ToolVersion = run.Version,
            ReportedOn = run.StartedAt is { } at ? BeijingTime.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Machine = string.Join(' ', host.Addresses.Concat(host.Names)) is { Length: > 0 } name ? Plain.Text(name, 200) : null,
            IsComplete = run.IsFinished && !host.TimedOut,
            Failed = [.. host.Ports.Where(p => p.State == "open").Take(ForeignResult.MostOfAKind).Select(p => ForeignResult.Of(string.Create(CultureInfo.InvariantCulture, $"{p.Protocol}/{p.Number}"), $"开放 {string.Join(' ', new[] { p.Service, p.Product, p.Version }.OfType<string>())}".Trim()))],
            Passed = default,
            Undecided = host.Ports.Count(p => p.State != "open"),
        };
    }
}
