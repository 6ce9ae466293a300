using System.Reflection;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The clause matrix of two towns as a table of Markdown, held against the one that is kept.</summary>
internal static class TownTable
{
    private static string Folder { get; } = Path.Combine(typeof(TownTable).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "tests", "Cli.Tests", "Towns", "Expected");

    public static void Matches(AcceptanceProfile measure, EvidencePack careless, EvidencePack wellRun)
    {
        var (expected, actual) = (Path.Combine(Folder, $"{measure.Id}.md"), Of(measure, careless, wellRun));
        if (Environment.GetEnvironmentVariable("ACCEPT_GOLDEN") == "1")
        {
            File.WriteAllText(expected, actual, new UTF8Encoding(false));
            return;
        }

        Assert.Equal(File.Exists(expected) ? File.ReadAllText(expected) : "", actual);
    }

    private static string Of(AcceptanceProfile measure, EvidencePack careless, EvidencePack wellRun)
    {
        var text = new StringBuilder($"# {measure.Title}\n\n只写没有做到的：已经人工确认的材料、符合的支柱和期限不列。\n\n| 条款 | 条号 | 环节 | 疏于管理 | 管理规范 |\n|---|---|---|---|---|\n");
        foreach (var clause in measure.Clauses)
        {
            text.Append($"| {clause.Id} | {clause.Article} | {clause.Gate.Name()} | {Said(careless, clause.Id)} | {Said(wellRun, clause.Id)} |\n");
        }

        text.Append($"\n门禁：疏于管理{Said(careless.Judgement.Gate)}，管理规范{Said(wellRun.Judgement.Gate)}。\n\n## 疏于管理：材料的问题\n\n").AppendJoin("", Faults(careless));
        return text.Append("\n## 管理规范：留给人的\n\n").AppendJoin("", LeftToPeople(wellRun)).ToString();
    }

    private static string Said(EvidencePack pack, string clauseId)
    {
        var clause = pack.Judgement.Clauses.Single(c => c.ClauseId == clauseId);
        string[] parts =
        [
            .. clause.Materials.Where(m => m.State != MaterialState.Attested).GroupBy(m => m.State).OrderBy(g => g.Key).Select(g => $"{g.Key.Name()}：{string.Join('、', g.Select(m => m.Material))}"),
            .. clause.Pillars.Where(p => p.Verdict != Verdict.Satisfied).Select(p => $"{p.Pillar.Title()} {p.Verdict.Name()}"),
            .. (clause.Periods ?? []).Where(p => p.Verdict != Verdict.Satisfied).Select(p => $"{p.Title} {p.Verdict.Name()}"),
        ];
        return parts.Length == 0 ? clause.Verdict.Name() : $"{clause.Verdict.Name()}（{string.Join("；", parts)}）";
    }

    private static string Said(GateResult gate) => gate.Outcome switch { GateOutcome.Failed => "未通过", GateOutcome.Passed => "通过", _ => "尚不能下结论（有留给人的）" };

    private static IEnumerable<string> Faults(EvidencePack pack)
    {
        var papers = pack.Candidate.Materials.ToDictionary(m => m.TargetId, m => m.MaterialKind, StringComparer.Ordinal);
        return pack.Judgement.Judgements.Where(j => papers.ContainsKey(j.TargetId) && j.RequirementId.StartsWith("MAT-", StringComparison.Ordinal) && j.Verdict is Verdict.NotSatisfied or Verdict.Partial)
            .Select(j => $"- {papers[j.TargetId]}：{j.RequirementId} {j.Verdict.Name()}\n").Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> LeftToPeople(EvidencePack pack) => pack.Judgement.Judgements.Where(j => j.Verdict == Verdict.NeedsReview).GroupBy(j => j.RequirementId, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"- {g.Key}（{g.First().Reason.Name()}）\n");
}
