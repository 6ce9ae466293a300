using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Whether what a cipher is to hide, or its key, stands in another cell of the row.</summary>
/// <remarks>As it stands in every row; in other spellings, in pieces and as a digest in the first <see cref="RowsSeenThrough"/>.</remarks>
/// <param name="columns">Names of the columns of the table.</param>
/// <param name="own">The column of the values.</param>
/// <param name="keyTexts">How the keys that were handed over may be written.</param>
internal sealed class NeighbourCells(IReadOnlyList<string> columns, int own, IReadOnlySet<string> keyTexts)
{
    /// <summary>Shorter texts are found elsewhere by chance.</summary>
    private const int ShortestText = 6;

    private const int ShortestKey = 8;

    /// <summary>In other spellings; UTF-8 bytes of letters and digits.</summary>
    private const int ShortestDisguised = 8;

    /// <summary>Of a text that is put together from several cells.</summary>
    private const int ShortestPiece = 3;

    /// <summary>A digest of more cannot be counted through.</summary>
    private const int LongestGuessed = 12;

    private const int RowsSeenThrough = 100_000;

    private readonly SortedDictionary<int, string> _seenIn = [];
    private readonly IReadOnlyList<string> _compactKeys = [.. keyTexts.Select(CellViews.Compact).Where(k => k.Length >= ShortestKey).Distinct(StringComparer.Ordinal)];
    private long _keyLooks;
    private long _clearLooks;
    private long _keyRows;
    private long _clearRows;
    private bool _compared;
    private bool _leftOut;

    /// <summary>Rows with a key in another cell. Missing without a key to look for, and where none was seen and not every row was seen through.</summary>
    public Fact<long> KeyRows => _keyRows > 0 || (keyTexts.Count > 0 && _keyLooks <= RowsSeenThrough) ? _keyRows : default(Fact<long>);

    /// <summary>Rows whose decrypted value stands in another cell. Missing where nothing was compared, and where none was seen and not every row was seen through or what some hide is no text.</summary>
    public Fact<long> ClearRows => _clearRows > 0 || (_compared && !_leftOut && _clearLooks <= RowsSeenThrough) ? _clearRows : default(Fact<long>);

    /// <summary>Where either was seen.</summary>
    public IReadOnlyList<string> SeenIn => [.. _seenIn.Select(c => (c.Key < columns.Count ? columns[c.Key] : $"第 {c.Key + 1} 列") + c.Value)];

    /// <summary>Texts of hexadecimal digits in both cases, base64 and as given.</summary>
    public static IReadOnlySet<string> Texts(params IEnumerable<Secret?> secrets)
    {
        var texts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var secret in secrets)
        {
            if (secret?.Reveal().Trim() is not { Length: >= ShortestKey } text)
            {
                continue;
            }

            texts.Add(text);
            foreach (var key in TestKey.Of(secret))
            {
                texts.UnionWith([Convert.ToHexString(key.Bytes), Convert.ToBase64String(key.Bytes)]);
            }
        }

        return texts;
    }

    /// <summary>Looks for keys.</summary>
    public void Add(TableRow row)
    {
        if (keyTexts.Count > 0 && row.Cells.Count > 1 && (Look(row, c => keyTexts.Any(k => c.Contains(k, StringComparison.OrdinalIgnoreCase)), "") || (++_keyLooks <= RowsSeenThrough && IsKeyDisguised(row))))
        {
            _keyRows++;
        }
    }

    /// <summary>Looks for what was decrypted.</summary>
    public void Compare(TableRow row, byte[] plain)
    {
        var text = (System.Text.Unicode.Utf8.IsValid(plain) ? Encoding.UTF8.GetString(plain) : TextPatterns.TextOf(plain))?.Trim();
        _leftOut |= text is null || text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'));
        if (text is null)
        {
            return;
        }

        _compared = true;
        if (row.Cells.Count < 2 || text.Length == 0)
        {
            return;
        }

        var isLong = Encoding.UTF8.GetByteCount(text) >= ShortestText;
        if ((isLong && Look(row, c => c.Contains(text, StringComparison.Ordinal), "")) || (++_clearLooks <= RowsSeenThrough && (IsDisguised(row, [CellViews.Compact(text)], "（换了写法或拆开）") || IsHashed(row, text))))
        {
            _clearRows++;
        }
    }

    /// <summary>The other cells of the row that hold something.</summary>
    public IReadOnlyList<string> Others(TableRow row) => [.. Enumerable.Range(0, row.Cells.Count).Where(c => c != own).Select(c => row[c]).OfType<string>().Where(c => c.Length > 0)];

    private bool IsKeyDisguised(TableRow row)
    {
        var keys = _compactKeys.Where(k => k.Length % 2 == 0 && k.All(char.IsAsciiHexDigit)).Select(Convert.FromHexString).Where(k => k.Length >= ShortestKey).ToList();
        return IsDisguised(row, _compactKeys, "（换了写法或拆开）") || Look(row, c => CellViews.Of(c).Bytes.Exists(b => keys.Exists(k => b.AsSpan().IndexOf(k) >= 0 || b.Reverse().ToArray().AsSpan().IndexOf(k) >= 0)), "（换了写法）");
    }

    /// <summary>In another spelling in one cell, or put together from what stands in several.</summary>
    private bool IsDisguised(TableRow row, IReadOnlyList<string> wanted, string how)
    {
        var texts = wanted.Where(w => Encoding.UTF8.GetByteCount(w) >= ShortestDisguised).ToList();
        if (texts.Count == 0)
        {
            return false;
        }

        var cells = Enumerable.Range(0, row.Cells.Count).Where(c => c != own && !string.IsNullOrEmpty(row[c])).Select(c => (Column: c, Views: CellViews.Of(row[c]!))).ToList();
        foreach (var (column, views) in cells)
        {
            if (views.Texts.Any(v => texts.Exists(t => v.Contains(t, StringComparison.Ordinal))))
            {
                _seenIn.TryAdd(column, how);
                return true;
            }
        }

        return texts.Exists(t => IsTiled(t, cells, how));
    }

    /// <summary>Every letter stands in one of the cells.</summary>
    private bool IsTiled(string text, List<(int Column, CellViews Views)> cells, string how)
    {
        var covered = new bool[text.Length];
        SortedSet<int> used = [];
        foreach (var (column, views) in cells)
        {
            foreach (var piece in views.Texts.Where(v => v.Length < text.Length && Encoding.UTF8.GetByteCount(v) >= ShortestPiece))
            {
                for (var at = text.IndexOf(piece, StringComparison.Ordinal); at >= 0; at = text.IndexOf(piece, at + 1, StringComparison.Ordinal))
                {
                    covered.AsSpan(at, piece.Length).Fill(true);
                    used.Add(column);
                }
            }
        }

        var isRun = string.Concat(cells.Select(c => c.Views.Whole)).Contains(text, StringComparison.Ordinal);
        if (!isRun && covered.Contains(false))
        {
            return false;
        }

        foreach (var column in isRun ? cells.Where(c => text.Contains(c.Views.Whole, StringComparison.Ordinal)).Select(c => c.Column) : used)
        {
            _seenIn.TryAdd(column, how);
        }

        return true;
    }

    /// <summary>A digest without a key, of what can be counted through.</summary>
    private bool IsHashed(TableRow row, string text)
    {
        if (text.Length > LongestGuessed && TextPatterns.Of(text) is not (TextPattern.IdNumber or TextPattern.Mobile or TextPattern.BankCard or TextPattern.Date or TextPattern.Number))
        {
            return false;
        }

        byte[][] written = [.. new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        return Look(row, c => BinaryText.Decode(c)?.Bytes is { Length: >= 16 } digest && NamedDigest.All.Any(d => d.Size >= digest.Length && Array.Exists(written, w => d.Hash(w) is var once
            && (once.AsSpan().StartsWith(digest) || d.Hash(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(once))).AsSpan().StartsWith(digest)))), "（不带密钥的杂凑）");
    }

    private bool Look(TableRow row, Func<string, bool> holds, string how)
    {
        var seen = false;
        for (var c = 0; c < row.Cells.Count; c++)
        {
            if (c != own && row[c] is { Length: > 0 } cell && holds(cell))
            {
                _seenIn.TryAdd(c, how);
                seen = true;
            }
        }

        return seen;
    }
}
