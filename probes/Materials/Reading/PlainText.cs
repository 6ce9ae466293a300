using System.Text;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>
/// Text as it is compared: without blanks, full-width letters and digits as plain ones, radicals as the characters they look like.
/// Printers of PDF files confuse the latter (⽤ for 用), and the platform's normal forms do nothing without ICU. Blanks between two ASCII letters
/// or digits stay as one, and ends of lines, paragraphs, cells and pages as one <see cref="Break"/>: what stood apart is not read as one word.
/// </summary>
internal static class PlainText
{
    private const char FirstRadical = '\u2F00';
    private const int FullWidthShift = 0xFEE0;

    /// <summary>Of U+2F00 to U+2FD5, in order.</summary>
    private const string OfRadicals = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

    /// <summary>Between lines, paragraphs, cells, pages and parts.</summary>
    public const char Break = '\n';

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        var (isApart, isBroken) = (false, false);
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                isApart = true;
                isBroken = isBroken || character is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';
                continue;
            }

            var next = Plain(character);
            if (isApart && plain.Length > 0 && (isBroken || (char.IsAsciiLetterOrDigit(next) && char.IsAsciiLetterOrDigit(plain[^1]))))
            {
                plain.Append(isBroken ? Break : ' ');
            }

            (isApart, isBroken) = (false, false);
            plain.Append(next);
        }

        return plain.ToString();
    }

    /// <summary>Without the breaks, for words that lines and cells may divide; between two ASCII letters or digits a blank is left.</summary>
    /// <param name="plain">Made by <see cref="Of"/>.</param>
    public static string Joined(string plain)
    {
        var joined = new StringBuilder(plain.Length);
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] != Break)
            {
                joined.Append(plain[i]);
            }
            else if (joined.Length > 0 && char.IsAsciiLetterOrDigit(joined[^1]) && i + 1 < plain.Length && char.IsAsciiLetterOrDigit(plain[i + 1]))
            {
                joined.Append(' ');
            }
        }

        return joined.ToString();
    }

    private static char Plain(char character) => character switch
    {
        >= FirstRadical and <= '\u2FD5' => OfRadicals[character - FirstRadical],
        >= '\uFF01' and <= '\uFF5E' => (char)(character - FullWidthShift),
        _ => character,
    };
}
