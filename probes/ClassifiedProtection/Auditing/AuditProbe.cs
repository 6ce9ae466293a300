using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>auditd: whether it runs, what it writes down and what happens when it cannot.</summary>
public sealed record AuditSettings
{
    [Description("auditd 已自启")]
    public Fact<bool> Enabled { get; init; }

    [Description("auditd 在运行")]
    public Fact<bool> Active { get; init; }

    /// <summary>The rules the kernel has, where it could be asked; else those of rules.d.</summary>
    [Description("规则取自运行内核")]
    public Fact<bool> RulesAreLoaded { get; init; }

    /// <summary>Files and folders whose changes are written down.</summary>
    [Description("监视写入的路径")]
    public Fact<IReadOnlyList<string>> WatchedPaths { get; init; }

    /// <summary>Programs whose start is written down.</summary>
    [Description("监视执行的程序")]
    public Fact<IReadOnlyList<string>> WatchedPrograms { get; init; }

    [Description("记录 32 位 execve")]
    public Fact<bool> Execve32 { get; init; }

    [Description("记录 64 位 execve")]
    public Fact<bool> Execve64 { get; init; }

    /// <summary>Rules cannot be changed until the next start (-e 2).</summary>
    [Description("规则锁定")]
    public Fact<bool> Locked { get; init; }

    [Description("禁止手工停止")]
    public Fact<bool> RefusesStop { get; init; }

    [Description("max_log_file_action")]
    public Fact<WordSetting> MaxLogFileAction { get; init; }

    [Description("space_left_action")]
    public Fact<WordSetting> SpaceLeftAction { get; init; }

    [Description("disk_full_action")]
    public Fact<WordSetting> DiskFullAction { get; init; }

    [Description("disk_error_action")]
    public Fact<WordSetting> DiskErrorAction { get; init; }

    [Description("admin_space_left_action")]
    public Fact<WordSetting> AdminSpaceLeftAction { get; init; }

    /// <summary>Megabytes, num_logs times max_log_file, that stay where the oldest file goes; missing where one of both is not written.</summary>
    [Description("轮转保留的总量（MB）")]
    public Fact<long> KeptMegabytes { get; init; }

    /// <summary>auditd keeps what the kernel tells it in a file: write_logs, log_format and log_file do not say otherwise.</summary>
    [Description("auditd 写日志文件")]
    public Fact<FlagSetting> WritesLogs { get; init; }

    /// <summary>Rules nobody can say the reach of; where there are any, nothing is known to be watched.</summary>
    [Description("没有读懂的规则")]
    public Fact<IReadOnlyList<Sighting>> Unread { get; init; }
}

/// <summary>The audit system of the kernel.</summary>
public sealed class AuditProbe : HostProbe<AuditSettings>
{
    public override ProbeManifest Manifest { get; } = About("auditing", "内核审计", "auditd 是否运行，记录哪些事，满了怎么办？");

    internal override Seen<AuditSettings> Read(HostSnapshot snapshot)
    {
        var (lines, loaded, parts) = Rules(snapshot);
        var conf = snapshot.Lines("/etc/audit/auditd.conf") ?? [];
        var units = Units.Of(snapshot);
        var status = snapshot.Command("audit-status") is { ExitCode: 0 } said ? said.Lines.Select(l => l.Trim()).ToList() : [];
        var rules = loaded ? AuditRules.Loaded(lines, status.Contains("enabled 0")) : AuditRules.Written(lines, parts);
        if (!loaded || !status.Exists(l => l is "enabled 1" or "enabled 2"))
        {
            rules.Doubt(AuditStart.Troubles(snapshot));
        }

        var settings = new AuditSettings
        {
            Enabled = units?.IsEnabled("auditd.service") ?? default,
            Active = units?.IsActive("auditd.service") ?? default,
            RulesAreLoaded = loaded,
            WatchedPaths = rules.Watched("w"),
            WatchedPrograms = rules.Watched("x"),
            Execve32 = rules.Executes("b32"),
            Execve64 = rules.Executes("b64"),
            Locked = loaded ? status.Contains("enabled 2") : rules.IsLocked,
            RefusesStop = DaemonStart.Of(snapshot, "auditd.service").IsOn("RefuseManualStop"),
            WritesLogs = WritesLogs(conf),
            MaxLogFileAction = Action(conf, "max_log_file_action"),
            SpaceLeftAction = Action(conf, "space_left_action"),
            DiskFullAction = Action(conf, "disk_full_action"),
            DiskErrorAction = Action(conf, "disk_error_action"),
            AdminSpaceLeftAction = Action(conf, "admin_space_left_action"),
            KeptMegabytes = long.TryParse(Action(conf, "num_logs").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && long.TryParse(Action(conf, "max_log_file").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && count < 1000 && size < 1_000_000
                ? count * size : default(Fact<long>),
            Unread = new(rules.Faults),
        };
        return new(settings, [.. lines, .. conf.Where(l => l.Text.Contains("action", StringComparison.OrdinalIgnoreCase) || l.Text.Contains("log", StringComparison.OrdinalIgnoreCase))]);
    }

    private static (IReadOnlyList<ConfigLine> Lines, bool Loaded, bool AreParts) Rules(HostSnapshot snapshot)
    {
        if (snapshot.Command("audit-rules") is { ExitCode: 0 } loaded)
        {
            return ([.. loaded.Lines.Where(l => l.StartsWith('-')).Select(l => new ConfigLine("auditctl -l", 0, l))], true, false);
        }

        // augenrules joins rules.d into audit.rules; where there are no parts, that file is all.
        var parts = DaemonStart.Of(snapshot, "auditd.service").Values("ExecStartPost").Any(l => l.Text.Contains("auditctl -R /etc/audit/audit.rules", StringComparison.Ordinal)) ? [] : snapshot.LinesOf("/etc/audit/rules.d/*.rules");
        return parts.Count > 0 ? (parts, false, true) : (snapshot.Lines("/etc/audit/audit.rules") ?? [], false, false);
    }

    private static FlagSetting WritesLogs(IReadOnlyList<ConfigLine> conf)
    {
        var (write, format, file) = (Action(conf, "write_logs"), Action(conf, "log_format"), Action(conf, "log_file"));
        var local = Action(conf, "local_events");
        return local.Value == "no" ? new FlagSetting(false, SettingSource.Explicit, local.Origin)
            : write.Value == "no" ? new FlagSetting(false, SettingSource.Explicit, write.Origin)
            : format.Value == "nolog" ? new FlagSetting(false, SettingSource.Explicit, format.Origin)
            : file.Value?.StartsWith("/dev/", StringComparison.Ordinal) == true ? new FlagSetting(false, SettingSource.Explicit, file.Origin)
            : new FlagSetting(true, write.Source, write.Origin);
    }

    private static WordSetting Action(IReadOnlyList<ConfigLine> conf, string key)
    {
        var line = conf.LastOrDefault(l => l.Text.Split('=')[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase) && l.Text.Contains('=', StringComparison.Ordinal));
        return line is null ? WordSetting.ByDefault(null) : WordSetting.At(line, line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant());
    }
}
