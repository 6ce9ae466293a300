using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Whether what a cipher is to hide, or its key, stands in another cell of the row.</summary>
/// <param name="columns">Names of the columns of the table.</param>
/// <param name="own">The column of the values.</param>
/// <param name="keyTexts">How the keys that were handed over may be written.</param>
internal sealed class NeighbourCells(IReadOnlyList<string> columns, int own, IReadOnlySet<string> keyTexts)
{
    /// <summary>Shorter texts are found elsewhere by chance.</summary>
    private const int ShortestText = 6;

    private const int ShortestKey = 8;

    private readonly SortedSet<int> _seenIn = [];

    /// <summary>Rows with a key in another cell.</summary>
    public long KeyRows { get; private set; }

    /// <summary>Rows whose decrypted value stands in another cell.</summary>
    public long ClearRows { get; private set; }

    /// <summary>Where either was seen.</summary>
    public IReadOnlyList<string> SeenIn => [.. _seenIn.Select(c => c < columns.Count ? columns[c] : $"第 {c + 1} 列")];

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
        if (keyTexts.Count > 0)
        {
            KeyRows += Look(row, c => keyTexts.Any(k => c.Contains(k, StringComparison.OrdinalIgnoreCase))) ? 1 : 0;
        }
    }

    /// <summary>Looks for what was decrypted.</summary>
    public void Compare(TableRow row, byte[] plain)
    {
        if (plain.Length < ShortestText || !System.Text.Unicode.Utf8.IsValid(plain))
        {
            return;
        }

        var text = Encoding.UTF8.GetString(plain).Trim();
        if (Encoding.UTF8.GetByteCount(text) >= ShortestText)
        {
            ClearRows += Look(row, c => c.Contains(text, StringComparison.Ordinal)) ? 1 : 0;
        }
    }

    /// <summary>The other cells of the row that hold something.</summary>
    public IReadOnlyList<string> Others(TableRow row) => [.. Enumerable.Range(0, row.Cells.Count).Where(c => c != own).Select(c => row[c]).OfType<string>().Where(c => c.Length > 0)];

    private bool Look(TableRow row, Func<string, bool> holds)
    {
        var seen = false;
        for (var c = 0; c < row.Cells.Count; c++)
        {
            if (c != own && row[c] is { Length: > 0 } cell && holds(cell))
            {
                _seenIn.Add(c);
                seen = true;
            }
        }

        return seen;
    }
}
