using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads what people say of the system's cryptography: objects, answers, applicability, coverage, high risks.</summary>
internal sealed class CryptoStatementReader(FaultList faults)
{
    private static readonly (string, bool)[] YesNo = [("是", true), ("否", false)];

    private static readonly (string, Verdict)[] Verdicts = [.. new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied }.Select(v => (v.Name(), v))];

    public static IReadOnlyList<(string Word, HighRiskClaim Value)> Claims { get; } =
        [("不存在", HighRiskClaim.Absent), ("存在", HighRiskClaim.Present), ("已缓解", HighRiskClaim.Mitigated)];

    public CryptoStatements Read(MappingReader head) => new()
    {
        Objects = head.Each("cryptoObjects", Object),
        Answers = head.Each("cryptoAnswers", Answer),
        Applicability = head.Each("cryptoApplicability", Choice),
        Coverage = head.Each("cryptoCoverage", Coverage),
        HighRisks = head.Each("cryptoHighRisks", HighRisk),
    };

    private static CryptoObject? Object(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: citizen-channel");
        var title = reader.Text("title", required: true, "title: 互联网用户访问门户的通道", cap: 100);
        var units = Units(reader);
        var targets = reader.Texts("targets");
        return id is null || title is null || units.Count == 0 ? null : new CryptoObject(id, title, units, targets);
    }

    private CryptoAnswer? Answer(MappingReader reader)
    {
        var before = faults.Faults.Count;
        var answer = new CryptoAnswer
        {
            Id = Id(reader, "id: ca-1"),
            Controls = Units(reader),
            Object = reader.Text("object", cap: 100),
            D = reader.Choice("D", YesNo),
            A = reader.Choice("A", YesNo),
            K = reader.Choice("K", YesNo),
            StrengthBits = reader.Integer("strengthBits", 0, 1024),
            ModuleLevel = reader.Integer("moduleLevel", 0, 4),
            Verdict = reader.Choice("verdict", Verdicts),
            Points = Points(reader),
            By = By(reader),
            Organisation = Organisation(reader),
            On = On(reader),
            Statement = reader.Text("statement"),
            Evidence = reader.Texts("evidence"),
        };
        if (answer is { D: null, A: null, K: null, StrengthBits: null, ModuleLevel: null, Verdict: null, Points.Count: 0 } && faults.Faults.Count == before)
        {
            faults.Add(reader.At, $"{answer.Id} 什么也没有回答", "D、A、K、strengthBits、moduleLevel、verdict、faq 至少一项", "K: 是");
        }

        return faults.Faults.Count == before ? answer : null;
    }

    /// <summary>Each as “FAQ-23 磁盘加密”; whether there are such is known with the rules.</summary>
    private List<PointAnswer> Points(MappingReader reader)
    {
        var found = new List<PointAnswer>();
        foreach (var item in reader.Items("faq"))
        {
            if (item is YamlScalar { Text: var text } && text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var point, var word])
            {
                found.Add(new PointAnswer(point, word));
            }
            else
            {
                faults.Add(item.At, "faq 的这一项不对", "要点编号、空格、回答", "faq: [FAQ-23 磁盘加密]");
            }
        }

        return found;
    }

    private ApplicabilityChoice? Choice(MappingReader reader)
    {
        var before = faults.Faults.Count;
        var choice = new ApplicabilityChoice
        {
            Id = Id(reader, "id: cx-1"),
            Controls = Units(reader),
            Applies = reader.Flag("applies", required: true) ?? true,
            By = By(reader),
            Organisation = Organisation(reader),
            On = On(reader),
            Statement = reader.Text("statement"),
            Evidence = reader.Texts("evidence"),
        };
        if (choice is { Applies: false, Statement: null } && faults.Faults.Count == before)
        {
            faults.Add(reader.At, $"{choice.Id} 说不适用而没有理由", "statement", "statement: 方案第 4 章已论证，专家评审通过");
        }

        return faults.Faults.Count == before ? choice : null;
    }

    private CoverageAnswer? Coverage(MappingReader reader)
    {
        var before = faults.Faults.Count;
        var coverage = new CoverageAnswer
        {
            Id = Id(reader, "id: cc-1"),
            From = reader.Text("from", required: true, "from: NET-3", cap: 64) ?? "?",
            To = reader.Text("to", required: true, "to: APP-4", cap: 64) ?? "?",
            CoversAll = reader.Flag("coversAll", required: true) ?? false,
            By = By(reader),
            Organisation = Organisation(reader),
            On = On(reader),
            Statement = reader.Text("statement"),
            Evidence = reader.Texts("evidence"),
        };
        return faults.Faults.Count == before ? coverage : null;
    }

    private HighRiskAnswer? HighRisk(MappingReader reader)
    {
        var before = faults.Faults.Count;
        var answer = new HighRiskAnswer
        {
            Id = Id(reader, "id: ch-1"),
            Items = reader.Texts("items", required: true, "items: [\"5.2\"]"),
            Claim = reader.Choice("claim", Claims, required: true) ?? HighRiskClaim.Present,
            Mitigation = reader.Text("mitigation", cap: 64),
            By = By(reader),
            Organisation = Organisation(reader),
            On = On(reader),
            Statement = reader.Text("statement"),
            Evidence = reader.Texts("evidence"),
        };
        if ((answer.Claim == HighRiskClaim.Mitigated) != (answer.Mitigation is not null) && faults.Faults.Count == before)
        {
            faults.Add(reader.At, $"{answer.Id} 的 claim 与 mitigation 不相配", "claim: 已缓解 时写 mitigation（指引里缓解措施的编号），其他时候不写", "mitigation: m1");
        }

        return faults.Faults.Count == before ? answer : null;
    }

    private static string Id(MappingReader reader, string example) => reader.Identifier("id", required: true, example) ?? "?";

    private static IReadOnlyList<string> Units(MappingReader reader) => reader.Texts("units", required: true, "units: [NET-2, NET-3]");

    private static string By(MappingReader reader) => reader.Text("by", required: true, cap: 100) ?? "?";

    private static string Organisation(MappingReader reader) => reader.Text("organisation", required: true, cap: 200) ?? "?";

    private static DateOnly On(MappingReader reader) => reader.Date("on", required: true) ?? default;
}
