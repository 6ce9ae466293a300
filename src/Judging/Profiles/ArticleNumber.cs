namespace SmartCity.SecurityCheck.Judging;

/// <summary>条号 · 第 N 条 as the measures write it, and as a number.</summary>
public static class ArticleNumber
{
    /// <summary>No measure comes near it.</summary>
    public const int Cap = 199;

    private const string Digits = "零一二三四五六七八九";

    /// <summary>第二十二条 for 22.</summary>
    /// <param name="number">1 to <see cref="Cap"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number.</exception>
    public static string Name(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Cap);
        var rest = number % 100;
        var hundred = number >= 100 ? "一百" : "";
        var ten = (hundred.Length > 0, rest / 10) switch
        {
            (_, > 1) => $"{Digits[rest / 10]}十",
            (true, 1) => "一十",
            (false, 1) => "十",
            (true, 0) when rest > 0 => "零",
            _ => "",
        };
        return $"第{hundred}{ten}{(rest % 10 == 0 ? "" : Digits[rest % 10].ToString())}条";
    }

    /// <summary>第二十二条, or 第十一条至第十五条 where the source gives no more.</summary>
    /// <returns>First and last; null where the text is neither.</returns>
    public static (int First, int Last)? Parse(string text)
    {
        var ends = text.Split('至');
        return ends.Length <= 2 && Numbers.TryGetValue(ends[0], out var first) && Numbers.TryGetValue(ends[^1], out var last) && first <= last ? (first, last) : null;
    }

    private static readonly Dictionary<string, int> Numbers = Enumerable.Range(1, Cap).ToDictionary(Name, n => n, StringComparer.Ordinal);
}
