using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Files of properties as Java and Spring read them: continued lines, escapes, and parts for one environment behind <c>#---</c>.</summary>
internal static class SpringProperties
{
    private const int LongestLine = 20_000;

    /// <exception cref="SettingFaultException">Over a cap.</exception>
    public static SettingFile Read(string path, string text, string? profile, SettingLimits limits, Func<bool> isLate)
    {
        var (entries, part, tooLong) = (new List<SettingEntry>(), new List<SettingEntry>(), default(int?));
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].Trim();
            if (line.StartsWith("#---", StringComparison.Ordinal) || line.StartsWith("!---", StringComparison.Ordinal))
            {
                Close(part, entries);
            }

            if (line.Length == 0 || line[0] is '#' or '!')
            {
                continue;
            }

            var first = at;
            if (IsContinued(line))
            {
                line = Continued(line, lines, ref at, isLate);
            }

            if (line.Length > LongestLine)
            {
                tooLong ??= first + 1;
                continue;
            }

            if (entries.Count + part.Count >= limits.Entries || isLate())
            {
                throw new SettingFaultException($"多于 {limits.Entries} 项或超时");
            }

            var (key, value) = Cut(line);
            var entry = new SettingEntry(SettingKey.Canonical(key), value, first + 1, profile) { IsItem = key.EndsWith(']') };
            if (entry.IsItem && part is [.., var last] && last.Key == entry.Key && last.Value.Length < LongestLine)
            {
                // Items of a list, each on a line of its own, are one value.
                part[^1] = last with { Value = last.Value + "," + value };
            }
            else
            {
                part.Add(entry);
            }
        }

        Close(part, entries);
        return new SettingFile(path, entries, tooLong is not null) { IsSpring = true, Left = tooLong is { } begun ? $"第 {begun} 行起有长于 {LongestLine} 个字符的行，没有读" : null };
    }

    /// <summary>A part that says for which environment it is holds for that one alone.</summary>
    private static void Close(List<SettingEntry> part, List<SettingEntry> entries)
    {
        var own = part.FindLast(e => e.Key is "spring.config.activate.onprofile" or "spring.profiles")?.Value;
        entries.AddRange(part.Select(e => own is null ? e : e with { Profile = own }));
        part.Clear();
    }

    /// <returns>The line with those that continue it; longer than any that is looked at where they are too many.</returns>
    /// <exception cref="SettingFaultException">Time is over.</exception>
    private static string Continued(string begun, string[] lines, ref int at, Func<bool> isLate)
    {
        var (whole, last) = (new StringBuilder(begun), begun);
        while (IsContinued(last) && at + 1 < lines.Length && whole.Length <= LongestLine)
        {
            if (isLate())
            {
                throw new SettingFaultException("超时");
            }

            last = lines[++at].Trim();
            whole.Length--;
            whole.Append(last);
        }

        return whole.ToString();
    }

    private static bool IsContinued(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    private static (string Key, string Value) Cut(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] is '=' or ':' or ' ' or '\t')
            {
                var rest = line[i..].TrimStart();
                return (Unescape(line[..i]), Unescape((rest.Length > 0 && rest[0] is '=' or ':' ? rest[1..] : rest).Trim()));
            }
        }

        return (Unescape(line), "");
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
            }
            else if (text[++i] == 'u' && i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 4;
            }
            else
            {
                plain.Append(text[i] switch { 't' => '\t', 'n' => ' ', 'r' => ' ', 'f' => ' ', var other => other });
            }
        }

        return plain.ToString();
    }
}
