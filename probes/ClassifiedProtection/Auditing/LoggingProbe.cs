using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>How long one set of logs is kept.</summary>
public sealed record LogRetention
{
    [Description("")]
    public required string Files { get; init; }

    /// <summary>Days; null where size decides too and nobody can say.</summary>
    [Description("保留天数")]
    public long? Days { get; init; }

    /// <summary>The line that decides, or why nobody can say.</summary>
    [Description("依据")]
    public string? Because { get; init; }

    [Description("出处")]
    public required string Origin { get; init; }
}

/// <summary>System logs: who writes them, where they go and how long they stay.</summary>
public sealed record LoggingSettings
{
    /// <summary>rsyslog, syslog-ng or a journal on disk.</summary>
    [Description("落盘的日志服务")]
    public Fact<IReadOnlyList<string>> Writers { get; init; }

    /// <summary>Rules that take messages of auth or authpriv, from severity info on, to a file or another host.</summary>
    [Description("登录认证日志去向")]
    public Fact<IReadOnlyList<Sighting>> AuthenticationLogs { get; init; }

    /// <summary>Other hosts that messages about logins, or the kernel's audit records, are sent to; this host itself left out.</summary>
    [Description("远程日志服务器")]
    public Fact<IReadOnlyList<Sighting>> RemoteTargets { get; init; }

    /// <summary>Times without year and zone (RFC 3164).</summary>
    [Description("传统时间格式")]
    public Fact<FlagSetting> TraditionalTimes { get; init; }

    /// <summary>Rotation of the system logs.</summary>
    [Description("日志轮转")]
    public Fact<IReadOnlyList<LogRetention>> Retentions { get; init; }

    /// <summary>What could not be read; an empty list above is known only where there is nothing here.</summary>
    [Description("没有读懂的写法")]
    public Fact<IReadOnlyList<Sighting>> Unread { get; init; }
}

/// <summary>rsyslog, journald and logrotate.</summary>
public sealed class LoggingProbe : HostProbe<LoggingSettings>
{
    private static readonly string[] JournalFolders = ["/etc/systemd/journald.conf.d", "/run/systemd/journald.conf.d", "/usr/lib/systemd/journald.conf.d"];
    private static readonly string[] QuietLevels = ["emerg", "alert", "crit", "err", "warning", "notice", "0", "1", "2", "3", "4", "5"];

    public override ProbeManifest Manifest { get; } = About("logging", "系统日志", "日志由谁写、送到哪里、保留多久？");

    internal override Seen<LoggingSettings> Read(HostSnapshot snapshot)
    {
        var journal = Journal(snapshot);
        var rsyslog = RsyslogReading.Of(snapshot, Value(journal, "ForwardToSyslog") is "no" or "false" or "0" or "off" or "n" or "f" ? journal.FindLast(l => IsSetting(l, "ForwardToSyslog")) : null);
        var rotation = Logrotate.Of(snapshot, [.. rsyslog.LoginFiles.Select(f => f.What)]);
        var writers = Writers(snapshot, rsyslog, journal);
        var (retentions, doubts) = LogStays.Of(snapshot, rotation, journal.FindLast(l => IsSetting(l, "MaxRetentionSec")), rsyslog);
        var plugins = Plugins(snapshot).ToList();
        var settings = new LoggingSettings
        {
            Writers = writers,
            AuthenticationLogs = rsyslog.AuthenticationLogs,
            RemoteTargets = plugins.Count > 0 && rsyslog.RemoteTargets.IsKnown ? new([.. rsyslog.RemoteTargets.Value, .. plugins]) : plugins.Count > 0 ? new(plugins) : rsyslog.RemoteTargets,
            TraditionalTimes = rsyslog.Lines.Count > 0 ? rsyslog.TraditionalTimes : writers.IsKnown && writers.Value.Contains("journald", StringComparer.Ordinal) && !writers.Value.Contains("syslog-ng", StringComparer.Ordinal) ? FlagSetting.ByDefault(false) : default(Fact<FlagSetting>),
            Retentions = doubts.Count == 0 || retentions.Any(r => r.Days is null or < 180) ? new(retentions) : default,
            Unread = new([.. rsyslog.Faults.Concat(doubts).Distinct()]),
        };
        return new(settings, [.. rsyslog.Lines, .. journal, .. rotation.Lines]);
    }

    /// <summary>journald.conf, then drop-ins by name, of one name the first folder's.</summary>
    private static List<ConfigLine> Journal(HostSnapshot snapshot)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in JournalFolders.SelectMany(f => DropIns(snapshot, f)))
        {
            files.TryAdd(path[(path.LastIndexOf('/') + 1)..], path);
        }

        return [.. snapshot.LinesOf(["/etc/systemd/journald.conf", .. files.Values]).Where(IsDirective)];
    }

    private static IReadOnlyList<string> DropIns(HostSnapshot snapshot, string folder)
    {
        try
        {
            return snapshot.Glob($"{folder}/*.conf");
        }
        catch (Probing.UnableException) when (folder[1] != 'e' && snapshot.Find(folder).State is FileState.NotCollected)
        {
            return [];
        }
    }

    private static bool IsDirective(ConfigLine line) => line.Text.Trim() is { Length: > 0 } text && text[0] is not ('#' or ';' or '[');

    /// <summary>Services that run and write. A journal is on disk where it is told to be, or where its folder exists and it is left to decide.</summary>
    private static Fact<IReadOnlyList<string>> Writers(HostSnapshot snapshot, RsyslogReading rsyslog, List<ConfigLine> journal)
    {
        var units = Units.Of(snapshot);
        if (units is null)
        {
            return default;
        }

        List<string> writers = [];
        var isSure = true;
        foreach (var (name, process) in new[] { ("rsyslog", "rsyslogd"), ("syslog-ng", "syslog-ng"), ("journald", "systemd-journal") })
        {
            if (name == "journald" ? !KeepsJournal(snapshot, journal) : name == "rsyslog" && !rsyslog.Writes)
            {
                continue;
            }

            var runs = RunningService.Of(snapshot, units, name == "journald" ? "systemd-journald.service" : $"{name}.service", process);
            isSure &= runs.IsKnown || (name != "journald" && !units.IsEnabled($"{name}.service").Value);
            if (runs is { IsKnown: true, Value: true })
            {
                writers.Add(name);
            }
        }

        return isSure ? new(writers) : default(Fact<IReadOnlyList<string>>);
    }

    /// <summary>On disk, and not the loudest messages alone.</summary>
    private static bool KeepsJournal(HostSnapshot snapshot, List<ConfigLine> journal) =>
        !(Value(journal, "MaxLevelStore") is { } level && QuietLevels.Any(q => q == level))
        && (Value(journal, "Storage") ?? "auto") is var storage && (storage == "persistent" || (storage == "auto" && snapshot.Find("/var/log/journal").State == FileState.Directory));

    private static string? Value(List<ConfigLine> lines, string key) =>
        lines.FindLast(l => IsSetting(l, key)) is { } line && line.Text.Contains('=', StringComparison.Ordinal) ? line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant() : null;

    private static bool IsSetting(ConfigLine line, string key) => line.Text.Split('=')[0].Trim() == key;

    private static IEnumerable<Sighting> Plugins(HostSnapshot snapshot)
    {
        var own = OwnHost.Names(snapshot);
        foreach (var folder in new[] { "/etc/audit", "/etc/audisp" })
        {
            var plugin = snapshot.LinesOf($"{folder}/plugins.d/*.conf").Where(l => l.Path.EndsWith("au-remote.conf", StringComparison.Ordinal) && l.Text.Replace(" ", "", StringComparison.Ordinal).StartsWith("active=", StringComparison.Ordinal)).ToList();
            if (plugin.Count > 0 && plugin[^1].Text.Replace(" ", "", StringComparison.Ordinal) == "active=yes" && (snapshot.Lines($"{folder}/audisp-remote.conf") ?? []).FirstOrDefault(l => l.Text.StartsWith("remote_server", StringComparison.Ordinal)) is { } line)
            {
                var host = line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
                if (!OwnHost.Is(host) && !own.Contains(host))
                {
                    yield return new Sighting(host, line.Place);
                }
            }
        }
    }
}
