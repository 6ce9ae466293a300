using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a list of famous flaws.</summary>
public sealed class KnownFlawReader(FaultList faults)
{
    private static readonly string[] Ecosystems = ["Maven", "npm", "PyPI", "NuGet", "Go"];

    private static readonly (string, Severity)[] Severities = [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];

    /// <returns>Null where the file has faults.</returns>
    public KnownFlawTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "known-flaws", shownAs, bytes);
        var flaws = head.Each("flaws", Flaw, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, flaws.Select(f => $"{f.Id} {f.Ecosystem} {f.Name}"), "漏洞");
        return faults.Faults.Count > before ? null : new KnownFlawTable { File = file!, Flaws = flaws };
    }

    private static KnownFlaw? Flaw(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: CVE-2021-44228", cap: 40);
        var title = reader.Text("title", required: true, cap: 100);
        var at = reader.PlaceOf("ecosystem");
        var ecosystem = reader.Text("ecosystem", required: true, "ecosystem: Maven", cap: 20);
        if (ecosystem is not null && !Ecosystems.Contains(ecosystem, StringComparer.Ordinal))
        {
            reader.Faults.Add(at, "ecosystem 不对", $"其中之一：{string.Join("、", Ecosystems)}");
        }

        var name = reader.Text("name", required: true, "name: org.apache.logging.log4j:log4j-core", cap: 200);
        var ranges = reader.Each("affected", Range, required: true, "affected: [{from: \"2.0\", fixed: 2.15.0}]");
        var severity = reader.Choice("severity", Severities, required: true);
        return id is null || title is null || ecosystem is null || name is null || severity is null ? null : new KnownFlaw(id, title, ecosystem, name, ranges, severity.Value);
    }

    private static FlawRange? Range(MappingReader reader)
    {
        var range = new FlawRange(reader.Text("from", cap: 60), reader.Text("fixed", cap: 60));
        if (range is { From: null, Fixed: null })
        {
            reader.Faults.Add(reader.At, "affected 的这一项没有边界", "from 或 fixed");
            return null;
        }

        return range;
    }
}
