using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>From recorded observations to a whole pack; touches nothing but its arguments.</summary>
public static class Rejudging
{
    /// <summary>Judges with the run's own clock, so that the same observations and rules give the same judgement.</summary>
    /// <exception cref="InputFaultException">The candidate names a profile that does not exist.</exception>
    public static EvidencePack Judge(Candidate candidate, RulesetFolder rulesets, ProbeCatalogue probes, IReadOnlyList<ProbeRecord> records, RunInformation run)
    {
        var profile = ProfileOf(candidate, rulesets);
        var judgement = Judging.Judge.All(new JudgeInput
        {
            Candidate = candidate,
            Profile = profile,
            Requirements = rulesets.Requirements,
            Library = rulesets.Library,
            Kinds = KindCatalogue.Of(probes),
            Records = records,
            Now = run.StartedAt,
            FailOn = run.FailOn,
            Stage = run.Stage,
        });
        return Assemble(candidate, profile, rulesets, records, run, judgement);
    }

    private static EvidencePack Assemble(
        Candidate candidate, AcceptanceProfile? profile, RulesetFolder rulesets, IReadOnlyList<ProbeRecord> records, RunInformation run, JudgementSet judgement) => new()
        {
            Run = run,
            Candidate = candidate,
            Profile = profile,
            Rules = rulesets.UsedWith(profile?.Id),
            Requirements = rulesets.Requirements,
            Algorithms = [.. rulesets.Library.Tables.Patterns.SelectMany(p => p.Algorithms)],
            DefectClasses = [.. rulesets.Library.DefectClasses.SelectMany(c => c.Classes)],
            Kin = [.. rulesets.Library.DefectClasses.SelectMany(c => c.Kin)],
            PaperIssuers = rulesets.Library.Tables.MaterialKinds.SelectMany(t => t.Kinds).Where(k => k.Issuer is not null)
                .DistinctBy(k => k.Name, StringComparer.Ordinal).ToDictionary(k => k.Name, k => k.Issuer!, StringComparer.Ordinal),
            Outcomes = records,
            Judgement = judgement,
            Evidence =
            [
                .. records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).SelectMany(o => o.Evidence)
                    .DistinctBy(e => e.RelativePath, StringComparer.Ordinal).OrderBy(e => e.RelativePath, StringComparer.Ordinal),
            ],
        };

    /// <param name="candidate">Whose profile.</param>
    /// <param name="rulesets">Where it should be.</param>
    /// <param name="at">Where it is asked for; the head of candidate.yaml where that is not known.</param>
    /// <exception cref="InputFaultException">No such profile.</exception>
    public static AcceptanceProfile? ProfileOf(Candidate candidate, RulesetFolder rulesets, SourcePosition? at = null)
    {
        if (candidate.Profile is not { } id)
        {
            return null;
        }

        return rulesets.Profiles.FirstOrDefault(p => p.Id == id) ?? throw new InputFaultException(
        [
            new InputFault(
                at ?? new SourcePosition(PackLayout.Candidate, 1, 1),
                $"没有验收办法 {id}",
                rulesets.Profiles.Count == 0 ? "规则目录 profiles/ 下的一个文件" : $"其中之一：{string.Join("、", rulesets.Profiles.Select(p => p.Id))}",
                rulesets.Profiles.Count == 0 ? null : $"profile: {rulesets.Profiles[0].Id}"),
        ]);
    }
}
