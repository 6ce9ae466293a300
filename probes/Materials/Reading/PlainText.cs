using System.Text;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>
/// Text as it is compared: without blanks, full-width letters and digits as plain ones, radicals as the characters they look like.
/// Printers of PDF files confuse the latter (⽤ for 用), and the platform's normal forms do nothing without ICU.
/// </summary>
internal static class PlainText
{
    private const char FirstRadical = '\u2F00';
    private const int FullWidthShift = 0xFEE0;

    /// <summary>Of U+2F00 to U+2FD5, in order.</summary>
    private const string OfRadicals = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && !char.IsControl(character))
            {
                plain.Append(Plain(character));
            }
        }

        return plain.ToString();
    }

    private static char Plain(char character) => character switch
    {
        >= FirstRadical and <= '\u2FD5' => OfRadicals[character - FirstRadical],
        >= '\uFF01' and <= '\uFF5E' => (char)(character - FullWidthShift),
        _ => character,
    };
}
