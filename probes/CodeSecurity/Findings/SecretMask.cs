using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A line of code as it may be shown.</summary>
internal static partial class SecretMask
{
    public const int LengthCap = 200;

    /// <summary>Of one line.</summary>
    private const int HeardCap = 64 * 1024;

    /// <summary>Parts of names that secrets have, as alternatives of an expression that ignores case; <c>pin</c> only as a word, as it stands in many others.</summary>
    internal const string Names = @"passw|pwd|secret|token|key|credential|salt|auth[_-]?code|(?:\b|_)pin(?:\b|_|code|(?-i:[A-Z0-9]))|(?-i:[a-z0-9]Pin(?:\b|_|[A-Z0-9]|code))|口令|密码|密钥";

    /// <param name="line">As it stands.</param>
    /// <param name="always">Blacken literals even where no word of the line speaks of a secret.</param>
    public static string Show(string line, bool always)
    {
        var trimmed = line.Trim();
        var bounded = trimmed.Length > 4 * LengthCap ? trimmed[..(4 * LengthCap)] : trimmed;
        var plain = always || Speaks(trimmed) ? Blacken(bounded) : SecretBlackening.Guess(bounded);
        return Clean(plain);
    }

    /// <summary>Some word of the text is that of a secret.</summary>
    public static bool Speaks(string text) => Suspicious().IsMatch(text.Length > HeardCap ? text[..HeardCap] : text);

    /// <summary>A stretch of a line with all of its literals and comments blackened, wherever they begin.</summary>
    /// <param name="line">As it stands.</param>
    /// <param name="quoted">Of every character of it whether it stands in a literal or a comment.</param>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="to">Behind its end.</param>
    public static string Stretch(string line, bool[] quoted, int from, int to) => Clean(Cover(WithoutQuoted(line, quoted, from, to)));

    private static string WithoutQuoted(string line, bool[] quoted, int from, int to)
    {
        var plain = new StringBuilder();
        for (var at = from; at < to; at++)
        {
            if (!quoted[at])
            {
                plain.Append(line[at]);
            }
            else if (at == from || !quoted[at - 1])
            {
                plain.Append("\"***\"");
            }
        }

        return plain.ToString();
    }

    private static string Clean(string plain)
    {
        var clean = string.Concat(plain.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? ' ' : c));
        return clean.Length > LengthCap ? clean[..LengthCap] : clean;
    }

    private static string Blacken(string line) => Cover(QuotedStretches.TurnQuotes(line) ? WithoutQuoted(line, QuotedStretches.Of(line), 0, line.Length) : Literals().Replace(line, "\"***\""));

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

    [GeneratedRegex(Names + "|identified|BEGIN ", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Suspicious();
}
