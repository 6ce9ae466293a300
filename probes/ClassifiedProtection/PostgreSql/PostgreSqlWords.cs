using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Lines and values of postgresql.conf as the server reads them.</summary>
internal static partial class PostgreSqlWords
{
    /// <summary>name = value, name value, name 'value with ''quotes'''; null for a comment.</summary>
    /// <exception cref="UnableException">The server would not take the line, nor any of the file.</exception>
    public static (string Key, string Value)? Split(ConfigLine line)
    {
        var text = line.Text.Trim();
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var found = Setting().Match(text);
        if (!found.Success)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{line.Place} 不是“名称 = 值”");
        }

        var value = found.Groups["plain"] is { Success: true } plain ? plain.Value : Escape().Replace(found.Groups["quoted"].Value.Replace("''", "'", StringComparison.Ordinal), "${letter}");
        return (found.Groups["key"].Value.ToLowerInvariant(), value);
    }

    /// <summary>on, off or the word in small letters. Any beginning of true, false, yes and no will do, and of on and off what tells them apart.</summary>
    public static string Switch(string value)
    {
        var word = value.Trim().ToLowerInvariant();
        return word switch
        {
            "1" or "on" or "t" or "tr" or "tru" or "true" or "y" or "ye" or "yes" => "on",
            "0" or "of" or "off" or "f" or "fa" or "fal" or "fals" or "false" or "n" or "no" => "off",
            _ => word,
        };
    }

    /// <summary>A switch, or from 18 on a list of what is logged of a connection; its arrival alone does not say who came.</summary>
    public static string Connections(string value) => Switch(value) switch
    {
        "" => "off",
        "on" => "on",
        var list => Names(list).Exists(n => n is "all" or "authentication" or "authorization") ? "on" : list,
    };

    /// <summary>Of a list, without quotes and folders.</summary>
    public static List<string> Names(string value) =>
        [.. value.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim('"')).Select(n => n[(n.LastIndexOf('/') + 1)..])];

    /// <summary>Of pgaudit.log: in their order, a minus takes away.</summary>
    public static List<string> Classes(string value)
    {
        var classes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var word in Names(value.ToLowerInvariant()).Where(w => w != "none"))
        {
            string[] meant = word.TrimStart('-') == "all" ? ["read", "write", "function", "role", "ddl", "misc"] : [word.TrimStart('-')];
            if (word.StartsWith('-'))
            {
                classes.ExceptWith(meant);
            }
            else
            {
                classes.UnionWith(meant);
            }
        }

        return [.. classes];
    }

    /// <summary>Milliseconds where no unit is written; null for what is none.</summary>
    public static long? Milliseconds(string text)
    {
        var digits = new string([.. text.TakeWhile(char.IsAsciiDigit)]);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue)
        {
            return null;
        }

        return text[digits.Length..].Trim() switch { "" or "ms" => number, "s" => number * 1000, "min" => number * 60_000, "h" => number * 3_600_000, "d" => number * 86_400_000, _ => null };
    }

    /// <summary>Major, out of a path that names it.</summary>
    public static int? Version(string path) => path.Split('/').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null).FirstOrDefault(n => n is not null);

    [GeneratedRegex(@"^(?<key>[A-Za-z_][A-Za-z0-9_$]*(\.[A-Za-z_][A-Za-z0-9_$]*)?)([ \t]*=[ \t]*|[ \t]+|)('(?<quoted>([^'\\]|''|\\.)*)'|(?<plain>[^ \t#'=]+))[ \t]*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\\(?<letter>.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Escape();
}
