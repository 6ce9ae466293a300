using System.Globalization;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Operand of the <c>version</c> operator: a comparison sign and dotted numbers without a suffix, such as <c>&gt;= 1.22.1</c>.</summary>
internal sealed class VersionRange
{
    private static readonly string[] Signs = [">=", "<=", "==", ">", "<"];

    private readonly string _sign;
    private readonly int[] _bound;

    private VersionRange(string sign, int[] bound)
    {
        _sign = sign;
        _bound = bound;
    }

    /// <summary>Null where the text is not a range.</summary>
    public static VersionRange? TryParse(string text)
    {
        var trimmed = text.Trim();
        var sign = Signs.FirstOrDefault(s => trimmed.StartsWith(s, StringComparison.Ordinal));
        return sign is not null && Numbers(trimmed[sign.Length..].Trim()) is { Exact: true, Parts: var bound } ? new VersionRange(sign, bound) : null;
    }

    public Degree Holds(FieldValue field)
    {
        if (field.IsNull)
        {
            return Degree.FailsByAbsence;
        }

        if (field.Value.ValueKind != JsonValueKind.String || Numbers(field.Value.GetString()!) is not { Parts: { Length: > 0 } parts, Exact: var exact })
        {
            return Degree.Unknown;
        }

        var order = Compare(parts, _bound);
        if (order == 0 && !exact)
        {
            return Degree.Unknown;
        }

        return Kleene.Of(_sign switch
        {
            ">=" => order >= 0,
            "<=" => order <= 0,
            ">" => order > 0,
            "<" => order < 0,
            _ => order == 0,
        });
    }

    private static int Compare(int[] a, int[] b)
    {
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var order = (i < a.Length ? a[i] : 0).CompareTo(i < b.Length ? b[i] : 0);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>
    /// The leading dotted numbers, and whether they are all of it. What follows them (<c>-rc1</c>, <c>p1</c>, <c>-deb12</c>) may lie
    /// before the plain version or after it, as vendors' suffixes have no common order: where the numbers are equal nobody knows.
    /// </summary>
    private static (int[] Parts, bool Exact) Numbers(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        var parts = new List<int>();
        foreach (var part in text[..end].Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return ([], false);
            }

            parts.Add(number);
        }

        return ([.. parts], end == text.Length && parts.Count > 0);
    }
}
