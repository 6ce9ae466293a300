using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Files of settings that were written to take time or memory.</summary>
[Collection(nameof(Alone))]
public sealed class SettingHostileTests
{
    private const double MostSeconds = 20;

    [Fact]
    public void An_alias_is_not_followed()
    {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        var seen = Within(() => SettingCase.Run(("application.yml", bomb + "debug: true\n")));
        Assert.Equal("JS-DBG-01", Assert.Single(seen.Defects).RuleId);
    }

    [Theory]
    [InlineData("deep", true)]
    [InlineData("flow", true)]
    [InlineData("wide", true)]
    [InlineData("documents", true)]
    [InlineData("key", false)]
    [InlineData("value", true)]
    [InlineData("placeholders", true)]
    public void What_is_beyond_a_cap_is_told_and_takes_no_time(string what, bool isTold)
    {
        var text = what switch
        {
            "deep" => string.Concat(Enumerable.Range(0, 400).Select(i => new string(' ', i) + "a:\n")),
            "flow" => new string('[', 100_000),
            "wide" => string.Concat(Enumerable.Range(0, 60_000).Select(i => $"a{i}: 1\n")),
            "documents" => string.Concat(Enumerable.Repeat("a: 1\n---\n", 40_000)),
            "key" => "? " + new string('k', 300_000) + "\n:\n" + string.Concat(Enumerable.Range(0, 15_000).Select(i => $"  a{i}: 1\n")),
            "value" => "debug: " + new string('x', 900_000) + "\n",
            _ => "debug: " + string.Concat(Enumerable.Repeat("${a:", 400)) + "true" + new string('}', 400) + "\na: ${a}${a}${a}\n",
        };
        var seen = Within(() => SettingCase.Run(("application.yml", text)));
        Assert.Equal(isTold ? 1 : 0, seen.Unread.Count);
        Assert.Empty(seen.Defects);
    }

    [Fact]
    public void Properties_of_fifty_megabytes_are_not_read_and_the_tree_is()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.java", "class A { }\n");
        folder.Write("application.properties", new StringBuilder().Insert(0, "key.of.nothing=value\n", 50 * 1024 * 1024 / 21).ToString());
        folder.Write("application-prod.properties", string.Concat(Enumerable.Repeat("a\\\n", 200_000)) + "\nmanagement.security.enabled=false\n");
        var analysis = new JavaTreeAnalysis(FlowCase.Tables, settings: SettingCase.Tables);
        var seen = analysis.Run(folder.Path, CancellationToken.None)!;
        Assert.Equal("JS-ACT-05", Assert.Single(seen.Seen).RuleId);
    }

    [Fact]
    public void Time_for_all_files_is_one_purse()
    {
        var seen = SettingCase.Run(SettingLimits.Default with { Time = TimeSpan.Zero }, ("application.yml", "debug: true\n"), ("application-prod.properties", "debug=true\n"));
        Assert.Equal((0, 2), (seen.Defects.Count, seen.Unread.Count));
    }

    [Fact]
    public void Random_and_mutated_bytes_bring_no_one_down()
    {
        var random = new Random(11);
        var texts = SettingCase.Rules.SelectMany(r => r.Bad).ToList();
        for (var i = 0; i < 600; i++)
        {
            var example = texts[i % texts.Count];
            var text = new StringBuilder(example.Text);
            for (var change = 0; change < 4; change++)
            {
                var (at, length) = (random.Next(text.Length), random.Next(1, 12));
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(length, text.Length - at)).Append(' '),
                    1 => text.Insert(at, new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(1, 0x3000))])),
                    _ => text.Insert(at, text.ToString(0, Math.Min(length, text.Length))),
                };
            }

            Judge(example.File, text.ToString());
        }
    }

    [Fact]
    public void Code_of_endless_chains_and_names_that_mean_each_other_takes_no_time()
    {
        var chain = "http" + string.Concat(Enumerable.Repeat(".csrf()", 1_900)) + ".disable();";
        var many = string.Concat(Enumerable.Repeat("http.csrf().disable();\n", 20_000));
        var circle = string.Concat(Enumerable.Range(0, 60).Select(i => $"String v{i} = v{(i + 1) % 60} + v{(i + 2) % 60};"));
        Within(() => SettingCase.Run(("A.java", $"import org.springframework.security.config.annotation.web.builders.HttpSecurity; class A {{ void a(HttpSecurity http) {{ {chain} }} void b(HttpSecurity http) {{ {many} }} void c(HttpSecurity http) {{ {circle} http.authorizeRequests().antMatchers(v0).permitAll(); }} }}")));
    }

    [Fact]
    public void Placeholders_that_double_at_every_step_are_unknown_and_take_no_time()
    {
        var many = string.Concat(Enumerable.Repeat("${b}", 300));
        var text = $"debug: \"{many.Replace("b", "a", StringComparison.Ordinal)}true\"\na: \"{many}\"\nb: \"{many.Replace("b", "c", StringComparison.Ordinal)}\"\nc: \"{many.Replace("b", "d", StringComparison.Ordinal)}\"\nd: \"\"\n";
        Assert.Empty(Within(() => SettingCase.Run(("application.yml", text))).Defects);
        Assert.Equal(["JS-DBG-01"], SettingCase.Ids(("application.yml", "debug: \"${a}true\"\na: \"${b}${b}${b}\"\nb: \"\"\n")));
    }

    [Fact]
    public void Of_hits_beyond_the_cap_it_is_told_that_they_were_not_judged()
    {
        var open = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"spring.cloud.gateway.globalcors.cors-configurations.a{i}.allowed-origins=*\n"));
        var seen = Within(() => SettingCase.Run(("application.properties", open + "spring.cloud.gateway.globalcors.cors-configurations.z.allow-credentials=true\n")));
        Assert.Contains("JS-CORS-01", Assert.Single(seen.Unread).Why, StringComparison.Ordinal);
        var calls = string.Concat(Enumerable.Repeat("http.csrf().disable();\n", 101));
        Assert.Contains("JS-CSRF-01", Assert.Single(SettingCase.Run(("A.java", $"import org.springframework.security.config.annotation.web.builders.HttpSecurity; class A {{ void b(HttpSecurity http) {{ {calls} }} }}")).Unread).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_time_is_over_while_judging_that_is_told()
    {
        var read = SettingFiles.Read([KeyValuePair.Create("application.yml", "debug: true\n")], SettingLimits.Default, () => false, CancellationToken.None);
        var judged = new SettingJudge(SettingCase.Rules).Judge(Assert.Single(read.Groups), () => true, CancellationToken.None);
        Assert.Equal((0, "application.yml"), (judged.Found.Count, Assert.Single(judged.Unread).File));
    }

    private static void Judge(string file, string text)
    {
        var settings = SettingFiles.Read([KeyValuePair.Create(file, text)], SettingLimits.Default, () => false, CancellationToken.None);
        var judge = new SettingJudge(SettingCase.Rules);
        Assert.All(settings.Groups.SelectMany(g => judge.Judge(g, () => false, CancellationToken.None).Found), f => Assert.True(f.Line > 0));
        if (JavaSources.IsJava(file))
        {
            var unit = new JavaParser().Parse(text);
            var program = new JavaProgram([(file, unit)], FlowCase.Apis, new Dictionary<string, string>());
            Assert.All(program.Types.All.GroupBy(t => t.Path).SelectMany(t => FileCalls.Of(program, [.. t])), l => Assert.NotNull(l.Arguments.Value));
        }
    }

    [Theory]
    [InlineData("WEB-INF/web.xml", "<web-app><session-config><cookie-config><http-only>false</http-only></cookie-config></session-config></web-app>")]
    [InlineData("shiro.ini", "[urls]\n/** = anon\n")]
    public void Markup_ends_where_the_time_is_over(string path, string text)
    {
        var asked = 0;
        Assert.Contains("超时", Assert.Throws<SettingFaultException>(() => MarkupSettings.Read(path, text, SettingLimits.Default, () => asked++ > 0)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(MarkupSettings.Read(path, text, SettingLimits.Default, () => false)!.Entries);
    }

    private static SettingResult Within(Func<SettingResult> run)
    {
        var began = Environment.CpuUsage.TotalTime;
        var result = run();
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, MostSeconds);
        return result;
    }
}
