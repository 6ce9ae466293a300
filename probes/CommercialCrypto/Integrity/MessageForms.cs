using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A way to write the fields of a record as one text.</summary>
/// <param name="Label">For people; <c>{0}</c> stands for the names of the columns.</param>
internal sealed record MessageForm(string Label, Func<IReadOnlyList<string>, IReadOnlyList<string>, string> Write);

/// <summary>The ways that are seen in systems: fields side by side, pairs of names and values, JSON.</summary>
internal static class MessageForms
{
    private static readonly (string Text, string Words)[] Separators =
    [
        ("", "直接相连"), (",", "以 , 分隔"), ("|", "以 | 分隔"), ("&", "以 & 分隔"), (";", "以 ; 分隔"), ("\t", "以制表符分隔"), (":", "以 : 分隔"), ("=", "以 = 分隔"),
        ("_", "以 _ 分隔"), ("-", "以 - 分隔"), ("#", "以 # 分隔"), ("$", "以 $ 分隔"), (" ", "以空格分隔"), ("\n", "以换行分隔"), ("||", "以 || 分隔"),
    ];

    public static IReadOnlyList<MessageForm> All { get; } = [.. Plain(), .. Pairs(), .. Json()];

    /// <summary>For the report.</summary>
    public static string Words => $"{Separators.Length} 种分隔符（含末尾带分隔符）、名=值（原序与按名排序）、JSON（原序与按名排序、紧凑与带空格、数值带或不带引号）";

    private static IEnumerable<MessageForm> Plain() => Separators.SelectMany(s => new[]
    {
        new MessageForm($"{{0}}，{s.Words}", (_, values) => string.Join(s.Text, values)),
        new MessageForm($"{{0}}，{s.Words}且末尾带分隔符", (_, values) => string.Concat(values.Select(v => v + s.Text))),
    }).Where(f => !f.Label.Contains("直接相连且", StringComparison.Ordinal));

    private static IEnumerable<MessageForm> Pairs()
    {
        foreach (var (between, words) in new[] { ("&", "以 & 分隔"), (",", "以 , 分隔"), (";", "以 ; 分隔"), ("|", "以 | 分隔"), ("", "直接相连") })
        {
            yield return new($"{{0}} 的名=值，{words}", (names, values) => string.Join(between, names.Zip(values, (n, v) => $"{n}={v}")));
            yield return new($"{{0}} 的名=值按名排序，{words}", (names, values) => string.Join(between, Sorted(names, values).Select(p => $"{p.Name}={p.Value}")));
        }

        yield return new("{0} 的名与值直接相连，按名排序", (names, values) => string.Concat(Sorted(names, values).Select(p => p.Name + p.Value)));
    }

    private static IEnumerable<MessageForm> Json()
    {
        foreach (var (comma, colon, spacing) in new[] { (",", ":", "紧凑"), (", ", ": ", "带空格") })
        {
            foreach (var numbers in new[] { false, true })
            {
                var words = $"JSON（{spacing}{(numbers ? "、数值不带引号" : "")}）";
                yield return new($"{{0}} 的 {words}", (names, values) => Object(names.Zip(values), comma, colon, numbers));
                yield return new($"{{0}} 的 {words}，按名排序", (names, values) => Object(Sorted(names, values), comma, colon, numbers));
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Sorted(IReadOnlyList<string> names, IReadOnlyList<string> values) =>
        names.Zip(values, (n, v) => (Name: n, Value: v)).OrderBy(p => p.Name, StringComparer.Ordinal);

    private static string Object(IEnumerable<(string Name, string Value)> members, string comma, string colon, bool numbers)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in members)
        {
            text.Append(text.Length > 1 ? comma : "").Append(Quoted(name)).Append(colon).Append(numbers && IsNumber(value) ? value : Quoted(value));
        }

        return text.Append('}').ToString();
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static bool IsNumber(string value) => value.Length > 0 && (value == "0" || value[0] != '0' || value.StartsWith("0.", StringComparison.Ordinal))
        && decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}

/// <summary>Which columns in which order a check value may cover.</summary>
internal static class ColumnOrders
{
    /// <summary>Up to so many columns every order of every choice is tried.</summary>
    private const int TriedExhaustively = 5;
    private const int Cap = 1200;

    /// <param name="columns">Of the record, without the check column, in the order of the file.</param>
    /// <param name="names">By place.</param>
    /// <param name="given">Columns somebody named; empty for none.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<int> columns, IReadOnlyList<string> names, IReadOnlyList<int> given)
    {
        var orders = new List<int[]>();
        if (given.Count > 0)
        {
            orders.Add([.. given]);
            orders.AddRange(given.Count <= TriedExhaustively ? Permutations([.. given]) : []);
        }

        int[] all = [.. columns];
        orders.Add(all);
        orders.Add([.. all.Reverse()]);
        orders.Add([.. all.OrderBy(c => names[c], StringComparer.Ordinal)]);
        if (all.Length <= TriedExhaustively)
        {
            orders.AddRange(Subsets(all).SelectMany(Permutations));
        }
        else
        {
            orders.AddRange(all.Select(left => all.Where(c => c != left).ToArray()));
            for (var length = 1; length < all.Length; length++)
            {
                for (var start = 0; start + length <= all.Length; start++)
                {
                    orders.Add(all[start..(start + length)]);
                }
            }

            orders.AddRange(from a in all from b in all where a != b select new[] { a, b });
            orders.AddRange(from a in all from b in all where a < b select all.Where(c => c != a && c != b).ToArray());
        }

        return [.. orders.Where(o => o.Length > 0).DistinctBy(o => string.Join(',', o), StringComparer.Ordinal).Take(Cap)];
    }

    /// <summary>The few that are seen most, for searches with many keys.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<int[]> Likely(IReadOnlyList<int> columns, IReadOnlyList<string> names, IReadOnlyList<int> given)
    {
        int[] all = [.. columns];
        List<int[]> orders = [[.. given], all, [.. all.OrderBy(c => names[c], StringComparer.Ordinal)], .. all.Select(left => all.Where(c => c != left).ToArray())];
        for (var length = all.Length - 1; length > 0; length--)
        {
            orders.AddRange(Enumerable.Range(0, all.Length - length + 1).Select(start => all[start..(start + length)]));
        }

        return [.. orders.Where(o => o.Length > 0).DistinctBy(o => string.Join(',', o), StringComparer.Ordinal).Take(Cap)];
    }

    private static IEnumerable<int[]> Subsets(int[] all)
    {
        for (var mask = (1 << all.Length) - 1; mask > 0; mask--)
        {
            var chosen = mask;
            yield return [.. all.Where((_, i) => (chosen & (1 << i)) != 0)];
        }
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
}
