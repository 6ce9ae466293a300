using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A line of code as it may be shown.</summary>
internal static partial class SecretMask
{
    public const int LengthCap = 200;

    /// <param name="line">As it stands.</param>
    /// <param name="always">Blacken literals even where no word of the line speaks of a secret.</param>
    public static string Show(string line, bool always)
    {
        var trimmed = line.Trim();
        var bounded = trimmed.Length > 4 * LengthCap ? trimmed[..(4 * LengthCap)] : trimmed;
        var plain = always || Suspicious().IsMatch(bounded) ? Blacken(bounded) : SecretBlackening.Guess(bounded);
        return Clean(plain);
    }

    private static string Clean(string plain)
    {
        var clean = string.Concat(plain.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? ' ' : c));
        return clean.Length > LengthCap ? clean[..LengthCap] : clean;
    }

    private static string Blacken(string line) => Cover(Literals().Replace(line, "\"***\""));

    /// <summary>What of a line without its literals can be one.</summary>
    internal static string Cover(string line)
    {
        var masked = SecretBlackening.Guess(Numbers().Replace(Comments().Replace(line, "***"), "***"));
        var rest = masked.Replace("\"***\"", "", StringComparison.Ordinal);
        var open = rest.IndexOf('"', StringComparison.Ordinal);
        return open < 0 ? masked : masked[..(masked.LastIndexOf('"') + 1)] + "***";
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.NonBacktracking)]
    private static partial Regex Literals();

    [GeneratedRegex(@"'(?:[^'\\]|\\.){3,}'|(?:^|\s)//.*|/\*.*?\*/|/\*.*", RegexOptions.NonBacktracking)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b(?:0[xX][0-9A-Fa-f]+|[0-9A-Fa-f]{16,}|\d+(?:\s*,\s*\d+){3,})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    [GeneratedRegex("passw|pwd|secret|token|key|credential|identified|口令|密码|密钥|BEGIN ", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Suspicious();
}
