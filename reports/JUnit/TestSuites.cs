using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.JUnit;

internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}

internal sealed record TestCase(string Name, string ClassName, TestOutcome Outcome, string Type, string Message, string Detail, string Output);

internal sealed record TestSuite(string Id, string Name, IReadOnlyList<TestCase> Cases)
{
    public int Failures => Cases.Count(c => c.Outcome == TestOutcome.Failed);

    public int Skipped => Cases.Count(c => c.Outcome == TestOutcome.Skipped);
}

/// <summary>Says judgements in the words of a test run.</summary>
internal static class TestSuites
{
    public static IEnumerable<TestSuite> Of(AcceptanceReport report)
    {
        var evidence = report.Evidence.DistinctBy(e => e.Id, StringComparer.Ordinal).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var severities = report.Findings.Where(f => f.Judgement is not null)
            .ToLookup(f => (f.Finding.RequirementId, f.Finding.TargetId), f => f.Finding.Severity);
        foreach (var section in report.Pillars)
        {
            var cases = section.Requirements.SelectMany(r => r.Judgements.Select(j => Case(r.Requirement, j, Severest(r.Requirement, severities[(j.RequirementId, j.TargetId)]), report.TargetName(j.TargetId), evidence)));
            yield return new TestSuite(section.Pillar.Id(), section.Pillar.Title(), [.. cases]);
        }

        var orphans = report.Findings.Where(f => f.Judgement is null).Select(f => Case(f.Finding, report.TargetName(f.Finding.TargetId))).ToList();
        if (orphans.Count > 0)
        {
            yield return new TestSuite("findings", "其他问题", orphans);
        }
    }

    private static Severity Severest(Requirement requirement, IEnumerable<Severity> findings) => findings.DefaultIfEmpty(requirement.Severity).Max();

    private static TestCase Case(Requirement requirement, Judgement judgement, Severity severity, string target, Dictionary<string, Evidence> evidence)
    {
        var outcome = Outcome(judgement);
        return new TestCase(
            $"{requirement.Id} {requirement.Title} · {target}",
            $"{requirement.RulesetId}.{requirement.Pillar.Id()}",
            outcome,
            outcome == TestOutcome.Failed ? severity.Name() : Why(judgement),
            $"{judgement.Verdict.Name()}：{judgement.Explanation}",
            outcome == TestOutcome.Failed ? Detail(requirement, judgement, severity) : $"{Why(judgement)}：{judgement.Explanation}",
            Output(judgement, evidence));
    }

    private static TestCase Case(Finding finding, string target)
    {
        var waived = finding.WaiverId is not null;
        return new TestCase(
            $"{finding.RequirementId} {finding.Title} · {target} · {finding.Where}",
            "findings",
            waived ? TestOutcome.Skipped : TestOutcome.Failed,
            waived ? $"已豁免 {finding.WaiverId}" : finding.Severity.Name(),
            $"{finding.Verdict.Name()}：{finding.Message}",
            $"严重程度：{finding.Severity.Name()}\n整改：{finding.Remedy}",
            "");
    }

    private static TestOutcome Outcome(Judgement judgement) => judgement.Verdict switch
    {
        Verdict.Satisfied => TestOutcome.Passed,
        Verdict.NotSatisfied or Verdict.Partial when judgement.WaiverId is null => TestOutcome.Failed,
        _ => TestOutcome.Skipped,
    };

    private static string Why(Judgement judgement) =>
        judgement.WaiverId is { } waiver ? $"已豁免 {waiver}" : $"{judgement.Verdict.Name()}（{judgement.Reason.Name()}）";

    private static string Detail(Requirement requirement, Judgement judgement, Severity severity)
    {
        var bases = string.Join('；', requirement.Basis.Select(b => $"{b.Standard} {b.Clause}{(b.Confidence == BasisConfidence.Unchecked ? $"（{b.Confidence.Name()}）" : "")}"));
        return $"判定：{judgement.Verdict.Name()}\n严重程度：{severity.Name()}\n说明：{judgement.Explanation}\n整改：{requirement.Remedy}\n依据：{bases}";
    }

    private static string Output(Judgement judgement, Dictionary<string, Evidence> evidence)
    {
        var output = new StringBuilder();
        foreach (var reading in judgement.Readings)
        {
            output.Append($"{reading.Field}：应为 {reading.Expected}；实测 {reading.Actual}\n");
        }

        foreach (var id in judgement.Evidence)
        {
            output.Append(evidence.TryGetValue(id, out var file) ? $"证据 {file.RelativePath} SM3 {file.Sm3}\n" : $"证据 {id}\n");
        }

        return output.ToString();
    }
}
