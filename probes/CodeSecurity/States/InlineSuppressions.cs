using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Suppressions in comments: <c>securitycheck:ignore RULE[,RULE] reason=… reviewer=… until=YYYY-MM-DD</c>, on the line of the defect or alone on
/// the line above it. What is no comment to the tokenizer is none here, and one comment speaks of one line.
/// </summary>
internal static partial class InlineSuppressions
{
    private const string Mark = "securitycheck:ignore";
    private const int CommentCap = 2000;
    private const int MostRules = 20;
    private const int MostInARow = 50;
    private const int MostPerFile = 2000;

    /// <summary>On a longer line it could hide a whole program; it then means nothing.</summary>
    private const int LongLine = 500;

    private static readonly string[] Closings = ["*/", "-->", "--%>", "#}", "*)"];

    /// <param name="source">One file.</param>
    /// <returns>In order of the text; empty for nearly all files.</returns>
    public static IReadOnlyList<WrittenSuppression> In(TokenizedSource source)
    {
        var text = source.File.Text;
        if (!text.Contains(Mark, StringComparison.Ordinal) || LineEnds.HasLoneReturns(text))
        {
            return [];
        }

        var found = new List<WrittenSuppression>();
        var lines = new Neighbours(source);
        var texts = text.Split('\n');
        int? Bounded(int line) => line > texts.Length || texts[line - 1].Length > LongLine ? 0 : line;
        for (var i = 0; i < source.Tokens.Count && found.Count < MostPerFile; i++)
        {
            var token = source.Tokens[i];
            if (token.Kind != CodeTokenKind.Comment || source.SpanOf(token).IndexOf(Mark, StringComparison.Ordinal) is var at && at < 0)
            {
                continue;
            }

            var written = source.SpanOf(token)[(at + Mark.Length)..].ToString();
            var line = lines.LineOf(token.Start + at);
            if (!written.AsSpan(0, Math.Min(written.Length, 1)).ContainsAnyExcept(" \t\r\n"))
            {
                found.Add(Read(written.Split('\n')[0], source.File.Path, line, Bounded(lines.Meant(i, line))));
            }
        }

        return found;
    }

    private static WrittenSuppression Read(string said, string file, int line, int? meant)
    {
        var bounded = said.Length > CommentCap ? said[..CommentCap] : said;
        foreach (var closing in Closings)
        {
            var end = bounded.TrimEnd();
            bounded = end.EndsWith(closing, StringComparison.Ordinal) ? end[..^closing.Length] : bounded;
        }

        // What is written twice says nothing.
        string? Of(params IReadOnlyList<string> keys) => Pairs().Matches(bounded).Where(m => keys.Contains(m.Groups["key"].Value, StringComparer.OrdinalIgnoreCase))
            .Select(m => m.Groups["value"].Value.Trim('"', '\'', '“', '”').Trim()).Where(v => v.Length > 0).Take(2).ToList() is [var only] ? only : null;
        var rules = Rules().Match(bounded);
        return new WrittenSuppression
        {
            Kind = SuppressionKind.InSource,
            Place = string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"),
            Rules = rules.Success ? [.. rules.Groups["rules"].Value.Split([',', '，', '、', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(MostRules)] : [],
            File = file,
            Line = meant,
            Reason = SuppressionWords.Shown(Of("reason", "理由")),
            Reviewer = SuppressionWords.Shown(Of("reviewer", "复核", "复核人")),
            Until = DateOnly.TryParseExact(Of("until", "到期", "到期日"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        };
    }

    [GeneratedRegex(@"^\s*(?<rules>[A-Za-z0-9][A-Za-z0-9._-]*(?:\s*[,，、]\s*[A-Za-z0-9][A-Za-z0-9._-]*)*)(?:\s|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Rules();

    [GeneratedRegex("(^|\\s)(?<key>[A-Za-z]+|理由|复核人?|到期日?)[=＝](?<value>\"[^\"]*\"|'[^']*'|“[^”]*”|[^\\s\"'“]\\S*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pairs();

    /// <summary>Lines of one file, and which of them hold nothing but a comment.</summary>
    private sealed class Neighbours(TokenizedSource source)
    {
        /// <summary>The line a comment speaks of: its own where code stands beside it, else the one below; several such comments may stand one below the other.</summary>
        public int Meant(int comment, int line)
        {
            var tokens = source.Tokens;
            var last = LineOf(tokens[comment].End - 1);
            if (HasCode(comment - 1, -1, line, before: true) || HasCode(comment + 1, 1, last, before: false))
            {
                return line;
            }

            for (var i = comment + 1; i < tokens.Count && i <= comment + MostInARow && tokens[i].Kind == CodeTokenKind.Comment && tokens[i].Line == last + 1
                && source.SpanOf(tokens[i]).Contains(Mark, StringComparison.Ordinal) && !HasCode(i + 1, 1, LineOf(tokens[i].End - 1), before: false); i++)
            {
                last = LineOf(tokens[i].End - 1);
            }

            return last + 1;
        }

        public int LineOf(int at)
        {
            // Tokens know their lines: only the text since the nearest one is counted.
            var tokens = source.Tokens;
            var (low, high) = (0, tokens.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = tokens[middle].Start <= at ? (middle, high) : (low, middle - 1);
            }

            return tokens[low].Line + source.File.Text.AsSpan(tokens[low].Start, Math.Max(0, at - tokens[low].Start)).Count('\n');
        }

        private bool HasCode(int from, int step, int line, bool before)
        {
            var tokens = source.Tokens;
            for (var i = from; i >= 0 && i < tokens.Count; i += step)
            {
                if ((before ? LineOf(tokens[i].End - 1) : tokens[i].Line) != line)
                {
                    return false;
                }

                if (tokens[i].Kind != CodeTokenKind.Comment)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
