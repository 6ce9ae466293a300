using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one ruleset file. Every mistake is a fault with its place; nothing is guessed.</summary>
/// <param name="kinds">What may be observed.</param>
/// <param name="faults">Where mistakes go.</param>
/// <param name="isProven">Whether a file is one the tool was built with, whose fields a test held against the records; null where nobody knows.</param>
public sealed class RulesetReader(IReadOnlyDictionary<string, ObservationKind> kinds, FaultList faults, Func<byte[], bool>? isProven = null)
{
    private static readonly (string, Severity)[] Severities =
        [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];

    private static readonly (string, LetterGrade)[] Grades = [.. Enum.GetValues<LetterGrade>().Select(g => ($"{g}", g))];

    private static readonly (string, Pillar)[] Pillars = [.. Enum.GetValues<Pillar>().Select(p => (p.Id(), p))];

    private static readonly (string, BasisConfidence)[] Confidences = [("待核", BasisConfidence.Unchecked), ("已核", BasisConfidence.Checked)];

    private static readonly string[] AskableKinds = ["candidate", "endpoint", "host", "source-tree", "archive-package", "crypto-sample", "document", "web-flow"];

    /// <returns>Null where the file's head has faults.</returns>
    public Ruleset? Read(string shownAs, byte[] bytes)
    {
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var proven = isProven?.Invoke(bytes) ?? false;
        var id = head.Identifier("ruleset", required: true, "ruleset: tls-baseline");
        var version = head.Text("version", required: true, "version: \"2026.1\"");
        var title = head.Text("title", required: true, "title: TLS 基线");
        var pillar = head.Choice("pillar", Pillars, required: true);
        var requirements = head.Each("requirements", r => Requirement(r, id ?? "?", pillar ?? Pillar.Tls, proven), required: true);
        head.Finish();
        return id is null || version is null || title is null || pillar is null ? null : new Ruleset
        {
            Id = id,
            Version = version,
            Title = title,
            Pillar = pillar.Value,
            Requirements = requirements,
            File = shownAs,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }

    private Requirement? Requirement(MappingReader reader, string rulesetId, Pillar pillar, bool proven)
    {
        var before = faults.Faults.Count;
        var id = reader.Text("id", required: true, "id: TLS-01", cap: 64);
        var isManual = reader.Flag("manual") ?? false;
        var observes = reader.Text("observes", required: !isManual, "observes: tls.protocol-versions");
        var kind = observes is null ? null : Kind(observes, reader);
        var shape = observes is null && isManual ? RecordSchema.Nothing.Root : proven ? null : kind?.Schema.Root;
        var asksOf = AsksOf(reader, isManual);
        var conditions = new PredicateReader(faults);
        var levels = Levels(reader);
        var requirement = new Requirement
        {
            Id = id ?? "?",
            RulesetId = rulesetId,
            Pillar = pillar,
            Title = reader.Text("title", required: true, "title: 不得接受 TLS 1.0") ?? "?",
            Basis = reader.Each("basis", b => Basis(b, shape), required: true, "[{standard: GB/T 22239-2019, clause: 8.1.2.2, confidence: 待核}]"),
            Severity = reader.Choice("severity", Severities, required: true) ?? Severity.Info,
            Observes = observes,
            AsksOf = asksOf,
            AppliesWhen = WithLevels(levels, Condition(reader, conditions, "appliesWhen", shape, false)),
            SatisfiedWhen = Condition(reader, conditions, "satisfiedWhen", shape, required: !isManual),
            PartialWhen = Condition(reader, conditions, "partialWhen", shape, false),
            Enough = Enough(reader, conditions, shape),
            Acceptance = Acceptance(reader, conditions, shape),
            Met = reader.Text("met"),
            Explain = reader.Text("explain", required: true, "explain: \"{target} 仍接受 {offered}\"") ?? "",
            Remedy = reader.Text("remedy", required: true, "remedy: 在网关关闭 TLS 1.2 以下协议") ?? "",
            Why = reader.Text("why"),
            CapsGrade = reader.Choice("capsGrade", Grades, required: false),
            IsManual = isManual,
            IsSelfReport = kind?.IsSelfReport == true,
            Levels = levels,
            Examples = Examples(reader, proven ? null : kind, isManual),
            Origin = reader.At.ToString(),
        };
        ExplanationTemplate.Check(requirement.Explain, shape, reader.At, faults);
        ExplanationTemplate.Check(requirement.Met ?? "", shape, reader.At, faults);
        ExplanationTemplate.Check(requirement.Acceptance?.Say ?? "", shape, reader.At, faults);
        return faults.Faults.Count == before ? requirement : null;
    }

    private ObservationKind? Kind(string observes, MappingReader reader)
    {
        if (kinds.TryGetValue(observes, out var kind))
        {
            return kind;
        }

        faults.Add(reader.At, $"没有探测产生 {observes}", $"其中之一：{string.Join("、", kinds.Keys.Order(StringComparer.Ordinal))}");
        return null;
    }

    private string? AsksOf(MappingReader reader, bool isManual)
    {
        var asksOf = reader.Text("asksOf");
        if (asksOf is not null && (!isManual || !AskableKinds.Any(k => k == asksOf)))
        {
            faults.Add(reader.At, $"asksOf: {asksOf} 不对", $"只用于 manual: true，取值其中之一：{string.Join("、", AskableKinds)}");
        }

        return asksOf == "candidate" ? null : asksOf;
    }

    private List<int> Levels(MappingReader reader)
    {
        var levels = new List<int>();
        foreach (var item in reader.Items("levels"))
        {
            if (item is YamlScalar { Text: ['1' or '2' or '3' or '4'] digit })
            {
                levels.Add(digit[0] - '0');
            }
            else
            {
                faults.Add(item.At, "级别不对", "1、2、3、4", "levels: [3, 4]");
            }
        }

        return levels;
    }

    private static Predicate? WithLevels(List<int> levels, Predicate? appliesWhen)
    {
        if (levels.Count == 0)
        {
            return appliesWhen;
        }

        var graded = new FieldTest("candidate.protectionLevel", FieldOperator.In, JsonSerializer.SerializeToElement(levels));
        return appliesWhen is null ? graded : new AllOf([graded, appliesWhen]);
    }

    private static Predicate? Condition(MappingReader reader, PredicateReader conditions, string key, FieldShape? shape, bool required) =>
        reader.Take(key, required, "条件", "{field: offered, noneOf: [SSLv3]}") is { } value ? conditions.Read(value, shape) : null;

    private EnoughSeen? Enough(MappingReader reader, PredicateReader conditions, FieldShape? shape)
    {
        if (reader.Take("enough", expected: "条件与出处", example: "enough: {when: {field: rows, atLeast: 20}, source: 自定}") is not YamlMapping map)
        {
            return null;
        }

        var inside = new MappingReader(map, faults);
        var when = Condition(inside, conditions, "when", shape, required: true);
        var source = inside.Text("source", required: true, "source: 自定", cap: 300);
        inside.Finish();
        return when is null || source is null ? null : new EnoughSeen(when, source);
    }

    private AcceptanceByPeople? Acceptance(MappingReader reader, PredicateReader conditions, FieldShape? shape)
    {
        if (reader.Take("acceptance", expected: "条件与说明", example: "acceptance: {when: {field: awaitsAcceptance, includes: [weakHash]}, say: 已抑制，须认可}") is not YamlMapping map)
        {
            return null;
        }

        var inside = new MappingReader(map, faults);
        var when = Condition(inside, conditions, "when", shape, required: true);
        var say = inside.Text("say", required: true, "say: \"{target} 已抑制 {suppressed} 处，须评估人员认可\"", cap: 600);
        inside.Finish();
        return when is null || say is null ? null : new AcceptanceByPeople(when, say);
    }

    private static Basis? Basis(MappingReader reader, FieldShape? shape)
    {
        var standard = reader.Text("standard", required: true, "standard: GB/T 22239-2019");
        var clause = reader.Text("clause", required: true, "clause: 8.1.2.2");
        var confidence = reader.Choice("confidence", Confidences) ?? BasisConfidence.Unchecked;
        var claim = ControlClaimReader.Read(reader, shape);
        return standard is null || clause is null ? null : new Basis(standard, clause, confidence) { Claim = claim };
    }

    private List<RequirementExample> Examples(MappingReader reader, ObservationKind? kind, bool isManual)
    {
        var found = new List<RequirementExample>();
        if (reader.Take("examples", required: !isManual, "符合与不符合的例子", "examples: {符合: [{…}], 不符合: [{…}]}") is not YamlMapping map)
        {
            return found;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (VerdictNames.ParseVerdict(key.Text) is not { } verdict || value is not YamlSequence list)
            {
                faults.Add(key.At, $"例子的键 {key.Text} 不对", "符合、部分符合、不符合、不适用、待人工之一，值为列表");
                continue;
            }

            foreach (var item in list.Items)
            {
                if (kind is not null)
                {
                    ExampleShape.Check(item, kind.Schema.Root, faults);
                }

                found.Add(new RequirementExample(verdict, item.ToElement(), item.At.ToString()));
            }
        }

        foreach (var needed in isManual ? [] : new[] { Verdict.Satisfied, Verdict.NotSatisfied }.Where(v => found.TrueForAll(e => e.Expected != v)))
        {
            faults.Add(map.At, $"缺少“{needed.Name()}”的例子", "每条要求都要有符合与不符合的例子");
        }

        return found;
    }
}
