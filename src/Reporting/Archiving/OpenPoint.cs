using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>未决事项 · something the material does not settle, and who can.</summary>
/// <param name="Subject">What is open.</param>
/// <param name="Why">For people.</param>
/// <param name="Holder">Who can close it.</param>
public sealed record OpenPoint(string Subject, string Why, string Holder)
{
    private const string Reviewer = "归档主管部门与核验人员";
    private const string Evaluator = "核验人员";

    internal static IReadOnlyList<OpenPoint> Of(EvidencePack pack, IReadOnlyList<ReviewedFunction> functions, List<ReviewedPackage> packages, Dictionary<string, Requirement> requirements, List<Judgement> judgements)
    {
        var points = new List<OpenPoint>();
        points.AddRange(functions.Where(f => f.Walks.Count == 0).Select(f => new OpenPoint($"{f.Id} {f.Title}", ReviewedFunction.NotWalked, Evaluator)));
        if (packages.Count == 0)
        {
            points.Add(new OpenPoint("四性检测", "没有给归档信息包（archivePackages），DA/T 70 的 40 项一项也没有比对", "建设单位"));
        }

        foreach (var open in judgements.Where(j => j.Verdict == Verdict.NeedsReview || j.Reason.IsUnverified()))
        {
            var id = ReviewedFunction.IdOf(open.RequirementId) ?? ReviewedItem.IdOf(open.RequirementId) ?? open.RequirementId;
            points.Add(new OpenPoint(
                $"{id} {requirements[open.RequirementId].Title}（{ReportAssembly.TargetName(pack.Candidate, open.TargetId)}）",
                $"{open.Reason.Name()}：{open.Explanation}",
                open.Reason.IsUnverified() ? Evaluator : Reviewer));
        }

        points.AddRange(packages.SelectMany(p => p.Problems.Select(problem => new OpenPoint($"{p.Name}：没有读出的内容", problem, "建设单位"))));
        points.Add(new OpenPoint("条款编号", "GB/T 42727 与 DA/T 70 的条文没有与正式出版的文本核对，检查项由本项目按公开资料以自己的话写出", Reviewer));
        return points;
    }
}
