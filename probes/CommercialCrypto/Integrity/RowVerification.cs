using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Recomputes the check value of each row that passes, and alters the first of those that match.</summary>
/// <param name="layout">Of the table.</param>
/// <param name="recipe">Null where none was found.</param>
/// <param name="keyTexts">How the given key may be written in a cell.</param>
internal sealed class RowVerification(Layout layout, FoundRecipe? recipe, IReadOnlySet<string> keyTexts)
{
    private const int Remembered = 2_000_000;
    private const int KeptRows = 50;

    private const int KeptMismatches = 10;
    private const int TamperedRows = 20;

    private readonly List<long> _mismatches = [];
    private readonly List<TableRow> _kept = [];
    private readonly HashSet<UInt128> _messages = [];
    private readonly Dictionary<int, (int Least, int Most)> _lengths = [];

    /// <summary>With a check value.</summary>
    public long Rows { get; private set; }

    public long Empty { get; private set; }

    public long Matched { get; private set; }

    public long Mismatched { get; private set; }

    /// <summary>Of the first value; null where it is no bytes.</summary>
    public int? CheckBytes { get; private set; }

    public IReadOnlyList<long> FirstMismatches => _mismatches;

    /// <summary>The first rows that do not match, or all first rows without a recipe.</summary>
    public IReadOnlyList<TableRow> Unmatched => _kept;

    /// <summary>Different texts that were covered.</summary>
    public long DistinctMessages => _messages.Count;

    /// <summary>The column in which the given key stands; null where it stands in none.</summary>
    public int? KeyColumn { get; private set; }

    /// <summary>Columns of differing lengths between which nothing stands; none where there is one at most, as then only one reading has the right lengths.</summary>
    public IReadOnlyList<int> Shifting
    {
        get
        {
            List<int> loose = recipe is null || !IsJoined(recipe.Form) ? [] : [.. recipe.Order.Where(c => _lengths.TryGetValue(c, out var l) && l.Least != l.Most)];
            return loose.Count > 1 ? loose : [];
        }
    }

    public TamperCount Tampered { get; private set; } = new() { Tried = 0, Detected = 0 };

    public void Add(TableRow row)
    {
        if (string.IsNullOrWhiteSpace(row[layout.Check]))
        {
            Empty++;
            return;
        }

        Rows++;
        FindKey(row);
        var stored = layout.Stored(row);
        CheckBytes ??= stored?.Length;
        if (recipe is null)
        {
            return;
        }

        if (stored is not null && recipe.Compute(layout.Names, c => row[c] ?? "") is { } computed && IntegritySearch.Matches(computed, stored))
        {
            if (_messages.Count < Remembered)
            {
                _messages.Add(BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(recipe.Message(layout.Names, c => row[c] ?? "")!)));
            }

            foreach (var column in recipe.Order)
            {
                var (length, known) = (row[column]?.Length ?? 0, _lengths.GetValueOrDefault(column, (Least: int.MaxValue, Most: 0)));
                _lengths[column] = (Math.Min(known.Least, length), Math.Max(known.Most, length));
            }

            if (++Matched <= TamperedRows)
            {
                var (tried, detected) = TamperTrial.InMemory(layout, recipe, row, stored);
                Tampered = new() { Tried = Tampered.Tried + tried, Detected = Tampered.Detected + detected };
            }

            return;
        }

        Mismatched++;
        if (_kept.Count < KeptRows)
        {
            _kept.Add(row);
        }

        if (_mismatches.Count < KeptMismatches)
        {
            _mismatches.Add(row.Number);
        }
    }

    private static bool IsJoined(MessageForm form) => form.Write(["a", "b"], ["xy", "z"]) == form.Write(["a", "b"], ["x", "yz"]);

    private void FindKey(TableRow row)
    {
        if (keyTexts.Count == 0 || KeyColumn is not null)
        {
            return;
        }

        foreach (var column in layout.Others)
        {
            if (row[column]?.Trim() is { Length: > 0 } cell && keyTexts.Contains(cell))
            {
                KeyColumn = column;
                return;
            }
        }
    }
}
