using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Small readings of single tokens.</summary>
internal static class CodeScan
{
    /// <summary>As the tokenizer puts them together.</summary>
    private static readonly string[] Signs = ["===", "!==", "...", "??=", "||=", "&&=", "**=", ":=", "::", "->", "<-", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--", "<<", "??", "**", "?.", ".."];

    public static bool IsWordSign(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    /// <summary>Characters of the sign a text begins with.</summary>
    public static int SignLength(ReadOnlySpan<char> text)
    {
        foreach (var sign in Signs)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal))
            {
                return sign.Length;
            }
        }

        return 1;
    }

    /// <summary>Whole numbers, decimal or hexadecimal, with the suffixes and separators of all languages.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 40)
        {
            return false;
        }

        Span<char> digits = stackalloc char[40];
        var length = 0;
        var isHex = text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'X';
        foreach (var c in isHex ? text[2..] : text)
        {
            if (c is '_' or '\'')
            {
                continue;
            }

            if (!(isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c)))
            {
                if (c is not ('u' or 'U' or 'l' or 'L' or 'n' or 'm'))
                {
                    return false;
                }

                break;
            }

            digits[length++] = c;
        }

        if (!isHex)
        {
            return long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }

        var isRead = ulong.TryParse(digits[..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
        value = unchecked((long)bits);
        return isRead;
    }
}
