using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Numbers whose middle is hidden behind asterisks, as lists show them: what the asterisks can stand for is little.</summary>
internal static class MaskedText
{
    private const int DateStars = 8;
    private const int MostStars = 6;

    /// <summary>Eight asterisks stand for a date, up to six for digits; nothing for anything else.</summary>
    /// <param name="cell">Such as 138****0000.</param>
    /// <param name="from">First date.</param>
    /// <param name="to">Last date.</param>
    public static IEnumerable<string> Fill(string cell, DateOnly from, DateOnly to)
    {
        var first = cell.IndexOfAny(['*', '×', '＊']);
        var stars = first < 0 ? 0 : cell.AsSpan(first).IndexOfAnyExcept("*×＊") is >= 0 and var length ? length : cell.Length - first;
        var (head, tail) = stars == 0 ? ("", "") : (cell[..first], cell[(first + stars)..]);
        if (stars == 0 || tail.AsSpan().ContainsAny("*×＊"))
        {
            yield break;
        }

        if (stars == DateStars)
        {
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                yield return head + day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + tail;
            }
        }
        else if (stars <= MostStars)
        {
            var end = (int)Math.Pow(10, stars);
            for (var n = 0; n < end; n++)
            {
                yield return head + n.ToString(CultureInfo.InvariantCulture).PadLeft(stars, '0') + tail;
            }
        }
    }
}
