using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What one value is, and its bytes where they may be ciphertext.</summary>
/// <param name="IsDoubtful">So few bytes become text by chance once among thousands of values.</param>
internal sealed record ValueReading(ValueNature Nature, byte[] Bytes, TextPattern? Pattern = null, bool IsDoubtful = false);

/// <summary>Takes a value apart: wrapper, spelling, packing, shape.</summary>
internal static partial class ValueReadings
{
    /// <summary>Fewer random bytes are text by chance too often.</summary>
    private const int ShortestText = 8;

    /// <summary>From so many bytes on text is no chance.</summary>
    private const int SureText = 16;

    /// <summary>Encodings around encodings that are taken off.</summary>
    private const int MostLayers = 4;

    public static ValueReading Read(string value) => Read(value, 0);

    private static ValueReading Read(string value, int layers)
    {
        var text = Wrapper().Match(value.Trim()) is { Success: true } wrapped ? wrapped.Groups["body"].Value : value.Trim();
        if (TextPatterns.Strong(text) is { } strong)
        {
            return new(ValueNature.PlainText, [], strong);
        }

        if (SealedForms.Read(text) is { } form)
        {
            return Read(form, layers + 1);
        }

        // A date or a number is written in hexadecimal digits too; a word can be base64.
        if (BinaryText.Decode(text) is { } decoded && HasSpelling(text, decoded.Spelling) && !(text.Length <= 20 && text.All(char.IsAsciiDigit)))
        {
            return Read(decoded.Bytes, layers + 1);
        }

        // Letters with a control character among them are letters still: ciphertext is not written so.
        var pattern = TextPatterns.Of(text) ?? (IsMostlyText(text) ? TextPattern.Words : null);
        var isDoubtful = pattern == TextPattern.Number && text.Length >= 2 * ShortestText && text.All(char.IsAsciiDigit);
        return pattern is not null ? new(ValueNature.PlainText, [], pattern, isDoubtful) : new(ValueNature.Unstructured, System.Text.Encoding.UTF8.GetBytes(text));
    }

    public static ValueReading Read(byte[] bytes) => Read(bytes, 0);

    private static ValueReading Read(byte[] bytes, int layers)
    {
        if (bytes.Length < ShortestText)
        {
            return new(ValueNature.TooShort, bytes);
        }

        if ((TextPatterns.TextOf(bytes) ?? WideText.Of(bytes) ?? WideText.WithControls(bytes)) is { } text)
        {
            // The text may be an encoding again, of a ciphertext or of text.
            var inner = layers < MostLayers && BinaryText.Decode(text) is { } again && HasSpelling(text.Trim(), again.Spelling) && !text.All(char.IsAsciiDigit) ? Read(again.Bytes, layers + 1) : null;
            var pattern = TextPatterns.Of(text) ?? TextPattern.Words;
            return inner ?? new(ValueNature.EncodedText, bytes, pattern, IsDoubtful: bytes.Length < SureText && TextPatterns.Strong(text.Trim()) is null);
        }

        if (PackedData.Is(bytes))
        {
            return new(ValueNature.Compressed, bytes);
        }

        if (TextEvidence.HasRun(bytes))
        {
            return new(ValueNature.TextWithin, bytes);
        }

        return IsKnownFormat(bytes) ? new(ValueNature.KnownFormat, bytes)
            : Sm2Shape.Of(bytes) is not null ? new(ValueNature.Sm2Shape, bytes)
            : new(bytes.Length % 16 == 0 ? ValueNature.BlockLike : ValueNature.Unstructured, bytes);
    }

    /// <summary>At most one character of four is a control character or none at all.</summary>
    private static bool IsMostlyText(string text) => 4 * text.Count(c => char.IsControl(c) || c == '\uFFFD' || char.IsSurrogate(c)) <= text.Length;

    /// <summary>A word without blanks is base64 too: what has none of its signs must be as long as a block, and be mixed as random letters are.</summary>
    private static bool HasSpelling(string text, BinarySpelling spelling) =>
        spelling == BinarySpelling.Hex ? text.Length >= 8
        : text.EndsWith('=') || text.AsSpan().ContainsAny('+', '/') || (text.Length >= 22 && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)) || SealedForms.IsMixed(text);

    /// <summary>Magic numbers of at least four bytes.</summary>
    private static bool IsKnownFormat(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("%PDF"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF, 0xE0])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF, 0xE1]) || bytes.StartsWith("GIF8"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58]) || bytes.StartsWith("BZh9"u8)
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xAC, 0xED, 0x00, 0x05]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]);

    /// <summary>Marks that configuration tools put around ciphertexts.</summary>
    [GeneratedRegex(@"^(ENC\((?<body>[^()]*)\)|\{[A-Za-z0-9_\-]{1,16}\}(?<body>[A-Za-z0-9+/=_\-]+)|(SM4|SM2|AES|DES|3DES)[:$](?<body>[A-Za-z0-9+/=_\-]+))$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Wrapper();
}
