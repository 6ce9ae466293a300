using System.Buffers;
using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A place where a program says something else than people read.</summary>
/// <param name="File">Relative to the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="What">Which trick, for people.</param>
public sealed record HiddenPlace([property: Description("")] string File, [property: Description("行")] int Line, [property: Description("")] string What);

/// <summary>
/// Characters that turn the order of reading (CVE-2021-42574), and in Java escapes outside of literals (JLS §3.3), with which a comment can hold
/// code that runs.
/// </summary>
internal static class HiddenText
{
    /// <summary>Places of one file that are named.</summary>
    private const int Most = 20;

    private const string DirectionMarks = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private static readonly SearchValues<char> Turning = SearchValues.Create(DirectionMarks);

    public static IReadOnlyList<HiddenPlace> In(TokenizedSource source)
    {
        var text = source.File.Text;
        var turns = text.AsSpan().ContainsAny(Turning);
        var escapes = source.File.Language == SourceLanguage.Java && text.Contains("\\u", StringComparison.Ordinal);
        if (!turns && !escapes)
        {
            return [];
        }

        var found = new List<HiddenPlace>();
        for (var i = 0; i < source.Tokens.Count && found.Count < Most; i++)
        {
            var token = source.Tokens[i];
            if (turns && source.SpanOf(token).IndexOfAny(Turning) is >= 0 and var at)
            {
                found.Add(new(source.File.Path, token.Line + LineEnds.CountLines(text[token.Start..(token.Start + at)] + "x") - 1, $"改变显示顺序的控制字符 U+{(int)text[token.Start + at]:X4}"));
            }
            else if (escapes && IsEscape(source, i))
            {
                found.Add(new(source.File.Path, token.Line, token.Kind == CodeTokenKind.Comment ? "注释里的转义使注释提前结束，其后的内容会被编译" : "字面量之外的 \\u 转义"));
            }
        }

        return found;
    }

    private static bool IsEscape(TokenizedSource source, int index)
    {
        var token = source.Tokens[index];
        var span = source.SpanOf(token);
        return token.Kind switch
        {
            CodeTokenKind.Comment => (span.EndsWith("000a", StringComparison.OrdinalIgnoreCase) || span.EndsWith("000d", StringComparison.OrdinalIgnoreCase) || span.EndsWith("002f", StringComparison.OrdinalIgnoreCase)) && span.LastIndexOf("\\u") >= span.Length - 16,
            CodeTokenKind.Sign => span is "\\" && index + 1 < source.Tokens.Count && source.Tokens[index + 1] is var next && next.Start == token.End && source.SpanOf(next).StartsWith("u"),
            _ => false,
        };
    }
}
