using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>The words for tools whose reports are read.</summary>
public static class ForeignWords
{
    public static IReadOnlyList<(string Word, ForeignTool Value)> Tools { get; } =
        [("lynis", ForeignTool.Lynis), ("openscap", ForeignTool.OpenScap), ("nmap", ForeignTool.Nmap), ("sarif", ForeignTool.Sarif)];

    public static string Name(this ForeignTool tool) => tool switch
    {
        ForeignTool.Lynis => "Lynis",
        ForeignTool.OpenScap => "OpenSCAP",
        ForeignTool.Sarif => "SARIF",
        _ => "nmap",
    };
}

/// <summary>Reads which results of another tool ask what a requirement of ours asks.</summary>
public sealed class ForeignMappingReader(FaultList faults)
{
    /// <returns>Null where the file has faults.</returns>
    public ForeignMapping? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "mapping", shownAs, bytes);
        var tool = head.Choice("tool", ForeignWords.Tools, required: true);
        var rules = head.Each("results", One, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, rules.Select(r => r.Id), "结果编号");
        return faults.Faults.Count > before ? null : new ForeignMapping { File = file!, Tool = tool!.Value, Rules = rules };
    }

    private static ForeignRule? One(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: SSH-7408:PermitRootLogin", cap: 200);
        var requirements = reader.Texts("requirements", required: true, "requirements: [SSH-01]");
        return id is null || requirements.Count == 0 ? null : new ForeignRule(id, requirements);
    }
}
