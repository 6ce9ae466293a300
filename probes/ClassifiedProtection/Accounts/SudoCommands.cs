namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What somebody can do who may start one command as root.</summary>
internal enum SudoPower
{
    /// <summary>What the command does and nothing else.</summary>
    Limited,

    /// <summary>Nobody can say from here.</summary>
    Unknown,

    /// <summary>Everything: it starts other programs, or writes what it is told to.</summary>
    Everything,
}

/// <summary>Commands of sudoers(5) that give as much as ALL. Of those it does not know it says so.</summary>
internal static class SudoCommands
{
    private static readonly HashSet<string> Shells =
        ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "csh", "tcsh", "fish", "rbash", "busybox", "su", "sudo", "runuser", "python", "python2", "python3", "perl", "ruby", "php", "node", "lua", "tclsh", "expect", "irb", "pwsh"];

    /// <summary>They run what stands behind them.</summary>
    private static readonly HashSet<string> Launchers =
        ["env", "nice", "ionice", "nohup", "timeout", "time", "watch", "xargs", "setsid", "stdbuf", "strace", "ltrace", "script", "screen", "tmux", "chroot", "nsenter", "unshare", "systemd-run", "taskset", "chrt", "flock", "start-stop-daemon", "find", "pkexec", "doas"];

    /// <summary>A shell is one keystroke away, whatever file they show.</summary>
    private static readonly HashSet<string> Editors =
        ["vi", "vim", "nvim", "vim.basic", "vim.tiny", "view", "vimdiff", "ex", "emacs", "nano", "pico", "ed", "joe", "mcedit", "visudo", "vipw", "vigr"];

    private static readonly HashSet<string> Pagers = ["less", "more", "most", "man", "top", "ftp", "gdb", "mysql", "mariadb", "psql", "sqlite3"];

    /// <summary>With arguments of one's own choice they run or write anything.</summary>
    private static readonly HashSet<string> Tools =
    [
        "find", "awk", "gawk", "mawk", "sed", "tar", "zip", "dd", "tee", "cp", "mv", "install", "ln", "chmod", "chown", "passwd", "chpasswd", "usermod", "useradd", "adduser", "gpasswd", "groupmod", "chsh", "docker", "podman", "kubectl",
        "crontab", "at", "git", "rsync", "scp", "ssh", "socat", "nc", "mount", "dpkg", "rpm", "apt", "apt-get", "yum", "dnf", "zypper", "snap", "pip", "pip3", "npm", "gem", "cpan", "systemctl", "service", "insmod", "modprobe",
        "setcap", "tcpdump", "curl", "wget", "ssh-keygen", "openssl", "gcc", "g++", "cc", "make", "nmap", "journalctl", "ansible", "ansible-playbook", "java",
    ];

    /// <summary>Whoever writes them may do everything.</summary>
    private static readonly string[] Keys = ["/etc/sudoers", "/etc/shadow", "/etc/passwd", "/etc/pam.d", "/root/", "/etc/cron", "/etc/systemd/", "/etc/ld.so.preload"];

    private static readonly string[] RootGroups = ["root", "wheel", "sudo", "admin", "docker", "lxd", "disk"];

    /// <summary>Others than root put programs there.</summary>
    private static readonly string[] Shared = ["/home/", "/tmp/", "/var/tmp/", "/dev/shm/"];

    private static readonly string[] Folders = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"];

    /// <param name="command">As written, aliases resolved, without tags and digests.</param>
    /// <param name="noExec">The command can start no other.</param>
    public static SudoPower Of(string command, bool noExec)
    {
        if (command.StartsWith('!'))
        {
            return SudoPower.Limited;
        }

        if (command == "ALL")
        {
            return SudoPower.Everything;
        }

        var words = command.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || command.StartsWith('^') || words.Skip(1).Any(w => w.StartsWith('^')))
        {
            return SudoPower.Unknown;
        }

        var arguments = words[1..];
        if (words[0] is "sudoedit" or "list")
        {
            return words[0] == "list" ? SudoPower.Limited : arguments.Length == 0 || arguments.Any(a => HasWildcard(a) || IsKey(a)) ? SudoPower.Everything : SudoPower.Unknown;
        }

        if (!words[0].StartsWith('/') || words[0].Contains("/..", StringComparison.Ordinal) || Array.Exists(Shared, s => words[0].StartsWith(s, StringComparison.Ordinal)))
        {
            return SudoPower.Unknown;
        }

        return words[0].EndsWith('/') ? Folders.Any(f => f == words[0]) ? SudoPower.Everything : SudoPower.Unknown
            : HasWildcard(words[0]) ? Reached(words[0]).Select(n => Named(n, arguments, noExec)).Append(SudoPower.Unknown).Max()
            : Plain(words[0], arguments, noExec);
    }

    private static SudoPower Plain(string path, string[] arguments, bool noExec)
    {
        var slash = path.LastIndexOf('/') + 1;
        var (folder, name) = (path[..slash], path[slash..].Replace("\\", "", StringComparison.Ordinal));
        return (Folders.Any(f => f == folder) && SudoLimits.Are(name, arguments, noExec)) || (folder == "/etc/init.d/" && SudoLimits.IsService(name, arguments))
            ? SudoPower.Limited : Named(name, arguments, noExec);
    }

    /// <summary>Programs a pattern of paths reaches.</summary>
    private static IEnumerable<string> Reached(string path) =>
        Shells.Concat(Launchers).Concat(Editors).Concat(Pagers).Concat(Tools).Where(n => Folders.Any(f => GlobPattern.MatchesPath(path, f + n)));

    /// <summary>Never limited: those were asked for before.</summary>
    private static SudoPower Named(string name, string[] arguments, bool noExec)
    {
        var plain = name.Length > 3 && name.StartsWith("python", StringComparison.Ordinal) ? "python" : name.StartsWith("perl5", StringComparison.Ordinal) ? "perl" : name;
        var isFree = arguments.Length == 0 || arguments.Any(HasWildcard);
        var everything = plain switch
        {
            _ when Shells.Contains(plain) => isFree || Array.TrueForAll(arguments, a => a is "\"\"" or "-" or "root" || (a.StartsWith('-') && a != "-c")),
            _ when Launchers.Contains(plain) => isFree || arguments.Any(a => Shells.Contains(a[(a.LastIndexOf('/') + 1)..])),
            _ when Editors.Contains(plain) => !noExec || isFree,
            _ when Pagers.Contains(plain) => !noExec,
            "journalctl" => !noExec && !arguments.Contains("--no-pager", StringComparer.Ordinal),
            "passwd" => isFree || arguments.Contains("root", StringComparer.Ordinal),
            "systemctl" => isFree && (arguments.Length == 0 || arguments[0].Contains('*', StringComparison.Ordinal) || arguments[0] is "edit" or "link" or "enable" or "set-environment" or "import-environment" or "start"),
            "mount" => isFree && (arguments.Length == 0 || arguments[0].Contains('*', StringComparison.Ordinal) || arguments.Contains("bind", StringComparer.Ordinal)),
            "apt" or "apt-get" or "yum" or "dnf" or "zypper" => isFree,
            "usermod" or "gpasswd" or "adduser" => isFree || arguments.SelectMany(a => a.Split("\\,")).Any(a => RootGroups.Any(g => g == a)),
            _ => Tools.Contains(plain) && (isFree || arguments.Any(IsKey)),
        };
        return everything ? SudoPower.Everything : SudoPower.Unknown;
    }

    private static bool IsKey(string argument) => Array.Exists(Keys, k => argument.Contains(k, StringComparison.Ordinal));

    private static bool HasWildcard(string text) => text.AsSpan().ContainsAny('*', '?', '[');
}
