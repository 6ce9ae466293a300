using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines a value flows through: the text of a statement is what people look for in them.</summary>
internal static partial class SecretMask
{
    /// <summary>First of the characters that stand for literals meanwhile; nobody's text has them.</summary>
    private const char Holder = '\uE000';

    private const int MostLiterals = 400;

    /// <summary>
    /// As <see cref="Show"/>, but literals stay that are texts of statements or a few signs, unless they are given to, compared with or put under the name of a secret;
    /// of those that stay, values in quotes, behind such names and long numbers go.
    /// </summary>
    /// <param name="line">As it stands.</param>
    public static string ShowStatement(string line)
    {
        var trimmed = line.Trim();
        var bounded = trimmed.Length > 4 * LengthCap ? trimmed[..(4 * LengthCap)] : trimmed;
        var shown = new List<string>();
        if (!Suspicious().IsMatch(bounded) || bounded.Any(c => c is >= Holder and <= '\uF8FF') || QuotedStretches.TurnQuotes(bounded))
        {
            return Show(trimmed, always: false);
        }

        var covered = Cover(Literals().Replace(bounded, m =>
        {
            if (shown.Count >= MostLiterals || Given().IsMatch(bounded[..m.Index]) || Statement(m.Value[1..^1]) is not { } text)
            {
                return "\"***\"";
            }

            shown.Add($"\"{text}\"");
            return ((char)(Holder + shown.Count - 1)).ToString();
        }));
        return Clean(string.Concat(covered.Select(c => c >= Holder && c < Holder + shown.Count ? shown[c - Holder] : c.ToString())));
    }

    /// <returns>What may be shown of a literal; null for nothing.</returns>
    private static string? Statement(string text)
    {
        if (Signs().IsMatch(text))
        {
            return text;
        }

        if (!IsStatement().IsMatch(text) || text.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        // A quote that an earlier piece opened is closed first; one that opens here opens a value.
        var closed = Closing().Match(text);
        var rest = text[closed.Length..];
        if (rest.StartsWith('\''))
        {
            return null;
        }

        var plain = InQuotes().Replace(rest, m => m.Length < 2 || m.Value == "''" ? m.Value : m.Value.EndsWith('\'') ? "'***'" : "'***");
        return SecretBlackening.Guess(closed.Value + Digits().Replace(Behind().Replace(plain, "${name}***"), "***"));
    }

    /// <summary>What stands before a literal that is a secret's own.</summary>
    [GeneratedRegex("(?:" + Names + """)\w*(?:\s*\(|"?\s*[,:)]|\s*\]?\s*[!=+]?=|\s*\.\s*\w+\s*\()[\s(]*$""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Given();

    [GeneratedRegex("""^[\s'(),=%?;:<>/*.{}\[\]+|&-]{0,12}$""", RegexOptions.NonBacktracking)]
    private static partial Regex Signs();

    [GeneratedRegex("""\bselect\s.*\sfrom\s|\bselect\s+[\w*(]|\binsert\s+into\s|\bupdate\s+[\w.]+\s+(?:\w+\s+)?set\s|\bdelete\s+from\s|\b(?:where|and|or|set|having|on)\s+[\w.(]+\s*(?:=|<|>|!=|like\s|in\s*\(|is\s)|\b(?:from|join)\s+[\w.]+\s+(?:\w+\s+)?(?:where|join|on|order)\b|\b(?:order|group)\s+by\s|\bvalues\s*\(""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsStatement();

    [GeneratedRegex("""^%?'(?:\s*[,)]|\s+(?:and|or|order|group|limit|where|union)\b|\s*$)""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Closing();

    [GeneratedRegex("'[^']*(?:'|$)", RegexOptions.NonBacktracking)]
    private static partial Regex InQuotes();

    /// <summary>A value without quotes; what stands for one that is filled in later, or asks for one, is none.</summary>
    [GeneratedRegex("(?<name>(?:" + Names + """)\w*\s*(?:[=:]|<>|!=|\slike\s)\s*|identified\s+by\s+)(?!(?:#\{[^}]*\}|\$\{[^}]*\}|%s|\?\d*|:\w+)(?:[\s'",)%]|$)|\(\s*select\b)[^\s'",)][^\s'",)]*""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Behind();

    [GeneratedRegex(@"\d{4,}", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
