using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one rule of conclusions.</summary>
public sealed class ProtectionRuleReader(FaultList faults)
{
    /// <returns>Null where the file has faults.</returns>
    public ProtectionRule? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "conclusion", shownAs, bytes);
        var rule = new ProtectionRule
        {
            File = file!,
            Catalogue = head.Identifier("catalogue", required: true, "catalogue: gbt22239-2019") ?? "?",
            Edition = head.Text("edition", required: true, cap: 20) ?? "?",
            SatisfiedAbove = RuleDataReader.Number(head, "satisfiedAbove", 0, 100, required: true) ?? 0,
            BasicAbove = RuleDataReader.Number(head, "basicAbove", 0, 100, required: true) ?? 0,
            Observations = head.Each("observations", Observation),
            Legacy = Legacy(head),
            Notes = head.Texts("notes"),
        };
        head.Finish();
        if (rule.BasicAbove >= rule.SatisfiedAbove)
        {
            faults.Add(head.PlaceOf("basicAbove"), "basicAbove 不低于 satisfiedAbove", "基本符合的线低于符合的线");
        }

        return faults.Faults.Count > before ? null : rule;
    }

    private static ObservationAssets? Observation(MappingReader reader)
    {
        var kind = reader.Text("kind", required: true, cap: 100);
        var of = CatalogueReader.Words(reader, "of", ProtectionWords.Kinds, "不认识的对象种类");
        return kind is null || of.Count == 0 ? null : new ObservationAssets(kind, of);
    }

    private static LegacyFormula Legacy(MappingReader head)
    {
        if (head.Take("legacy", required: true, "2021 年公式") is not YamlMapping map)
        {
            return new LegacyFormula(0.5m, [1, 1, 1], []);
        }

        var reader = new MappingReader(map, head.Faults);
        var share = RuleDataReader.Number(reader, "technicalShare", 0, 1, required: true) ?? 0;
        var weights = reader.Items("weights", required: true).Select(RuleDataReader.AsNumber).OfType<decimal>().ToList();
        if (weights.Count != 3 || weights.Exists(w => w is <= 0 or > 100))
        {
            head.Faults.Add(reader.PlaceOf("weights"), "weights 不对", "一般、重要、关键三个数", "weights: [1, 2, 3]");
            weights = [1, 1, 1];
        }

        var examples = reader.Each("examples", Example);
        reader.Finish();
        return new LegacyFormula(share, weights, examples);
    }

    private static LegacyExample? Example(MappingReader reader)
    {
        var technical = reader.Integer("technical", 0, 1000, required: true);
        var management = reader.Integer("management", 0, 1000, required: true);
        var failingTechnical = CatalogueReader.Words(reader, "failingTechnical", ProtectionWords.Importances, "不认识的重要程度");
        var failingManagement = CatalogueReader.Words(reader, "failingManagement", ProtectionWords.Importances, "不认识的重要程度");
        var want = RuleDataReader.Number(reader, "want", 0, 100, required: true);
        return technical is null || management is null || want is null
            ? null
            : new LegacyExample(technical.Value, management.Value, failingTechnical, failingManagement, want.Value, reader.At.ToString());
    }
}
