using System.Globalization;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Moments as signing software writes them. One without a zone is meant in Beijing time.</summary>
public static class SealTime
{
    private const int Longest = 40;
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    private static readonly string[] Zoned =
        ["yyyyMMddHHmmss'Z'", "yyyyMMddHHmmss.FFFFFFF'Z'", "yyMMddHHmmss'Z'", "yyyyMMddHHmm'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss'Z'"];

    private static readonly string[] Offset = ["yyyyMMddHHmmsszzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private static readonly string[] Plain =
    [
        "yyyyMMddHHmmss", "yyyyMMddHHmmss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy/MM/dd HH:mm:ss",
        "yyyy年MM月dd日 HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyyMMdd",
    ];

    /// <summary>Null where it is none of the spellings known.</summary>
    public static DateTimeOffset? TryRead(string? text)
    {
        var bare = text?.Trim('\0', ' ', '\t', '\r', '\n') ?? "";
        if (bare.Length is 0 or > Longest)
        {
            return null;
        }

        return DateTime.TryParseExact(bare, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var utc) ? new DateTimeOffset(utc, TimeSpan.Zero)
            : DateTimeOffset.TryParseExact(bare, Offset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var offset) ? offset
            : DateTime.TryParseExact(bare, Plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 1 ? new DateTimeOffset(local, Beijing)
            : null;
    }
}
