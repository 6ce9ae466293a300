using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a list of licences.</summary>
public sealed class LicenceReader(FaultList faults)
{
    private static readonly (string, LicenceClass)[] Classes =
    [
        ("permissive", LicenceClass.Permissive), ("weak-copyleft", LicenceClass.WeakCopyleft), ("strong-copyleft", LicenceClass.StrongCopyleft), ("other", LicenceClass.Other), ("none", LicenceClass.None),
    ];

    /// <returns>Null where the file has faults.</returns>
    public LicenceTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "table", shownAs, bytes);
        var licences = head.Each("licences", One, required: true);
        var families = head.Each("families", Family);
        var exceptions = head.Texts("exceptions");
        head.Finish();
        RuleDataReader.RefuseDoubles(head, licences.SelectMany(l => l.Names.Prepend(l.Id)).Concat(families.SelectMany(f => f.Names)).Select(n => n.ToLowerInvariant()), "许可证的写法");
        return faults.Faults.Count > before ? null : new LicenceTable { File = file!, Licences = licences, Families = families, Exceptions = exceptions };
    }

    private static Licence? One(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: MIT", cap: 60);
        var kind = reader.Choice("class", Classes, required: true);
        var (names, text, lacks) = (reader.Texts("names"), reader.Texts("text"), reader.Texts("lacks"));
        return id is null || kind is null ? null : new Licence(id, kind.Value, names, text, lacks);
    }

    private static LicenceFamily? Family(MappingReader reader)
    {
        var kind = reader.Choice("class", Classes, required: true);
        var names = reader.Texts("names", required: true, "names: [BSD]");
        return kind is null ? null : new LicenceFamily(kind.Value, names);
    }
}
