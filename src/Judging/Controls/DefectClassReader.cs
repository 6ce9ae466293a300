using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads under which headings weaknesses are counted.</summary>
public sealed class DefectClassReader(FaultList faults)
{
    /// <returns>Null where the file has faults.</returns>
    public DefectClassTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "classes", shownAs, bytes);
        var classes = head.Each("list", Class, required: true);
        var kin = head.Each("kin", Kin);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, classes.Select(c => c.Name), "类别");
        RuleDataReader.RefuseDoubles(head, classes.SelectMany(c => c.Weaknesses).Select(w => w.ToString(CultureInfo.InvariantCulture)), "CWE");
        RuleDataReader.RefuseDoubles(head, kin.Select(k => k.Broad.ToString(CultureInfo.InvariantCulture)), "kin 的 broad");
        return faults.Faults.Count > before ? null : new DefectClassTable { File = file!, Classes = classes, Kin = kin };
    }

    private static DefectClass? Class(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: 安全功能", cap: 40);
        var numbers = Numbers(reader, "cwes");
        return name is null ? null : new DefectClass(name, numbers);
    }

    private static WeaknessKin? Kin(MappingReader reader)
    {
        var broad = reader.Integer("broad", 1, 9_999, required: true);
        var narrow = Numbers(reader, "narrow");
        if (broad is not { } number)
        {
            return null;
        }

        if (narrow.Contains(number))
        {
            reader.Faults.Add(reader.At, $"CWE-{number} 不能是自己的下级", "narrow 里只写更窄的编号", "{broad: 327, narrow: [328]}");
        }

        return new WeaknessKin(number, narrow);
    }

    private static List<int> Numbers(MappingReader reader, string key)
    {
        var numbers = new List<int>();
        foreach (var item in reader.Items(key, required: true, $"{key}: [327, 328]"))
        {
            if (item is YamlScalar { Text: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000)
            {
                numbers.Add(number);
            }
            else
            {
                reader.Faults.Add(item.At, "CWE 编号不对", "1 到 9999 的整数", $"{key}: [327]");
            }
        }

        return numbers;
    }
}
