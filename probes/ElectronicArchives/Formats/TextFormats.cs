using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Text by charset, and what is written in text: XML, HTML, SVG, scripts.</summary>
internal static class TextFormats
{
    private const int HeadCharacters = 4096;
    private const int CutTolerance = 4;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>[");

    /// <param name="bytes">All of the file, or its beginning.</param>
    /// <param name="isWhole">Otherwise a character may be cut at the end.</param>
    /// <returns>Null where it is no text.</returns>
    public static RecognisedFormat? Of(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (Charset(bytes, isWhole) is not { } charset)
        {
            return BrokenMarkup(Head(bytes, ""));
        }

        var head = Head(bytes, charset);
        var key = Kind(head);
        var isUnknown = charset.Length == 0;
        return new RecognisedFormat { Name = FormatCatalogue.Of(key) with { Title = isUnknown && key == "txt" ? "文本（字符编码未能判定）" : FormatCatalogue.Of(key).Title }, Charset = isUnknown ? null : charset, Version = key == "xml" && head.Contains("version=\"1.1\"", StringComparison.Ordinal) ? "1.1" : null };
    }

    /// <summary>What says at its beginning that it is XML or HTML is such, even where its bytes are no text; what is wrong is said by who reads it.</summary>
    private static RecognisedFormat? BrokenMarkup(string head) =>
        Kind(head) is var kind && (kind == "html" || (kind is "xml" or "svg" && head.StartsWith("<?xml", StringComparison.Ordinal))) ? new RecognisedFormat { Name = FormatCatalogue.Of(kind) } : null;

    /// <returns>Empty where it is text of no charset known here; null where it is no text.</returns>
    private static string? Charset(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return Ends(StrictText.FirstNotUtf8(bytes), bytes, isWhole) && !HasControls(bytes) ? "UTF-8" : null;
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            var isBig = bytes[0] == 0xFE;
            return Ends(StrictText.FirstNotUtf16(bytes, isBig), bytes, isWhole) && bytes.Length > 3 ? isBig ? "UTF-16BE" : "UTF-16LE" : null;
        }

        if (bytes.Length >= 4 && ((bytes[0] == '<' && bytes[1] == 0) || (bytes[0] == 0 && bytes[1] == '<')))
        {
            var isBig = bytes[0] == 0;
            return Ends(StrictText.FirstNotUtf16(bytes, isBig), bytes, isWhole) ? isBig ? "UTF-16BE" : "UTF-16LE" : null;
        }

        return HasControls(bytes) ? null
            : bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 ? "US-ASCII"
            : Ends(StrictText.FirstNotUtf8(bytes), bytes, isWhole) ? "UTF-8"
            : bytes[0] is 0xFF ? null
            : Ends(StrictText.FirstNotGb18030(bytes), bytes, isWhole) ? "GB18030"
            : bytes.IndexOfAnyInRange((byte)0x80, (byte)0x9F) < 0 ? ""
            : null;
    }

    private static bool Ends(int first, ReadOnlySpan<byte> bytes, bool isWhole) => first == bytes.Length || (!isWhole && first > bytes.Length - CutTolerance);

    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one is < 0x09 or 0x0B or (>= 0x0E and < 0x20 and not 0x1A and not 0x1B) or 0x7F)
            {
                return true;
            }
        }

        return false;
    }

    private static string Head(ReadOnlySpan<byte> bytes, string charset)
    {
        var piece = bytes[..Math.Min(bytes.Length, HeadCharacters)];
        var text = charset switch
        {
            "UTF-16LE" => Encoding.Unicode.GetString(piece),
            "UTF-16BE" => Encoding.BigEndianUnicode.GetString(piece),
            _ => Encoding.Latin1.GetString(piece).Replace("\u00EF\u00BB\u00BF", "", StringComparison.Ordinal),
        };
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
    }

    private static string Kind(string head)
    {
        if (head.StartsWith("#!", StringComparison.Ordinal))
        {
            return "script";
        }

        if (!head.StartsWith('<'))
        {
            return "txt";
        }

        var root = Root(head, out var isDeclared);
        return root.Equals("html", StringComparison.OrdinalIgnoreCase) ? "html"
            : root is "svg" || root.EndsWith(":svg", StringComparison.Ordinal) ? "svg"
            : isDeclared || (root.Length > 0 && (head.Contains("</", StringComparison.Ordinal) || head.Contains("/>", StringComparison.Ordinal) || head.Length > HeadCharacters / 2)) ? "xml"
            : "txt";
    }

    /// <summary>Name of the first element or of the document type, whichever comes first; comments and instructions are passed over.</summary>
    private static string Root(string head, out bool isDeclared)
    {
        isDeclared = head.StartsWith("<?xml", StringComparison.Ordinal);
        var at = 0;
        while (at < head.Length && head[at] == '<')
        {
            var isComment = head.AsSpan(at).StartsWith("<!--");
            if (!isComment && !head.AsSpan(at).StartsWith("<?"))
            {
                var isType = head.AsSpan(at).StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
                var name = head.AsSpan(isType ? at + 9 : at + 1).TrimStart();
                var end = name.IndexOfAny(NameEnds);
                var word = name[..(end < 0 ? name.Length : end)];
                return word.Length > 0 && (char.IsLetter(word[0]) || word[0] is '_' or > '\u007F') ? word.ToString() : "";
            }

            var close = head.IndexOf(isComment ? "-->" : "?>", at, StringComparison.Ordinal);
            if (close < 0)
            {
                return "";
            }

            at = close + (isComment ? 3 : 2);
            while (at < head.Length && char.IsWhiteSpace(head[at]))
            {
                at++;
            }
        }

        return "";
    }
}
