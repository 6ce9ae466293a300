using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one high-risk guide.</summary>
public sealed class HighRiskReader(FaultList faults)
{
    /// <returns>Null where the file has faults.</returns>
    public HighRiskGuide? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "guide", shownAs, bytes);
        var guide = new HighRiskGuide
        {
            File = file!,
            Catalogue = head.Identifier("catalogue", required: true, "catalogue: gbt39786-2021") ?? "?",
            Edition = head.Text("edition", required: true, cap: 20) ?? "?",
            Items = head.Each("items", Item, required: true),
            KeyHazards = head.Each("keyHazards", Hazard),
            BannedAlgorithms = head.Texts("bannedAlgorithms"),
            BannedProtocols = head.Texts("bannedProtocols"),
            Notes = head.Texts("notes"),
        };
        head.Finish();
        RuleDataReader.RefuseDoubles(head, guide.Items.Select(i => i.Code), "高风险项");
        var codes = guide.Items.Select(i => i.Code).Append(Mitigation.AllOthers).ToHashSet(StringComparer.Ordinal);
        foreach (var stray in guide.Items.SelectMany(i => i.Mitigations).SelectMany(m => m.NeedsClear).Where(c => !codes.Contains(c)))
        {
            faults.Add(head.At, $"needsClear 里的 {stray} 不是本指引的项", $"其中之一：{string.Join("、", codes)}");
        }

        return faults.Faults.Count > before ? null : guide;
    }

    private static HighRiskItem? Item(MappingReader reader)
    {
        var before = reader.Faults.Faults.Count;
        var item = new HighRiskItem
        {
            Code = reader.Text("code", required: true, "code: \"7.2\"", cap: 20) ?? "?",
            Control = reader.Text("control", cap: 64),
            Title = reader.Text("title", required: true, cap: 200) ?? "?",
            Levels = RuleDataReader.Levels(reader, "levels", required: true),
            Triggers = reader.Texts("triggers", required: true),
            Mitigations = reader.Each("mitigations", One),
            Precondition = reader.Text("precondition", cap: 300),
            ToolSees = reader.Text("toolSees", cap: 300),
            Extension = reader.Choice("extension", ProtectionWords.Extensions),
            MajorHazard = reader.Text("majorHazard", cap: 10),
            Decides = reader.Choice("decides", [("A", ToolReach.Full), ("P", ToolReach.Partial), ("M", ToolReach.Document)]),
        };
        RuleDataReader.RefuseDoubles(reader, item.Mitigations.Select(m => m.Id), "缓解措施");
        return reader.Faults.Faults.Count == before ? item : null;
    }

    private static Mitigation? One(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: m1");
        var asks = reader.Text("asks", required: true, cap: 300);
        var levels = RuleDataReader.Levels(reader, "levels", required: false);
        var needs = reader.Texts("needsClear");
        return id is null || asks is null ? null : new Mitigation(id, asks, levels, needs);
    }

    private static KeyHazard? Hazard(MappingReader reader)
    {
        var stage = reader.Text("stage", required: true, cap: 50);
        var hazards = reader.Texts("hazards", required: true);
        return stage is null ? null : new KeyHazard(stage, hazards);
    }
}
