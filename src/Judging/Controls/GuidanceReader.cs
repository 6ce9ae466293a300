using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads points of an FAQ.</summary>
public sealed class GuidanceReader(FaultList faults)
{
    private static readonly (string, Verdict)[] Limits = [.. new[] { Verdict.Partial, Verdict.NotSatisfied }.Select(v => (v.Name(), v))];

    private static readonly (string, bool)[] Refusals = [("always", false), ("remote-host", true)];

    /// <returns>Null where the file has faults.</returns>
    public Guidance? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "guidance", shownAs, bytes);
        var points = head.Each("points", Point, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, points.Select(p => p.Id), "要点");
        return faults.Faults.Count > before ? null : new Guidance { File = file!, Points = points };
    }

    private static GuidancePoint? Point(MappingReader reader)
    {
        var before = reader.Faults.Faults.Count;
        var point = new GuidancePoint
        {
            Id = reader.Text("id", required: true, "id: FAQ-12.6", cap: 30) ?? "?",
            Says = reader.Text("says", required: true, cap: 500) ?? "?",
            Controls = reader.Texts("controls"),
            Items = reader.Texts("items"),
            Use = reader.Text("use", cap: 300),
            Rules = reader.Texts("rules"),
            Asks = reader.Text("asks", cap: 500),
            Choices = reader.Each("choices", Choice),
            Joint = reader.Each("joint", Joint) is [var joint] ? joint : null,
            Refuses = reader.Each("refuses", Refusal) is [var refusal] ? refusal : null,
            Needs = reader.Each("needs", Document) is [var needs] ? needs : null,
            Outside = reader.Text("outside", cap: 300),
        };
        if ((point.Use ?? point.Asks ?? point.Outside) is null || (point.Outside is not null && (point.Use ?? point.Asks) is not null))
        {
            reader.Faults.Add(reader.At, $"{point.Id} 没有说明怎样处理", "use（工具怎样计算）、asks（问人什么）至少一项，或者只写 outside（为什么工具管不到）", "use: 密码产品清单规则");
        }

        if (point.Asks is null ? point.Choices.Count + point.Items.Count > 0 : point.Controls.Count + point.Items.Count == 0)
        {
            reader.Faults.Add(reader.At, $"{point.Id} 的问题没有地方问，或者没有问题", "asks 与 controls 或 items 一起写", "controls: [APP-5]");
        }

        return reader.Faults.Faults.Count > before ? null : point;
    }

    private static GuidanceChoice? Choice(MappingReader reader)
    {
        var word = reader.Text("word", required: true, "word: 磁盘加密", cap: 30);
        var says = reader.Text("says", required: true, cap: 200);
        return word is null || says is null ? null
            : new GuidanceChoice(word, says, ControlClaimReader.Aspects(reader, "denies"), reader.Choice("atMost", Limits));
    }

    private static GuidanceJoint? Joint(MappingReader reader)
    {
        var (failing, beside) = (reader.Texts("failing", required: true), reader.Texts("beside", required: true));
        var denies = ControlClaimReader.Aspects(reader, "denies");
        return failing.Count == 0 || beside.Count == 0 ? null : new GuidanceJoint(failing, beside, denies);
    }

    private static GuidanceRefusal? Refusal(MappingReader reader)
    {
        var controls = reader.Texts("controls", required: true);
        return reader.Choice("when", Refusals, required: true) is { } remote && controls.Count > 0 ? new GuidanceRefusal(controls, remote) : null;
    }

    private static GuidanceDocument? Document(MappingReader reader)
    {
        var kind = reader.Texts("kind", required: true);
        var names = reader.Texts("deployments", required: true);
        var deployments = Enum.GetValues<Deployment>().Where(d => names.Contains(d.Name(), StringComparer.Ordinal)).ToList();
        if (deployments.Count == names.Count && kind.Count > 0)
        {
            return new GuidanceDocument(deployments, kind);
        }

        reader.Faults.Add(reader.PlaceOf("deployments"), "deployments 不对", string.Join("、", Enum.GetValues<Deployment>().Select(d => d.Name())));
        return null;
    }
}
