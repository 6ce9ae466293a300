using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Holds two packs against each other, the earlier one by the rules of now as well where they are others.</summary>
public static class PackComparing
{
    /// <param name="earlier">The folder of then and what it says, verified.</param>
    /// <param name="now">The folder of now and what it says, verified.</param>
    /// <param name="tools">The reader's.</param>
    /// <exception cref="PackException">They are of different systems.</exception>
    /// <exception cref="InputFaultException">The rules of now cannot judge what was seen then.</exception>
    public static PackComparison Compare((string Folder, EvidencePack Pack) earlier, (string Folder, EvidencePack Pack) now, PackReviewTools tools)
    {
        var (then, later) = (earlier.Pack, now.Pack);
        if (then.Candidate.Id != later.Candidate.Id)
        {
            throw new PackException($"不是同一个系统，不作比较：{then.Candidate.Id}（{then.Candidate.Name}）与 {later.Candidate.Id}（{later.Candidate.Name}）");
        }

        return PackComparison.Of(then, later, then.Run.Rulesets.SequenceEqual(later.Run.Rulesets) ? null : ByRulesOf(now.Folder, then, later.Run.Profile, tools));
    }

    /// <summary>With everything that was said of the earlier pack, wherever it is written: what the rules changed must not be taken for what people said.</summary>
    private static EvidencePack ByRulesOf(string folder, EvidencePack earlier, string? profile, PackReviewTools tools) => Rejudging.Judge(
        earlier.Candidate with { Profile = profile }, PackReader.RulesOf(folder, tools), tools.Probes, earlier.Outcomes, earlier.Run with { Profile = profile });
}
