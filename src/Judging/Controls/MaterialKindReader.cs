using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a table of kinds of papers.</summary>
public sealed class MaterialKindReader(FaultList faults)
{
    private const int LongestValidity = 120;

    /// <returns>Null where the file has faults.</returns>
    public MaterialKindTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "kinds", shownAs, bytes);
        var kinds = head.Each("papers", Kind, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, kinds.Select(k => k.Name), "材料种类");
        return faults.Faults.Count > before ? null : new MaterialKindTable { File = file!, Kinds = kinds };
    }

    private MaterialKind? Kind(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: 密码应用安全性评估报告", cap: 100);
        var kind = new MaterialKind(name ?? "?")
        {
            Titles = reader.Texts("titles"),
            Text = reader.Texts("text"),
            ValidMonths = reader.Integer("validMonths", 1, LongestValidity),
            ValidSource = reader.Text("validSource", cap: 200),
            Issuer = reader.Text("issuer", cap: 60),
            IsSigned = reader.Flag("signed") ?? false,
            IsGeneral = reader.Flag("general") ?? false,
            IsVersioned = reader.Flag("versioned") ?? false,
        };
        if (kind.ValidMonths is not null && kind.ValidSource is null)
        {
            faults.Add(reader.At, $"{kind.Name} 写了 validMonths 而没有写 validSource", "validSource: 这个月数从哪里来");
        }

        return name is null ? null : kind;
    }
}
