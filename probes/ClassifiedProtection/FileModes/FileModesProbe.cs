using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Modes and owners.</summary>
public sealed class FileModesProbe : HostProbe<FileModeSettings>
{
    private static readonly string[] Jobs =
        ["/etc/crontab", "/etc/cron.d", "/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly", "/etc/cron.allow", "/etc/cron.deny", "/etc/at.allow", "/etc/at.deny"];

    private static readonly string[] LogNames = ["messages", "syslog", "secure", "auth.log", "kern.log", "cron", "maillog", "daemon.log", "user.log", "boot.log"];

    public override ProbeManifest Manifest { get; } = About("file-modes", "关键文件权限", "账户、密钥、计划任务与日志文件谁能读写？");

    internal override Seen<FileModeSettings> Read(HostSnapshot snapshot)
    {
        var keys = Some(snapshot, "/etc/ssh/ssh_host_*", p => !p.EndsWith(".pub", StringComparison.Ordinal));
        var settings = new FileModeSettings
        {
            Passwd = One(snapshot, "/etc/passwd"),
            Shadow = One(snapshot, "/etc/shadow"),
            Group = One(snapshot, "/etc/group"),
            GShadow = One(snapshot, "/etc/gshadow"),
            SshConfigs = Join(All(snapshot, ["/etc/ssh/sshd_config"]), Some(snapshot, "/etc/ssh/sshd_config.d/*", _ => true)),
            SshPrivateKeys = keys,
            ScheduledJobs = All(snapshot, Jobs),
            Logs = Join(All(snapshot, [.. LogNames.Select(n => $"/var/log/{n}")]), Some(snapshot, "/var/log/audit/*", _ => true)),
            TrustFiles = TrustFiles(snapshot),
            WorldWritable = Walked(snapshot, mode => (mode & 2) != 0),
            SetIdPrograms = Walked(snapshot, mode => (mode & 0xC00) != 0 && (mode & 2) == 0),
        };
        return new(settings, [.. Shown(settings).Select(f => new ConfigLine(f.Path, 0, $"{f.Mode} {(f.Owner.IsKnown ? f.Owner.Value : "?")}:{(f.Group.IsKnown ? f.Group.Value : "?")}"))]);
    }

    private static IEnumerable<FileAccess> Shown(FileModeSettings s) =>
        new[] { s.Passwd, s.Shadow, s.Group, s.GShadow }.Where(f => f.IsKnown).Select(f => f.Value).OfType<FileAccess>()
            .Concat(new[] { s.SshConfigs, s.SshPrivateKeys, s.ScheduledJobs, s.Logs }.Where(l => l.IsKnown).SelectMany(l => l.Value));

    private static Fact<FileAccess?> One(HostSnapshot snapshot, string path)
    {
        var file = snapshot.Find(path);

        // A file that may not be read still shows its attributes.
        var access = FileAccess.Of(file is { State: FileState.Denied, Mode: not null } ? file with { State = FileState.Attributes } : file);
        return access is not null || file.State == FileState.Missing ? new Fact<FileAccess?>(access) : default;
    }

    private static Fact<IReadOnlyList<FileAccess>> All(HostSnapshot snapshot, IReadOnlyList<string> paths)
    {
        var each = paths.Select(p => One(snapshot, p)).ToList();
        return each.TrueForAll(e => e.IsKnown) ? new([.. each.Select(e => e.Value).OfType<FileAccess>()]) : default;
    }

    private static Fact<IReadOnlyList<FileAccess>> Some(HostSnapshot snapshot, string pattern, Func<string, bool> wanted)
    {
        try
        {
            return All(snapshot, [.. snapshot.Glob(pattern).Where(wanted)]);
        }
        catch (UnableException)
        {
            return default;
        }
    }

    private static Fact<IReadOnlyList<FileAccess>> Join(Fact<IReadOnlyList<FileAccess>> one, Fact<IReadOnlyList<FileAccess>> other) =>
        one.IsKnown && other.IsKnown ? new([.. one.Value, .. other.Value]) : default;

    private static Fact<IReadOnlyList<string>> TrustFiles(HostSnapshot snapshot)
    {
        try
        {
            var all = new[] { "/etc/hosts.equiv", "/root/.rhosts" }.Concat(snapshot.Glob("/home/*/.rhosts")).Select(snapshot.Find).ToList();
            return all.Exists(f => f.State is FileState.NotCollected or FileState.Denied) ? default : new([.. all.Where(f => f.Exists).Select(f => f.Path)]);
        }
        catch (UnableException)
        {
            return default;
        }
    }

    private static Fact<IReadOnlyList<string>> Walked(HostSnapshot snapshot, Func<int, bool> wanted)
    {
        // find ends with 1 where some folder could not be entered: then the list is not whole.
        if (snapshot.Command("walk") is not { ExitCode: 0 } walk)
        {
            return default;
        }

        var found = walk.Lines.Select(l => l.Split(' ', 3)).Where(w => w.Length == 3 && w[0].Length is > 0 and <= 5 && w[0].All(c => c is >= '0' and <= '7'))
            .Where(w => wanted(Convert.ToInt32(w[0], 8))).Select(w => $"{w[0]} {w[1]} {w[2][(w[2].IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? at : 0)..]}");
        return new([.. found]);
    }
}
