using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>The materials folder of the sample system: what the acceptance of luojiang-2025 asks for, with faults or without, and what people said of it.</summary>
internal static class PaperSamples
{
    private const string Owner = "演示业主单位";
    private const string Version = "V2.1";
    private const string Crypto = "密码应用安全性评估报告";
    private const string Graded = "网络安全等级保护测评报告";
    private const string Code = "信息系统代码安全检测报告";
    private const string Trial = "试运行报告";

    /// <summary>Clause, paper, how it is handed in; the well-run owner confirmed each but those marked as open.</summary>
    private static readonly (string[] Clauses, string Kind, string Ending, bool IsOpen)[] WellRunPapers =
    [
        (["LJ-11", "LJ-22-1"], "政务数据目录", "docx", false),
        (["LJ-13"], "项目需求方案", "docx", false),
        (["LJ-18", "LJ-22-7"], Code, "ofd", false),
        (["LJ-18"], "功能与性能测试报告", "ofd", false),
        (["LJ-21-1"], "业务数据备份与导入导出功能测试记录", "docx", false),
        (["LJ-22-2"], "数据共享情况证明", "pdf", false),
        (["LJ-22-3"], "城市大脑对接证明", "pdf", true),
        (["LJ-22-4"], "系统测试报告", "pdf", false),
        (["LJ-22-4"], Trial, "pdf", false),
        (["LJ-22-5"], Crypto, "ofd", false),
        (["LJ-22-6"], "网络安全等级保护备案证明", "ofd", false),
        (["LJ-22-6"], Graded, "ofd", false),
        (["LJ-22-8"], "电子文件归档功能规范性意见", "ofd", true),
    ];

    /// <returns>The <c>systemVersion:</c>, <c>milestones:</c>, <c>materials:</c> and <c>attestations:</c> of candidate.yaml.</returns>
    public static string Write(DemoSamples samples, DemoVariant variant, string system, TimeProvider clock)
    {
        using var seal = new PaperSeal(Owner, clock);
        var (from, to) = (DemoPaper.Before(clock, 60), DemoPaper.Before(clock, variant == DemoVariant.WellRun ? 20 : 41));
        var yaml = new StringBuilder($"systemVersion: {Version}\nmilestones: {{trialStart: {Written(from)}, trialEnd: {Written(to)}}}\nmaterials:\n");
        var at = clock.GetUtcNow().AddDays(-1);
        foreach (var (paper, ending) in variant == DemoVariant.WellRun ? WellRun(system, from, to, clock) : Careless(system, from, to, clock))
        {
            var file = $"materials/{paper.Kind}.{ending}";
            var path = samples.File(file, ending switch
            {
                "ofd" => PaperWriting.Ofd(paper.Kind, paper.Lines, at, seal),
                "pdf" => PaperWriting.Pdf(paper.Kind, paper.Lines),
                _ => PaperWriting.Word(paper.Kind, paper.Lines, at),
            });
            yaml.Append(CultureInfo.InvariantCulture, $"- {{id: {IdOf(paper.Kind)}, kind: {paper.Kind}, path: {DemoSamples.Quoted(path)}}}\n");
        }

        return variant == DemoVariant.WellRun ? yaml.Append(Confirmed(clock)).ToString() : yaml.ToString();
    }

    /// <summary>An assessment of years ago, a report about another system, one about an earlier version, a trial of twenty days; the rest is missing.</summary>
    private static IEnumerable<(DemoPaper Paper, string Ending)> Careless(string system, DateOnly from, DateOnly to, TimeProvider clock) =>
    [
        (Of(Crypto, system, DemoPaper.Before(clock, 900)), "ofd"),
        (Of(Graded, "演示的另一个系统", DemoPaper.Before(clock, 30)), "ofd"),
        (Of(Code, system, DemoPaper.Before(clock, 30)) with { Version = "V1.0" }, "docx"),
        (Of(Trial, system, DemoPaper.Before(clock, 30)) with { Says = [$"试运行时间：{DemoPaper.Day(from)}至{DemoPaper.Day(to)}"] }, "docx"),
    ];

    private static IEnumerable<(DemoPaper Paper, string Ending)> WellRun(string system, DateOnly from, DateOnly to, TimeProvider clock) => WellRunPapers.Select(p => (
        Of(p.Kind, system, DemoPaper.Before(clock, 10)) with { Says = [p.Kind == Trial ? $"试运行时间：{DemoPaper.Day(from)}至{DemoPaper.Day(to)}" : Subject(p.Kind)] }, p.Ending));

    /// <summary>Words that a paper of the kind has in its text.</summary>
    private static string Subject(string kind) => kind switch
    {
        Crypto => "评估对象：本系统的密码应用，评估结论见正文。",
        Graded => "测评对象：本系统，安全保护等级第三级，测评结论见正文。",
        "网络安全等级保护备案证明" => "本系统的安全保护等级为第三级，等级保护备案已办理。",
        _ => "工作范围：本系统全部功能。",
    };

    private static DemoPaper Of(string kind, string system, DateOnly day) => new() { Kind = kind, System = system, Owner = Owner, Version = Version, WrittenOn = day, Says = [Subject(kind)] };

    private static string Confirmed(TimeProvider clock)
    {
        var yaml = new StringBuilder("attestations:\n");
        foreach (var (clause, kind) in WellRunPapers.Where(p => !p.IsOpen).SelectMany(p => p.Clauses.Select(c => (c, p.Kind))))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- {{id: confirm-{clause.ToLowerInvariant()}-{IdOf(kind)}, requirement: {clause}/{kind}, verdict: 符合, by: 演示回答人, organisation: {Owner}, on: {Written(DemoPaper.Before(clock, 0))}, statement: 看过文件，内容与系统一致, evidence: [{IdOf(kind)}]}}\n");
        }

        return yaml.ToString();
    }

    private static string IdOf(string kind) => kind switch
    {
        Crypto => "crypto-report",
        Graded => "graded-report",
        Code => "code-report",
        Trial => "trial-report",
        _ => $"paper-{Array.FindIndex(WellRunPapers, p => p.Kind == kind) + 1}",
    };

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
