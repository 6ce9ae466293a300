namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What a unit starts: command lines of the servers that are read, also behind a shell's exec, and of programs that do nothing. Of what a shell
/// does besides only which of these servers it speaks of; of other programs, such as exporters with passwords as arguments, nothing.
/// </summary>
internal static class BlackenedCommand
{
    private const string Server = "(redis-server|valkey-server|keydb-server|mysqld|mariadbd|mysqld_safe|mariadbd-safe|postgres|postmaster|pg_ctl|pg_ctlcluster|nginx|openresty|tengine)";
    private const string Lead = "^[ \t]*[-@:+!]*";
    private const string Shell = Lead + "(/usr)?/bin/(ba)?sh[ \t]+-c[ \t]+[\"']";
    private const string Wrapper = "((ba|da|k|z)?sh|busybox|env|numactl|taskset|runuser|setpriv|su|sudo|chrt|nice|ionice|setsid|nohup|stdbuf|prlimit|unshare|chroot|timeout|flock|capsh|gosu|start-stop-daemon|systemd-run)";
    private const string Border = "(^|[/ \t\"'=;&|`(])";
    private const string Idle = Lead + "(/usr)?/bin/(true|false|echo)";
    private static readonly string[] Servers = Server[1..^1].Split('|');

    /// <summary>Nothing to hide in it.</summary>
    /// <param name="value">Behind <c>ExecStart=</c>.</param>
    public static bool IsKept(string value) =>
        Kept.Is(value, "^[ \t]*$") || Kept.Is(value, Idle + "[ \t]*$")
        || Kept.Is(value, Lead + "[\"']?(/[^ \t\"'\\\\]*/)?" + Server + "[\"']?([ \t\\\\]|$)")
        || Kept.Is(value, Shell + "(set -f;[ \t]*)?\\[ ! -e /usr/bin/galera_recovery \\] && VAR=([ \t]|$)")
        || Kept.Is(value, Shell + "exec (/[^ \t\"'\\\\]*/)?" + Server + "([ \t\"'\\\\]|$)");

    /// <summary>A shell, a program that starts others, a variable or nothing yet stands where the program should, or one that does nothing and a further command may follow: which one it is may stand anywhere behind.</summary>
    /// <param name="value">Behind <c>ExecStart=</c>.</param>
    public static bool MayBeAny(string value) => Kept.Is(value, Idle + "([ \t]|$)") || Kept.Is(value, Lead + "([\"']?(/[^ \t\"'\\\\]*/)?" + Wrapper + "[\"']?([ \t\\\\]|$)|[\"']?[$]|" + Kept.Mark + "|\\\\)");

    /// <param name="value">Behind <c>ExecStart=</c>; none of those that are kept.</param>
    public static string Of(string value) =>
        Kept.Is(value, Idle + "([ \t]|$)") ? $"{Kept.Find(value, Idle).Value} {Kept.Mark}{Spoken(value)}" : Kept.Mark + (MayBeAny(value) ? Spoken(value) : "");

    /// <summary>Servers a text speaks of.</summary>
    public static string Spoken(string text) => string.Concat(Servers.Where(s => IsNamed(text, s)).Select(s => $" /{s}"));

    /// <summary>A word begins with it, or what stands behind a slash does.</summary>
    /// <param name="text">Of a command line.</param>
    /// <param name="program">Without folder.</param>
    public static bool IsNamed(string text, string program) => Kept.Is(text, Border + program);
}
