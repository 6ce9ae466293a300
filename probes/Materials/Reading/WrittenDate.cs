using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <param name="Day">The day.</param>
/// <param name="At">Where it begins in the plain text.</param>
/// <param name="End">Where it ends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WrittenDate(DateOnly Day, int At, int End);

/// <summary>Dates in plain text: 2026年3月1日, 2026-03-01, 2026/3/1, 2026.3.1 and 二〇二六年三月一日. Years 1990–2099; impossible days are none.</summary>
internal static class WrittenDates
{
    /// <summary>A list of as many may lack some.</summary>
    public const int Most = 5000;
    private const int Stride = 64 * 1024;
    private const string Digits = "〇一二三四五六七八九";
    private const string OtherZeros = "零○Ｏ0O";

    /// <summary>In order; the first 5000.</summary>
    public static IReadOnlyList<WrittenDate> In(string text, CancellationToken stop = default)
    {
        var found = new List<WrittenDate>();
        for (var at = 0; at < text.Length && found.Count < Most; at++)
        {
            if (at % Stride == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            if (At(text, at) is { } date)
            {
                found.Add(date);
                at = date.End - 1;
            }
        }

        return found;
    }

    /// <summary>The date that begins there; null where none does.</summary>
    public static WrittenDate? At(string text, int at)
    {
        if (at > 0 && char.IsAsciiDigit(text[at]) && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] == '.'))
        {
            return null;
        }

        return Arabic(text, at) ?? Chinese(text, at);
    }

    private static WrittenDate? Arabic(string text, int at)
    {
        var i = at;
        if (Number(text, ref i, 4) is not { } year || i - at != 4 || i >= text.Length || text[i] is not ('年' or '-' or '/' or '.'))
        {
            return null;
        }

        var separator = text[i++];
        if (Number(text, ref i, 2) is not { } month || i >= text.Length || text[i] != (separator == '年' ? '月' : separator))
        {
            return null;
        }

        i++;
        return Number(text, ref i, 2) is { } day && DayEnds(text, i, separator) is { } end ? Made(year, month, day, at, end) : null;
    }

    /// <summary>A number behind 月 is a day where 日 or 号 follows; 2026年3月1概述 has none. 2026.3.1.5 is a version.</summary>
    private static int? DayEnds(string text, int at, char separator)
    {
        var next = at < text.Length ? text[at] : '\0';
        return separator == '年' ? next is '日' or '号' ? at + 1 : null
            : char.IsAsciiDigit(next) || (next == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) ? null : at;
    }

    private static WrittenDate? Chinese(string text, int at)
    {
        if (at + 5 > text.Length || text[at + 4] != '年')
        {
            return null;
        }

        var year = 0;
        for (var i = at; i < at + 4; i++)
        {
            if (Digit(text[i]) is not { } digit)
            {
                return null;
            }

            year = (year * 10) + digit;
        }

        var (month, afterMonth) = Small(text, at + 5, '月');
        var (day, afterDay) = month is null ? (null, 0) : Small(text, afterMonth, '日');
        return day is null ? null : Made(year, month!.Value, day.Value, at, afterDay);
    }

    /// <summary>三, 十, 十一, 二十 or 二十三 before its unit.</summary>
    private static (int? Value, int End) Small(string text, int at, char unit)
    {
        var end = text.IndexOf(unit, at, Math.Min(4, text.Length - at));
        if (end <= at)
        {
            return (null, at);
        }

        var word = text.AsSpan(at, end - at);
        var ten = word.IndexOf('十');
        int? value = ten < 0
            ? word.Length == 1 ? Digit(word[0]) : null
            : ten > 1 || word.Length - ten > 2 ? null
            : (ten == 0 ? 1 : Digit(word[0])) * 10 + (ten == word.Length - 1 ? 0 : Digit(word[^1]));
        return (value, end + 1);
    }

    private static int? Digit(char character) => OtherZeros.Contains(character, StringComparison.Ordinal) ? 0 : Digits.IndexOf(character, StringComparison.Ordinal) is var i and >= 0 ? i : null;

    private static int? Number(string text, ref int at, int most)
    {
        var (value, from) = (0, at);
        while (at < text.Length && at - from < most && char.IsAsciiDigit(text[at]))
        {
            value = (value * 10) + (text[at++] - '0');
        }

        return at == from ? null : value;
    }

    private static WrittenDate? Made(int year, int month, int day, int at, int end) =>
        year is >= 1990 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new WrittenDate(new DateOnly(year, month, day), at, end) : null;
}
