using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>One port, host or sample as the rules see it, for people who asked <c>probe</c> and want to know what is wrong first.</summary>
/// <param name="Target">As asked.</param>
/// <param name="Grade">Null where nothing graded was decided, and for a port in clear, whose letter would praise a channel it does not have.</param>
/// <param name="Counts">Of all requirements but those of <see cref="SmView"/>.</param>
/// <param name="Problems">不符合 and 部分符合, worst first.</param>
/// <param name="SmView">What the rules that ask for SM algorithms alone say: a matter of the system's duties and not a defect of every port.</param>
/// <param name="Open">待人工 without those of <see cref="LeftOut"/>.</param>
/// <param name="LeftOut">待人工 because their probes were not allowed to run.</param>
internal sealed record TargetVerdict(
    Target Target, TargetGrade? Grade, VerdictCounts Counts, IReadOnlyList<Finding> Problems, IReadOnlyList<(Judgement Judged, string Title)> SmView, IReadOnlyList<Judgement> Open, IReadOnlyList<string> LeftOut)
{
    /// <summary>What stood in the way of looking, for people.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];
}

/// <summary>Judges what a single <c>probe</c> saw by the built-in rules of its pillar, as a run of a candidate with these targets alone would.</summary>
internal static class TargetJudging
{
    private const string SmRuleset = "sm-channel";

    /// <param name="records">One a probe and target.</param>
    /// <param name="targets">Those that are neither endpoints, hosts, source trees, packages, samples nor papers are left out.</param>
    /// <param name="pillar">Whose rules.</param>
    /// <param name="level">The protection level to judge by, 1 to 4; null for rules that do not ask for one.</param>
    /// <param name="isLeftOut">True for a record of a probe that this command line did not allow.</param>
    /// <param name="only">Kind of observation that was asked for alone; null for all of the pillar.</param>
    /// <returns>In the order of the targets.</returns>
    /// <exception cref="InputFaultException">The rules beside the tool have mistakes.</exception>
    public static IReadOnlyList<TargetVerdict> Of(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, Pillar pillar, int? level, Func<ProbeRecord, bool> isLeftOut, string? only = null)
    {
        var (rules, kinds) = Product.RulesOf(pillar);
        var requirements = rules.Requirements.Where(r => r.Pillar == pillar && !r.IsManual && (only is null || r.Observes == only)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var candidate = new Candidate
        {
            Id = "probe", Name = "probe", Kind = SystemKind.Other, IsClassified = false, ProtectionLevel = level,
            Endpoints = [.. targets.OfType<Endpoint>()], Hosts = [.. targets.OfType<Host>()], SourceTrees = [.. targets.OfType<SourceTree>()],
            ArchivePackages = [.. targets.OfType<ArchivePackage>()], CryptoSamples = [.. targets.OfType<CryptoSample>()], Materials = [.. targets.OfType<Document>()],
        };
        var seenOf = records.ToLookup(r => r.TargetId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var judged = Judge.All(new JudgeInput
        {
            Candidate = candidate,
            Requirements = [.. requirements.Values],
            Kinds = kinds,
            Records = records,
            Now = TimeProvider.System.GetUtcNow(),
            FailOn = FailOn.Major,
            Stage = Gate.Acceptance,
        });
        var leftOut = records.Where(isLeftOut).Select(r => (r.TargetId, r.ProbeId)).ToHashSet();
        var byTarget = judged.Judgements.ToLookup(j => j.TargetId, StringComparer.Ordinal);
        var problems = judged.Findings.ToLookup(f => f.TargetId, StringComparer.Ordinal);
        bool IsSm(string id) => requirements[id].RulesetId == SmRuleset;
        return
        [
            .. candidate.Targets().Select(target =>
            {
                var own = byTarget[target.TargetId].Where(j => !IsSm(j.RequirementId)).ToList();
                var open = own.Where(j => j.Verdict == Verdict.NeedsReview).ToList();
                var asked = open.Where(j => !leftOut.Contains((j.TargetId, requirements[j.RequirementId].Observes ?? ""))).ToList();
                return new TargetVerdict(
                    target,
                    target is Endpoint { Protocol: EndpointProtocol.Http } ? null : judged.Grades.FirstOrDefault(g => g.TargetId == target.TargetId),
                    VerdictCounts.Of(own.Select(j => j.Verdict)),
                    [.. problems[target.TargetId].Where(f => !IsSm(f.RequirementId)).OrderByDescending(f => f.Severity).ThenByDescending(f => f.Verdict == Verdict.NotSatisfied).ThenBy(f => f.RequirementId, StringComparer.Ordinal)],
                    [.. byTarget[target.TargetId].Where(j => IsSm(j.RequirementId) && j.Verdict != Verdict.NotApplicable).Select(j => (j, requirements[j.RequirementId].Title))],
                    asked,
                    [.. open.Except(asked).Select(j => j.RequirementId)])
                {
                    Hints = target is Endpoint endpoint ? PortHints.Of(endpoint, seenOf.GetValueOrDefault(target.TargetId) ?? []) : [],
                };
            }),
        ];
    }
}
