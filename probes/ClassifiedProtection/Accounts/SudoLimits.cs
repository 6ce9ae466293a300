using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Commands, mostly with fixed arguments, that do what they say and open no way to anything else.</summary>
internal static partial class SudoLimits
{
    /// <summary>Whatever arguments they are given.</summary>
    private static readonly string[] Anyhow = ["id", "whoami", "uname", "uptime", "true", "false", "ls", "df", "free", "ps", "pwd", "w", "vmstat", "lscpu", "reboot", "poweroff", "halt", "shutdown", "kill", "killall", "pkill"];

    private static readonly string[] UnitVerbs = ["start", "stop", "restart", "reload", "try-restart", "reload-or-restart", "condrestart", "is-active", "is-enabled", "is-failed", "enable", "disable", "daemon-reload", "reboot", "poweroff", "halt", "status", "reset-failed"];
    private static readonly string[] ServiceVerbs = ["start", "stop", "restart", "reload", "status", "force-reload", "condrestart", "try-restart", "configtest"];

    /// <summary>They are shells.</summary>
    private static readonly string[] ShellUnits = ["debug-shell", "rescue", "emergency", "serial-getty", "getty", "console-getty", "container-getty"];

    private static readonly string[] Readers = ["cat", "tail", "head", "zcat", "wc", "stat"];

    /// <param name="name">Of a program of a system folder.</param>
    /// <param name="arguments">As written; none are any.</param>
    /// <param name="noExec">It can start no pager.</param>
    public static bool Are(string name, string[] arguments, bool noExec)
    {
        if (Array.Exists(Anyhow, a => a == name))
        {
            return true;
        }

        // "" is: no arguments at all.
        var isFixed = arguments.Length > 0 && !arguments.Any(a => a.AsSpan().ContainsAny("*?[\"'"));
        return isFixed && name switch
        {
            "systemctl" => IsUnit([.. arguments.Where(a => a is not ("--no-pager" or "--now" or "-q" or "--quiet" or "--no-block"))], noExec || arguments.Contains("--no-pager", StringComparer.Ordinal)),
            "service" => arguments is [var service, var verb] && IsService(service, [verb]),
            "journalctl" => (noExec || arguments.Contains("--no-pager", StringComparer.Ordinal)) && Array.TrueForAll(arguments, a => Word().IsMatch(a)),
            "nginx" => arguments is ["-t"] or ["-s", "reload" or "reopen" or "stop" or "quit"],
            "apachectl" or "apache2ctl" => arguments is ["configtest" or "graceful" or "restart" or "start" or "stop"],
            "apt" or "apt-get" => arguments is ["update"],
            "docker" or "podman" => arguments is ["ps" or "restart" or "start" or "stop" or "logs", .. var names] && Array.TrueForAll(names, n => Word().IsMatch(n)),
            "dmesg" => Array.TrueForAll(arguments, a => a is "-T" or "-k" or "-x"),
            _ => Array.Exists(Readers, r => r == name) && Array.TrueForAll(arguments, IsOfLogs),
        };
    }

    /// <summary>NAME start, of a script of the system's.</summary>
    public static bool IsService(string name, string[] arguments) => Word().IsMatch(name) && !name.StartsWith('-') && arguments is [var verb] && Array.Exists(ServiceVerbs, v => v == verb);

    private static bool IsUnit(string[] words, bool hasNoPager) => words is [var verb, .. var units] && Array.Exists(UnitVerbs, v => v == verb) && (verb != "status" || hasNoPager)
        && Array.TrueForAll(units, u => Word().IsMatch(u) && !u.StartsWith('-') && !Array.Exists(ShellUnits, s => u.StartsWith(s, StringComparison.Ordinal)));

    private static bool IsOfLogs(string argument) => Option().IsMatch(argument)
        || (argument.StartsWith("/var/log/", StringComparison.Ordinal) && !argument.Contains("..", StringComparison.Ordinal));

    [GeneratedRegex(@"^[A-Za-z0-9@._:\\-]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("^(-[a-zA-Z0-9+]{1,12}|[0-9]{1,9})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
