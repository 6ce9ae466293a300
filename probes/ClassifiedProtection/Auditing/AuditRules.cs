using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What rules of auditctl(8) make the kernel write down. A rule that suppresses takes away what it may reach, whatever stands before it;
/// one whose reach is not plain is said, and then nothing is claimed to be watched.
/// </summary>
internal sealed class AuditRules
{
    private static readonly string[] Harmless = ["-b", "-f", "-i", "-c", "-s", "-l", "--backlog_wait_time", "--backlog_wait_time_actual", "--loginuid-immutable", "--reset-lost", "--reset_backlog_wait_time_actual"];
    private static readonly string[] Clocks = ["adjtimex", "clock_adjtime", "clock_settime", "settimeofday", "stime"];
    private static readonly string[] Details = ["CWD", "EOE", "CRYPTO_KEY_USER", "CRYPTO_SESSION", "SERVICE_START", "SERVICE_STOP", "BPF", "NETFILTER_CFG"];
    private static readonly string[] Programs = ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];

    /// <summary>What is asked for, and stands below folders that are watched with all they hold.</summary>
    private static readonly string[] Below =
        ["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/sudoers", "/etc/sudoers.d", "/etc/ssh", "/etc/ssh/sshd_config", "/var/log/faillog", "/var/log/lastlog", "/var/log/tallylog", "/var/run/faillock", "/run/faillock", "/usr/sbin/useradd"];

    private const long LeastRate = 1000;
    private const long MostUser = 1000;
    private readonly List<Sighting> _faults = [];
    private readonly List<(string Path, string Permissions, bool IsTree)> _watches = [];
    private readonly HashSet<string> _executes = new(StringComparer.Ordinal);
    private readonly List<string> _suppressed = [];

    /// <summary>Programs, or folders of them, whose start is not written down.</summary>
    private readonly List<(string Path, ConfigLine Line)> _hidden = [];
    private bool _isOff;
    private bool _isLocked;

    public IReadOnlyList<Sighting> Faults => _faults;

    public bool IsLocked => _isLocked;

    /// <summary>Rules the kernel has.</summary>
    /// <param name="rules">Of auditctl -l.</param>
    /// <param name="isOff">auditctl -s says that nothing is written down.</param>
    public static AuditRules Loaded(IReadOnlyList<ConfigLine> rules, bool isOff)
    {
        var read = new AuditRules();
        foreach (var rule in rules)
        {
            read.Take(rule);
        }

        read._isOff |= isOff;
        return read;
    }

    /// <summary>Rules of files. augenrules puts -D first and the last -e at the end, auditctl takes them as they stand.</summary>
    /// <param name="lines">Of all files.</param>
    /// <param name="areParts">They pass through augenrules.</param>
    public static AuditRules Written(IReadOnlyList<ConfigLine> lines, bool areParts)
    {
        var read = new AuditRules();
        var rules = lines.Where(l => l.Text.Trim() is { Length: > 0 } t && t[0] != '#').ToList();
        if (areParts)
        {
            var ends = rules.FindLast(r => r.Text.TrimStart().StartsWith("-e", StringComparison.Ordinal));
            rules = [.. rules.Where(r => !r.Text.TrimStart().StartsWith("-e", StringComparison.Ordinal) && r.Text.Trim() != "-D"), .. ends is null ? [] : new[] { ends }];
        }

        rules.ForEach(read.Take);
        return read;
    }

    /// <summary>What stands outside of the rules keeps them from being known.</summary>
    public void Doubt(IEnumerable<Sighting> troubles) => _faults.AddRange(troubles);

    /// <param name="permission">w or x.</param>
    public Fact<IReadOnlyList<string>> Watched(string permission) => _isOff ? new([]) : _faults.Count > 0 ? default
        : new([.. _watches.Where(w => w.Permissions.Contains(permission, StringComparison.Ordinal)).SelectMany(w => Below.Where(b => w.IsTree && b.StartsWith(w.Path + "/", StringComparison.Ordinal)).Prepend(w.Path))
            .Where(p => !_suppressed.Exists(s => Covers(s, p))).Distinct(StringComparer.Ordinal)]);

    /// <param name="architecture">b32 or b64.</param>
    public Fact<bool> Executes(string architecture) => _isOff ? false : _faults.Count > 0 ? default(Fact<bool>)
        : _hidden.Exists(h => Programs.Any(p => Covers(h.Path, p))) ? false : _hidden.Count > 0 && _executes.Contains(architecture) ? default(Fact<bool>) : _executes.Contains(architecture);

    private static bool Covers(string folder, string path) => folder is "/" || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal) || folder.StartsWith(path + "/", StringComparison.Ordinal);

    private void Take(ConfigLine line)
    {
        var words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (_isLocked)
        {
            _faults.Add(new Sighting("-e 2 之后的规则内核不收", line.Place));
            return;
        }

        switch (words)
        {
            case ["-D"]:
                _watches.Clear();
                _executes.Clear();
                _suppressed.Clear();
                _hidden.Clear();
                break;
            case ["-e", var value]:
                (_isOff, _isLocked) = (value == "0", value == "2");
                break;
            case ["-e0" or "-e1" or "-e2"]:
                (_isOff, _isLocked) = (words[0] == "-e0", words[0] == "-e2");
                break;
            case ["-r", var rate] when long.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && (most == 0 || most >= LeastRate):
                break;
            case ["-w", ..] or ["-a", ..] or ["-A", ..] when Rule.Of(words) is { } rule:
                Take(rule, line);
                break;
            case [var word, ..] when Harmless.Any(h => h == word || (h.Length > 2 && word.StartsWith(h + "=", StringComparison.Ordinal))):
                break;
            default:
                _faults.Add(new Sighting($"审计规则读不懂或会削弱其余规则：{(line.Text.Length > 80 ? line.Text[..80] : line.Text)}", line.Place));
                break;
        }
    }

    private void Take(Rule rule, ConfigLine line)
    {
        switch (rule)
        {
            case { IsWatch: true } or { Action: "always", List: "exit" or "filesystem" }:
                Always(rule);
                break;
            case { Action: "never", List: "task" }:
                _isOff = true;
                break;
            case { Action: "never", List: "exit" } when rule.Path is { } path:
                _suppressed.Add(path);
                if (rule.Permissions.Contains('x', StringComparison.Ordinal) && (rule.Syscalls.Count == 0 || rule.Syscalls.Exists(s => s is "all" or "execve" or "execveat")))
                {
                    _hidden.Add((path, line));
                }

                break;
            case { Action: "never", List: "exit" } when rule.Syscalls.Count > 0 && rule.Syscalls.TrueForAll(s => Clocks.Any(c => c == s)):
            case { List: "exclude" } when rule.Fields.TrueForAll(f => f.StartsWith("key=", StringComparison.Ordinal) || (f.StartsWith("msgtype=", StringComparison.Ordinal) && Details.Any(d => d == f[8..]))):
            case { Action: "never", List: "filesystem" } when rule.Fields.TrueForAll(f => f is "fstype=tracefs" or "fstype=debugfs" or "fstype=0x74726163" or "fstype=0x64626720"):
                break;
            default:
                _faults.Add(new Sighting($"不记录某些事件的规则，范围读不懂：{(line.Text.Length > 80 ? line.Text[..80] : line.Text)}", line.Place));
                break;
        }
    }

    /// <summary>A rule with conditions beside the usual ones watches less than its path.</summary>
    private void Always(Rule rule)
    {
        var narrows = rule.Fields.Exists(f => !IsUsual(f, rule.Path is null));
        if (rule.Path is { } path && !narrows && (rule.Syscalls.Count == 0 || rule.Syscalls.Contains("all")))
        {
            _watches.Add((path, rule.Permissions, rule.IsTree));
        }
        else if (rule.Path is null && !narrows && rule.Syscalls.Exists(s => s is "execve" or "all") && rule.Fields.Find(f => f.StartsWith("arch=", StringComparison.Ordinal)) is { } architecture)
        {
            _executes.Add(architecture[5..]);
        }
    }

    private static bool IsUsual(string field, bool isExecution)
    {
        var user = field.StartsWith("auid>=", StringComparison.Ordinal);
        return field.StartsWith("key=", StringComparison.Ordinal) || field.StartsWith("perm=", StringComparison.Ordinal) || field.StartsWith("arch=", StringComparison.Ordinal)
            || field.StartsWith("path=", StringComparison.Ordinal) || field.StartsWith("dir=", StringComparison.Ordinal) || field is "auid!=unset" or "auid!=-1" or "auid!=4294967295"
            || (user && long.TryParse(field.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var least) && least <= MostUser)
            || (isExecution && field is "euid=0" or "C:uid!=euid" or "C:euid!=uid" or "C:gid!=egid" or "egid=0");
    }

    private sealed record Rule(bool IsWatch, string Action, string List, string? Path, string Permissions, List<string> Syscalls, List<string> Fields)
    {
        /// <summary>What stands below counts too.</summary>
        public bool IsTree => IsWatch || Fields.Exists(f => f.StartsWith("dir=", StringComparison.Ordinal));

        /// <summary>Null where a word is none of auditctl's.</summary>
        public static Rule? Of(string[] words)
        {
            var (isWatch, action, list, path, permissions) = (false, "", "", (string?)null, "rwxa");
            var (syscalls, fields) = (new List<string>(), new List<string>());
            for (var i = 0; i + 1 < words.Length; i += 2)
            {
                var value = words[i + 1];
                switch (words[i])
                {
                    case "-w":
                        (isWatch, path) = (true, value);
                        break;
                    case "-p":
                        permissions = value;
                        break;
                    case "-k":
                        break;
                    case "-a" or "-A":
                        var two = value.Split(',');
                        action = Array.Find(two, t => t is "always" or "never") ?? "";
                        list = Array.Find(two, t => t is "task" or "exit" or "user" or "exclude" or "filesystem" or "io_uring") ?? "";
                        break;
                    case "-S":
                        syscalls.AddRange(value.Split(','));
                        break;
                    case "-F":
                        fields.Add(value);
                        break;
                    case "-C":
                        fields.Add("C:" + value);
                        break;
                    default:
                        return null;
                }
            }

            path ??= fields.Find(f => f.StartsWith("path=", StringComparison.Ordinal))?[5..] ?? fields.Find(f => f.StartsWith("dir=", StringComparison.Ordinal))?[4..];
            permissions = fields.Find(f => f.StartsWith("perm=", StringComparison.Ordinal))?[5..] ?? permissions;
            return words.Length % 2 != 0 || (!isWatch && (action.Length == 0 || list.Length == 0)) ? null
                : new Rule(isWatch, action, list, path is [_, _, ..] longer ? longer.TrimEnd('/') : path, permissions, syscalls, fields);
        }
    }
}
