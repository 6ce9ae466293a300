using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lays rules beside the links of files.</summary>
internal sealed class CallJudge
{
    private readonly List<(SettingRule Rule, CallTest[] When, CallTest[] Also, CallTest[] Unless)> _rules;

    /// <param name="rules">All of them; those over settings are passed over.</param>
    public CallJudge(IEnumerable<SettingRule> rules) =>
        _rules = [.. rules.Where(r => r.Reads == SettingSource.Java).Select(r => (r, Tests(r.When), Tests(r.Also), Tests(r.Unless)))];

    /// <param name="path">Of the file.</param>
    /// <param name="text">Of the file.</param>
    /// <param name="calls">Of the tree.</param>
    /// <param name="lineOf">Of a character.</param>
    public JudgedSettings Judge(string path, string text, TreeCalls calls, Func<int, int> lineOf)
    {
        var (found, unread) = (new List<FoundSetting>(), new List<UnreadSource>());
        foreach (var (rule, when, also, unless) in _rules.Where(r => r.Rule.FileHas.Count == 0 || r.Rule.FileHas.Any(h => text.Contains(h, StringComparison.Ordinal))))
        {
            var all = calls.Of(path);
            var hits = all.Select(l => (Link: l, Test: Array.Find(when, t => t.Fits(l)))).Where(l => l.Test is not null).Take(SettingJudge.MostHits + 1).ToList();
            foreach (var (link, test) in hits.Take(SettingJudge.MostHits))
            {
                if (Array.TrueForAll(also, t => t.IsNear(link, all, calls)) && !Array.Exists(unless, t => t.IsNear(link, all, calls)))
                {
                    found.Add(new FoundSetting(rule, path, lineOf(test!.Start(link))) { IsConditional = link.IsConditional });
                }
            }

            if (hits.Count > SettingJudge.MostHits)
            {
                unread.Add(new UnreadSource(path, $"{rule.Id} 命中多于 {SettingJudge.MostHits} 处，其余没有判"));
            }
        }

        return new JudgedSettings(found, unread);
    }

    private static CallTest[] Tests(IReadOnlyList<SettingTest> tests) => [.. tests.Select(t => new CallTest(t))];
}
