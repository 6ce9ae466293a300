using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>A self-assessment with a bit of everything its section can show.</summary>
internal static class SampleProtection
{
    public static ProtectionAssessment Create() => new()
    {
        Catalogue = "gbt22239-2019",
        Standard = "GB/T 22239-2019",
        Edition = "2025",
        Level = 3,
        ServiceLevel = 2,
        Extensions = [SystemExtension.Cloud],
        Items =
        [
            Item("PES-PA-a", "PES", Verdict.NotApplicable) with { NotApplicableBecause = "由云服务方承担，凭云平台的备案与测评证明（cloud-proof）", Objects = [] },
            Item("CES-IA-a", "CES", Verdict.Partial) with
            {
                IsUnitChecked = true,
                Objects =
                [
                    On("host:app", "应用服务器", Verdict.NotSatisfied, new AspectSource(SourceKind.Measured, false, "ACC-03", "应用服务器 有空口令账户：test", ["ev-1"])),
                    On("portal", "门户<应用>", Verdict.Satisfied, new AspectSource(SourceKind.Answered, true, "", "业主单位 回答人 于 2026-03-01 回答“符合” [training]", [])),
                ],
            },
            Item("CES-IA-b", "CES", Verdict.NeedsReview) with { Objects = [On("", "整个系统", Verdict.NeedsReview)] },
            Item("CES-AU-a", "CES", Verdict.Satisfied) with { Objects = [On("host:app", "应用服务器", Verdict.Satisfied, new AspectSource(SourceKind.Measured, true, "AUD-01", "在运行", []))] },
        ],
        Classes = [new ItemCounts("PES", "安全物理环境", 0, 0, 0, 0, 1, 0), new ItemCounts("CES", "安全计算环境", 1, 1, 0, 1, 0, 2)],
        Total = new ItemCounts("", "合计", 1, 1, 0, 1, 1, 2),
        Rate = new ScoreRange(33.333333m, 66.666667m),
        LegacyTotal = new ScoreRange(48.578m, 98.578m),
        HighRisks =
        [
            Risk("6.4.1.1", "空/弱/通用口令或无鉴别", HighRiskStanding.Suspected, "A-18", ["two-factor：登录采用双因素鉴别"]),
            Risk("6.5.1.1", "远程管理通路不安全", HighRiskStanding.Confirmed, null, []),
            Risk("6.1.1.1", "机房出入口无访问控制", HighRiskStanding.NotApplicable, "A-01", []),
            Risk("6.9.4.1", "未定期等级测评", HighRiskStanding.Open, null, []),
        ],
        MajorOpen = 1,
        Conclusion = AssessmentConclusion.Undecided,
        Sentence = "结论待认定：未定的条目还能改变结论。",
        Coverage = [new TargetCoverage("host:db", 40, 31), new TargetCoverage("host:app", 70, 2)],
        Plan = new GapPlan(2, 1, 1, 0,
        [
            new GapStep("ACC-03", "没有空口令账户", "passwd -l 账户", ControlEffort.Configuration, "系统运维", HighRisk: true, ["CES-IA-a"], ["应用服务器"]),
            new GapStep("system-config", "安全配置截图", "交来文件并回答", ControlEffort.Document, "系统运维", HighRisk: false, ["CES-IA-b", "CES-AC-a", "CES-AC-b", "CES-AC-c", "CES-AC-d", "CES-AC-e", "CES-AC-f"], ["甲", "乙", "丙", "丁"]),
        ]),
        Notes = ["CES-BK-c 随 A 定为 2 级，该级没有这一条，不列入。"],
        Sources = ["条目：二手转录（待核）"],
    };

    private static ItemJudgement Item(string key, string group, Verdict verdict) => new()
    {
        Key = key,
        GroupId = group,
        Point = "控制点",
        Title = $"{key} 说的事",
        Unit = "L3-CES1-01",
        IsUnitChecked = false,
        Level = 3,
        Verdict = verdict,
        Range = new VerdictRange(verdict, verdict),
        Objects = [],
        Reach = ToolReach.Full,
        Evidence = "截图",
        Holder = "系统运维",
        Documents = ["system-config"],
        Effort = ControlEffort.Configuration,
    };

    private static ItemObject On(string id, string title, Verdict verdict, params AspectSource[] sources) => new() { ObjectId = id, Title = title, Verdict = verdict, Range = new VerdictRange(verdict, verdict), Sources = sources };

    private static HighRiskState Risk(string code, string title, HighRiskStanding standing, string? major, IReadOnlyList<string> mitigations) => new()
    {
        Code = code,
        Control = "CES-IA-a",
        Title = title,
        Standing = standing,
        Reasons = [new AspectSource(SourceKind.Measured, false, "ACC-03", "应用服务器 有空口令账户", [])],
        Triggers = ["可登录空口令"],
        Mitigations = mitigations,
        MajorHazard = major,
    };
}
