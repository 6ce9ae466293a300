using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>How long logs stay, beside logrotate: journald and tmpfiles.d.</summary>
internal static partial class LogStays
{
    private const int SecondsOfDay = 86_400;
    private static readonly string[] OfLogins = ["/var/log/wtmp", "/var/log/btmp"];

    /// <summary>Commands that tell a service to open its logs anew, and what belongs to shell.</summary>
    private static readonly string[] Harmless =
    [
        "if", "then", "else", "elif", "fi", "[", "test", "true", "false", ":", "exit", "return", "kill", "killall", "pkill", "systemctl", "service", "invoke-rc.d", "rsyslog-rotate", "cat", "echo", "logger", "sleep", "initctl", "reload", "restart",
        "nginx", "apachectl", "apache2ctl", "pidof", "pgrep", "chmod", "chown", "touch", "sync", "syslog-ng-ctl", "rsyslog", "syslog-ng", "set", "auditctl",
    ];

    /// <summary>What is not understood is among the doubts; a retention that is too short counts beside them.</summary>
    public static (IReadOnlyList<LogRetention> Retentions, IReadOnlyList<Sighting> Doubts) Of(HostSnapshot snapshot, Logrotate rotation, ConfigLine? journal, RsyslogReading rsyslog)
    {
        var (stays, doubts) = (rotation.Retentions.ToList(), rotation.Faults.ToList());
        if (stays.Count > 0 && rsyslog.LoginFiles.Count == 0 && stays.TrueForAll(r => OfLogins.Any(o => r.Files.Contains(o, StringComparison.Ordinal))))
        {
            doubts.Add(new Sighting("轮转配置只说到 wtmp、btmp，登录认证日志不在文件里，保留多久不知道", stays[0].Origin));
        }

        if (journal is not null && rsyslog.LoginFiles.Count == 0)
        {
            var age = journal.Text[(journal.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            if (Days(age) is { } days)
            {
                stays.AddRange(days > 0 ? [new LogRetention { Files = "journald", Days = days, Because = $"MaxRetentionSec={age}", Origin = journal.Place }] : []);
            }
            else
            {
                doubts.Add(new Sighting($"journald 的 MaxRetentionSec={age} 读不懂", journal.Place));
            }
        }

        foreach (var line in Lines(snapshot, "/etc/tmpfiles.d/*.conf", doubts))
        {
            Cleaned(line, stays, doubts);
        }

        return (stays, doubts);
    }

    /// <summary>Nothing in a script of logrotate but telling a service.</summary>
    public static bool IsHarmless(string line)
    {
        var text = Quiet().Replace(line.Replace(Kept.Mark, "?", StringComparison.Ordinal), " ");
        return !RunsOutput(text) && !text.Contains('>', StringComparison.Ordinal) && text.Split([';', '|', '&', '`', '(', ')', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Select(Command)
            .All(c => c.Length == 0 || c[0] is '$' or '#' || Assignment().IsMatch(c) || Harmless.Any(h => h == c[(c.LastIndexOf('/') + 1)..]));
    }

    /// <summary>Backquotes stand where a command does, so that what their own says is run.</summary>
    private static bool RunsOutput(string text)
    {
        var parts = text.Split('`');
        return parts.Where((_, i) => i % 2 == 0 && i < parts.Length - 1).Any(before => Command(before.Split([';', '|', '&', '(', '{'])[^1]).Length == 0);
    }

    /// <summary>The first word that is none of the shell's.</summary>
    private static string Command(string piece) => Array.Find(piece.Split([' ', '\t', '"', '\'', '!'], StringSplitOptions.RemoveEmptyEntries), w => w is not ("if" or "then" or "else" or "elif" or "do")) ?? "";

    private static void Cleaned(ConfigLine line, List<LogRetention> stays, List<Sighting> doubts)
    {
        var words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words is [var first, ..] && first.Contains(Kept.Mark, StringComparison.Ordinal))
        {
            doubts.Add(new Sighting("tmpfiles.d 的这一行读不懂，可能删除日志", line.Place));
            return;
        }

        if (words.Length < 2 || words[0].StartsWith('#') || !words[1].StartsWith("/var/log", StringComparison.Ordinal))
        {
            return;
        }

        var age = words.Length > 5 ? words[5] : "-";
        if (words[0][0] is 'r' or 'R' || words[0].Contains('=', StringComparison.Ordinal) || words[0][0] is 'D' && age == "-")
        {
            doubts.Add(new Sighting("tmpfiles.d 的这一行可能在启动时删除日志", line.Place));
        }
        else if (age != "-" && words[0][0] is not ('x' or 'X' or 'z' or 'Z' or 'f'))
        {
            if (Days(age.TrimStart('~')) is { } days && !age.Contains(':', StringComparison.Ordinal))
            {
                stays.Add(new LogRetention { Files = words[1], Days = days, Because = $"tmpfiles.d 的清理期限 {age}", Origin = line.Place });
            }
            else
            {
                doubts.Add(new Sighting($"tmpfiles.d 的清理期限 {age} 读不懂", line.Place));
            }
        }
    }

    /// <summary>A span of systemd.time(7) of one or more parts; 0 for 0; null where it is none.</summary>
    internal static long? Days(string text)
    {
        if (text.Length is 0 or > 40 || Span().Match(text.Replace(" ", "", StringComparison.Ordinal)) is not { Success: true } span)
        {
            return null;
        }

        var seconds = 0.0;
        for (var i = 0; i < span.Groups["number"].Captures.Count; i++)
        {
            var number = double.Parse(span.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture);
            seconds += number * span.Groups["unit"].Captures[i].Value switch
            {
                "" or "s" or "sec" or "second" or "seconds" => 1,
                "m" or "min" or "minute" or "minutes" => 60,
                "h" or "hr" or "hour" or "hours" => 3600,
                "d" or "day" or "days" => SecondsOfDay,
                "w" or "week" or "weeks" => 7 * SecondsOfDay,
                "M" or "month" or "months" => 30.44 * SecondsOfDay,
                _ => 365.25 * SecondsOfDay,
            };
        }

        return (long)Math.Min(seconds / SecondsOfDay, 36_500);
    }

    /// <summary>Lines that are no remarks. What cannot be read, or nobody collected, is a doubt.</summary>
    /// <param name="snapshot">Of the host.</param>
    /// <param name="pattern">A path, or a pattern of some.</param>
    /// <param name="doubts">Gets what could not be read.</param>
    public static IReadOnlyList<ConfigLine> Lines(HostSnapshot snapshot, string pattern, List<Sighting> doubts)
    {
        var lines = new List<ConfigLine>();
        try
        {
            foreach (var path in GlobPattern.HasWildcard(pattern) ? snapshot.Glob(pattern) : [pattern])
            {
                lines.AddRange(Readable(snapshot, path, doubts).Where(l => !l.Text.TrimStart().StartsWith('#')));
            }
        }
        catch (UnableException unlisted)
        {
            doubts.Add(new Sighting(unlisted.Message, pattern));
        }

        return lines;
    }

    private static IReadOnlyList<ConfigLine> Readable(HostSnapshot snapshot, string path, List<Sighting> doubts)
    {
        try
        {
            return snapshot.Lines(path) ?? [];
        }
        catch (UnableException unread)
        {
            doubts.Add(new Sighting(unread.Message, path));
            return [];
        }
    }

    [GeneratedRegex(@"^((?<number>[0-9]{1,9})(?<unit>seconds|second|sec|s|minutes|minute|min|months|month|m|M|hours|hour|hr|h|days|day|d|weeks|week|w|years|year|y))*((?<number>[0-9]{1,9})(?<unit>))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex(@"[0-9&]?>>?\s*(/dev/null|&[0-9])", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quiet();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Assignment();
}
