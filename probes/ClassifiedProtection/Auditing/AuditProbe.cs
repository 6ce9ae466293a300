using System.ComponentModel;
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
}

/// <summary>The audit system of the kernel.</summary>
public sealed class AuditProbe : HostProbe<AuditSettings>
{
    public override ProbeManifest Manifest { get; } = About("auditing", "内核审计", "auditd 是否运行，记录哪些事，满了怎么办？");

    internal override Seen<AuditSettings> Read(HostSnapshot snapshot)
    {
        var (rules, loaded) = Rules(snapshot);
        var conf = snapshot.Lines("/etc/audit/auditd.conf") ?? [];
        var units = Units.Of(snapshot);
        var status = snapshot.Command("audit-status") is { ExitCode: 0 } said ? said.Lines : [];
        var texts = rules.Select(r => r.Text.Trim()).ToList();
        var settings = new AuditSettings
        {
            Enabled = units?.IsEnabled("auditd.service") ?? default,
            Active = units?.IsActive("auditd.service") ?? default,
            RulesAreLoaded = loaded,
            WatchedPaths = new([.. texts.SelectMany(t => Paths(t, "w")).Distinct(StringComparer.Ordinal)]),
            WatchedPrograms = new([.. texts.SelectMany(t => Paths(t, "x")).Distinct(StringComparer.Ordinal)]),
            Execve32 = texts.Exists(t => Executes(t, "b32")),
            Execve64 = texts.Exists(t => Executes(t, "b64")),
            Locked = loaded ? status.Any(l => l.Trim() == "enabled 2") : texts.Count > 0 && texts[^1] == "-e 2",
            RefusesStop = snapshot.LinesOf("/usr/lib/systemd/system/auditd.service", "/lib/systemd/system/auditd.service").Any(l => l.Text.Trim() == "RefuseManualStop=yes"),
            MaxLogFileAction = Action(conf, "max_log_file_action"),
            SpaceLeftAction = Action(conf, "space_left_action"),
        };
        return new(settings, [.. rules, .. conf.Where(l => l.Text.Contains("action", StringComparison.OrdinalIgnoreCase))]);
    }

    private static (IReadOnlyList<ConfigLine> Rules, bool Loaded) Rules(HostSnapshot snapshot)
    {
        if (snapshot.Command("audit-rules") is { ExitCode: 0 } loaded)
        {
            return ([.. loaded.Lines.Where(l => l.StartsWith('-')).Select(l => new ConfigLine("auditctl -l", 0, l))], true);
        }

        // augenrules joins rules.d into audit.rules; where there are no parts, that file is all.
        var parts = snapshot.LinesOf("/etc/audit/rules.d/*.rules");
        var lines = (parts.Count > 0 ? parts : snapshot.Lines("/etc/audit/audit.rules") ?? []).Where(l => l.Text.TrimStart().StartsWith('-')).ToList();
        var cleared = lines.FindLastIndex(l => l.Text.Trim() == "-D");
        return ([.. lines.Skip(cleared + 1)], false);
    }

    /// <summary>-w PATH -p wa and -a always,exit -F path=PATH -F perm=wa are one.</summary>
    private static IEnumerable<string> Paths(string rule, string permission)
    {
        var words = rule.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string? path = null;
        var permissions = "rwxa";
        for (var i = 0; i + 1 < words.Length; i++)
        {
            var (key, value) = (words[i], words[i + 1]);
            path = key == "-w" ? value : key == "-F" && (value.StartsWith("path=", StringComparison.Ordinal) || value.StartsWith("dir=", StringComparison.Ordinal)) ? value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..] : path;
            permissions = key == "-p" ? value : key == "-F" && value.StartsWith("perm=", StringComparison.Ordinal) ? value[5..] : permissions;
        }

        return path is not null && permissions.Contains(permission, StringComparison.Ordinal) ? [path.Length > 1 ? path.TrimEnd('/') : path] : [];
    }

    private static bool Executes(string rule, string architecture) =>
        rule.Contains($"arch={architecture}", StringComparison.Ordinal) && rule.Split([' ', ',']).Any(w => w == "execve") && !rule.Contains("never", StringComparison.Ordinal);

    private static WordSetting Action(IReadOnlyList<ConfigLine> conf, string key)
    {
        var line = conf.LastOrDefault(l => l.Text.Split('=')[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase) && l.Text.Contains('=', StringComparison.Ordinal));
        return line is null ? WordSetting.ByDefault(null) : WordSetting.At(line, line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant());
    }
}
