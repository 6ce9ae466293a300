using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads points of an FAQ.</summary>
public sealed class GuidanceReader(FaultList faults)
{
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
        var id = reader.Text("id", required: true, "id: FAQ-12.6", cap: 30);
        var says = reader.Text("says", required: true, cap: 500);
        var controls = reader.Texts("controls");
        var use = reader.Text("use", cap: 200);
        return id is null || says is null ? null : new GuidancePoint(id, says, controls, use);
    }
}
