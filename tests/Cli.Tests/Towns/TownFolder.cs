using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The papers of a town and what its people say of them, for one measure: written into a folder, and into candidate.yaml.</summary>
internal sealed class TownFolder(AcceptanceProfile measure, DemoVariant variant, TemporaryFolder folder, TimeProvider clock)
{
    public const string System = "河源区政务服务办理系统";
    private const string Owner = "演示业主单位";
    private const string Trial = "试运行报告";
    private const string Application = "验收申请报告";

    /// <summary>What the well-run town's people have not confirmed yet, by measure.</summary>
    private static readonly Dictionary<string, string[]> Open = new(StringComparer.Ordinal)
    {
        ["lanzhou-2021"] = ["项目档案验收意见"],
        ["jiyuan"] = ["竣工验收意见"],
        ["xx-county"] = ["信息资源共享运营成效评估报告"],
        ["shangrao-2020"] = ["三方签字的运行评价意见"],
        ["luojiang-2025"] = ["城市大脑对接证明", "电子文件归档功能规范性意见"],
    };

    /// <summary>What it has none of and says so, on the paper that shows it.</summary>
    private static readonly Dictionary<string, string> NotAsked = new(StringComparer.Ordinal)
    {
        ["前期项目第三方后评价报告"] = "项目建设方案", ["能源利用效率（PUE）测试报告"] = "项目建设方案", ["运维项目申报方案"] = "项目建设方案",
    };

    /// <summary>
    /// What the careless town hands in of what a measure asks for, and the rule that each falls short of: a report of years ago, one about another system,
    /// another paper under the name, a torn file, an earlier version, a sealed one that was changed; and a trial of twenty days, which no rule of papers minds.
    /// </summary>
    private static readonly (string Kind, string Ending, string? Rule, Func<TownFolder, DemoPaper, PaperSeal, byte[]> Make)[] Planted =
    [
        ("密码应用安全性评估报告", "ofd", "MAT-04", (t, p, seal) => t.Sealed(p with { WrittenOn = t._today.AddDays(-900) }, seal)),
        ("网络安全等级保护测评报告", "ofd", "MAT-03", (t, p, seal) => t.Sealed(p with { System = "另一处的办公系统" }, seal)),
        ("监理报告", "ofd", "MAT-02", (t, p, seal) => PaperWriting.Ofd("项目合同", [.. p.Lines.Where(l => !l.Contains("监理", StringComparison.Ordinal)), "本合同由双方订立。"], t.Now, seal)),
        ("采购文件", "pdf", "MAT-01", (_, p, _) => PaperWriting.Pdf(p.Kind, p.Lines)[..1500]),
        ("信息系统代码安全检测报告", "docx", "MAT-06", (t, p, _) => t.Word(p with { Version = "V1.0" })),
        ("项目合同", "ofd", "MAT-05", (t, p, seal) => Changed(t.Sealed(p, seal))),
        (Trial, "pdf", null, (_, p, _) => PaperWriting.Pdf(p.Kind, p.Lines)),
    ];

    private readonly DateOnly _today = BeijingTime.DayOf(clock.GetUtcNow());
    private readonly List<(string Kind, string Id)> _papers = [];

    private bool IsWellRun => variant == DemoVariant.WellRun;

    private IEnumerable<Clause> Due => DueOf(measure);

    private DateTimeOffset Now => clock.GetUtcNow();

    private (DateOnly From, DateOnly To) TrialDays => (_today.AddDays(-60), _today.AddDays(IsWellRun ? -20 : -41));

    private (DateOnly Completed, DateOnly? Applied) Days => IsWellRun ? (_today.AddDays(-70), _today.AddDays(-5)) : (_today.AddDays(-300), null);

    /// <summary>Of the careless town's papers each that falls short of a rule, by the kind that it was handed in as.</summary>
    public static IEnumerable<(string Kind, string Rule)> Faults(AcceptanceProfile measure) => PlantedFor(measure).Where(p => p.Rule is not null).Select(p => (p.Kind, p.Rule!));

    /// <summary>Everything of candidate.yaml that is about papers.</summary>
    public string Write()
    {
        using var seal = new PaperSeal(Owner, clock);
        var yaml = new StringBuilder($"profile: {measure.Id}\nsystemVersion: V2.1\nmilestones:\n  trialStart: {Written(TrialDays.From)}\n  trialEnd: {Written(TrialDays.To)}\n  completedOn: {Written(Days.Completed)}\n");
        yaml.Append(Days.Applied is { } applied ? $"  appliedOn: {Written(applied)}\n" : "").Append("materials:\n");
        foreach (var (kind, file, bytes) in IsWellRun ? WellRun(seal) : Careless(seal))
        {
            var path = folder.File(file);
            File.WriteAllBytes(path, bytes);
            _papers.Add((kind, $"paper-{_papers.Count + 1}"));
            yaml.Append(CultureInfo.InvariantCulture, $"- {{id: {_papers[^1].Id}, kind: {kind}, path: '{path}'}}\n");
        }

        return yaml.Append("attestations:\n").AppendJoin("", IsWellRun ? Confirmed() : BoldWord()).ToString();
    }

    /// <summary>One of each kind: what is to be signed as OFD under a seal, the rest as docx and PDF in turn.</summary>
    private IEnumerable<(string Kind, string File, byte[] Bytes)> WellRun(PaperSeal seal) => Due.SelectMany(c => c.Materials).Distinct(StringComparer.Ordinal).Where(k => !NotAsked.ContainsKey(k)).Select((k, i) =>
        Kinds.First(t => t.Name == k).IsSigned ? (k, $"{k}.ofd", Sealed(Paper(k), seal)) : i % 2 == 0 ? (k, $"{k}.docx", Word(Paper(k))) : (k, $"{k}.pdf", PaperWriting.Pdf(k, Paper(k).Lines)));

    private IEnumerable<(string Kind, string File, byte[] Bytes)> Careless(PaperSeal seal) =>
        PlantedFor(measure).Select(p => (p.Kind, $"{p.Kind}.{p.Ending}", p.Make(this, Paper(p.Kind), seal)));

    private static IEnumerable<Clause> DueOf(AcceptanceProfile measure) => measure.Clauses.Where(c => c.Gate != Gate.Advisory);

    private static IEnumerable<(string Kind, string Ending, string? Rule, Func<TownFolder, DemoPaper, PaperSeal, byte[]> Make)> PlantedFor(AcceptanceProfile measure)
    {
        var asked = DueOf(measure).SelectMany(c => c.Materials).ToHashSet(StringComparer.Ordinal);
        return Planted.Where(p => asked.Contains(p.Kind));
    }

    /// <summary>For every clause that is due, all but what is left to people; of the pillars nothing.</summary>
    private IEnumerable<string> Confirmed() => Due.SelectMany(c => c.Materials.Where(m => !Open[measure.Id].Contains(m, StringComparer.Ordinal)).Select(m => Word(c, m, NotAsked.GetValueOrDefault(m))));

    private string Word(Clause clause, string material, string? shownBy) =>
        $"- {{id: word-{clause.Id.ToLowerInvariant()}-{clause.Materials.ToList().IndexOf(material)}, requirement: {clause.Id}/{material}, verdict: {(shownBy is null ? "符合" : "不适用")}, by: 演示回答人, organisation: {Owner}, on: {Written(_today)}, statement: 看过, evidence: [{IdOf(shownBy ?? material)}]}}\n";

    private string IdOf(string kind) => _papers.Find(p => p.Kind == kind).Id ?? _papers[0].Id;

    /// <summary>A word for a paper that nobody handed in, and one that lifts an expired report: neither counts.</summary>
    private IEnumerable<string> BoldWord()
    {
        var (clause, material) = Due.SelectMany(c => c.Materials.Select(m => (c, m))).First(m => !_papers.Exists(p => p.Kind == m.m));
        yield return $"- {{id: bold-1, requirement: {clause.Id}/{material}, verdict: 符合, by: 演示回答人, organisation: {Owner}, on: {Written(_today)}, statement: 有的}}\n";
        if (Due.FirstOrDefault(c => c.Materials.Contains(_papers[0].Kind, StringComparer.Ordinal)) is { } other)
        {
            yield return $"- {{id: bold-2, requirement: {other.Id}/{_papers[0].Kind}, verdict: 符合, by: 演示回答人, organisation: {Owner}, on: {Written(_today)}, statement: 仍可用, evidence: [{_papers[0].Id}]}}\n";
        }
    }

    private DemoPaper Paper(string kind) => new()
    {
        Kind = kind, System = System, Owner = Owner, Version = "V2.1", WrittenOn = _today.AddDays(-10),
        Says =
        [
            kind == Trial ? $"试运行时间：{DemoPaper.Day(TrialDays.From)}至{DemoPaper.Day(TrialDays.To)}" : "工作范围：本系统全部功能。",
            kind == Application ? $"本系统于{DemoPaper.Day(Days.Completed)}建成，现于{DemoPaper.Day(Days.Applied ?? _today)}申请验收。" : $"本文件写到：{string.Join('、', Kinds.First(t => t.Name == kind).Text)}。",
        ],
    };

    private static IReadOnlyList<MaterialKind> Kinds { get; } = [.. Product.LoadRulesets(null).Library.Tables.MaterialKinds.SelectMany(t => t.Kinds)];

    private byte[] Word(DemoPaper paper) => PaperWriting.Word(paper.Kind, paper.Lines, clock.GetUtcNow());

    private byte[] Sealed(DemoPaper paper, PaperSeal seal) => PaperWriting.Ofd(paper.Kind, paper.Lines, clock.GetUtcNow().AddHours(-1), seal);

    /// <summary>The page after the seal was put on it: one part of the container is written anew.</summary>
    private static byte[] Changed(byte[] file)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var zip = new global::System.IO.Compression.ZipArchive(stream, global::System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            const string page = "Doc_0/Pages/Page_0/Content.xml";
            using var reader = new StreamReader(zip.GetEntry(page)!.Open());
            var text = reader.ReadToEnd().Replace("所列各项均已完成", "所列各项均已办结", StringComparison.Ordinal);
            reader.Dispose();
            zip.GetEntry(page)!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(page).Open(), new UTF8Encoding(false));
            writer.Write(text);
        }

        return stream.ToArray();
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
