namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Recomputes the check value of each row that passes, and alters the first of those that match.</summary>
internal sealed class RowVerification(Layout layout, FoundRecipe? recipe)
{
    private const int KeptMismatches = 10;
    private const int TamperedRows = 20;

    private readonly List<long> _mismatches = [];

    /// <summary>With a check value.</summary>
    public long Rows { get; private set; }

    public long Empty { get; private set; }

    public long Matched { get; private set; }

    public long Mismatched { get; private set; }

    /// <summary>Of the first value; null where it is no bytes.</summary>
    public int? CheckBytes { get; private set; }

    public IReadOnlyList<long> FirstMismatches => _mismatches;

    public TamperCount Tampered { get; private set; } = new() { Tried = 0, Detected = 0 };

    public void Add(TableRow row)
    {
        if (string.IsNullOrWhiteSpace(row[layout.Check]))
        {
            Empty++;
            return;
        }

        Rows++;
        var stored = layout.Stored(row);
        CheckBytes ??= stored?.Length;
        if (recipe is null)
        {
            return;
        }

        if (stored is not null && recipe.Compute(layout.Names, c => row[c] ?? "") is { } computed && IntegritySearch.Matches(computed, stored))
        {
            if (++Matched <= TamperedRows)
            {
                var (tried, detected) = TamperTrial.InMemory(layout, recipe, row, stored);
                Tampered = new() { Tried = Tampered.Tried + tried, Detected = Tampered.Detected + detected };
            }

            return;
        }

        Mismatched++;
        if (_mismatches.Count < KeptMismatches)
        {
            _mismatches.Add(row.Number);
        }
    }
}
