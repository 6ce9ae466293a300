using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>People who do not exist, made up from a seed; their numbers have right check digits.</summary>
internal static class CitizenRecords
{
    private const string Surnames = "赵钱孙李周吴郑王冯陈";
    private const string Given = "伟芳娜敏静丽强磊军洋";

    public static string IdNumber(SeededBytes seeded)
    {
        var born = new DateOnly(1950, 1, 1).AddDays(seeded.Below(20_000));
        var first = $"110101{born.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}{seeded.Below(1000):000}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return first + "10X98765432"[first.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }

    public static string Mobile(SeededBytes seeded) => $"13{seeded.Below(10)}{seeded.Below(100_000_000):00000000}";

    public static string Name(SeededBytes seeded) => $"{Surnames[seeded.Below(10)]}{Given[seeded.Below(10)]}{Given[seeded.Below(10)]}";

    /// <summary>Several blocks of text whose middle is the same for everybody.</summary>
    public static string Letter(SeededBytes seeded) => $"{Name(seeded)}{Mobile(seeded)}：您好。您的办件已经受理，请携带本人有效身份证件到政务服务大厅综合窗口办理后续手续，谢谢您的配合与支持。";

    /// <summary>A table with one column.</summary>
    public static string Table(int rows, ulong seed, Func<SeededBytes, int, string> cell, string column = "data_enc")
    {
        var seeded = new SeededBytes(seed);
        var text = new StringBuilder($"id,{column}\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append($"{i + 1},\"{cell(seeded, i).Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
        }

        return text.ToString();
    }
}
