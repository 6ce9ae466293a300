using System.Text;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Column arithmetic for a terminal: Chinese characters take two columns.</summary>
internal static class TextColumns
{
    private const string NeverFirst = "，。、；：？！）》】”’…";

    public static int WidthOf(string text) => text.EnumerateRunes().Sum(WidthOf);

    /// <summary>Breaks between Chinese characters, at blanks and after commas; a word longer than a line is broken anywhere.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in Words(text).SelectMany(w => Pieces(w, width)))
        {
            var wide = WidthOf(word);
            if (used + wide > width && used > 0)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                used = 0;
                if (word == " ")
                {
                    continue;
                }
            }

            line.Append(word);
            used += wide;
        }

        yield return line.ToString().TrimEnd();
    }

    /// <summary>What may not begin a line stays with the character before it.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var held = new StringBuilder();
        foreach (var piece in Pieces(text))
        {
            var clings = held.Length > 0 && held[^1] != ' ' && piece.Length == 1 && NeverFirst.Contains(piece[0], StringComparison.Ordinal);
            if (held.Length > 0 && !clings)
            {
                yield return held.ToString();
                held.Clear();
            }

            held.Append(piece);
        }

        if (held.Length > 0)
        {
            yield return held.ToString();
        }
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isNarrow = WidthOf(rune) == 1 && rune.Value != ' ';
            if (isNarrow)
            {
                word.Append(rune);
            }

            if (word.Length > 0 && (!isNarrow || rune.Value == ','))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (!isNarrow)
            {
                yield return rune.ToString();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        for (; word.Length > width; word = word[width..])
        {
            yield return word[..width];
        }

        yield return word;
    }

    private static int WidthOf(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
}
