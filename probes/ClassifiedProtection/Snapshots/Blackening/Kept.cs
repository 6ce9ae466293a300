using System.Buffers;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What all kinds of files share: the keys whose values stay, the mark, and words cut at their borders. The twin of blacken.awk.</summary>
internal static class Kept
{
    /// <summary>What stands for a value nobody needs.</summary>
    public const string Mark = "<已遮盖>";

    /// <summary>What stands for a line nobody looked into.</summary>
    public const string LongLine = "<行过长，已遮盖>";

    /// <summary>What stands for a line that is more than one to systemd, or takes another file in.</summary>
    public const string BrokenLine = "[\"" + Mark;

    /// <summary>One variable of a line <c>Environment=</c> that can be told from the others.</summary>
    public const string Variable = "^[ \t]*([A-Za-z_][A-Za-z0-9_]*=([^ \t\"'\\\\]|\"[^\"\\\\]*\"|'[^'\\\\]*')*|\"[A-Za-z_][A-Za-z0-9_]*=[^\"\\\\]*\"|'[A-Za-z_][A-Za-z0-9_]*=[^'\\\\]*')([ \t]+|$)";

    private const string Closed = "^([^\"'\\\\]|\\\\.|\"([^\"\\\\]|\\\\.)*\"|'[^'\\\\]*')*([ \t]#.*)?\\\\?$";
    private const int Limit = 2000;
    private const int Longest = 100;
    private static readonly SearchValues<char> KeyEnds = SearchValues.Create(" \t=:({");
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>What is longer is none of them, and no capital letters are looked for in it.</summary>
    public static bool Has(string set, string word) => word.Length <= Longest && Collector.Kept.TryGetValue(set, out var words) && words.Contains(word.ToLowerInvariant());

    /// <summary>Patterns are our own and few; time is linear in the text.</summary>
    /// <param name="text">Looked into.</param>
    /// <param name="pattern">Of ours.</param>
    /// <param name="from">Where to begin; only for patterns without anchors.</param>
    public static Match Find(string text, string pattern, int from = 0) => Known(pattern).Match(text, from);

    /// <summary>What the pattern finds left out.</summary>
    public static string Without(string text, string pattern) => Known(pattern).Replace(text, "");

    public static bool Is(string text, string pattern) => Find(text, pattern).Success;

    /// <summary>To systemd: the last character is a backslash that no other one stands before (systemd.syntax(7)).</summary>
    public static bool GoesOn(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    /// <summary>No quote is left open, neither to systemd nor to a shell.</summary>
    public static bool IsClosed(string text) => Is(text, Closed);

    public static string Indent(string line) => line[..^line.TrimStart(' ', '\t').Length];

    public static string Trim(string text) => text.Trim(' ', '\t');

    public static string Strip(string text) => text.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    public static string NewLines(ReadOnlySpan<char> text) => new('\n', text.Count('\n'));

    /// <summary>Of a comment behind a value only its sign stays.</summary>
    public static string Cut(string text)
    {
        var (open, first) = ('\0', -1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '#' && (i == 0 || text[i - 1] is ' ' or '\t'))
            {
                if (open == '\0')
                {
                    return text[..(i + 1)];
                }

                first = first < 0 ? i : first;
            }
            else if (open != '\0')
            {
                open = c == open ? '\0' : open;
            }
            else if (c is '"' or '\'')
            {
                open = c;
            }
        }

        return open != '\0' && first >= 0 ? text[..(first + 1)] : text;
    }

    /// <summary>Of the next double quote that is not escaped; −1 without.</summary>
    /// <param name="text">Looked into.</param>
    /// <param name="from">Where to begin.</param>
    public static int Closing(string text, int from = 0)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>name=value or a bare word: what is not on the list keeps its name at most.</summary>
    public static string Argument(string set, string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        if (at > 0)
        {
            return Has(set, word[..at]) ? word : Is(word[..at], "^[A-Za-z_][A-Za-z0-9_.-]*$") ? word[..(at + 1)] + Mark : Mark;
        }

        return Has(set, word) ? word : Mark;
    }

    /// <summary>A line of a file whose lines are a key and a value.</summary>
    public static string Keyed(string set, string line)
    {
        var lead = Indent(line);
        var rest = line[lead.Length..];
        if (rest.Length == 0)
        {
            return line;
        }

        if (rest[0] == '#' || (set == "mysql" && rest[0] == ';'))
        {
            return lead + "#";
        }

        if (Is(rest, @"^[{}()]+[ \t]*$"))
        {
            return line;
        }

        if (Find(rest, @"^\[[A-Za-z0-9 _.:@+*-]*\]?") is { Success: true } group)
        {
            var behind = Trim(rest[group.Length..]);
            return lead + (behind.Length == 0 ? group.Value : group.Value.TrimEnd(' ')) + (behind.Length == 0 ? "" : behind[0] is '#' or ';' ? " #" : " " + Mark);
        }

        var end = rest.AsSpan().IndexOfAny(KeyEnds);
        var key = end < 0 ? rest : rest[..end];
        var value = rest[key.Length..];
        var brace = Is(line, @"\{[ \t]*$") ? " {" : "";
        if (key.Length > 80 || (!Is(key, "^[-!@$+]?[A-Za-z_][A-Za-z0-9_./*-]*$") && !(set == "redis" && Is(key, """^["'][A-Za-z-]+["']$"""))))
        {
            return lead + Mark + brace;
        }

        if (set == "unit" && key.Equals("environment", StringComparison.OrdinalIgnoreCase))
        {
            var sign = Find(value, "^[ \t]*=?[ \t]*").Value;
            return BlackenedStart.HasOnlyKnown(value[sign.Length..]) ? line : lead + key + sign + (BlackenedStart.Taken(value[sign.Length..]) ?? Mark);
        }

        if (Has(set, Word(set, key)) && !IsForeignProgram(set, key, value))
        {
            return lead + key + (set == "redis" ? value : Cut(value));
        }

        return Trim(value).Length == 0 ? lead + (set == "bare" ? Mark : key) : lead + key + Blackened(set, value);
    }

    private static Regex Known(string pattern) =>
        Patterns.GetOrAdd(pattern, static p => new Regex(p, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromMilliseconds(Limit)));

    private static string Blackened(string set, string value)
    {
        var sign = Find(value, "^[ \t]*[=:({]?[ \t]*").Value;
        var text = value[sign.Length..];
        return set == "kernel" && Is(text, "^[0-9 \t.-]*$") ? value : sign + (text.Length == 0 ? "" : Mark + (set == "grub" && text.Contains("GRUB_CMDLINE", StringComparison.Ordinal) ? " GRUB_CMDLINE" : Is(text, @"\{[ \t]*$") ? " {" : ""));
    }

    private static bool IsForeignProgram(string set, string key, string value) =>
        set == "unit" && key.ToLowerInvariant() is "execstart" or "execstartpost" or "execstartpre" && !Is(value, "^[ \t]*=[ \t]*[-@:+!]*(/usr)?/s?bin/(sshd|auditd|rsyslogd|chronyd|augenrules|auditctl)([ \t]|$)");

    private static string Word(string set, string key)
    {
        var word = Strip(key);
        word = word.Length > 0 && "-!@$+".Contains(word[0], StringComparison.Ordinal) ? word[1..] : word;
        if (set is "mysql" or "redis")
        {
            word = word.ToLowerInvariant().Replace('-', '_');
        }

        while (set == "mysql" && !Has(set, word) && Is(word, "^(loose|skip|disable|enable|maximum)_"))
        {
            word = word[(word.IndexOf('_', StringComparison.Ordinal) + 1)..];
        }

        return word;
    }
}
