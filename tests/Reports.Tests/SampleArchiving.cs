using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>A pack in which electronic archiving was judged: a package with a difference, a tampered OFD file with its drawing, a walk.</summary>
internal static class SampleArchiving
{
    public const string Picture = "ev-00000000000000aa";
    private const string Package = "archive-package:sample-aip";
    private const string Walk = "web-flow:desk";
    private static readonly DateTimeOffset At = new(2026, 3, 5, 9, 30, 0, TimeSpan.FromHours(8));

    public static EvidencePack Create()
    {
        var rich = SamplePacks.Rich();
        var svg = new Evidence { Id = Picture, MediaType = "image/svg+xml", RelativePath = "evidence/archives.ofd/ofd-page-001.svg", Bytes = 40, Sha256 = new string('a', 64), Sm3 = new string('b', 64), Description = "结果/批文.ofd 页 1 的示意图（文字与方框，标出签章位置）" };
        List<Judgement> judgements =
        [
            Judged("DAT70-1-1", Package, Verdict.NotSatisfied, VerdictReason.ConditionNotMet, "有出入"),
            Judged("DAT70-1-10", Package, Verdict.Satisfied, VerdictReason.Measured, "没有出入"),
            Judged("DAT70-4-5", Package, Verdict.NeedsReview, VerdictReason.ManualOnly, "载体外观要人看"),
            Judged("ARCHIVE-F-01", Walk, Verdict.NeedsReview, VerdictReason.ManualOnly, "走通了，待人看"),
            Judged("ARCHIVE-B-01", Walk, Verdict.NotSatisfied, VerdictReason.ConditionNotMet, "看到的相反"),
        ];
        List<Requirement> requirements = [.. judgements.Select(j => rich.Requirements[0] with { Id = j.RequirementId, Pillar = Pillar.ElectronicArchives, Title = $"题目 {j.RequirementId}" })];
        return rich with
        {
            Candidate = rich.Candidate with { WebFlows = [new WebFlow { Id = "desk", Title = "办件系统<b>", Start = new Uri("http://127.0.0.1:8080/") }] },
            Requirements = requirements,
            Judgement = SamplePacks.Judged(judgements, [], [], requirements, rich.Judgement.Gate),
            Profile = null,
            Evidence = [svg],
            Pictures = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [Picture] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray() },
            Outcomes =
            [
                Record("archives.package", Package, [], new
                {
                    profile = "p-zwfw", stage = "archiving", scheme = "zwfw-base", packages = 3, files = 12, problems = new[] { "包 2：压缩方法不认识" },
                    detection = new
                    {
                        controls = 7, falseAlarms = 1, defects = 40, killed = 30, rightlyNamed = 20, unanswered = 2, sm3 = new string('c', 64),
                        byNature = new[] { new { name = "真实性", defects = 20, killed = 19, rightlyNamed = 15 } }, byItem = new[] { new { name = "1-9", defects = 3, killed = 2, rightlyNamed = 1 }, new { name = "4-3", defects = 0, killed = 0, rightlyNamed = 0 } },
                    },
                    fixity = new { id = "1-1", title = "固化信息有效性", left = "包里记录的摘要", right = "重算的摘要", comparisons = 12, agrees = false, differenceCount = 9, differences = new[] { new { place = "包 0001 <a>", left = "甲\u202E值", right = "乙值", note = "" } }, open = new[] { "包 0003：没有读到底" }, remarks = new[] { "用了 MD5" } },
                    electronicAttributes = new { id = "1-10", title = "电子属性", left = "清单里的格式", right = "内容的格式", comparisons = 12, agrees = true, differenceCount = 0, differences = Array.Empty<object>(), open = Array.Empty<string>(), remarks = Array.Empty<string>() },
                }),
                Record("archives.ofd", Package, [svg], new
                {
                    fileCount = 2,
                    files = new object[]
                    {
                        new { file = "结果/批文.ofd", note = "", answer = "tampered", reasons = new[] { "Doc_0/Pages/Page_0/Content.xml 的摘要不同" }, signatures = new[] { new { id = "s001", type = "Seal", answer = "tampered", reasons = Array.Empty<string>(), sealName = "某某专用章", isTrusted = (bool?)null } } },
                        new { file = "结果/回执.ofd", note = "", answer = "unheardOf", reasons = Array.Empty<string>() },
                    },
                }),
                Record("archives.flow", Walk, [], new { f01 = new { shown = true, steps = new[] { "menu" }, reasons = new[] { "menu：做成" } }, b01 = new { shown = false, holds = false, steps = new[] { "backup" }, reasons = new[] { "backup：看到的相反" } } }),
            ],
        };
    }

    private static Judgement Judged(string id, string target, Verdict verdict, VerdictReason reason, string explanation) => new() { RequirementId = id, TargetId = target, Verdict = verdict, Reason = reason, Explanation = explanation };

    private static ProbeRecord Record(string kind, string target, IReadOnlyList<Evidence> evidence, object data) => SamplePacks.Record(kind, target, new Observed(
        [new Observation { Kind = kind, ProbeId = kind, ProbeVersion = "1", TargetId = target, Data = JsonSerializer.SerializeToElement(data), Evidence = evidence, ObservedAt = At }]));
}
