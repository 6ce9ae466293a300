using System.Buffers.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>How bytes are written as text.</summary>
internal enum BinarySpelling
{
    Hex,
    Base64,
    Base64Url,
}

/// <summary>Bytes out of hexadecimal digits, base64 (RFC 4648 clause 4) or base64url (clause 5).</summary>
internal static class BinaryText
{
    /// <summary>Hexadecimal digits are read as such even where they would be base64 too.</summary>
    public static (BinarySpelling Spelling, byte[] Bytes)? Decode(string text)
    {
        var trimmed = text.Trim();
        if (Hex(trimmed) is { } hex)
        {
            return (BinarySpelling.Hex, hex);
        }

        if (Base64(trimmed) is { } plain)
        {
            return (BinarySpelling.Base64, plain);
        }

        return trimmed.AsSpan().ContainsAny('-', '_') && Url(trimmed) is { } url ? (BinarySpelling.Base64Url, url) : null;
    }

    /// <summary>With or without 0x; null where it is none.</summary>
    public static byte[]? Hex(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        if (digits.Length == 0 || digits.Length % 2 != 0)
        {
            return null;
        }

        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return null;
            }
        }

        return Convert.FromHexString(digits);
    }

    /// <summary>With or without padding; line breaks are passed over.</summary>
    public static byte[]? Base64(string text)
    {
        var compact = text.AsSpan().ContainsAny('\r', '\n') ? text.ReplaceLineEndings("") : text;
        if (compact.Length < 4 || compact.AsSpan().ContainsAny(' ', '\t'))
        {
            return null;
        }

        var padded = (compact.Length % 4) switch { 2 => compact + "==", 3 => compact + "=", _ => compact };
        var bytes = new byte[(padded.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    private static byte[]? Url(string text)
    {
        var bare = text.TrimEnd('=');
        return bare.Length >= 4 && Base64Url.IsValid(bare) ? Base64Url.DecodeFromChars(bare) : null;
    }
}
