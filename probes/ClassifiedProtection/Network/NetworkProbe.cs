using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A port somebody listens on.</summary>
public sealed record ListeningPort
{
    [Description("")]
    public required string Protocol { get; init; }

    [Description("")]
    public required string Address { get; init; }

    [Description("端口")]
    public required int Port { get; init; }

    /// <summary>Other hosts can reach it as far as this host is concerned: the address is none of 127.0.0.0/8 and ::1.</summary>
    public required bool FacesNetwork { get; init; }
}

/// <summary>What the host offers to the network, and what stands before it.</summary>
public sealed record NetworkSettings
{
    [Description("监听端口")]
    public Fact<IReadOnlyList<ListeningPort>> Listening { get; init; }

    /// <summary>Numbers of ports other hosts can reach, whatever the protocol.</summary>
    [Description("面向网络的端口")]
    public Fact<IReadOnlyList<int>> OpenPorts { get; init; }

    /// <summary>systemd services and sockets that start with the machine.</summary>
    [Description("自启的服务")]
    public Fact<IReadOnlyList<string>> EnabledUnits { get; init; }

    /// <summary>Services of inetd and xinetd that are not disabled.</summary>
    [Description("inetd 服务")]
    public Fact<IReadOnlyList<Sighting>> InetServices { get; init; }

    /// <summary>What a packet no rule speaks of meets: drop, reject, accept; null where there is no packet filter.</summary>
    [Description("防火墙缺省动作")]
    public Fact<string?> FirewallDefault { get; init; }

    /// <summary>Lines of hosts.allow and hosts.deny that are about sshd or everything.</summary>
    [Description("hosts.allow/deny 规则")]
    public Fact<IReadOnlyList<Sighting>> TcpWrappers { get; init; }

    /// <summary>Communities of SNMP 1 and 2c that everybody knows: public, private.</summary>
    [Description("默认 SNMP 团体字")]
    public Fact<IReadOnlyList<Sighting>> KnownCommunities { get; init; }

    /// <summary>There is an snmpd.conf.</summary>
    [Description("有 snmpd 配置")]
    public Fact<bool> HasSnmp { get; init; }
}

/// <summary>Ports, services and packet filter.</summary>
public sealed partial class NetworkProbe : HostProbe<NetworkSettings>
{
    private static readonly string[] OldTables = ["tcp", "tcp6", "udp", "udp6"];

    public override ProbeManifest Manifest { get; } = About("network", "端口与服务", "主机向网络开放哪些端口和服务，前面有没有防火墙？");

    internal override Seen<NetworkSettings> Read(HostSnapshot snapshot)
    {
        var (ports, shown) = Ports(snapshot);
        var snmp = (snapshot.Lines("/etc/snmp/snmpd.conf") ?? []).Where(l => Community().IsMatch(l.Text)).ToList();
        var wrappers = new[] { "/etc/hosts.allow", "/etc/hosts.deny" }.SelectMany(f => snapshot.Lines(f) ?? []).Where(l => Wrapper().IsMatch(l.Text)).ToList();
        var settings = new NetworkSettings
        {
            Listening = ports is null ? default : new([.. ports]),
            OpenPorts = ports is null ? default : new([.. ports.Where(p => p.FacesNetwork).Select(p => p.Port).Distinct().Order()]),
            EnabledUnits = Units.Of(snapshot) is { } units ? new(units.Enabled) : default,
            InetServices = new([.. Inet(snapshot)]),
            FirewallDefault = Firewall(snapshot),
            TcpWrappers = new([.. wrappers.Select(l => new Sighting(l.Text.Trim(), l.Place))]),
            KnownCommunities = new([.. snmp.Where(l => KnownCommunity().IsMatch(l.Text)).Select(l => new Sighting(l.Text.Trim(), l.Place))]),
            HasSnmp = snapshot.Find("/etc/snmp/snmpd.conf").Exists,
        };
        return new(settings, [.. shown, .. snmp, .. wrappers]);
    }

    private static (IReadOnlyList<ListeningPort>? Ports, IReadOnlyList<ConfigLine> Shown) Ports(HostSnapshot snapshot)
    {
        foreach (var (name, column) in new[] { ("listening", 4), ("listening-netstat", 3) })
        {
            if (snapshot.Command(name) is { ExitCode: 0 } command)
            {
                var lines = command.Lines.Select(l => (Line: l, Words: l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Words.Length > column && (l.Words[0].StartsWith("tcp", StringComparison.Ordinal) || l.Words[0].StartsWith("udp", StringComparison.Ordinal))).ToList();
                var found = lines.Select(l => Port(l.Words[0][..3], l.Words[column])).ToList();
                return found.Contains(null) ? (null, [])
                    : (Ordered(found.OfType<ListeningPort>()), [.. lines.Select(l => new ConfigLine(name == "listening" ? "ss" : "netstat", 0, $"{l.Words[0]} {l.Words[column]}")).Distinct()]);
            }
        }

        var tables = OldTables.Select(t => (Name: t, File: snapshot.Find($"/proc/net/{t}"))).Where(t => t.File.State == FileState.Read && t.File.Text.TrimStart().StartsWith("sl", StringComparison.Ordinal)).ToList();
        return tables.Count == 0 ? (null, []) : (Ordered(tables.SelectMany(t => FromKernel(t.Name, t.File.Text))), []);
    }

    private static IReadOnlyList<ListeningPort> Ordered(IEnumerable<ListeningPort> ports) =>
        [.. ports.Distinct().OrderBy(p => p.Port).ThenBy(p => p.Protocol, StringComparer.Ordinal).ThenBy(p => p.Address, StringComparer.Ordinal)];

    /// <summary>0.0.0.0:22, [::]:22, :::22, *:22, 127.0.0.53%lo:53.</summary>
    private static ListeningPort? Port(string protocol, string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65_535)
        {
            return null;
        }

        var address = text[..colon].Trim('[', ']').Split('%')[0];
        return new ListeningPort { Protocol = protocol, Address = address, Port = port, FacesNetwork = !address.StartsWith("127.", StringComparison.Ordinal) && address != "::1" && !address.StartsWith("::ffff:127.", StringComparison.Ordinal) };
    }

    /// <summary>State 0A is LISTEN; for UDP 07 is all there is.</summary>
    private static IEnumerable<ListeningPort> FromKernel(string table, string text)
    {
        foreach (var words in text.Split('\n').Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 3 && w[3] == (table[0] == 't' ? "0A" : "07")))
        {
            var parts = words[1].Split(':');
            if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
            {
                // Words of the address are in the byte order of the machine; the loopback ends in 7F or is the one of IPv6.
                var isLoop = parts[0].Length == 8 ? parts[0].EndsWith("7F", StringComparison.Ordinal) : parts[0] == "00000000000000000000000001000000";
                yield return new ListeningPort { Protocol = table[..3], Address = isLoop ? "127.0.0.1" : parts[0].Trim('0').Length == 0 ? "*" : parts[0], Port = port, FacesNetwork = !isLoop };
            }
        }
    }

    private static IEnumerable<Sighting> Inet(HostSnapshot snapshot)
    {
        foreach (var line in (snapshot.Lines("/etc/inetd.conf") ?? []).Where(l => l.Text.Trim() is { Length: > 0 } t && t[0] != '#'))
        {
            yield return new Sighting(line.Text.Trim().Split([' ', '\t'])[0], line.Place);
        }

        foreach (var file in snapshot.Glob("/etc/xinetd.d/*").Where(f => snapshot.Find(f).State != FileState.Directory))
        {
            var lines = snapshot.Lines(file)!;
            if (lines.FirstOrDefault(l => l.Text.TrimStart().StartsWith("service", StringComparison.Ordinal)) is { } service && !lines.Any(l => Disabled().IsMatch(l.Text)))
            {
                yield return new Sighting(service.Text.Trim().Split([' ', '\t']) is [_, var name, ..] ? name : "?", service.Place);
            }
        }
    }

    private static Fact<string?> Firewall(HostSnapshot snapshot)
    {
        if (snapshot.Command("ufw") is { ExitCode: 0 } ufw && ufw.Text.StartsWith("Status: active", StringComparison.Ordinal))
        {
            return new("reject");
        }

        if (snapshot.Command("firewalld") is { ExitCode: 0 } && snapshot.Command("firewalld-zone") is { ExitCode: 0 } zone)
        {
            return new(zone.Lines.Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("target:", StringComparison.Ordinal)) is { } target && target.EndsWith("ACCEPT", StringComparison.Ordinal) ? "accept" : "reject");
        }

        if (snapshot.Command("nft") is { ExitCode: 0 } nft && InputHook().Matches(nft.Text).Select(m => m.Groups["policy"].Value).ToList() is { Count: > 0 } policies)
        {
            return new(policies.Contains("drop") ? "drop" : nft.Text.Contains("reject", StringComparison.Ordinal) ? "reject" : "accept");
        }

        if (snapshot.Command("iptables") is { ExitCode: 0 } tables)
        {
            return new(tables.Lines.FirstOrDefault(l => l.StartsWith("-P INPUT ", StringComparison.Ordinal)) is { } policy && !policy.EndsWith("ACCEPT", StringComparison.Ordinal) ? "drop"
                : tables.Lines.Any(l => LastRule().IsMatch(l)) ? "reject" : "accept");
        }

        // Only root can ask; without an answer from any of them nobody knows, and where none is installed there is none.
        return new[] { "ufw", "firewalld", "nft", "iptables" }.Select(snapshot.Command).All(c => c is { Ran: false }) ? new Fact<string?>(null) : default;
    }

    [GeneratedRegex(@"^\s*(r[ow]community6?|com2sec6?)\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Community();

    [GeneratedRegex(@"^\s*(r[ow]community6?\s+(public|private)\b|com2sec6?\s.*\s(public|private)\s*$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KnownCommunity();

    [GeneratedRegex(@"^\s*(sshd|ALL)\s*(,[^:]*)?:", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Wrapper();

    [GeneratedRegex(@"^\s*disable\s*=\s*yes", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Disabled();

    [GeneratedRegex(@"hook input priority [^;]{1,40};\s*policy (?<policy>[a-z]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InputHook();

    [GeneratedRegex(@"^-A INPUT -j (REJECT|DROP)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LastRule();
}
