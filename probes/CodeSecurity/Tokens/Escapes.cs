using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Backslash escapes as C and its heirs share them; what none of them knows stays as it is written.</summary>
internal static class Escapes
{
    public static string Read(ReadOnlySpan<char> body)
    {
        var first = body.IndexOf('\\');
        if (first < 0)
        {
            return body.ToString();
        }

        var made = new StringBuilder(body.Length);
        made.Append(body[..first]);
        for (var at = first; at < body.Length;)
        {
            if (body[at] != '\\' || at + 1 >= body.Length)
            {
                made.Append(body[at++]);
                continue;
            }

            at += 1 + One(body[(at + 1)..], made);
        }

        return made.ToString();
    }

    /// <param name="rest">After the backslash; not empty.</param>
    /// <param name="made">Gets the character.</param>
    /// <returns>Characters taken.</returns>
    private static int One(ReadOnlySpan<char> rest, StringBuilder made)
    {
        switch (rest[0])
        {
            case 'x':
                return Hexadecimal(rest, 1, 2, made);
            case 'u' when rest.Length > 1 && rest[1] == '{':
                return Braced(rest, made);
            case 'u':
                var digits = rest.IndexOfAnyExcept('u') is > 0 and var us ? us : rest.Length;
                return Hexadecimal(rest, digits, 4, made);
            case 'U':
                return Hexadecimal(rest, 1, 8, made);
            case '\r' when rest.Length > 1 && rest[1] == '\n':
                return 2;
            case '\n' or '\r':
                return 1;
            case >= '0' and <= '7':
                return Octal(rest, made);
            default:
                made.Append(Simple(rest[0]));
                return 1;
        }
    }

    private static char Simple(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        'a' => '\a',
        'e' => '\u001b',
        's' => ' ',
        _ => c,
    };

    private static int Octal(ReadOnlySpan<char> rest, StringBuilder made)
    {
        var (length, value) = (0, 0);
        while (length < Math.Min(3, rest.Length) && rest[length] is >= '0' and <= '7')
        {
            value = (value * 8) + rest[length++] - '0';
        }

        made.Append((char)value);
        return length;
    }

    private static int Hexadecimal(ReadOnlySpan<char> rest, int skip, int most, StringBuilder made)
    {
        var length = 0;
        while (length < most && skip + length < rest.Length && char.IsAsciiHexDigit(rest[skip + length]))
        {
            length++;
        }

        if (length == 0)
        {
            made.Append(rest[0]);
            return 1;
        }

        Append(uint.Parse(rest.Slice(skip, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), made);
        return skip + length;
    }

    private static int Braced(ReadOnlySpan<char> rest, StringBuilder made)
    {
        const int longest = 10;
        var close = rest[..Math.Min(longest, rest.Length)].IndexOf('}');
        if (close < 3 || !uint.TryParse(rest[2..close], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            made.Append('u');
            return 1;
        }

        Append(value, made);
        return close + 1;
    }

    private static void Append(uint value, StringBuilder made)
    {
        if (Rune.IsValid(value))
        {
            made.Append(new Rune(value).ToString());
        }
        else
        {
            made.Append((char)(value & 0xFFFF));
        }
    }
}
