using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one edition of a scoring rule.</summary>
public sealed class ScoringReader(FaultList faults)
{
    private static readonly (string, ScoringStep)[] Steps =
    [
        ("object", ScoringStep.Object), ("compensation", ScoringStep.Compensation), ("mean", ScoringStep.Mean),
        ("group", ScoringStep.Group), ("total", ScoringStep.Total),
    ];

    /// <returns>Null where the file has faults.</returns>
    public ScoringRule? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "scoring", shownAs, bytes);
        var threshold = Inside(head, "threshold");
        var measured = Inside(head, "measured");
        var evidence = Inside(head, "evidence");
        var compensation = Inside(head, "compensation", required: false);
        var rule = new ScoringRule
        {
            File = file!,
            Catalogue = head.Identifier("catalogue", required: true, "catalogue: gbt39786-2021") ?? "?",
            Edition = head.Text("edition", required: true, "edition: \"2023\"", cap: 20) ?? "?",
            InForceFrom = head.Date("inForceFrom", required: true) ?? default,
            Object = Factors(Inside(head, "object")),
            Ra = Tiers(head),
            Rk = head.Each("rk", Credit),
            ManagementPartial = RuleDataReader.Number(head, "managementPartial", 0, 1, required: true) ?? 0,
            TechnicalPoints = RuleDataReader.Number(head, "technicalPoints", 1, 99),
            Compensation = compensation is null ? [] : Pairs(compensation),
            CompensationFactor = compensation is null ? 0 : RuleDataReader.Number(compensation, "factor", 0, 1, required: true) ?? 0,
            Decimals = head.Integer("decimals", 0, 8, required: true) ?? 4,
            TotalDecimals = head.Integer("totalDecimals", 0, 8, required: true) ?? 2,
            Threshold = threshold is null ? 0 : RuleDataReader.Number(threshold, "points", 0, 100, required: true) ?? 0,
            ThresholdSource = threshold?.Text("source", required: true) ?? "?",
            ThresholdConfidence = threshold?.Choice("confidence", RuleDataReader.Confidences, required: true) ?? BasisConfidence.Unchecked,
            MeasuredFloor = measured is null ? 0 : RuleDataReader.Number(measured, "atLeast", 0, 1, required: true) ?? 0,
            MeasuredFloorSource = measured?.Text("source", required: true) ?? "?",
            MeasuredFloorConfidence = measured?.Choice("confidence", RuleDataReader.Confidences, required: true) ?? BasisConfidence.Unchecked,
            Evidence = evidence is null ? null! : Evidence(evidence),
            Notes = head.Texts("notes"),
            Examples = head.Each("examples", Example, required: true),
        };
        threshold?.Finish();
        measured?.Finish();
        evidence?.Finish();
        compensation?.Finish();
        head.Finish();
        return faults.Faults.Count > before ? null : rule;
    }

    private static EvidenceRule Evidence(MappingReader reader) => new(
        reader.Text("probe", required: true, "probe: crypto.evidence-documents", cap: 100) ?? "?",
        reader.Text("plan", required: true, "plan: 密码应用方案", cap: 100) ?? "?",
        reader.Integer("fewestBytes", 1, 1 << 30, required: true) ?? 1,
        reader.Integer("validMonths", 1, 120, required: true) ?? 1,
        reader.Text("source", required: true) ?? "?")
    {
        Certificates = reader.Text("certificates", required: true, "certificates: 密码产品", cap: 100) ?? "?",
    };

    private static MappingReader? Inside(MappingReader head, string key, bool required = true)
    {
        switch (head.Take(key, required, "键: 值"))
        {
            case YamlMapping map:
                return new MappingReader(map, head.Faults);
            case { } other:
                head.Faults.Add(other.At, $"{key} 不是“键: 值”", "映射");
                return null;
            default:
                return null;
        }
    }

    private static ObjectFactors Factors(MappingReader? reader)
    {
        if (reader is null)
        {
            return new ObjectFactors(0, 0, 0);
        }

        var factors = new ObjectFactors(
            RuleDataReader.Number(reader, "withoutA", 0, 1, required: true) ?? 0,
            RuleDataReader.Number(reader, "withoutK", 0, 1, required: true) ?? 0,
            RuleDataReader.Number(reader, "withoutBoth", 0, 1, required: true) ?? 0);
        if (factors.WithoutBoth > Math.Min(factors.WithoutA, factors.WithoutK))
        {
            reader.Faults.Add(reader.At, "withoutBoth 比 withoutA 或 withoutK 大", "缺得越多分数越低");
        }

        reader.Finish();
        return factors;
    }

    private static IReadOnlyList<StrengthTier> Tiers(MappingReader head)
    {
        var tiers = head.Each("ra", r =>
        {
            var bits = r.Integer("atLeastBits", 0, 1024, required: true);
            var value = RuleDataReader.Number(r, "value", 0, 1, required: true);
            var examples = r.Text("examples", required: true);
            return bits is null || value is null || examples is null ? null : new StrengthTier(bits.Value, value.Value, examples);
        });
        var ordered = tiers.Zip(tiers.Skip(1)).All(p => p.First.AtLeastBits > p.Second.AtLeastBits && p.First.Value >= p.Second.Value);
        if (tiers.Count > 0 && (!ordered || tiers[^1].AtLeastBits != 0))
        {
            head.Faults.Add(head.PlaceOf("ra"), "ra 的各档不对", "位数从大到小、值不升，最后一档 atLeastBits 是 0");
        }

        return tiers;
    }

    private static ModuleCredit? Credit(MappingReader reader)
    {
        var level = reader.Integer("level", 1, 4, required: true);
        var module = reader.Integer("moduleLevel", 1, 4, required: true);
        var value = RuleDataReader.Number(reader, "value", 1, 2, required: true);
        return level is null || module is null || value is null ? null : new ModuleCredit(level.Value, module.Value, value.Value);
    }

    private static List<CompensationPair> Pairs(MappingReader reader)
    {
        var pairs = new List<CompensationPair>();
        foreach (var item in reader.Items("pairs", required: true))
        {
            if (item is YamlSequence { Items: [YamlScalar { Text: var one }, YamlScalar { Text: var other }] } && one != other)
            {
                pairs.Add(new CompensationPair(one, other));
            }
            else
            {
                reader.Faults.Add(item.At, "弥补的一对指标不对", "两个不同的指标编号", "- [NET-2, APP-6]");
            }
        }

        return pairs;
    }

    private static ScoringExample? Example(MappingReader reader)
    {
        var step = reader.Choice("step", Steps, required: true);
        var want = RuleDataReader.Number(reader, "want", 0, 100, required: true);
        var inputs = new List<KeyValuePair<string, decimal>>();
        foreach (var (key, value) in RuleDataReader.Entries(reader, "in", required: true))
        {
            if (RuleDataReader.AsNumber(value) is { } number && number is >= 0 and <= 100)
            {
                inputs.Add(new(key.Text, number));
            }
            else
            {
                reader.Faults.Add(value.At, $"{key.Text} 不是数", "0 到 100 的数");
            }
        }

        return step is null || want is null ? null : new ScoringExample(step.Value, inputs, want.Value, reader.At.ToString());
    }
}
