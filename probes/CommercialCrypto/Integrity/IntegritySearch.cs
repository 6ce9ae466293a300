using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A recipe that was found: enough to compute the value of any row.</summary>
internal sealed record FoundRecipe(int[] Order, MessageForm Form, string Encoding, CheckAlgorithm Algorithm)
{
    /// <summary>The key stands in this column, row by row; null where it is the same for all.</summary>
    public KeyColumn? KeyColumn { get; init; }

    /// <summary>Anybody who can change the record can change the value with it.</summary>
    public bool IsKeyless => !Algorithm.UsesKey || Algorithm.Key is { IsPublic: true } or { IsBesideData: true };

    /// <summary>Null where the encoding has no such character.</summary>
    public byte[]? Message(IReadOnlyList<string> names, Func<int, string> cell) => IntegritySearch.Bytes(Form.Write([.. Order.Select(c => names[c])], [.. Order.Select(cell)]), Encoding);

    /// <summary>Null where the encoding has no such character, or the row no key.</summary>
    public byte[]? Compute(IReadOnlyList<string> names, Func<int, string> cell) => Message(names, cell) is not { } message ? null
        : KeyColumn is null ? Algorithm.Compute(message)
        : KeyColumn.Of(cell) is { } key ? CheckAlgorithms.Keyed(Algorithm.Size, key).FirstOrDefault(a => a.Label == Algorithm.Label)?.Compute(message) : null;
}

/// <summary>A column whose values are the keys.</summary>
/// <param name="Decoded">As bytes out of hexadecimal or base64; otherwise as letters.</param>
internal sealed record KeyColumn(int Column, bool Decoded)
{
    public TestKey? Of(Func<int, string> cell) => cell(Column).Trim() is not { Length: > 0 } text ? null
        : !Decoded ? new("列里的", Encoding.UTF8.GetBytes(text)) { IsBesideData = true }
        : BinaryText.Decode(text) is { } decoded ? new("列里的", decoded.Bytes) { IsBesideData = true } : null;
}

/// <summary>Looks for the recipe on a few rows; everything it tries is counted.</summary>
internal sealed class IntegritySearch(IReadOnlyList<string> names, IReadOnlyList<int> others, IReadOnlyList<int> given, CancellationToken cancellationToken)
{
    public const string Utf8 = "UTF-8";
    public const string Gbk = "GBK";

    /// <summary>Computations in one search without a key or with those given.</summary>
    private const int Cap = 4_000_000;

    /// <summary>The same with the many keys that everybody has: over few orders of columns.</summary>
    private const int CapOfPublic = 400_000;

    /// <summary>And with what stands in one column.</summary>
    private const int CapOfColumn = 30_000;

    /// <summary>Of each of these at least this part is left for values that were cut.</summary>
    private const int PartForCut = 4;

    private readonly IReadOnlyList<int[]> _orders = ColumnOrders.Of(others, names, given);

    public int Orders => _orders.Count;

    public int Tried { get; private set; }

    /// <summary>The search ended before its end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Without a key, and with the given ones.</summary>
    /// <param name="row">Searched through.</param>
    /// <param name="stored">Its check value.</param>
    /// <param name="keys">Given.</param>
    public FoundRecipe? Find(TableRow row, byte[] stored, IReadOnlyList<TestKey> keys) => Find(row, _orders, [.. CheckAlgorithms.Of(stored.Length, keys)], stored, Cap);

    /// <summary>With keys that everybody has, and with what stands in the row.</summary>
    public FoundRecipe? FindPublic(TableRow row, byte[] stored, IReadOnlyList<TestKey> known)
    {
        foreach (var column in others)
        {
            var orders = ColumnOrders.Likely([.. others.Where(c => c != column)], names, given);
            foreach (var place in new[] { new KeyColumn(column, Decoded: false), new KeyColumn(column, Decoded: true) })
            {
                if (place.Of(c => row[c] ?? "") is { Bytes.Length: >= 4 } key && Find(row, [[.. others], .. orders], With([key], stored), stored, CapOfColumn) is { } found)
                {
                    return found with { KeyColumn = place };
                }
            }
        }

        return Find(row, ColumnOrders.Likely(others, names, given), With(known, stored), stored, CapOfPublic);
    }

    private static List<CheckAlgorithm> With(IReadOnlyList<TestKey> keys, byte[] stored) => [.. keys.SelectMany(k => CheckAlgorithms.Keyed(stored.Length, k).Select(a => a with { Key = k }))];

    /// <summary>Values that were cut behind all whole ones: they are many, and few write them.</summary>
    private FoundRecipe? Find(TableRow row, IReadOnlyList<int[]> orders, List<CheckAlgorithm> algorithms, byte[] stored, int cap)
    {
        var before = Tried;
        return Pass(row, orders, algorithms.FindAll(a => a.Size == stored.Length), stored, (cap, cap == Cap))
            ?? Pass(row, orders, algorithms.FindAll(a => a.Size != stored.Length), stored, (Math.Max(cap / PartForCut, cap - (Tried - before)), cap == Cap));
    }

    private FoundRecipe? Pass(TableRow row, IReadOnlyList<int[]> orders, List<CheckAlgorithm> algorithms, byte[] stored, (int Most, bool IsTold) cap)
    {
        if (algorithms.Count == 0)
        {
            return null;
        }

        var end = Tried + cap.Most;
        foreach (var order in orders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string[] columns = [.. order.Select(c => names[c])], cells = [.. order.Select(c => row[c] ?? "")];
            foreach (var form in MessageForms.All)
            {
                var text = form.Write(columns, cells);
                foreach (var encoding in Ascii.IsValid(text) ? [Utf8] : new[] { Utf8, Gbk })
                {
                    if (Bytes(text, encoding) is { } message && algorithms.Find(a => Gives(a, message, stored)) is { } algorithm)
                    {
                        return new FoundRecipe(order, form, encoding, algorithm);
                    }
                }
            }

            if (Tried >= end)
            {
                IsCut |= cap.IsTold;
                return null;
            }
        }

        return null;
    }

    public static byte[]? Bytes(string text, string encoding) => encoding == Utf8 ? Encoding.UTF8.GetBytes(text) : TextEncodings.Gbk(text);

    public static bool Matches(byte[] computed, byte[] stored) => stored.Length <= computed.Length && computed.AsSpan(0, stored.Length).SequenceEqual(stored);

    private bool Gives(CheckAlgorithm algorithm, byte[] message, byte[] stored)
    {
        Tried++;
        return Matches(algorithm.Compute(message), stored);
    }
}
