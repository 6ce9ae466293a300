using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>snmpd, Redis, inetd and mounts.</summary>
internal static class BlackenedServices
{
    private const string Stars = "***";

    /// <summary>Communities everybody knows are a finding; every other one is a password.</summary>
    public static string Snmp(string line)
    {
        var words = Words(line);
        var key = words.Length < 2 ? "" : words[0].ToLowerInvariant();
        var at = Kept.Is(key, "^r[ow]community6?$") ? 1 : key is "com2sec" or "com2sec6" ? words.Length - 1 : 0;
        if (at == 0)
        {
            return Kept.Keyed("snmp", line);
        }

        words[at] = words[at] is "public" or "private" ? words[at] : Kept.Mark;
        return string.Join(' ', words);
    }

    public static string Redis(string line)
    {
        var (lead, words) = (Kept.Indent(line), Words(line));
        if (words.Length < 2)
        {
            return Kept.Keyed("redis", line);
        }

        return Kept.Strip(words[0]).ToLowerInvariant() switch
        {
            "requirepass" => $"{lead}{words[0]} {Strength(Kept.Strip(words[1]))}",
            "rename-command" when words.Length > 2 => $"{lead}{words[0]} {words[1]} {(IsNone(words[1], words[2]) ? words[2] : Stars)}",
            "user" => lead + string.Join(' ', words.Select((w, i) => i < 2 ? w : OfUser(w))),
            _ => Kept.Keyed("redis", line),
        };
    }

    /// <summary>Behind the sixth word stand a program's arguments.</summary>
    public static string Inet(string line)
    {
        var words = Words(line);
        return Kept.Trim(line).StartsWith('#') ? Kept.Indent(line) + "#" : words.Length <= 6 ? line : string.Join(' ', words.Take(6).Append(Kept.Mark));
    }

    public static string Mount(string line)
    {
        var words = Words(line);
        if (words.Length < 4)
        {
            return line;
        }

        var from = Kept.Find(words[0], "://[^@ ]*@") is { Success: true } found ? $"{words[0][..found.Index]}://{Kept.Mark}@{words[0][(found.Index + found.Length)..]}" : words[0];
        var options = words[3].Split(',').Select(o => o.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? $"{o[..at]}={Kept.Mark}" : o);
        return $"{from} {words[1]} {words[2]} {string.Join(',', options)}{(words.Length > 4 ? " 0 0" : "")}";
    }

    private static bool IsNone(string name, string renamed) =>
        Kept.Strip(renamed) is var bare && (bare.Length == 0 || bare.Equals(Kept.Strip(name), StringComparison.OrdinalIgnoreCase));

    private static string OfUser(string word)
    {
        var bare = Kept.Strip(word);
        if (bare.Length > 0 && bare[0] is '>' or '<' or '#' or '!')
        {
            return bare[0] + Stars;
        }

        if (bare is Stars or "(" + Stars)
        {
            return bare;
        }

        if (Kept.Is(bare, "^[(]?[+-]@?[A-Za-z0-9_|-]+[)]?$") || Kept.Is(bare, @"^[(]?(~|&|%[RWrw]*~)\*?[)]?$"))
        {
            return word;
        }

        return Kept.Is(bare, "^[(]?[~&%]") ? bare[0] + Stars : Kept.Has("redis-acl", bare.Replace('-', '_')) ? bare : Stars;
    }

    private static string Strength(string password) => password switch
    {
        "" => "\"\"",
        Stars or Stars + "short" or Stars + "example" => password,
        "foobared" => Stars + "example",
        _ when Encoding.UTF8.GetByteCount(password) < 8 => Stars + "short",
        _ => Stars,
    };

    private static string[] Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
