using System.Buffers.Text;
using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether a value is spelled as its form asks.</summary>
internal static class ValueForms
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd"];

    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyyMMddHHmmss", "yyyyMMddTHHmmss", "yyyy/MM/dd HH:mm:ss",
    ];

    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] CreditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] IdentityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public static bool Accepts(ValueForm form, string text) => form switch
    {
        ValueForm.Date => Day(text) is not null,
        ValueForm.Moment => Moment(text) is not null,
        ValueForm.Year => text is { Length: 4 } && text.All(char.IsAsciiDigit) && text[0] is '1' or '2',
        ValueForm.Integer => text.Length <= 18 && text.All(char.IsAsciiDigit),
        ValueForm.CreditCode => IsCreditCode(text),
        ValueForm.RegionCode => text.Length is 6 or 9 or 12 && text.All(char.IsAsciiDigit),
        ValueForm.IdentityNumber => IsIdentityNumber(text),
        ValueForm.Base64 => Base64.IsValid(text),
        _ => true,
    };

    public static string Say(ValueForm form) => form switch
    {
        ValueForm.Date => "日历上有的日期（yyyy-MM-dd 或 yyyyMMdd）",
        ValueForm.Moment => "日历上有的时间（yyyy-MM-dd HH:mm:ss 或 yyyyMMddHHmmss）",
        ValueForm.Year => "四位年份",
        ValueForm.Integer => "非负整数",
        ValueForm.CreditCode => "18 位统一社会信用代码，校验位正确",
        ValueForm.RegionCode => "6、9 或 12 位行政区划代码",
        ValueForm.IdentityNumber => "18 位公民身份号码，校验位正确",
        ValueForm.Base64 => "Base64",
        _ => "文字",
    };

    public static DateTime? Day(string text) => DateTime.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>As the clock on the wall showed it; an offset behind it is left away.</summary>
    public static DateTime? Moment(string text)
    {
        var local = text.EndsWith('Z') ? text[..^1] : text.Length > 19 && text[^6] is '+' or '-' && text[^3] == ':' ? text[..^6] : text;
        return DateTime.TryParseExact(local, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : Day(text);
    }

    /// <summary>GB 32100-2015.</summary>
    public static bool IsCreditCode(string text)
    {
        if (text.Length != 18 || text.Any(c => !CreditAlphabet.Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        return CreditCheck(text.AsSpan(0, 17)) == text[17];
    }

    public static char CreditCheck(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < CreditWeights.Length; i++)
        {
            sum += CreditAlphabet.IndexOf(body[i], StringComparison.Ordinal) * CreditWeights[i];
        }

        return CreditAlphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>GB 11643-1999.</summary>
    public static bool IsIdentityNumber(string text)
    {
        if (text.Length != 18 || !text.AsSpan(0, 17).ToString().All(char.IsAsciiDigit))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < IdentityWeights.Length; i++)
        {
            sum += (text[i] - '0') * IdentityWeights[i];
        }

        return "10X98765432"[sum % 11] == char.ToUpperInvariant(text[17]) && Day(text.Substring(6, 8)) is not null;
    }
}
