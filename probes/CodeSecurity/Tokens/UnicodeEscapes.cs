using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Escapes of Java, which are read before anything else (JLS §3.3): <c>\u002f</c> ends a comment as a slash does. One behind an odd number of
/// backslashes is none.
/// </summary>
internal static class UnicodeEscapes
{
    /// <param name="text">No backslash stands before it.</param>
    /// <param name="wanted">What the escape stands for: one of these.</param>
    /// <param name="length">Characters it takes; 0 where there is none.</param>
    /// <returns>Where it begins; −1 where there is none.</returns>
    public static int IndexOfAny(ReadOnlySpan<char> text, ReadOnlySpan<char> wanted, out int length)
    {
        for (var at = 0; text[at..].IndexOf('\\') is >= 0 and var hop;)
        {
            at += hop;
            var run = text[at..].IndexOfAnyExcept('\\') is >= 0 and var other ? other : text.Length - at;
            at += run;
            if (run % 2 == 1 && Read(text[(at - 1)..], out length) is { } sign && wanted.Contains(sign))
            {
                return at - 1;
            }
        }

        length = 0;
        return -1;
    }

    /// <param name="text">From the backslash on.</param>
    /// <param name="length">Characters it takes.</param>
    /// <returns>What it stands for; null where this is no escape.</returns>
    public static char? Read(ReadOnlySpan<char> text, out int length)
    {
        var digits = text[1..].IndexOfAnyExcept('u') is > 0 and var us ? 1 + us : text.Length;
        length = digits + 4;
        return length <= text.Length && int.TryParse(text.Slice(digits, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sign) ? (char)sign : null;
    }
}
