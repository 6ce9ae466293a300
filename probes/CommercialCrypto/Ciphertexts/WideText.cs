using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Text that does not look it at first: of two bytes a character, or with control characters strewn in.</summary>
internal static class WideText
{
    private const int Shortest = 8;

    /// <summary>Control bytes in a text; random bytes have one in eight.</summary>
    private const int FewestBytesPerControl = 12;
    private const int ShortestWithControls = 16;

    /// <summary>The Chinese characters of GB 2312-1980.</summary>
    private static readonly HashSet<char> Characters = Gb2312();

    /// <summary>UTF-16 of either order with or without its mark, of ASCII and the characters of GB 2312; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Shortest || bytes.Length % 2 != 0)
        {
            return null;
        }

        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var text = encoding.GetString(bytes).TrimStart('\uFEFF').TrimEnd('\0');
            if (text.Length >= Shortest / 4 && text.All(IsCommon))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Text once a few control bytes are left out; null for anything else.</summary>
    public static string? WithControls(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortestWithControls)
        {
            return null;
        }

        var kept = new byte[bytes.Length];
        var length = 0;
        foreach (var b in bytes)
        {
            if (b is >= 0x20 and not 0x7F or (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                kept[length++] = b;
            }
        }

        return length < bytes.Length && (bytes.Length - length) * FewestBytesPerControl <= bytes.Length ? TextPatterns.TextOf(kept.AsSpan(0, length)) : null;
    }

    private static bool IsCommon(char c) => c is >= ' ' and <= '~' or '\t' or '\n' or '\r' or (>= '\u3000' and <= '\u3011') or (>= '\uFF01' and <= '\uFF5E')
        || (TextPatterns.IsHan(c) && Characters.Contains(c));

    private static HashSet<char> Gb2312()
    {
        HashSet<char> characters = [];
        for (byte row = 0xB0; row <= 0xF7; row++)
        {
            for (byte cell = 0xA1; cell <= 0xFE; cell++)
            {
                characters.UnionWith(TextEncodings.Gb18030.GetString([row, cell]));
            }
        }

        return characters;
    }
}
