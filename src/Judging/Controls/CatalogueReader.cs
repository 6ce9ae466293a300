using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one catalogue of controls.</summary>
public sealed class CatalogueReader(FaultList faults)
{
    private static readonly (string, Pillar)[] Pillars = [.. Enum.GetValues<Pillar>().Select(p => (p.Id(), p))];

    private static readonly (string, ControlPart)[] Parts = [("technical", ControlPart.Technical), ("management", ControlPart.Management)];

    private static readonly (string, Modal)[] Modals = [.. Enum.GetValues<Modal>().Select(m => (m.Name(), m))];

    private static readonly (string, ToolReach)[] Reaches =
    [
        ("full", ToolReach.Full), ("partial", ToolReach.Partial), ("sample", ToolReach.Sample),
        ("register", ToolReach.Register), ("document", ToolReach.Document), ("none", ToolReach.None),
    ];

    private static readonly (string, DefaultObject)[] Objects =
        [("endpoint", DefaultObject.Endpoint), ("management-endpoint", DefaultObject.ManagementEndpoint), ("host", DefaultObject.Host)];

    /// <returns>Null where the file's head has faults.</returns>
    public ControlCatalogue? Read(string shownAs, byte[] bytes)
    {
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "catalogue", shownAs, bytes);
        var standard = head.Text("standard", required: true, "standard: GB/T 39786-2021");
        var pillar = head.Choice("pillar", Pillars, required: true);
        var extension = head.Choice("extension", ProtectionWords.Extensions);
        var isScored = head.Flag("scored") ?? true;
        var documents = head.Each("documents", Document);
        var groups = head.Each("groups", Group, required: true);
        var controls = head.Each("controls", r => Control(r, file?.Confidence ?? BasisConfidence.Unchecked, isScored), required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, groups.Select(g => g.Id), "层");
        RuleDataReader.RefuseDoubles(head, controls.Select(c => c.Key), "指标");
        RuleDataReader.RefuseDoubles(head, documents.Select(d => d.Id), "文档");
        foreach (var stray in controls.Where(c => !groups.Any(g => g.Id == c.GroupId)))
        {
            faults.Add(head.At, $"指标 {stray.Key} 的 group {stray.GroupId} 不在 groups 里", $"其中之一：{string.Join("、", groups.Select(g => g.Id))}");
        }

        return file is null || standard is null || pillar is null
            ? null
            : new ControlCatalogue { File = file, Standard = standard, Pillar = pillar.Value, Extension = extension, Documents = documents, Groups = groups, Controls = controls };
    }

    private static ControlGroup? Group(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: NET", cap: 20);
        var title = reader.Text("title", required: true, cap: 100);
        var part = reader.Choice("part", Parts, required: true);
        var weight = RuleDataReader.Number(reader, "weight", 0, 100) ?? 0;
        var objects = Words(reader, "objects", ProtectionWords.Kinds, "不认识的对象种类");
        return id is null || title is null || part is null ? null : new ControlGroup(id, title, part.Value, weight) { Objects = objects };
    }

    private static CatalogueDocument? Document(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: training");
        var title = reader.Text("title", required: true, cap: 200);
        var holder = reader.Text("holder", required: true, cap: 100);
        var months = reader.Integer("validMonths", 1, 120);
        return id is null || title is null || holder is null ? null : new CatalogueDocument(id, title, holder, months);
    }

    private static Control? Control(MappingReader reader, BasisConfidence confidence, bool isUsuallyScored)
    {
        var before = reader.Faults.Faults.Count;
        var isScored = reader.Flag("scored") ?? isUsuallyScored;
        var control = new Control
        {
            Key = reader.Text("id", required: true, "id: NET-2", cap: 64) ?? "?",
            GroupId = reader.Text("group", required: true, "group: NET", cap: 20) ?? "?",
            Point = reader.Text("point", cap: 50),
            Title = reader.Text("title", required: true, cap: 200) ?? "?",
            Grade = reader.Choice("grade", ProtectionWords.Grades) ?? GradeAspect.General,
            NotFor = Words(reader, "notFor", ProtectionWords.Kinds, "不认识的对象种类"),
            Documents = reader.Texts("documents"),
            Effort = reader.Choice("effort", ProtectionWords.Efforts),
            IsProviderSide = reader.Choice("side", [("provider", true), ("tenant", false)]) ?? false,
            UnitsChecked = RuleDataReader.Levels(reader, "unitsChecked", required: false),
            Unit = reader.Text("unit", cap: 20),
            IsScored = isScored,
            Levels = reader.Each("levels", r => Level(r, isScored), required: true),
            Reach = reader.Choice("reach", Reaches, required: true) ?? ToolReach.None,
            Looks = reader.Text("looks", cap: 300),
            Evidence = reader.Text("evidence", required: true, cap: 300) ?? "?",
            Holder = reader.Text("holder", required: true, cap: 100) ?? "?",
            DefaultObjects = Words(reader, "defaultObjects", Objects, "不认识的对象种类"),
            Note = reader.Text("note", cap: 300),
            Confidence = reader.Choice("confidence", RuleDataReader.Confidences) ?? confidence,
            Origin = reader.At.ToString(),
        };
        RuleDataReader.RefuseDoubles(reader, control.Levels.Select(l => $"{control.Key} 级别 {l.Level}"), "指标");
        return reader.Faults.Faults.Count == before ? control : null;
    }

    private static ControlLevel? Level(MappingReader reader, bool isScored)
    {
        var level = reader.Integer("level", 1, 4, required: true);
        var modal = reader.Choice("modal", Modals, required: isScored) ?? (isScored ? null : Modal.Shall);
        var clause = reader.Text("clause", cap: 50);
        var weight = RuleDataReader.Number(reader, "weight", 0, 100, required: isScored);
        if (!isScored && weight is not null)
        {
            reader.Faults.Add(reader.PlaceOf("weight"), "不参与量化的指标（scored: false）没有权重", "去掉 weight");
        }

        if (isScored && weight == 0)
        {
            reader.Faults.Add(reader.PlaceOf("weight"), "权重是 0", "大于 0 的数", "weight: 0.7");
        }

        return level is null || modal is null || (isScored && weight is null) ? null : new ControlLevel(level.Value, modal.Value, clause, weight)
        {
            Unit = reader.Text("unit", cap: 20),
            Title = reader.Text("title", cap: 200),
            Importance = reader.Choice("importance", ProtectionWords.Importances),
        };
    }

    /// <summary>A list out of closed words.</summary>
    internal static List<T> Words<T>(MappingReader reader, string key, IReadOnlyList<(string Word, T Value)> words, string wrong)
    {
        var found = new List<T>();
        foreach (var item in reader.Items(key))
        {
            var known = words.Where(o => item is YamlScalar { Text: var word } && word == o.Word).ToList();
            if (known.Count == 1)
            {
                found.Add(known[0].Value);
            }
            else
            {
                reader.Faults.Add(item.At, wrong, string.Join("、", words.Select(o => o.Word)));
            }
        }

        return found;
    }
}
