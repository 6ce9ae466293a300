namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// What makes the compiler's parser call itself without a bracket, seen before it runs: operators in front of operators, <c>not not</c>, chains of <c>?.</c>, conditions of directives.
/// Texts and comments are not told from code, so that this errs to the deep side; a comment inside a run does not end it.
/// </summary>
internal static class PrefixRuns
{
    private const int RunCap = 500;
    private const int TotalCap = 10_000;
    private const int DirectiveCap = 2_000;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Prefixes = Words("not", "await", "new", "ref", "scoped", "throw", "in", "out", "typeof");
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Chained = Words("not", "into", "ref", "scoped");

    /// <returns>For people; null where the parser may have it.</returns>
    public static string? Trouble(string text) =>
        HasLongDirective(text) ? $"有超过 {DirectiveCap} 个字符的预处理指令行，未分析"
        : IsLong(text) ? $"前缀运算连写超过 {RunCap} 个，或不用括号的嵌套超过 {TotalCap} 个，未分析"
        : null;

    private static bool IsLong(ReadOnlySpan<char> text)
    {
        var (run, held, total) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (text[i])
            {
                case '/' when next is '/' or '*':
                    (held, i) = (Math.Max(held, run), i + 1);
                    break;
                case '*' when next is '/':
                    (run, held, i) = (Math.Max(run, held), 0, i + 1);
                    break;
                case '\n' or '\r' or '\u0085' or '\u2028' or '\u2029':
                    run = Math.Max(run, held);
                    break;
                case '?' or '.' when next is '.' or '[':
                    (run, total) = (run + 1, total + (text[i] == '?' || next == '.' ? 1 : 0));
                    break;
                case '!' or '~' or '-' or '+' or '*' or '&' or '^':
                    run++;
                    break;
                case '(' or '[' or '{' or '<' or '>':
                    break;
                case var c when char.IsLetter(c) || c == '_':
                    var length = WordLength(text[i..]);
                    var word = text.Slice(i, length);
                    run = Prefixes.Contains(word) ? run + 1 : 0;
                    total += Chained.Contains(word) ? 1 : 0;
                    i += length - 1;
                    break;
                case var c when !IsBlank(c):
                    run = 0;
                    break;
            }

            if (run > RunCap || total > TotalCap)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A directive that begins a line, or a condition wherever it stands: the compiler reads one after code too.</summary>
    private static bool HasLongDirective(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOfAny("\r\n\u0085\u2028\u2029");
            var line = end < 0 ? text : text[..end];
            if (line.Length > DirectiveCap && IsDirective(line))
            {
                return true;
            }

            text = end < 0 ? [] : text[(end + 1)..];
        }

        return false;
    }

    private static bool IsDirective(ReadOnlySpan<char> line)
    {
        for (var (i, isFirst) = (0, true); i < line.Length; i++)
        {
            if (line[i] == '#')
            {
                var after = line[(i + 1)..];
                while (after.Length > 0 && IsBlank(after[0]))
                {
                    after = after[1..];
                }

                if (isFirst || after.StartsWith("if", StringComparison.Ordinal) || after.StartsWith("elif", StringComparison.Ordinal))
                {
                    return true;
                }
            }

            isFirst = isFirst && IsBlank(line[i]);
        }

        return false;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return length;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\uFEFF' or '\u001A';

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(params string[] words) => new HashSet<string>(words, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
