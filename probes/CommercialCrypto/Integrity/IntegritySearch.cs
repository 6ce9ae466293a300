using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A recipe that was found: enough to compute the value of any row.</summary>
internal sealed record FoundRecipe(int[] Order, MessageForm Form, string Encoding, CheckAlgorithm Algorithm)
{
    /// <summary>Null where the encoding has no such character.</summary>
    public byte[]? Compute(IReadOnlyList<string> names, Func<int, string> cell) =>
        IntegritySearch.Bytes(Form.Write([.. Order.Select(c => names[c])], [.. Order.Select(cell)]), Encoding) is { } message ? Algorithm.Compute(message) : null;
}

/// <summary>Looks for the recipe on a few rows; everything it tries is counted.</summary>
internal sealed class IntegritySearch(IReadOnlyList<string> names, IReadOnlyList<int[]> orders, IReadOnlyList<TestKey> keys, CancellationToken cancellationToken)
{
    public const string Utf8 = "UTF-8";
    public const string Gbk = "GBK";

    /// <summary>Computations in one search.</summary>
    private const int Cap = 4_000_000;

    public int Tried { get; private set; }

    /// <summary>The search ended before its end.</summary>
    public bool IsCut { get; private set; }

    /// <param name="row">Searched through.</param>
    /// <param name="stored">Its check value.</param>
    public FoundRecipe? Find(TableRow row, byte[] stored)
    {
        var algorithms = CheckAlgorithms.Of(stored.Length, keys).ToList();
        if (algorithms.Count == 0)
        {
            return null;
        }

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

            if (Tried >= Cap)
            {
                IsCut = true;
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
