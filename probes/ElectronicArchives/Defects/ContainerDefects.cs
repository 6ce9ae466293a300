using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Defects of the ZIP file itself. The digest in the transfer list is that of the file as it is, so that the container alone is wrong.</summary>
internal static class ContainerDefects
{
    private const string Some = "决定书.ofd";

    public static IReadOnlyList<PackageDefect> All { get; } =
    [
        new("M08", "条目的 CRC 不对", "2-7", b => b.Packages[1].Package = z => ZipPatching.WrongCrc(z, Some)) { Companions = ["3-8", "2-8"] },
        new("M09", "声明的长度小于实际", "2-7", b => b.Packages[1].Package = z => ZipPatching.ShortLength(z, Some)) { Companions = ["3-8", "1-9"] },
        new("M11", "条目重名", "1-13", b => b.Packages[1].Others.Add(("结果文件/许可决定书.ofd", SampleContents.Utf8("冒名\n")))) { Companions = ["1-9", "1-10", "1-11", "2-11", "1-1"] },
        new("M13", "条目名有 ../", "1-13", b => b.Packages[1].Others.Add(("../越界.txt", SampleContents.Utf8("越界\n")))) { Companions = ["1-11", "2-11"] },
        new("M13b", "条目名是绝对路径", "1-13", b => b.Packages[1].Others.Add(("/etc/越界.txt", SampleContents.Utf8("越界\n")))) { Companions = ["1-11", "2-11"] },
        new("M16", "条目有加密标志", "3-8", b => b.Packages[1].Package = z => ZipPatching.Encrypted(z, Some)) { Companions = ["2-7"] },
        new("M17", "不是公开的压缩方法", "3-8", b => b.Packages[1].Package = z => ZipPatching.OddMethod(z, Some)) { Companions = ["2-7"] },
        new("M18", "压缩比过大（解压炸弹）", "3-8", b => b.Packages[1].Others.Add(("过程文件/空白.txt", Encoding.ASCII.GetBytes(new string(' ', 8 * 1024 * 1024))))) { Companions = ["1-11", "2-11", "2-7"] },
        new("M20", "本地头与中央目录的名称不同", "3-8", b => b.Packages[1].Package = z => ZipPatching.OtherLocalName(z, Some)) { Companions = ["2-7", "1-13"] },
        new("M21", "包被截断", "3-8", b => b.Packages[1].Package = z => z[..(z.Length / 2)]),
        new("M23", "包是零字节", "3-8", b => b.Packages[1].Package = _ => []),
        new("M24", "包里夹带不属于任何条目的数据", "3-8", b => b.Packages[1].Package = z => [.. SampleContents.Utf8("夹带的数据"), .. z]),
    ];
}
