using System.Buffers;
using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A place where a program says something else than people read.</summary>
/// <param name="File">Relative to the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="What">Which trick, for people.</param>
public sealed record HiddenPlace([property: Description("")] string File, [property: Description("行")] int Line, [property: Description("")] string What);

/// <summary>
/// Characters that turn the order of reading (CVE-2021-42574), and in Java, that in pages too, escapes outside of literals and those that end a
/// literal (JLS §3.3), with which comments and literals can hold code that runs.
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
        var escapes = source.File.Language is SourceLanguage.Java or SourceLanguage.Jsp && text.Contains("\\u", StringComparison.Ordinal);
        if (!turns && !escapes)
        {
            return [];
        }

        var found = new List<HiddenPlace>();
        var isJava = source.File.Language == SourceLanguage.Java;
        for (var i = 0; i < source.Tokens.Count && found.Count < Most; i++)
        {
            var token = source.Tokens[i];
            isJava = source.File.Language == SourceLanguage.Java || (IsServersMark(source, token) ?? isJava);
            if (turns && source.SpanOf(token).IndexOfAny(Turning) is >= 0 and var at)
            {
                found.Add(new(source.File.Path, token.Line + LineEnds.CountLines(text[token.Start..(token.Start + at)] + "x") - 1, $"改变显示顺序的控制字符 U+{(int)text[token.Start + at]:X4}"));
            }
            else if (escapes && isJava && IsEscape(source, i))
            {
                found.Add(new(source.File.Path, token.Line, token.Kind switch
                {
                    CodeTokenKind.Comment => "注释里的转义使注释提前结束，其后的内容会被编译",
                    CodeTokenKind.Text => "字面量里的转义使字面量提前结束，其后的内容会被编译",
                    _ => "字面量之外的 \\u 转义",
                }));
            }
        }

        return found;
    }

    /// <returns>Whether Java begins or ends here in a page; null where neither.</returns>
    private static bool? IsServersMark(TokenizedSource source, CodeToken token) => token.Kind != CodeTokenKind.Sign ? null
        : source.SpanOf(token) switch { "<%" or "<%=" or "<%!" => true, "%>" => false, _ => null };

    private static bool IsEscape(TokenizedSource source, int index)
    {
        var token = source.Tokens[index];
        var span = source.SpanOf(token);
        return token.Kind switch
        {
            CodeTokenKind.Comment => span.StartsWith("//") ? Holds(span, "\n\r") : !span.EndsWith("*/") && Holds(span, "*/"),
            CodeTokenKind.Text => Holds(span, token.Form == LiteralForm.TextBlock ? "\"\\" : span[0] == '"' ? "\"\\\n\r" : "'\\\n\r"),
            CodeTokenKind.Sign => span is "\\" && index + 1 < source.Tokens.Count && source.Tokens[index + 1] is var next && next.Start == token.End && source.SpanOf(next).StartsWith("u"),
            _ => false,
        };
    }

    private static bool Holds(ReadOnlySpan<char> span, string wanted) => UnicodeEscapes.IndexOfAny(span, wanted, out _) >= 0;
}
