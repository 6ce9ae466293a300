using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Small readings of single tokens.</summary>
internal static class CodeScan
{
    private const int ValueCap = 4000;

    private static readonly string[] Signs = ["===", "!==", "...", ":=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "++", "--", "<<", ">>", "??", "**"];

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

        return isHex
            ? ulong.TryParse(digits[..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && (value = unchecked((long)bits)) == value
            : long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>What a literal of characters stands for: quotes and prefix gone, the common escapes undone; at most 4000 characters.</summary>
    public static string ValueOf(ReadOnlySpan<char> literal)
    {
        var open = literal[..Math.Min(5, literal.Length)].IndexOfAny('"', '\'', '`');
        if (open < 0)
        {
            return literal[..Math.Min(literal.Length, ValueCap)].ToString();
        }

        var quote = literal[open];
        var isRaw = literal[..open].IndexOfAny('r', 'R', '@') >= 0;
        var width = literal.Length >= open + 6 && literal[open + 1] == quote && literal[open + 2] == quote ? 3 : 1;
        var body = literal[(open + width)..];
        body = body.Length >= width && body[^1] == quote ? body[..^width] : body;
        body = body[..Math.Min(body.Length, ValueCap)];
        return isRaw || !body.Contains('\\') ? body.ToString() : Unescape(body);
    }

    private static string Unescape(ReadOnlySpan<char> body)
    {
        var value = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length)
            {
                value.Append(body[i]);
                continue;
            }

            i++;
            var digits = body[i] switch { 'x' => 2, 'u' => 4, _ => 0 };
            if (digits > 0 && i + digits < body.Length && ushort.TryParse(body.Slice(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                value.Append((char)unit);
                i += digits;
            }
            else
            {
                value.Append(body[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var c => c });
            }
        }

        return value.ToString();
    }
}
