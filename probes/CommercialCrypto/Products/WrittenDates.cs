using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Days as people and spreadsheets write them.</summary>
internal static partial class WrittenDates
{
    /// <summary>Day 0 of spreadsheets; the 1900 leap year they believe in lies before every day that is read.</summary>
    private static readonly DateOnly SpreadsheetZero = new(1899, 12, 30);

    private const int FirstSerial = 25_569; // 1970-01-01
    private const int LastSerial = 73_050; // 2099-12-31

    /// <summary>
    /// 2025-7-1, 2025/07/01, 2025.7.1, 20250701, 2025年7月1日, with or without a time of day, or a spreadsheet's serial number; year first
    /// alone, because 7/1/2025 is read both ways. Null for anything else.
    /// </summary>
    public static DateOnly? Read(string text)
    {
        var trimmed = Narrow(text);
        if (Day().Match(trimmed) is { Success: true } day)
        {
            return Of(day.Groups["y"].Value, day.Groups["m"].Value, day.Groups["d"].Value);
        }

        if (Compact().IsMatch(trimmed))
        {
            return Of(trimmed[..4], trimmed[4..6], trimmed[6..8]);
        }

        return double.TryParse(trimmed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and < LastSerial + 1
            ? SpreadsheetZero.AddDays((int)serial)
            : null;
    }

    /// <summary>From one day to another in one field; null where it is not that.</summary>
    public static (DateOnly From, DateOnly To)? Range(string text)
    {
        var ends = Between().Split(Narrow(text));
        return ends.Length == 2 && Read(ends[0]) is { } from && Read(ends[1]) is { } to ? (from, to) : null;
    }

    /// <summary>Full-width digits and signs as the usual ones.</summary>
    private static string Narrow(string text) => string.Concat(text.Trim().Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c));

    private static DateOnly? Of(string year, string month, string day) =>
        DateOnly.TryParseExact($"{year}{month.PadLeft(2, '0')}{day.PadLeft(2, '0')}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1970 and <= 2099 ? date : null;

    [GeneratedRegex(@"^(?<y>[0-9]{4}) ?[\-/.年] ?(?<m>[0-9]{1,2}) ?[\-/.月] ?(?<d>[0-9]{1,2}) ?日?([ T][0-9:.Z+]{1,20})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Day();

    [GeneratedRegex("^(19|20)[0-9]{6}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Compact();

    [GeneratedRegex(" *(至|到|~|—+|–| - ) *", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Between();
}
