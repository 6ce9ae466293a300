namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>How many bits a key can have at most, seen from its letters or bytes: what is text is counted as text however it is spelled.</summary>
internal static class KeyBits
{
    /// <summary>Fewer can be counted through.</summary>
    public const double Fewest = 80;

    /// <summary>More than these are not needed for it.</summary>
    private const int Looked = 256;

    /// <summary>Letters that stood together before add no more than one.</summary>
    private const int ShortestRepeat = 4;

    /// <summary>Letters in equal steps, as in 1234 or aaaa.</summary>
    private const int ShortestRow = 3;

    public static double AtMost(ReadOnlySpan<byte> key)
    {
        var bytes = key.TrimEnd((byte)0).ToArray();
        bytes = bytes.Length > Looked ? bytes[..Looked] : bytes;
        var asBytes = 8.0 * Math.Min(bytes.Distinct().Count(), Fresh([.. bytes.Select(b => (char)b)]));
        if (PasswordShapes.TextIn(bytes) is not { } text)
        {
            return asBytes;
        }

        var bits = OfText(text);
        return BinaryText.Hex(text) is { } hex ? Math.Min(bits, AtMost(hex))
            : BinaryText.Base64(text) is { } base64 && PasswordShapes.TextIn(base64) is not null ? Math.Min(bits, AtMost(base64))
            : bits;
    }

    private static double OfText(string text)
    {
        const double ofDigit = 3.3, ofLetter = 4.7, ofBoth = 5.95, ofAll = 6.55;
        var each = text.All(char.IsAsciiDigit) ? ofDigit
            : text.All(char.IsAsciiLetterLower) || text.All(char.IsAsciiLetterUpper) ? ofLetter
            : text.All(char.IsAsciiLetterOrDigit) ? text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper) ? ofBoth : ofLetter
            : ofAll;
        var different = text.Distinct().Count();

        // So long a text would have shown more letters if it were made of more.
        return Fresh(text) * (text.Length >= 2 * different ? Math.Min(each, Math.Log2(different)) : each);
    }

    /// <summary>Letters, each repeat and each row counted as one.</summary>
    private static int Fresh(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; count++)
        {
            var (repeat, row) = (Repeat(text, i), Row(text, i));
            i += Math.Max(repeat >= ShortestRepeat ? repeat : 1, row >= ShortestRow ? row : 1);
        }

        return count;
    }

    /// <summary>The longest piece that begins here and began before.</summary>
    private static int Repeat(ReadOnlySpan<char> text, int at)
    {
        var longest = 0;
        for (var from = 0; from < at; from++)
        {
            longest = Math.Max(longest, text[at..].CommonPrefixLength(text[from..]));
        }

        return longest;
    }

    /// <summary>Letters from here that are each as far from the one before.</summary>
    private static int Row(ReadOnlySpan<char> text, int at)
    {
        var length = at > 0 ? 1 : 0;
        while (length > 0 && at + length < text.Length && text[at + length] - text[at + length - 1] == text[at] - text[at - 1])
        {
            length++;
        }

        return length;
    }
}
