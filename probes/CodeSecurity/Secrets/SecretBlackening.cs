using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How a secret is shown: enough to find it again, too little to use it.</summary>
internal static partial class SecretBlackening
{
    public const string Covered = "‹已遮盖›";

    private const int Showable = 12;
    private const int MostShown = 200;
    private const int LongLine = 400;
    private const int PlainWord = 24;

    /// <summary>A shorter value is covered only where it stands alone: it would be found inside other words.</summary>
    private const int Tellable = 3;

    private static readonly SearchValues<char> Signs = SearchValues.Create("#@!$%^&*");

    /// <summary>The first four characters and SM3 of a value of at least twelve; of a shorter one its length alone, since it could be guessed from its digest.</summary>
    public static string Describe(string value) =>
        value.Length >= Showable ? $"{value[..4]}…（{value.Length} 个字符，SM3 {Digest(value)}）" : $"{value.Length} 个字符";

    /// <summary>The line a hit stands in, at most 200 characters: hits, their values wherever they stand again, comments and literals covered.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="at">Where the hit begins.</param>
    /// <param name="hits">All of the file, in order, not overlapping.</param>
    /// <param name="values">Of all hits of the file, each once.</param>
    public static string Line(TokenizedSource source, int at, IReadOnlyList<SecretHit> hits, IReadOnlyList<string> values)
    {
        var text = source.File.Text;
        var near = Math.Max(0, at - LongLine);
        var start = text.LastIndexOf('\n', Math.Max(0, at - 1), at == 0 ? 0 : at - near) is var before && before >= 0 ? before + 1 : near;
        var from = at - start > LongLine / 2 ? at - 60 : start;
        var end = text.AsSpan(from, Math.Min(LongLine, text.Length - from)).IndexOf('\n');
        var to = end < 0 ? Math.Min(text.Length, from + LongLine) : from + end;
        var covered = new bool[to - from];
        CoverTokens(source, from, covered);
        CoverValues(text, from, covered, values);
        Cover(UserOfUrl().EnumerateMatches(text.AsSpan(from, to - from)), covered);
        CoverRandom(text.AsSpan(from, to - from), covered, isCode: false);
        var shown = (from > 0 && text[from - 1] != '\n' ? "…" : "") + Written(text, from, covered, hits).Replace('\t', ' ').Trim();
        return shown.Length <= MostShown ? shown : shown[..(MostShown - 1)] + "…";
    }

    /// <summary>A line whose literals are covered already: what looks like a secret outside of them goes too.</summary>
    public static string Guess(string line)
    {
        var covered = new bool[line.Length];
        Cover(UserOfUrl().EnumerateMatches(line), covered);
        CoverRandom(line, covered, isCode: true);
        return Written(line, 0, covered, []);
    }

    private static string Written(string text, int from, bool[] covered, IReadOnlyList<SecretHit> hits)
    {
        var line = new StringBuilder();
        var at = 0;
        foreach (var hit in hits.Where(h => h.End > from && h.Start < from + covered.Length))
        {
            at = Plain(line, text, from, covered, (at, hit.Start - from));
            line.Append(Mark(hit.Value));
            at = Math.Max(at, hit.End - from);
        }

        Plain(line, text, from, covered, (at, covered.Length));
        return line.ToString();
    }

    private static int Plain(StringBuilder line, string text, int from, bool[] covered, (int At, int To) piece)
    {
        var at = piece.At;
        for (; at < piece.To; at++)
        {
            if (!covered[at])
            {
                line.Append(text[from + at]);
            }
            else if (at == piece.At || !covered[at - 1])
            {
                line.Append(Covered);
            }
        }

        return at;
    }

    private static void CoverTokens(TokenizedSource source, int from, bool[] covered)
    {
        var tokens = source.Tokens;
        for (var i = source.IndexAt(from); i < tokens.Count && tokens[i].Start < from + covered.Length; i++)
        {
            if (tokens[i].Kind == CodeTokenKind.Comment || (tokens[i].Kind == CodeTokenKind.Text && !(IsNaming(source, i) && IsPlainWord(source.SpanOf(tokens[i])))))
            {
                Cover(covered, tokens[i].Start - from, tokens[i].Length);
            }
        }

        if (tokens.Count == 0)
        {
            var line = source.File.Text.AsSpan(from, covered.Length);
            foreach (var literal in Quoted().EnumerateMatches(line))
            {
                if (!IsPlainWord(line.Slice(literal.Index, literal.Length)))
                {
                    Cover(covered, literal.Index, literal.Length);
                }
            }
        }
    }

    /// <summary>Not a value of a table, nor a piece of something that is put together.</summary>
    private static bool IsNaming(TokenizedSource source, int at) =>
        source.File.Language != SourceLanguage.Sql && (at == 0 || source.SpanOf(source.Tokens[at - 1]) is not ("+" or "."));

    private static bool IsPlainWord(ReadOnlySpan<char> literal)
    {
        foreach (var c in literal)
        {
            if (!char.IsAsciiLetter(c) && c is not ('-' or '_' or '.' or '"' or '\'' or '`'))
            {
                return false;
            }
        }

        return literal.Length <= PlainWord;
    }

    /// <summary>A value may begin before the part of a long line that is shown, or end behind it.</summary>
    private static void CoverValues(string text, int from, bool[] covered, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            var first = Math.Max(0, from - value.Length);
            var last = Math.Min(text.Length, from + covered.Length + value.Length);
            for (var at = first; text.IndexOf(value, at, last - at, StringComparison.Ordinal) is var found && found >= 0; at = found + 1)
            {
                if (value.Length >= Tellable || (!IsWordAt(text, found - 1) && !IsWordAt(text, found + value.Length)))
                {
                    Cover(covered, found - from, value.Length);
                }
            }
        }
    }

    private static bool IsWordAt(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);

    private static void Cover(Regex.ValueMatchEnumerator matches, bool[] covered)
    {
        foreach (var match in matches)
        {
            Cover(covered, match.Index + "://".Length, match.Length - "://@".Length);
        }
    }

    /// <summary>Beside a secret often stands the other half of it: whatever looks random goes too.</summary>
    private static void CoverRandom(ReadOnlySpan<char> line, bool[] covered, bool isCode)
    {
        foreach (var match in LooksRandom().EnumerateMatches(line))
        {
            var value = line.Slice(match.Index, match.Length);
            if (value.ContainsAnyInRange('0', '9') && (value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z')) && SecretValue.Entropy(value) >= 3 && (!isCode || !IsName(value)))
            {
                Cover(covered, match.Index, match.Length);
            }
        }
    }

    /// <summary>Names of code such as SHA1CryptoServiceProvider hold one number or two.</summary>
    private static bool IsName(ReadOnlySpan<char> value)
    {
        var runs = 0;
        for (var i = 0; i < value.Length; i++)
        {
            runs += char.IsAsciiDigit(value[i]) && (i == 0 || !char.IsAsciiDigit(value[i - 1])) ? 1 : 0;
        }

        return runs < 3 && !value.ContainsAny(Signs);
    }

    private static void Cover(bool[] covered, int at, int length)
    {
        var first = Math.Clamp(at, 0, covered.Length);
        covered.AsSpan(first, Math.Clamp(at + length, first, covered.Length) - first).Fill(true);
    }

    private static string Mark(string value) => value.Length >= Showable ? $"{value[..4]}…‹SM3 {Digest(value)[..16]}›" : $"‹{value.Length} 个字符›";

    private static string Digest(string value) => Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(value)));

    [GeneratedRegex("[A-Za-z0-9+/=_#@!$%^&*~?-]{12,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooksRandom();

    [GeneratedRegex("://[^\\s\"'`<>]*@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserOfUrl();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|`[^`]*`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
