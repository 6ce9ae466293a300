using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What readable text holds.</summary>
public enum TextPattern
{
    /// <summary>18 characters with a right check digit (GB 11643-1999).</summary>
    [Description("公民身份号码")]
    IdNumber,

    [Description("手机号码")]
    Mobile,

    /// <summary>Right by Luhn (ISO/IEC 7812-1).</summary>
    [Description("银行卡号")]
    BankCard,

    [Description("日期")]
    Date,

    [Description("疑似姓名")]
    Name,

    [Description("中文")]
    Chinese,

    [Description("JSON 或 XML")]
    Markup,

    [Description("电子邮件")]
    Mail,

    [Description("数字")]
    Number,

    [Description("其他文字")]
    Words,
}

/// <summary>Tells what a text is, the strongest pattern first.</summary>
internal static partial class TextPatterns
{
    private static readonly int[] IdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Null where the text holds control characters or nothing.</summary>
    public static TextPattern? Of(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? null
            : Strong(trimmed) ?? (IsDate(trimmed) ? TextPattern.Date
            : Mail().IsMatch(trimmed) ? TextPattern.Mail
            : trimmed[0] is '{' or '[' or '<' && trimmed[^1] is '}' or ']' or '>' ? TextPattern.Markup
            : trimmed.Length is >= 2 and <= 4 && trimmed.All(IsHan) ? TextPattern.Name
            : trimmed.Any(IsHan) ? TextPattern.Chinese
            : trimmed.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or ',' or ' ') ? TextPattern.Number
            : TextPattern.Words);
    }

    /// <summary>Numbers that prove themselves.</summary>
    public static TextPattern? Strong(string text) =>
        IsIdNumber(text) ? TextPattern.IdNumber
        : Mobile().IsMatch(text) ? TextPattern.Mobile
        : IsBankCard(text) ? TextPattern.BankCard
        : null;

    /// <summary>Text of bytes in UTF-8 or GBK that holds nothing unreadable; null where they are no text.</summary>
    public static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        if (IsUtf8Text(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        return IsGbkText(bytes) ? TextEncodings.Gb18030.GetString(bytes) : null;
    }

    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';

    private static bool IsUtf8Text(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F)
            {
                return false;
            }
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return false;
        }

        if (!bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF))
        {
            return true;
        }

        // Two-byte characters occur by chance in short random data; Chinese text has none of the alphabets behind them.
        foreach (var rune in Encoding.UTF8.GetString(bytes))
        {
            if (rune >= 0x80 && !IsHan(rune) && rune is not (>= '\u2010' and <= '\u2030') and not (>= '\u3000' and <= '\u303F') and not (>= '\uFF00' and <= '\uFFEF') and not '·')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The common characters of GB 2312 level 1 and its punctuation: all of GBK would take random bytes for text.</summary>
    private static bool IsGbkText(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                if (bytes[i] is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F)
                {
                    return false;
                }
            }
            else if (i + 1 >= bytes.Length || bytes[i] is not (>= 0xB0 and <= 0xD7 or 0xA1 or 0xA3) || bytes[i + 1] is < 0xA1 or > 0xFE)
            {
                return false;
            }
            else
            {
                i++;
            }
        }

        return bytes.Length > 0;
    }

    private static bool IsIdNumber(string text)
    {
        if (text.Length != 18 || !text.AsSpan(0, 17).ContainsAnyInRange('0', '9') || text.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (text[i] - '0') * IdWeights[i];
        }

        return char.ToUpperInvariant(text[17]) == "10X98765432"[sum % 11]
            && DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) && born.Year is >= 1880 and <= 2100;
    }

    private static bool IsBankCard(string text)
    {
        if (text.Length is < 15 or > 19 || text.AsSpan().ContainsAnyExceptInRange('0', '9') || text[0] is not ('3' or '4' or '5' or '6'))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = text[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }

    private static bool IsDate(string text) => Date().Match(text) is { Success: true } date
        && DateOnly.TryParseExact($"{date.Groups["y"].Value}{date.Groups["m"].Value.PadLeft(2, '0')}{date.Groups["d"].Value.PadLeft(2, '0')}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^1[3-9][0-9]{9}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,120}\.[A-Za-z]{2,10}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mail();

    [GeneratedRegex(@"^(?<y>(19|20)[0-9]{2})([\-/.年]?)(?<m>[01]?[0-9])([\-/.月]?)(?<d>[0-3]?[0-9])日?([ T][0-9:.Z+]{4,20})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Date();
}
