using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What stays of redis.conf and of ACL files: known settings, how strong a password is, and whether a command kept a name everybody knows.</summary>
internal static class RedisRedaction
{
    private const string Mark = "***";

    /// <summary>No rule of an ACL looks so: whoever reads it sees that something stands here.</summary>
    private const string Unread = "已遮盖";
    private const string Pattern = "^[(]?[~&%]";
    private static readonly string[] Watched = ["FLUSHALL", "FLUSHDB", "CONFIG", "KEYS", "SHUTDOWN", "DEBUG"];

    public static string Line(string line)
    {
        if (RedisWords.Split(line) is not { } words)
        {
            // It stays a line the server would not take.
            var first = Kept.Strip(line.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries)[0]);
            return $"{(Kept.Is(first, "^[A-Za-z_][A-Za-z0-9_.-]*$") ? first : Kept.Mark)} \"{Mark}";
        }

        if (words.Count < 2)
        {
            return Kept.Keyed("redis", line);
        }

        return words[0].ToLowerInvariant() switch
        {
            "requirepass" => $"{words[0]} {(words[1].Length == 0 ? "\"\"" : Strength(words[1]))}",
            "rename-command" when words.Count > 2 => $"{words[0]} {words[1]} {(words[2].Length == 0 ? "\"\"" : IsName(words[1], words[2]) ? words[2] : Mark)}",
            "user" => string.Join(' ', words.Select((w, i) => i == 0 ? w : RedisWords.Quoted(i == 1 ? w : Rule(w)))),
            _ => Kept.Keyed("redis", line),
        };
    }

    /// <summary>Of a command line.</summary>
    public static string Argument(string key, string value) => key.Equals("requirepass", StringComparison.OrdinalIgnoreCase) ? Strength(value) : Mark;

    private static bool IsName(string from, string to) => from.Equals(to, StringComparison.OrdinalIgnoreCase) || Watched.Contains(to, StringComparer.OrdinalIgnoreCase);

    /// <summary>A rule of an ACL. Which keys somebody may touch may tell much, that they are all is what counts.</summary>
    private static string Rule(string rule)
    {
        if (rule.Length == 0)
        {
            return rule;
        }

        if (rule[0] is '>' or '#' or '<' or '!')
        {
            return rule[..1] + (rule[0] == '>' ? Strength(rule[1..]) : Mark);
        }

        if (Kept.Find(rule, Pattern) is { Success: true } pattern)
        {
            return Kept.Is(rule, @"^[(]?(~|&|%[RWrw]*~)\*?[)]?$") ? rule : pattern.Value + Mark + (rule.EndsWith(')') ? ")" : "");
        }

        return Kept.Is(rule, "^[(]?[-+]@?[A-Za-z0-9_|-]+[)]?$") || Kept.Has("redis-acl", rule.Replace('-', '_')) || rule == Mark ? rule : Unread;
    }

    /// <summary>Of eight characters and more those that are tried first are on the list that comes with the collector.</summary>
    private static string Strength(string password) => password switch
    {
        Mark or Mark + "short" or Mark + "example" or Mark + "weak" => password,
        "foobared" => Mark + "example",
        _ when Encoding.UTF8.GetByteCount(password) < 8 => Mark + "short",
        _ => Kept.Has("redis-common", password) || password.Distinct().Take(2).Count() == 1 ? Mark + "weak" : Mark,
    };
}
