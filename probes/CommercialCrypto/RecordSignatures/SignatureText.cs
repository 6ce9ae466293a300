using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Signatures as business systems write them into text: hexadecimal, base64 with either alphabet, PEM.</summary>
internal static class SignatureText
{
    public const int LongestCharacters = 8 * 1024 * 1024;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <returns>Null where it is none of them.</returns>
    public static byte[]? Decode(string text, out string form)
    {
        var bare = text.Trim();
        form = "hex";
        // Base64 begins with these two letters once in two thousand times.
        if (bare.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && bare.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0)
        {
            bare = bare[2..];
        }

        if (bare.Length is 0 or > LongestCharacters)
        {
            return null;
        }

        if (bare.Length % 2 == 0 && bare.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(bare);
        }

        form = "base64";
        if (bare.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            form = "PEM";
            return FileTaking.Run(Encoding.Latin1.GetBytes(bare)).Parts is [var only] ? only.Bytes.ToArray() : null;
        }

        var plain = bare.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return PemSections.DecodeBase64(Encoding.Latin1.GetBytes(plain + new string('=', (4 - (plain.Count(c => !char.IsWhiteSpace(c)) % 4)) % 4)), out _);
    }

    /// <summary>Three parts of base64url with dots between them (RFC 7515 §7.1); the middle one may be empty.</summary>
    public static bool IsCompactJws(string text) =>
        text.Length <= LongestCharacters && text.StartsWith("ey", StringComparison.Ordinal) && text.Count(c => c == '.') == 2
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
