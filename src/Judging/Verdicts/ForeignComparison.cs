using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 旁证 · results of other tools beside our own verdicts on the same question. They decide nothing for the better. What another tool
/// reports as trouble, and what of its report was not read, leaves the items open that it speaks of.
/// </summary>
internal sealed class ForeignComparison
{
    private const string Kind = "imports.report";

    private readonly JudgeInput _input;
    private readonly Dictionary<(string, string), Judgement> _judgements;
    private readonly Dictionary<string, Requirement> _requirements;
    private readonly List<ForeignOpinion> _opinions = [];
    private readonly List<string> _remarks = [];
    private readonly Dictionary<(string Control, string Host), List<string>> _open = [];

    public ForeignComparison(JudgeInput input, IReadOnlyList<Judgement> judgements)
    {
        _input = input;
        _judgements = judgements.ToDictionary(j => (j.RequirementId, j.TargetId));
        _requirements = input.Requirements.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var report in input.Candidate.Imports.Where(i => i.Tool != ForeignTool.Sarif).OrderBy(i => i.Id, StringComparer.Ordinal))
        {
            Compare(report);
        }
    }

    /// <summary>By report and foreign id; null where the candidate names no report, so that what is written of it then stays as it was.</summary>
    public IReadOnlyList<ForeignOpinion>? Opinions => _input.Candidate.Imports.Count == 0 ? null
        : [.. _opinions.OrderByDescending(o => o.Disagrees).ThenBy(o => o.ImportId, StringComparer.Ordinal).ThenBy(o => o.ForeignId, StringComparer.Ordinal).ThenBy(o => o.RequirementId, StringComparer.Ordinal).ThenBy(o => o.TargetId, StringComparer.Ordinal)];

    public IReadOnlyList<string> Remarks => [.. _remarks, .. _opinions.Where(o => o.Disagrees).Select(Say).Order(StringComparer.Ordinal)];

    /// <summary>Why an item stays open on a host, in words; empty where no other tool speaks against it.</summary>
    public IReadOnlyList<string> Against(string control, string hostTargetId) => _open.TryGetValue((control, hostTargetId), out var why) ? [.. why.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [];

    private void Compare(ImportedReport report)
    {
        var rules = _input.Library.Mappings.Where(m => m.Tool == report.Tool).SelectMany(m => m.Rules).ToList();
        var outcome = _input.Records.FirstOrDefault(r => r.ProbeId == Kind && r.TargetId == report.TargetId)?.Outcome;
        if (outcome is not Observed { Observations: [var seen] })
        {
            _remarks.Add($"外部工具报告 {report.DisplayName}（{report.Tool.Name()}）没有读成{(outcome is Unable unable ? $"：{unable.Message}" : "")}；它所说的条目按待人工处理。");
            rules.ForEach(r => Open(r, report, $"{report.Tool.Name()} 的报告 {report.DisplayName} 没有读成"));
            return;
        }

        if (report.HostId is null)
        {
            _remarks.Add($"外部工具报告 {report.DisplayName}（{report.Tool.Name()}）没有写 host，不知道说的是哪台主机，只作记录，没有与实测比较。");
            return;
        }

        var failed = Failed(seen.Data);
        var passed = Passed(seen.Data);
        if (failed is null || passed is null)
        {
            _remarks.Add($"外部工具报告 {report.DisplayName}（{report.Tool.Name()}）{(failed is null ? "的问题清单没有读到" : report.Tool == ForeignTool.Nmap ? "只列开放的端口" : "没有写完，其中没有问题的不作旁证")}。");
        }

        foreach (var rule in rules)
        {
            One(report, rule, seen.Data, failed, passed);
        }
    }

    private void One(ImportedReport report, ForeignRule rule, JsonElement data, Dictionary<string, string>? failed, HashSet<string>? passed)
    {
        if (failed is null)
        {
            Open(rule, report, $"{report.Tool.Name()} 的报告 {report.DisplayName} 的问题清单没有读到");
            return;
        }

        // A setting of a test that was executed and is not named had no trouble.
        var parent = rule.Id.Split(':')[0];
        var isFailed = failed.ContainsKey(rule.Id);
        if (!isFailed && passed?.Contains(rule.Id) != true && !(rule.Id != parent && passed is not null && (passed.Contains(parent) || failed.ContainsKey(parent))))
        {
            return;
        }

        if (isFailed)
        {
            Open(rule, report, $"{Named(report.Tool, Text(data, "toolVersion"), Text(data, "reportedOn"))}认为 {rule.Id} 有问题{(failed[rule.Id].Length > 0 ? $"：{failed[rule.Id]}" : "")}");
        }

        foreach (var judgement in rule.Requirements.SelectMany(r => JudgementsOf(r, report)))
        {
            _opinions.Add(new ForeignOpinion
            {
                ImportId = report.TargetId,
                Tool = report.Tool,
                ToolVersion = Text(data, "toolVersion"),
                ReportedOn = Text(data, "reportedOn"),
                ForeignId = rule.Id,
                ForeignText = isFailed ? failed[rule.Id] : "",
                Outcome = isFailed ? ForeignOutcome.Failed : ForeignOutcome.Passed,
                RequirementId = judgement.RequirementId,
                TargetId = judgement.TargetId,
                OurVerdict = judgement.Verdict,
                Disagrees = isFailed ? judgement.Verdict == Verdict.Satisfied : judgement.Verdict is Verdict.NotSatisfied or Verdict.Partial,
            });
        }
    }

    /// <summary>Ours on the host itself, and on what is known of it from outside.</summary>
    private IEnumerable<Judgement> JudgementsOf(string requirement, ImportedReport report) =>
        _input.Candidate.Exposure.Where(e => e.HostId == report.HostId).Select(e => e.TargetId).Prepend($"host:{report.HostId}")
            .Select(t => _judgements.GetValueOrDefault((requirement, t))).OfType<Judgement>();

    private void Open(ForeignRule rule, ImportedReport report, string why)
    {
        foreach (var control in rule.Requirements.Select(_requirements.GetValueOrDefault).OfType<Requirement>().SelectMany(r => r.Basis).SelectMany(b => b.Claim?.Controls ?? []))
        {
            var key = (control, $"host:{report.HostId}");
            if (!_open.TryGetValue(key, out var reasons))
            {
                _open[key] = reasons = [];
            }

            reasons.Add(why);
        }
    }

    private string Say(ForeignOpinion opinion) =>
        $"{Named(opinion.Tool, opinion.ToolVersion, opinion.ReportedOn)}认为 {opinion.ForeignId} {(opinion.Outcome == ForeignOutcome.Failed ? "有问题" : "没有问题")}，本工具实测 {opinion.RequirementId} 在 {_input.Candidate.Targets().First(t => t.TargetId == opinion.TargetId).DisplayName} 上{opinion.OurVerdict.Name()}：两者不一致，请人工核对{(opinion.Outcome == ForeignOutcome.Failed ? "，有关条目按待人工处理" : "；结论仍按实测")}。";

    private static string Named(ForeignTool tool, string? version, string? on) => $"{tool.Name()}{(version is null ? "" : $" {version}")}{(on is null ? "" : $"（{on}）")}";

    private static Dictionary<string, string>? Failed(JsonElement data)
    {
        if (!data.TryGetProperty("failed", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in list.EnumerateArray())
        {
            if (Text(one, "id") is not { } id)
            {
                return null;
            }

            found.TryAdd(id, Text(one, "text") ?? "");
        }

        return found;
    }

    private static HashSet<string>? Passed(JsonElement data) =>
        data.TryGetProperty("passed", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)] : null;

    private static string? Text(JsonElement record, string field) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
