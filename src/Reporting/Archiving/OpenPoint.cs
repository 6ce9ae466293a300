using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>未决事项 · something the material does not settle, and who can.</summary>
/// <param name="Subject">What is open.</param>
/// <param name="Why">For people.</param>
/// <param name="Holder">Who can close it.</param>
public sealed record OpenPoint(string Subject, string Why, string Holder)
{
    private const string Reviewer = "归档主管部门与核验人员";
    private const int MostNamed = 3;
    private const string Evaluator = "核验人员";

    internal static IReadOnlyList<OpenPoint> Of(EvidencePack pack, IReadOnlyList<ReviewedFunction> functions, List<ReviewedPackage> packages, string? noPackages, Dictionary<string, Requirement> requirements, List<Judgement> judgements)
    {
        var points = new List<OpenPoint>();
        points.AddRange(functions.Where(f => f.Walks.Count == 0).Select(f => new OpenPoint($"{f.Id} {f.Title}", ReviewedFunction.NotWalked, Evaluator)));
        if (noPackages is not null)
        {
            points.Add(new OpenPoint("四性检测", $"{noPackages}，DA/T 70 的 40 项一项也没有比对", "建设单位"));
        }

        foreach (var open in judgements.Where(j => j.Verdict == Verdict.NeedsReview || j.Reason.IsUnverified()))
        {
            var id = ReviewedFunction.IdOf(open.RequirementId) ?? ReviewedItem.IdOf(open.RequirementId) ?? open.RequirementId;
            points.Add(new OpenPoint(
                $"{id} {requirements[open.RequirementId].Title}（{ReportAssembly.TargetName(pack.Candidate, open.TargetId)}）",
                $"{open.Reason.Name()}：{open.Explanation}",
                open.Reason.IsUnverified() ? Evaluator : Reviewer));
        }

        points.AddRange(packages.SelectMany(p => p.Items.Where(i => i.Open.Count > 0 && i.Judgement.Verdict != Verdict.NeedsReview).Select(i => NotCompared(p, i))));
        points.AddRange(packages.SelectMany(p => p.Problems.Select(problem => new OpenPoint($"{p.Name}：没有读出的内容", problem, "建设单位"))));
        points.Add(new OpenPoint("条款编号", "GB/T 42727 与 DA/T 70 的条文没有与正式出版的文本核对，检查项由本项目按公开资料以自己的话写出", Reviewer));
        return points;
    }

    /// <summary>A difference is a verdict; what nobody held against anything beside it stays open all the same.</summary>
    private static OpenPoint NotCompared(ReviewedPackage package, ReviewedItem item) => new(
        $"{item.Id} {item.Title}（{package.Name}）：没有比对的部分",
        string.Join('；', item.Open.Take(MostNamed)) + (item.Open.Count > MostNamed ? $"；另有 {item.Open.Count - MostNamed} 处" : ""),
        Evaluator);
}
