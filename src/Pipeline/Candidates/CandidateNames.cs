using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// Names in candidate.yaml that only the rules can show to be none: units of a catalogue, items of a high-risk guide, answers of an FAQ and weaknesses of flows. Whoever misspells
/// one would otherwise learn after the run that the answer counted for nothing.
/// </summary>
public static class CandidateNames
{
    private static readonly string[] Asking = ["cryptoObjects", "cryptoAnswers", "cryptoApplicability"];

    /// <param name="path">Name shown in messages.</param>
    /// <param name="bytes">As <see cref="CandidateReader.ReadWithBytes"/> gave them.</param>
    /// <param name="library">What is known; a list it does not have is not asked for.</param>
    /// <exception cref="InputFaultException">A name that no catalogue or guide has.</exception>
    public static void Check(string path, byte[] bytes, StandardLibrary library)
    {
        var map = YamlText.ReadMapping(path, bytes);
        var faults = new FaultList();
        var catalogues = library.Catalogues.Where(c => c.Pillar == Pillar.CommercialCrypto).Select(c => c.File.Id).ToHashSet(StringComparer.Ordinal);
        var units = library.Catalogues.Where(c => catalogues.Contains(c.File.Id)).SelectMany(c => c.Controls).Select(c => c.Key).Distinct(StringComparer.Ordinal).ToList();
        var items = library.HighRisks.Where(h => catalogues.Contains(h.Catalogue)).SelectMany(h => h.Items).Select(i => i.Code).Distinct(StringComparer.Ordinal).ToList();
        var named = Asking.SelectMany(l => Rows(map, l)).SelectMany(r => (r["units"] as YamlSequence)?.Items ?? [])
            .Concat(Rows(map, "cryptoCoverage").SelectMany(r => new[] { r["from"], r["to"] }).OfType<YamlValue>());
        Known(named, units, "测评单元", faults);
        Known(Rows(map, "cryptoHighRisks").SelectMany(r => (r["items"] as YamlSequence)?.Items ?? []), items, "高风险项", faults);
        var points = library.Guidance.SelectMany(g => g.Points).SelectMany(p => p.Choices.Select(c => $"{p.Id} {c.Word}")).ToList();
        Known(Rows(map, "cryptoAnswers").SelectMany(r => (r["faq"] as YamlSequence)?.Items ?? []), points, "FAQ 要点的回答", faults);
        if (library.Tables.Flows.Count > 0)
        {
            Rows(map, "sourceTrees").ToList().ForEach(t => ProjectFlowReader.Check(t["flows"], library.Tables.Flows, faults));
        }

        faults.ThrowIfAny();
    }

    private static void Known(IEnumerable<YamlValue> named, List<string> known, string what, FaultList faults)
    {
        foreach (var name in named.OfType<YamlScalar>().Where(n => known.Count > 0 && !known.Contains(n.Text, StringComparer.Ordinal)))
        {
            faults.Add(name.At, $"没有{what} {name.Text}", $"{MappingReader.Nearest(known, name.Text)}（最接近的；所有编号：{string.Join("、", known)}）");
        }
    }

    private static IEnumerable<YamlMapping> Rows(YamlMapping map, string list) => (map[list] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];
}
