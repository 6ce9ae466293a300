using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What <c>explain CES-IA-a</c> says: the item at each level, what it is asked of, what the tool sees, which documents answer it, its high-risk cases.</summary>
internal sealed class ItemExplanation(RulesetFolder folder, ControlCatalogue catalogue, Control control)
{
    private const string NoLimit = "长期有效";

    /// <param name="row">Writes a label and a text.</param>
    public void Write(Action<string, string> row)
    {
        var group = catalogue.Groups.First(g => g.Id == control.GroupId);
        row("标准", $"{catalogue.Standard} {(catalogue.Extension is { } extension ? $"{extension.Name()}扩展要求" : "安全通用要求")}（{control.Confidence.Name()}）");
        row("所在", $"{group.Title} · {control.Point}（{group.Part.Name()}）");
        foreach (var level in control.Levels)
        {
            row("级别", $"{level.Level} 级：{level.Unit}{(control.UnitsChecked.Contains(level.Level) ? "（编号有公开资料互证）" : "（编号按序推定）")}{(level.Clause is { } clause ? $"，条款 {clause}" : "")}{(level.Importance is { } weight ? $"，重要程度 {weight.Name()}" : "")}{(level.Title is { } title ? $"：{title}" : "")}");
        }

        row("定级", control.Grade == GradeAspect.General ? "随系统等级" : $"随 {control.Grade.Letter()}（{(control.Grade == GradeAspect.Service ? "系统服务" : "业务信息")}安全等级）");
        row("对象", group.Objects.Count == 0
            ? "对系统整体问一次"
            : $"逐个问：{string.Join("、", group.Objects.Except(control.NotFor).Select(k => k.Name()))}{(control.NotFor.Count > 0 ? $"；不问：{string.Join("、", control.NotFor.Select(k => k.Name()))}" : "")}");
        row("工具", control.Reach.PlainName());
        foreach (var requirement in folder.Requirements.Where(r => r.Basis.Any(b => b.Claim?.Controls.Contains(control.Key, StringComparer.Ordinal) == true)))
        {
            row("核查", $"{requirement.Id} {requirement.Title}");
        }

        row("要人", $"{control.Evidence}（谁有：{control.Holder}）");
        foreach (var document in Documents())
        {
            row("文档", $"{document.Id} {document.Title}（{document.Holder}，{(document.ValidMonths is { } months ? $"{months} 个月内的才算" : NoLimit)}）");
        }

        if (control.IsProviderSide)
        {
            row("责任", "由云服务方承担：云租户凭云平台的备案与测评证明判不适用，没有证明就是待人工");
        }

        row("回答", $"securitycheck answers new candidate.yaml 写出答题文件；这一条是 item: {control.Key}");
        foreach (var item in folder.Library.HighRisks.SelectMany(h => h.Items).Where(i => i.Control == control.Key))
        {
            row("风险", $"{item.Code} {item.Title}（{string.Join("、", item.Levels)} 级{(item.Precondition is { } only ? $"，{only}" : "")}{(item.MajorHazard is { } major ? $"，可成为重大风险隐患 {major}" : "")}）：{string.Join("；", item.Triggers)}");
            row("降低", item.Mitigations.Count == 0 ? "没有任何降低办法" : string.Join("；", item.Mitigations.Select(m => $"{m.Id} {m.Asks}")));
        }

        row("整改", $"{control.Effort?.Name()}（本工具的估计）");
        row("来源", $"{catalogue.File.Source}（{catalogue.File.Confidence.Name()}）");
        row("出处", $"rulesets/{control.Origin}");
    }

    private IEnumerable<CatalogueDocument> Documents() =>
        folder.Library.Catalogues.Where(c => c.Standard == catalogue.Standard).SelectMany(c => c.Documents).Where(d => control.Documents.Contains(d.Id, StringComparer.Ordinal));
}
