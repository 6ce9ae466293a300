namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What stays of the secrets of redis.conf and of ACL files: how strong a password is, and whether a command kept a name everybody knows.</summary>
internal static class RedisRedaction
{
    /// <summary>Passwords of eight characters and more that are tried first.</summary>
    private static readonly HashSet<string> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        "12345678", "123456789", "1234567890", "0123456789", "87654321", "11111111", "00000000", "88888888", "66666666", "password", "password1", "password123", "passw0rd", "p@ssw0rd", "p@ssword",
        "admin123", "admin@123", "admin1234", "administrator", "root1234", "root@123", "redis123", "redis@123", "redis123456", "redispass", "redispassword", "redis-password", "qwertyui", "qwertyuiop", "qwerty123",
        "1qaz2wsx", "1q2w3e4r", "abc12345", "abcd1234", "a1234567", "a12345678", "aa123456", "iloveyou", "changeme", "changeit", "test1234", "yourpassword", "mypassword", "your_password", "letmein1", "welcome1",
    };

    private static readonly string[] Watched = ["FLUSHALL", "FLUSHDB", "CONFIG", "KEYS", "SHUTDOWN", "DEBUG"];

    /// <param name="line">Not a comment.</param>
    /// <param name="mark">Stands for what goes.</param>
    public static string Line(string line, string mark)
    {
        if (RedisWords.Split(line) is not { } words)
        {
            // It stays a line the server would not take.
            return $"{line.Split([' ', '\t', '\r'], 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.Trim('"', '\'')} \"{mark}";
        }

        if (words.Count < 2)
        {
            return line;
        }

        var key = words[0].ToLowerInvariant();
        return key switch
        {
            "requirepass" => $"{words[0]} {Shown(words[1], mark)}",
            "rename-command" when words.Count > 2 => $"{words[0]} {words[1]} {(words[2].Length == 0 ? "\"\"" : IsName(words[1], words[2]) ? words[2] : mark)}",
            "user" => string.Join(' ', words.Select((w, i) => i > 1 && w is ['>' or '#' or '<' or '!', ..] ? w[..1] + (w[0] == '>' ? Kept(w[1..], mark) : mark) : RedisWords.Quoted(w))),
            _ => key is "masterauth" or "masteruser" or "sentinel" || key.EndsWith("pass", StringComparison.Ordinal) ? $"{words[0]} {mark}" : line,
        };
    }

    /// <summary>Of a command line.</summary>
    public static string Argument(string key, string value, string mark) => key.Equals("requirepass", StringComparison.OrdinalIgnoreCase) ? Kept(value, mark) : mark;

    private static bool IsName(string from, string to) => from.Equals(to, StringComparison.OrdinalIgnoreCase) || Watched.Contains(to, StringComparer.OrdinalIgnoreCase);

    private static string Shown(string password, string mark) => password.Length == 0 ? "\"\"" : Kept(password, mark);

    private static string Kept(string password, string mark) => password switch
    {
        _ when password == mark || password == mark + "short" || password == mark + "example" || password == mark + "weak" => password,
        "foobared" => mark + "example",
        { Length: < 8 } => mark + "short",
        _ => WellKnown.Contains(password) || password.Distinct().Take(2).Count() == 1 ? mark + "weak" : mark,
    };
}
