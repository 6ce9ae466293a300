using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A parameter of the kernel as it is and as it will be after the next start.</summary>
public sealed record KernelParameter
{
    [Description("")]
    public required string Name { get; init; }

    /// <summary>Missing where the host was not running.</summary>
    [Description("运行值")]
    public Fact<long?> Running { get; init; }

    /// <summary>What the files of sysctl.d(5) say; null where they say nothing.</summary>
    [Description("持久值")]
    public Fact<long?> Persistent { get; init; }

    [Description("出处")]
    public string? Origin { get; init; }
}

/// <summary>sysctl(8) as it runs and as it is written.</summary>
public sealed record KernelSettings
{
    [Description("地址随机化")]
    public Fact<KernelParameter> AddressRandomization { get; init; }

    [Description("SYN Cookie")]
    public Fact<KernelParameter> SynCookies { get; init; }

    [Description("IPv4 转发")]
    public Fact<KernelParameter> Forwarding { get; init; }

    /// <summary>accept_redirects, send_redirects and accept_source_route of all and default.</summary>
    [Description("重定向与源路由")]
    public Fact<IReadOnlyList<KernelParameter>> Redirects { get; init; }

    /// <summary>The host looks like a container or carries some: forwarding is how they work.</summary>
    [Description("容器环境")]
    public Fact<bool> HasContainers { get; init; }
}

/// <summary>Kernel parameters.</summary>
public sealed class KernelProbe : HostProbe<KernelSettings>
{
    /// <summary>Later folders give way to earlier ones file name by file name (sysctl.d(5)).</summary>
    private static readonly string[] Folders = ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];

    private static readonly string[] RedirectNames =
    [
        "net.ipv4.conf.all.accept_redirects", "net.ipv4.conf.default.accept_redirects", "net.ipv4.conf.all.send_redirects", "net.ipv4.conf.default.send_redirects",
        "net.ipv4.conf.all.accept_source_route", "net.ipv4.conf.default.accept_source_route",
    ];

    public override ProbeManifest Manifest { get; } = About("kernel", "内核参数", "内核的网络与内存保护参数现在是什么，重启后是什么？");

    internal override Seen<KernelSettings> Read(HostSnapshot snapshot)
    {
        var written = Written(snapshot);
        var running = snapshot.Command("sysctl");
        KernelParameter Of(string name) => new()
        {
            Name = name,
            Running = Running(running, name),
            Persistent = new Fact<long?>(written.TryGetValue(name, out var at) ? at.Value : null),
            Origin = written.TryGetValue(name, out var from) ? from.Line.Place : null,
        };
        var settings = new KernelSettings
        {
            AddressRandomization = Of("kernel.randomize_va_space"),
            SynCookies = Of("net.ipv4.tcp_syncookies"),
            Forwarding = Of("net.ipv4.ip_forward"),
            Redirects = new([.. RedirectNames.Select(Of)]),
            HasContainers = snapshot.Find("/.dockerenv").Exists || snapshot.Find("/run/.containerenv").Exists
                || (snapshot.Command("processes")?.Lines.Any(l => l.EndsWith(" dockerd", StringComparison.Ordinal) || l.EndsWith(" containerd", StringComparison.Ordinal) || l.EndsWith(" kubelet", StringComparison.Ordinal)) ?? false),
        };
        var shown = written.Values.Select(w => w.Line).Distinct().Concat((running?.Lines ?? []).Select(l => new ConfigLine("/proc/sys", 0, l)));
        return new(settings, [.. shown]);
    }

    private static Fact<long?> Running(CommandOutput? command, string name)
    {
        var line = command?.Lines.FirstOrDefault(l => l.StartsWith(name + " = ", StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(name.Length + 3), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? new Fact<long?>(value) : default;
    }

    /// <summary>The last file in the order of names counts; sysctl.conf comes last of all.</summary>
    private static Dictionary<string, (long? Value, ConfigLine Line)> Written(HostSnapshot snapshot)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Folders.SelectMany(f => snapshot.Glob($"{f}/*.conf")))
        {
            files.TryAdd(path[(path.LastIndexOf('/') + 1)..], path);
        }

        var found = new Dictionary<string, (long?, ConfigLine)>(StringComparer.Ordinal);
        foreach (var line in files.Values.Append("/etc/sysctl.conf").SelectMany(f => snapshot.Lines(f) ?? []))
        {
            var equals = line.Text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : line.Text[..equals].Trim().TrimStart('-').Replace('/', '.');
            if (name.Length > 0 && name[0] is not ('#' or ';'))
            {
                found[name] = (long.TryParse(line.Text.AsSpan(equals + 1), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : null, line);
            }
        }

        return found;
    }
}
