namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a tree writes is no pattern, every entry is a step of the work, and what is beyond a cap is told and excuses nothing.</summary>
[Collection(nameof(Alone))]
public sealed class SettingBoundsTests
{
    private const string Cors = "spring.cloud.gateway.globalcors.cors-configurations";
    private const string Druid = "spring.datasource.druid.stat-view-servlet";
    private static readonly string TooLong = new('x', 2_001);

    [Fact]
    public void A_star_that_a_tree_wrote_is_a_character()
    {
        Assert.Empty(SettingCase.Ids(("application.properties", "zz=true\ndebug=${*:false}\n")));
        Assert.Empty(SettingCase.Ids(("application.properties", $"{Cors}.*.allowed-origins=*\n{Cors}.b.allow-credentials=true\n")));
        Assert.Equal(["JS-CORS-01"], SettingCase.Ids(("application.properties", $"{Cors}.*.allowed-origins=*\n{Cors}.*.allow-credentials=true\n")));
    }

    [Fact]
    public void Placeholders_of_all_values_together_are_bounded_and_the_rest_is_told()
    {
        var names = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"a{i}=b\n"));
        var values = string.Concat(Enumerable.Range(0, 450).Select(i => $"{Cors}.c{i}.allowed-origins={string.Concat(Enumerable.Repeat("${*:}", 390))}{i}\n"));
        var began = Environment.CpuUsage.TotalTime;
        var seen = SettingCase.Run(("application.properties", names + values), ("application-a.properties", names + values), ("application-b.properties", names + values));
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, 20);
        Assert.Contains(seen.Unread, u => u.Why.Contains("占位符太多", StringComparison.Ordinal));
    }

    [Fact]
    public void Time_is_asked_of_entries_that_break_no_rule_too()
    {
        var text = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{Cors}.c{i}.allowed-origins=https://a.example\n"));
        var group = Assert.Single(SettingFiles.Read([KeyValuePair.Create("application.properties", text)], SettingLimits.Default, () => false, CancellationToken.None).Groups);
        var asked = 0;
        var judged = new SettingJudge(SettingCase.Rules).Judge(group, () => ++asked > 1_000, CancellationToken.None);
        Assert.Equal((1_001, "超时，设置没有判完"), (asked, Assert.Single(judged.Unread).Why));
    }

    [Theory]
    [InlineData("debug=true", "debug={0}", "")]
    [InlineData(Druid + ".enabled=true", Druid + ".enabled=true\n" + Druid + ".allow={0}", "JS-DRUID-01")]
    public void A_value_beyond_the_cap_is_told_and_excuses_nothing(string plain, string text, string rule)
    {
        Assert.Single(SettingCase.Ids(("application.properties", plain)));
        var seen = SettingCase.Run(("application.properties", text.Replace("{0}", TooLong, StringComparison.Ordinal)));
        Assert.Equal(rule, string.Concat(seen.Defects.Select(d => d.RuleId)));
        Assert.Contains("没有判", Assert.Single(seen.Unread).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_live_mends_nothing_by_a_value_beyond_the_cap()
    {
        const string key = "management.endpoints.web.exposure.include=";
        var seen = SettingCase.Run(("r/application.properties", key + "*\n"), ("r/application-prod.properties", key + TooLong + "\n"));
        Assert.Equal("JS-ACT-01", Assert.Single(seen.Defects).RuleId);
        Assert.Equal("r/application-prod.properties", Assert.Single(seen.Unread).File);
        Assert.Empty(SettingCase.Ids(("r/application.properties", key + "*\n"), ("r/application-prod.properties", key + "${FROM_OUTSIDE}\n")));
    }

    [Fact]
    public void Lines_and_entries_that_were_left_out_are_told()
    {
        var line = SettingCase.Run(("application.properties", "a=b\n" + Druid + ".enabled=" + new string('x', 20_001) + "\n"));
        Assert.Contains("第 2 行", Assert.Single(line.Unread).Why, StringComparison.Ordinal);
        var pages = string.Concat(Enumerable.Repeat("<error-page><location>/e</location></error-page>", 5_001));
        Assert.Contains("多于 5000 项", Assert.Single(SettingCase.Run(("WEB-INF/web.xml", $"<web-app>{pages}</web-app>")).Unread).Why, StringComparison.Ordinal);
        Assert.Contains("多于 5000 项", Assert.Single(SettingCase.Run(("shiro.ini", "[main]\n" + string.Concat(Enumerable.Repeat("a.cipherKey = b\n", 5_001)))).Unread).Why, StringComparison.Ordinal);
    }
}
