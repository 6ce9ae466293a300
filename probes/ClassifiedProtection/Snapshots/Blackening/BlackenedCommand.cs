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
    private const string Idle = Lead + "(/usr)?/bin/(true|false|echo)";
    private static readonly string[] Servers = Server[1..^1].Split('|');

    /// <summary>Nothing to hide in it.</summary>
    /// <param name="value">Behind <c>ExecStart=</c>.</param>
    public static bool IsKept(string value) =>
        Kept.Is(value, "^[ \t]*$") || Kept.Is(value, Idle + "[ \t]*$")
        || Kept.Is(value, Lead + "[\"']?(/[^ \t\"'\\\\]*/)?" + Server + "[\"']?([ \t\\\\]|$)")
        || Kept.Is(value, Shell + "(set -f;[ \t]*)?\\[ ! -e /usr/bin/galera_recovery \\] && VAR=([ \t]|$)")
        || Kept.Is(value, Shell + "exec (/[^ \t\"'\\\\]*/)?" + Server + "([ \t\"'\\\\]|$)");

    /// <summary>A shell, a variable or nothing yet stands where the program should: which one it is may stand anywhere behind.</summary>
    /// <param name="value">Behind <c>ExecStart=</c>.</param>
    public static bool MayBeAny(string value) => Kept.Is(value, Lead + "([\"']?(/[^ \t\"'\\\\]*/)?(ba)?sh[\"']?([ \t\\\\]|$)|[\"']?[$]|" + Kept.Mark + "|\\\\)");

    /// <param name="value">Behind <c>ExecStart=</c>; none of those that are kept.</param>
    public static string Of(string value) =>
        Kept.Is(value, Idle + "([ \t]|$)") ? $"{Kept.Find(value, Idle).Value} {Kept.Mark}" : Kept.Mark + (MayBeAny(value) ? Spoken(value) : "");

    /// <summary>Servers a text speaks of.</summary>
    public static string Spoken(string text) => string.Concat(Servers.Where(s => text.Contains($"/{s}", StringComparison.Ordinal)).Select(s => $" /{s}"));
}
