namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class SettingRuleTests
{
    public static TheoryData<string, bool, string, string> Fixtures()
    {
        var data = new TheoryData<string, bool, string, string>();
        foreach (var rule in SettingCase.Rules)
        {
            foreach (var bad in rule.Bad)
            {
                data.Add(rule.Id, true, bad.File, bad.Text);
            }

            foreach (var good in rule.Good)
            {
                data.Add(rule.Id, false, good.File, good.Text);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_rule_is_broken_by_its_bad_examples_and_by_none_of_its_good_ones(string id, bool isBad, string file, string text)
    {
        var result = SettingCase.Run((file, text));
        Assert.Empty(result.Unread);
        Assert.Equal(isBad, result.Defects.Any(d => d.RuleId == id));
    }

    [Fact]
    public void Every_row_of_a_rule_is_met_by_a_bad_example_of_its_own()
    {
        var unmet = new List<string>();
        foreach (var rule in SettingCase.Rules)
        {
            foreach (var row in rule.When)
            {
                var alone = new SettingAnalysis([rule with { When = [row] }]);
                if (!rule.Bad.Any(b => SettingCase.Run(alone, null, (b.File, b.Text)).Defects.Count > 0))
                {
                    unmet.Add($"{rule.Id} {string.Join(' ', row.Keys)}{string.Join(' ', row.Path.Select(s => string.Join('|', s.Names)))}");
                }
            }
        }

        Assert.True(unmet.Count == 0, string.Join(Environment.NewLine, unmet));
    }

    [Fact]
    public void Numbers_of_rules_are_used_once_and_by_no_weakness_of_flows()
    {
        Assert.Empty(SettingCase.Rules.Select(r => r.Id).Concat(FlowCase.Apis.Weaknesses.Select(w => w.Rule)).GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1));
        Assert.True(SettingCase.Rules.Count > 60);
    }
}
