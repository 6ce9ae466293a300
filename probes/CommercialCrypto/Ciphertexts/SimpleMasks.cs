namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Transformations without a key worth the name: one byte xored over all, shifted digits, reversed text, ROT13.</summary>
internal sealed class SimpleMasks
{
    /// <summary>Looked at in the first rows alone; a mask is the same in all of them.</summary>
    private const int Rows = 400;
    private const int FewestRows = 8;
    private const double Share = 0.9;
    private const int LongestCompared = 256;

    private readonly int[] _xor = new int[256];
    private readonly int[] _texts = new int[12];
    private int _binary;
    private int _text;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_binary >= Rows || bytes.Length < 8)
        {
            return;
        }

        _binary++;
        var compared = bytes[..Math.Min(bytes.Length, LongestCompared)];
        Span<byte> unmasked = stackalloc byte[LongestCompared];
        for (var key = 1; key < 256; key++)
        {
            for (var i = 0; i < compared.Length; i++)
            {
                unmasked[i] = (byte)(compared[i] ^ key);
            }

            // A cut in the middle of a character would hide it.
            _xor[key] += TextPatterns.TextOf(unmasked[..compared.Length]) is not null || (bytes.Length > LongestCompared && TextPatterns.TextOf(unmasked[..(compared.Length - 1)]) is not null) ? 1 : 0;
        }
    }

    /// <param name="value">Of a row that is readable as it stands, but holds none of the numbers that prove themselves.</param>
    public void Add(string value)
    {
        var text = value.Trim();
        if (_text >= Rows || text.Length is < 8 or > 64)
        {
            return;
        }

        _text++;
        for (var shift = 1; shift < 10; shift++)
        {
            var by = shift;
            _texts[shift] += TextPatterns.Strong(string.Concat(text.Select(c => char.IsAsciiDigit(c) ? (char)('0' + ((c - '0' + by) % 10)) : c))) is not null ? 1 : 0;
        }

        _texts[10] += TextPatterns.Strong(new string([.. text.Reverse()])) is not null ? 1 : 0;
        _texts[11] += BinaryText.Base64(Rotated(text)) is { Length: >= 8 } bytes && TextPatterns.TextOf(bytes) is not null ? 1 : 0;
    }

    /// <summary>All binary values of the column are text under one and the same byte.</summary>
    public bool IsXor => _binary >= FewestRows && _xor.Max() >= Share * _binary;

    /// <summary>All readable values of the column are numbers that prove themselves, once undone.</summary>
    public bool IsTextMask => _text >= FewestRows && _texts.Max() >= Share * _text;

    private static string Rotated(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c));
}
