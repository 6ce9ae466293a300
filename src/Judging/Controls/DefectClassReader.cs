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
        head.Finish();
        RuleDataReader.RefuseDoubles(head, classes.Select(c => c.Name), "类别");
        RuleDataReader.RefuseDoubles(head, classes.SelectMany(c => c.Weaknesses).Select(w => w.ToString(CultureInfo.InvariantCulture)), "CWE");
        return faults.Faults.Count > before ? null : new DefectClassTable { File = file!, Classes = classes };
    }

    private static DefectClass? Class(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: 安全功能", cap: 40);
        var numbers = new List<int>();
        foreach (var item in reader.Items("cwes", required: true, "cwes: [327, 328]"))
        {
            if (item is YamlScalar { Text: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000)
            {
                numbers.Add(number);
            }
            else
            {
                reader.Faults.Add(item.At, "CWE 编号不对", "1 到 9999 的整数", "cwes: [327]");
            }
        }

        return name is null ? null : new DefectClass(name, numbers);
    }
}
