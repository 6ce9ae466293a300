using System.Buffers.Text;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Ciphertexts in spellings that look like text: JWE (RFC 7516 clause 7.1), Base32 (RFC 4648 clause 6), base64 without padding.</summary>
internal static class SealedForms
{
    private const int JwePieces = 5;
    private const int ShortestBase32 = 24;
    private const int ShortestBase64 = 16;
    private const double MixedShare = 0.3;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly System.Buffers.SearchValues<char> Base32Digits = System.Buffers.SearchValues.Create(Alphabet);

    /// <summary>Bytes to look at: initialisation vector, ciphertext and tag of a JWE, or what Base32 stands for. Null for everything else.</summary>
    public static byte[]? Read(string text) => Jwe(text) ?? Base32(text);

    /// <summary>Of the letters of base64 in whole groups, and upper and lower case and digits change into each other as words do not.</summary>
    public static bool IsMixed(string text)
    {
        static int Class(char c) => char.IsAsciiLetterLower(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : 2;
        return text.Length >= ShortestBase64 && text.Length % 4 == 0 && text.All(char.IsAsciiLetterOrDigit) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)
            && Enumerable.Range(1, text.Length - 1).Count(i => Class(text[i]) != Class(text[i - 1])) >= MixedShare * (text.Length - 1);
    }

    private static byte[]? Jwe(string text)
    {
        var pieces = text.Split('.');
        if (pieces.Length != JwePieces || !Array.TrueForAll(pieces, p => p.Length == 0 || Base64Url.IsValid(p)) || pieces[0].Length == 0 || pieces[3].Length == 0)
        {
            return null;
        }

        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(pieces[0]));
        if (!header.StartsWith('{') || !header.Contains("\"enc\"", StringComparison.Ordinal))
        {
            return null;
        }

        // A readable middle stays readable between two random pieces only by itself.
        var middle = Base64Url.DecodeFromChars(pieces[3]);
        return TextPatterns.TextOf(middle) is not null || WideText.Of(middle) is not null ? middle : [.. Base64Url.DecodeFromChars(pieces[2]), .. middle, .. Base64Url.DecodeFromChars(pieces[4])];
    }

    /// <summary>Padded, or so long that a word of these letters would have no digit between them.</summary>
    private static byte[]? Base32(string text)
    {
        var bare = text.TrimEnd('=');
        var isPadded = bare.Length < text.Length && text.Length % 8 == 0;
        if (bare.Length < (isPadded ? 8 : ShortestBase32) || bare.AsSpan().ContainsAnyExcept(Base32Digits) || (!isPadded && !bare.Any(char.IsAsciiDigit)))
        {
            return null;
        }

        var (bytes, bits, held) = (new List<byte>(bare.Length), 0, 0);
        foreach (var c in bare)
        {
            held = (held << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
