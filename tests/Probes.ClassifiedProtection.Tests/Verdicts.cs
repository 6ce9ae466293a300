using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>The verdict of one rule on one record, for a candidate of level 3.</summary>
internal static class Verdicts
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string Of<T>(string rule, T record) => Judge(rule, record).Verdict.Name();

    public static string Explain<T>(string rule, T record) => Judge(rule, record).Explanation;

    private static Judgement Judge<T>(string rule, T record)
    {
        var requirement = RuleTests.Rules.Single(r => r.Id == rule);
        var observation = new Observation { Kind = requirement.Observes!, ProbeId = requirement.Observes!, ProbeVersion = "1", TargetId = "host:h", Data = ObservationJson.ToElement(record), ObservedAt = Now };
        return RequirementJudge.Judge(requirement, ("host:h", "主机"), new Observed([observation]), ObservationJson.ToElement(new CandidateFacts { Kind = "other", ProtectionLevel = 3 }), Now);
    }
}
