using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What <c>explain NET-2</c> says: the unit, its weights and where they come from, what the tool sees of it, what people must bring.</summary>
internal sealed class ControlExplanation(RulesetFolder folder, ControlCatalogue catalogue, Control control)
{
    /// <summary>Null where no catalogue has that key.</summary>
    public static ControlExplanation? Of(RulesetFolder folder, string? key) => folder.Library.Catalogues
        .SelectMany(c => c.Controls.Select(x => (Catalogue: c, Control: x)))
        .Where(f => string.Equals(f.Control.Key, key, StringComparison.OrdinalIgnoreCase))
        .Select(f => new ControlExplanation(folder, f.Catalogue, f.Control)).FirstOrDefault();

    /// <param name="row">Writes a label and a text.</param>
    public void Write(Action<string, string> row)
    {
        if (catalogue.Pillar == Pillar.ClassifiedProtection)
        {
            new ItemExplanation(folder, catalogue, control).Write(row);
            return;
        }

        var group = catalogue.Groups.First(g => g.Id == control.GroupId);
        row("标准", $"{catalogue.Standard}（测评单元 {control.Unit ?? "无，不参与量化"}，{control.Confidence.Name()}）");
        row("所在", $"{group.Title}，{group.Part.Name()}部分，层权重 {group.Weight}");
        foreach (var level in control.Levels)
        {
            row("级别", $"{level.Level} 级：{level.Modal.Name()}{(level.Clause is { } clause ? $"，条款 {clause}" : "")}{(level.Weight is { } weight ? string.Create(CultureInfo.InvariantCulture, $"，权重 {weight}") : "")}");
        }

        row("工具", control.Reach.Name() + (control.Looks is { } looks ? $"：{looks}" : ""));
        foreach (var requirement in folder.Requirements.Where(r => r.Basis.Any(b => b.Claim?.Controls.Contains(control.Key, StringComparer.Ordinal) == true)))
        {
            row("要求", $"{requirement.Id} {requirement.Title}（{Says(requirement)}）");
        }

        row("要人", $"{control.Evidence}（谁有：{control.Holder}）");
        row("回答", control.IsScored && group.Part == ControlPart.Technical
            ? $"candidate.yaml 的 cryptoAnswers：units: [{control.Key}]，D、A、K 各写 是 或 否，不知道就不写；K 只能由人回答；evidence 写 materials 里文件的编号，没有附上文件的不提高下界"
            : $"candidate.yaml 的 cryptoAnswers：units: [{control.Key}]，verdict: 符合、部分符合 或 不符合；evidence 写 materials 里文件的编号");
        Risks(row);
        foreach (var point in folder.Library.Guidance.SelectMany(g => g.Points).Where(p => p.Controls.Contains(control.Key, StringComparer.Ordinal)))
        {
            row("问答", $"{point.Id} {point.Says}{(point.Use is { } use ? $"。工具：{use}" : "")}{(point.Outside is { } why ? $"。工具管不到：{why}" : "")}");
            if (point.Asks is { } asks)
            {
                row("要问", $"{asks}{(point.Choices.Count > 0 ? $"（cryptoAnswers 的 faq：{string.Join("、", point.Choices.Select(c => $"“{point.Id} {c.Word}”{c.Says}"))}）" : "")}");
            }
        }

        foreach (var pair in folder.Library.Scorings.SelectMany(s => s.Compensation).Where(p => p.One == control.Key || p.Other == control.Key))
        {
            row("弥补", $"与 {(pair.One == control.Key ? pair.Other : pair.One)} 之间，经人确认覆盖全部数据后（cryptoCoverage）");
        }

        if (control.Note is { } note)
        {
            row("注意", note);
        }

        row("来源", $"{catalogue.File.Source}（{catalogue.File.Confidence.Name()}）");
        row("出处", $"rulesets/{control.Origin}");
    }

    public string Head => $"{control.Key}  {control.Title}";

    private void Risks(Action<string, string> row)
    {
        foreach (var item in folder.Library.HighRisks.SelectMany(h => h.Items).Where(i => i.Control == control.Key))
        {
            row("风险", $"{item.Code} {item.Title}（{string.Join("、", item.Levels)} 级）：{string.Join("；", item.Triggers)}");
            row("缓解", item.Mitigations.Count == 0 ? "没有任何缓解办法" : string.Join("；", item.Mitigations.Select(m => $"{m.Id} {m.Asks}")));
        }
    }

    private string Says(Requirement requirement)
    {
        var claims = requirement.Basis.Select(b => b.Claim).OfType<ControlClaim>().Where(c => c.Controls.Contains(control.Key, StringComparer.Ordinal)).ToList();
        var no = string.Join("、", claims.SelectMany(c => c.Aspects).Distinct());
        var yes = string.Join("、", claims.SelectMany(c => c.Proves).Distinct());
        var risks = string.Join("、", claims.SelectMany(c => c.Triggers).Distinct(StringComparer.Ordinal));
        var parts = new[] { no.Length > 0 ? $"不符合或部分符合则 {no} 为否" : "", yes.Length > 0 ? $"符合则 {yes} 为是" : "", risks.Length > 0 ? $"不符合即高风险 {risks}" : "" };
        return string.Join("，", parts.Where(p => p.Length > 0).DefaultIfEmpty("只作依据"));
    }
}
