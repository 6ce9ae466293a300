namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>As much of TOML as lock files and catalogues need: headings, and assignments of one line.</summary>
internal static class TomlLines
{
    /// <returns>Heading without brackets, key, value as written, line counted from 1.</returns>
    public static IEnumerable<(string Section, string Key, string Value, int Line)> Read(string text)
    {
        var (section, number) = ("", 0);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#' || line.Length > 4000)
            {
                continue;
            }

            if (line[0] == '[' && line.Contains(']', StringComparison.Ordinal))
            {
                section = line.Trim('[', ']', ' ');
                yield return (section, "", "", number);
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
            {
                yield return (section, line[..at].Trim().Trim('"', '\''), line[(at + 1)..].Trim(), number);
            }
        }
    }

    public static string Plain(string value)
    {
        var end = value.Length > 1 && value[0] is '"' or '\'' ? value.IndexOf(value[0], 1) : -1;
        return end > 0 ? value[1..end] : value;
    }

    /// <summary>A text inside an inline table; null where it has none.</summary>
    public static string? Inner(string table, string key)
    {
        if (table.Length == 0 || table[0] != '{')
        {
            return null;
        }

        foreach (var part in table.Trim('{', '}', ' ').Split(','))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && part[..at].Trim() == key && Plain(part[(at + 1)..].Trim()) is { Length: > 0 } value && value[0] != '{')
            {
                return value;
            }
        }

        return null;
    }
}
