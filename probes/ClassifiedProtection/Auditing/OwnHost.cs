using System.Net;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>This host by another name or number.</summary>
internal static class OwnHost
{
    /// <param name="host">Name or address, an IPv6 address in brackets or not.</param>
    public static bool Is(string host) => host.Trim('[', ']') is var bare
        && (bare.Length == 0 || bare.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("ip6-l", StringComparison.OrdinalIgnoreCase) || bare.Contains('%', StringComparison.Ordinal)
            || (IPAddress.TryParse(bare, out var address) && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
                || (address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address.MapToIPv4())))));

    /// <summary>Names and addresses that /etc/hosts and /etc/hostname make this host's.</summary>
    /// <param name="snapshot">What was not collected names nothing.</param>
    public static HashSet<string> Names(HostSnapshot snapshot)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Lines(snapshot, "/etc/hostname").Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            names.UnionWith([line, line.Split('.')[0]]);
        }

        var entries = Lines(snapshot, "/etc/hosts").Select(l => l.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 1).ToList();
        foreach (var entry in entries.Where(w => Is(w[0]) || w.Skip(1).Any(names.Contains)).ToList())
        {
            names.UnionWith(entry);
        }

        return names;
    }

    private static IEnumerable<string> Lines(HostSnapshot snapshot, string path) => snapshot.Find(path).State == FileState.Read ? snapshot.Lines(path)!.Select(l => l.Text.Trim()) : [];
}
