namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Transformations without a key worth the name, undone on the first values of a column: one that makes text of them is what was done.</summary>
internal sealed class SimpleMasks
{
    /// <summary>Looked at in the first rows alone; a mask is the same in all of them.</summary>
    private const int Rows = 400;

    private const int FewestRows = 8;
    private const double Share = 0.9;

    /// <summary>Of the values: chance makes text of eight bytes once in three thousand.</summary>
    private const double TellingShare = 0.05;

    private const int LongestCompared = 256;
    private const int LongestWhole = 4096;
    private const int ShortestCompared = 8;

    private readonly int[] _hits = new int[Undoings.All.Count];
    private readonly int[] _texts = new int[12];
    private readonly FixedKeystream _keystream = new();
    private int _binary;
    private int _text;
    private long _sure;

    /// <param name="text">As it is written; null where it is bytes.</param>
    /// <param name="bytes">Decoded.</param>
    /// <returns>Whether this value alone is text once undone, beyond chance.</returns>
    public bool Add(string? text, byte[] bytes)
    {
        if (_binary >= Rows || bytes.Length < ShortestCompared)
        {
            return false;
        }

        _binary++;
        _keystream.Add(bytes);
        var compared = bytes.Length <= LongestCompared ? bytes : bytes[..LongestCompared];
        var written = text is { Length: <= 2 * LongestCompared } ? text.Trim() : null;
        var isSure = false;
        for (var i = 0; i < _hits.Length; i++)
        {
            var undoing = Undoings.All[i];
            var taken = undoing.NeedsWhole && bytes.Length <= LongestWhole ? bytes : compared;
            var undone = undoing.OfBytes is { } ofBytes ? ofBytes(taken) : written is null ? null : undoing.OfText!(written);
            var bits = undone is { Length: >= ShortestCompared - 2 } ? Evidence(undone, isCut: bytes.Length > taken.Length) : 0;
            _hits[i] += bits > 0 ? 1 : 0;
            isSure |= bits >= TextEvidence.Sure;
        }

        _sure += isSure ? 1 : 0;
        return isSure;
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

    /// <summary>One mask, or one keystream for all rows, explains the binary values of the whole column.</summary>
    public bool ExplainsAll => _binary >= FewestRows && (_hits.Max() >= Share * _binary || _keystream.IsFound);

    /// <summary>All readable values of the column are numbers that prove themselves, once undone.</summary>
    public bool IsTextMask => _text >= FewestRows && _texts.Max() >= Share * _text;

    /// <summary>Binary values of those looked at that are text once undone: surely, or because one mask fits more of them than chance lets it.</summary>
    public long Readable => Math.Max(_sure, _hits.Max() is var most && most >= FewestRows && most >= TellingShare * _binary ? most : 0);

    /// <summary>What was done to the values, for people.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var least = Math.Max(1, Math.Min(_hits.Max(), Math.Max(FewestRows, TellingShare * _binary)));
            return [.. _hits.Select((h, i) => (h, Undoings.All[i].Name)).Where(h => Readable > 0 && h.h >= least).Select(h => h.Name).Distinct(StringComparer.Ordinal).Take(3), .. _keystream.IsFound ? new[] { FixedKeystream.Name } : []];
        }
    }

    /// <summary>0 for what is no text, or text that is an encoding of what is none.</summary>
    private static double Evidence(byte[] undone, bool isCut)
    {
        // A cut in the middle of a character would hide it.
        var bits = TextEvidence.OfWhole(undone);
        for (var less = 1; bits == 0 && isCut && less < 3; less++)
        {
            bits = TextEvidence.OfWhole(undone.AsSpan(0, undone.Length - less));
        }

        return bits > 0 && ValueReadings.Read(undone).Nature is not (ValueNature.BlockLike or ValueNature.Unstructured or ValueNature.Sm2Shape) ? bits : 0;
    }

    private static string Rotated(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c));
}
