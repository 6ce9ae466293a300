using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>An assessment with one of everything: measured, answered and unknown aspects, a compensation, every standing of the board.</summary>
internal static class SampleAssessment
{
    public static Assessment Create() => new()
    {
        Catalogue = "gbt39786-2021",
        Pillar = Pillar.CommercialCrypto,
        Standard = "GB/T 39786-2021",
        Edition = "2023",
        Level = 3,
        Total = new ScoreRange(23.5m, 71.25m),
        OtherTotals = [new EditionTotal("2021", "量化评估规则（2021 版）", new ScoreRange(24, 70)), new EditionTotal("2018", "试行版", null)],
        UntestedShare = 0.75m,
        Grounds = new ScoreGrounds
        {
            Measured = 0.125m, Answered = 0.25m, Untested = 0.625m, AnswersAlone = ["POL-1"], Units = 3, MeasurableMeasured = 0.25m,
            Floor = 0.5m, FloorSource = "本工具的判定纪律", FloorConfidence = BasisConfidence.Unchecked,
        },
        Warnings = ["letter（说明）一份文件是 6 个单元、0 个高风险项的依据；请逐项核对它是否真的写到。"],
        Groups =
        [
            new GroupScore("NET", "网络和通信安全", ControlPart.Technical, 20, new ScoreRange(0.25m, 0.625m), 2, 1),
            new GroupScore("POL", "管理制度", ControlPart.Management, 8, new ScoreRange(0.5m, 0.5m), 1, 1),
            new GroupScore("EMG", "应急处置", ControlPart.Management, 6, null, 0, 0),
        ],
        Controls = [Channel(), Untouched(), Policy()],
        HighRisks =
        [
            Risk("5.2", null, "用了有缺陷的密码技术", HighRiskStanding.Confirmed, [new AspectSource(SourceKind.Measured, false, "CRY-01", "门户仍接受 TLS 1.0", ["ev-1"])], []),
            Risk("7.2", "NET-3", "信道里的重要数据没有加密", HighRiskStanding.Mitigated, [new AspectSource(SourceKind.Answered, true, "ch-1", "业主单位 确认人 于 2026-03-01 以缓解措施 m1 降低风险", [])], ["m1：应用层是否加密了全部重要数据？"]),
            Risk("9.2", "APP-4", "重要数据传输没有加密", HighRiskStanding.Open, [], []),
            Risk("7.3", "NET-5", "外联设备接入没有认证", HighRiskStanding.NotApplicable, [new AspectSource(SourceKind.Declared, null, "", "本级没有这一项", [])], []),
        ],
        Risks = [new ControlRisk("NET-3", RiskLevel.High, IsEstimate: false), new ControlRisk("POL-1", RiskLevel.Low, IsEstimate: true)],
        Conclusion = AssessmentConclusion.NotSatisfied,
        Sentence = "存在高风险 5.2，按现状密评结论会是“不符合”。",
        Threshold = 60,
        ThresholdSource = "业内通行做法",
        ThresholdConfidence = BasisConfidence.Unchecked,
        Checks = [new SelfCheck("问题数 2 = 部分符合 2 + 不符合 0", Holds: true), new SelfCheck("故意写错的一项", Holds: false)],
        Notes = ["风险缓解只影响结论，不影响分数"],
        Sources = ["测评单元：二手转录（待核）"],
    };

    private static ControlJudgement Channel() => Control("NET-3", "NET", "信道重要数据机密性", Verdict.Partial, new ScoreRange(0.25m, 0.5m)) with
    {
        Compensation = "若有人确认 APP-4 覆盖本项全部数据，本项最多可计 0.5",
        Objects =
        [
            new ObjectJudgement
            {
                ObjectId = "endpoint:portal",
                Title = "门户（portal.example.gov.cn:443）",
                Aspects =
                [
                    new AspectJudgement(Aspect.D, true, [new AspectSource(SourceKind.Measured, true, "CRY-01", "信道已加密", ["ev-1"])]),
                    new AspectJudgement(Aspect.A, false, [new AspectSource(SourceKind.Measured, false, "CRY-01", "提供非国密套件", [])]),
                    new AspectJudgement(Aspect.K, null, [new AspectSource(SourceKind.OnRecord, true, "ca-1", "业主单位 确认人 于 2026-03-01 回答“是”", [])]),
                ],
                StrengthBits = 128,
                Ra = ScoreRange.Exactly(1),
                Rk = new ScoreRange(1, 1.2m),
                Score = new ScoreRange(0.25m, 0.5m),
            },
        ],
    };

    private static ControlJudgement Untouched() => Control("NET-4", "NET", "边界访问控制规则防篡改", Verdict.NeedsReview, ScoreRange.Anything) with
    {
        Applicability = ControlApplicability.Undecided,
        ApplicabilityNote = "本级为“可”，由建设单位自行决定，还没有选择",
        Objects =
        [
            new ObjectJudgement
            {
                ObjectId = "",
                Title = "（没有登记测评对象）",
                Aspects = [.. Enum.GetValues<Aspect>().Select(a => new AspectJudgement(a, null, []))],
                Ra = new ScoreRange(0.2m, 1),
                Rk = new ScoreRange(1, 1.2m),
                Score = ScoreRange.Anything,
            },
        ],
    };

    private static ControlJudgement Policy() => Control("POL-1", "POL", "有密码安全管理制度", Verdict.Partial, ScoreRange.Exactly(0.5m)) with
    {
        Objects =
        [
            new ObjectJudgement
            {
                ObjectId = "",
                Title = "",
                Aspects = [],
                Sources = [new AspectSource(SourceKind.Answered, null, "ca-2", "业主单位 确认人 于 2026-03-01 回答“部分符合”", [])],
                Ra = ScoreRange.Exactly(1),
                Rk = ScoreRange.Exactly(1),
                Score = ScoreRange.Exactly(0.5m),
            },
        ],
    };

    private static ControlJudgement Control(string key, string group, string title, Verdict verdict, ScoreRange score) => new()
    {
        Key = key,
        GroupId = group,
        Title = title,
        Unit = "6.2.3",
        Clause = "8.2 c)",
        Modal = Modal.Shall,
        Weight = 1,
        Reach = ToolReach.Full,
        Applicability = ControlApplicability.Applies,
        Verdict = verdict,
        Score = score,
        Objects = [],
        Evidence = "工具连不到的链路：抓包",
        Holder = "网络与安全运维",
        Confidence = BasisConfidence.Unchecked,
    };

    private static HighRiskState Risk(string code, string? control, string title, HighRiskStanding standing, IReadOnlyList<AspectSource> reasons, IReadOnlyList<string> mitigations) => new()
    {
        Code = code,
        Control = control,
        Title = title,
        Standing = standing,
        Reasons = reasons,
        Triggers = ["触发情形"],
        Mitigations = mitigations,
        ToolSees = "协议版本探测",
    };
}
