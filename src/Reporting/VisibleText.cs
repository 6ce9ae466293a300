using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>
/// Text of a candidate made safe to look at: characters that are invisible, that reorder their neighbours or that no
/// format can carry are spelled out as <c>⟨U+202E⟩</c>. Line feed and tab stay; CR LF and CR become LF.
/// </summary>
public static class VisibleText
{
    public static string Of(string text)
    {
        if (!NeedsSpelling(text))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        var rest = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').AsSpan();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done)
            {
                AppendSpelled(visible, rest[0]);
            }
            else if (IsHidden(rune))
            {
                AppendSpelled(visible, rune.Value);
            }
            else
            {
                visible.Append(rest[..length]);
            }

            rest = rest[length..];
        }

        return visible.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string OnOneLine(string text) => Of(text).Replace('\n', ' ').Replace('\t', ' ');

    private static void AppendSpelled(StringBuilder visible, int value) => visible.Append(CultureInfo.InvariantCulture, $"⟨U+{value:X4}⟩");

    private static bool NeedsSpelling(string text)
    {
        foreach (var character in text)
        {
            if (character == '\r' || char.IsSurrogate(character) || IsHidden(character))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHidden(char character) => !char.IsSurrogate(character) && IsHidden(new Rune(character));

    private static bool IsHidden(Rune rune) => rune.Value is not ('\n' or '\t')
        && ((rune.Value & 0xFFFE) == 0xFFFE
            || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned);
}
