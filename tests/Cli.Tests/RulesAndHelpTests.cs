using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The commands that look something up.</summary>
public sealed class RulesAndHelpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("jt-sql", "CWE-89", "净化", "反例：")]
    [InlineData("JT-HASH", "CWE-328", "看危险的写法本身", "正例：")]
    [InlineData("GM-03-jca", "CWE-328", "看代码的写法", "反例：")]
    public async Task A_code_rule_is_explained_with_its_meaning_standing_cure_and_examples(string id, params string[] words)
    {
        var told = (await SecurityCheck.RunAsync(_folder.Path, "explain", id)).With(0).Output;
        Assert.All([.. words, "含义", "类别", "等级", "修复", "局限"], w => Assert.Contains(w, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_code_rule_that_is_listed_is_explained()
    {
        var listed = (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--code", "--json")).With(0).Json.EnumerateArray().ToList();
        var folder = Product.LoadRulesets(null);
        var tables = folder.Library.Tables;
        Assert.Equal(tables.Flows.Sum(t => t.Weaknesses.Count) + tables.Settings.Sum(t => t.Rules.Count) + tables.Patterns.Sum(t => t.Rules.Count) + tables.Secrets.Sum(t => t.Patterns.Count), listed.Count);
        foreach (var rule in listed)
        {
            var told = CodeRuleExplanation.Of(folder, rule.GetProperty("id").GetString());
            Assert.NotNull(told);
            Assert.StartsWith($"{rule.GetProperty("id").GetString()}  {rule.GetProperty("title").GetString()}", told.Head, StringComparison.Ordinal);
            var rows = told.Rows.ToDictionary(r => r.Label, r => r.Text, StringComparer.Ordinal);
            Assert.All(["含义", "认法", "局限", "出处", .. rule.GetProperty("severity").ValueKind == System.Text.Json.JsonValueKind.Null ? Array.Empty<string>() : ["等级", "修复"]], l => Assert.NotEmpty(rows[l]));
            Assert.Equal(rule.GetProperty("cwe").ValueKind == System.Text.Json.JsonValueKind.Null ? null : $"CWE-{rule.GetProperty("cwe").GetInt32()}", rows.GetValueOrDefault("编号"));
        }
    }

    /// <summary>What people read names the same rules as what programs read, and each kind of them is explained in full in lines that fit.</summary>
    [Fact]
    public async Task Code_rules_are_listed_and_explained_in_text_as_they_are_for_programs()
    {
        static string Joined(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '│'));
        static void Fits(string text) => Assert.All(text.Split('\n'), l => Assert.InRange(TextColumns.WidthOf(l.TrimEnd('\r')), 0, 80));
        var listed = (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--code", "--json")).With(0).Json.EnumerateArray().Select(r => r.GetProperty("id").GetString()!).ToList();
        var shown = (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--code")).With(0).Output;
        Fits(shown);
        var ids = shown.Split('\n').Where(l => l.StartsWith('│')).Select(l => l.Split('│')[1].Trim().Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(listed.Where(i => !ids.Contains(i)));
        Assert.Contains($"共 {listed.Count} 条", shown, StringComparison.Ordinal);
        var folder = Product.LoadRulesets(null);
        foreach (var id in listed.DistinctBy(i => i.Split('-')[0], StringComparer.Ordinal))
        {
            var text = (await SecurityCheck.RunAsync(_folder.Path, "explain", id)).With(0).Output;
            Fits(string.Join('\n', text.Split('\n').TakeWhile(l => !l.StartsWith("反例", StringComparison.Ordinal) && !l.StartsWith("正例", StringComparison.Ordinal))));
            var told = CodeRuleExplanation.Of(folder, id)!;
            Assert.StartsWith(Joined(told.Head), Joined(text), StringComparison.Ordinal);
            Assert.All(told.Rows, r => Assert.Contains(Joined(r.Label + r.Text), Joined(text), StringComparison.Ordinal));
            Assert.All(told.Examples, e => Assert.Contains(Joined(e.Code), Joined(text), StringComparison.Ordinal));
        }
    }

    /// <summary>Who does not program reads what a weakness means for the system, and not what its class does.</summary>
    [Fact]
    public void Every_weakness_of_flows_has_a_meaning_of_its_own_and_no_meaning_is_of_none()
    {
        var tables = Product.LoadRulesets(null).Library.Tables.Flows;
        var meanings = tables.SelectMany(t => t.Meanings).ToList();
        Assert.Equal(tables.SelectMany(t => t.Weaknesses).Select(w => w.Id).Order(StringComparer.Ordinal), meanings.Select(m => m.Weakness).Order(StringComparer.Ordinal));
        Assert.Equal(meanings.Count, meanings.Select(m => m.Says).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("JT-ZIPSLIP", "来源|压缩包里的条目名", "来源!请求参数")]
    [InlineData("JT-PATH", "来源|请求参数", "来源!本机文件", "来源!压缩包里的条目名")]
    [InlineData("JT-CMD", "来源|请求参数")]
    [InlineData("JT-LEAK", "来源|异常的原文", "来源!请求参数")]
    [InlineData("JT-TLSOLD", "认法|写法本身")]
    public void Sources_are_those_that_lead_to_the_weakness(string id, params string[] expected)
    {
        var rows = CodeRuleExplanation.Of(Product.LoadRulesets(null), id)!.Rows.ToDictionary(r => r.Label, r => r.Text, StringComparer.Ordinal);
        foreach (var (label, word, isSaid) in expected.Select(e => e.Split(['|', '!'])).Zip(expected, (p, e) => (p[0], p[1], e.Contains('|', StringComparison.Ordinal))))
        {
            Assert.Equal(isSaid, rows[label].Contains(word, StringComparison.Ordinal));
        }
    }

    /// <summary>A kind of rules is counted in the sentence about what its own examples showed.</summary>
    [Fact]
    public async Task The_rules_that_come_along_are_right()
    {
        var lines = (await SecurityCheck.RunAsync(_folder.Path, "rules", "verify")).With(0).Output.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        Assert.Contains(lines, l => l.EndsWith("条密钥特征，各自的正反例 0 个不对", StringComparison.Ordinal));
        Assert.Matches("种 Java 数据流缺陷，正反例 [0-9]+ 个，0 个不对", string.Join('\n', lines));
        var settings = Product.LoadRulesets(null).Library.Tables.Settings.Sum(t => t.Rules.Count);
        Assert.Equal($"{settings} 条 Java 设置规则，正反例 0 个不对", Assert.Single(lines, l => l.Contains($"{settings} 条", StringComparison.Ordinal) && l.Contains("设置", StringComparison.Ordinal)));
    }

    /// <summary>A look at source reads one pillar's folder: nothing of that pillar may stand elsewhere, or it would be missed there.</summary>
    [Fact]
    public void One_pillars_rules_alone_are_those_it_has_among_all()
    {
        var (own, all) = (Product.RulesOf(Pillar.CodeSecurity).Rules, Product.LoadRulesets(null));
        static IEnumerable<string> Asked(RulesetFolder rules) => rules.Requirements.Where(r => r.Pillar == Pillar.CodeSecurity).Select(r => $"{r.Id} {r.RulesetId}");
        static IEnumerable<string> Tables(RulesetFolder rules) =>
            (rules.Library.Tables with { Services = [], Packages = [], Schemes = [], MaterialKinds = [] }).Files().Select(f => $"{f.File} {f.Sha256}").Order(StringComparer.Ordinal);
        Assert.NotEmpty(Asked(own));
        Assert.Equal(Asked(all), Asked(own));
        Assert.NotEmpty(Tables(own));
        Assert.Equal(Tables(all), Tables(own));
    }

    [Fact]
    public async Task A_rule_whose_example_is_judged_otherwise_is_named()
    {
        var file = Path.Combine(Systems.SmallRules(_folder), "tls/small.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("不符合: [{tls12: false}]", "不符合: [{tls12: true}]", StringComparison.Ordinal));
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "rules", "verify", "--rulesets", "small-rules")).With(3);
        Assert.Contains("SMALL-01 的例子应判“不符合”，实际“符合”", ended.Error, StringComparison.Ordinal);
        Assert.Contains("tls/small.yaml(", ended.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("field: tls12", "field: tls99", StringComparison.Ordinal));
        Assert.Contains("tls/small.yaml(11,18)", (await SecurityCheck.RunAsync(_folder.Path, "run", Systems.Candidate(_folder, "127.0.0.1"), "--rulesets", "small-rules")).With(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_listed_for_programs_by_ruleset_and_by_folder()
    {
        var all = (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--json")).With(0).Json.EnumerateArray().ToList();
        Assert.All(all, r => Assert.Subset(r.EnumerateObject().Select(p => p.Name).ToHashSet(), new HashSet<string> { "id", "title", "levels", "basis", "severity", "observes", "manual" }));
        Assert.Equal("critical", all.Single(r => r.GetProperty("id").GetString() == "TLS-01").GetProperty("severity").GetString());
        var byId = (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--ruleset", "tls-baseline", "--json")).With(0).Output;
        var byFolder = (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--ruleset", "tls", "--json")).With(0).Output;
        string[] Ids(string json) => [.. System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];
        Assert.Subset(Ids(byFolder).ToHashSet(StringComparer.Ordinal), Ids(byId).ToHashSet(StringComparer.Ordinal));
        Assert.Contains("TLCP-01", Ids(byFolder));
        Assert.DoesNotContain("TLCP-01", Ids(byId));
        Assert.Contains("TLS-01", (await SecurityCheck.RunAsync(_folder.Path, "rules", "list")).With(0).Output, StringComparison.Ordinal);
        Assert.Contains("tls-baseline", (await SecurityCheck.RunAsync(_folder.Path, "rules", "list", "--ruleset", "nothing")).With(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_requirement_is_explained_whatever_the_case_of_its_id()
    {
        var upper = (await SecurityCheck.RunAsync(_folder.Path, "explain", "TLS-01")).With(0).Output;
        foreach (var part in new[] { "RFC 8996", "高风险", "tls.protocol-versions", "整改", "例子" })
        {
            Assert.Contains(part, upper, StringComparison.Ordinal);
        }

        Assert.Equal(upper, (await SecurityCheck.RunAsync(_folder.Path, "explain", "tls-01")).With(0).Output);
        Assert.Contains("没有要求或测评单元 TLS-99", (await SecurityCheck.RunAsync(_folder.Path, "explain", "TLS-99")).With(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_lists_the_outside_tools_and_what_is_lost_without_them()
    {
        var json = (await SecurityCheck.RunAsync(_folder.Path, "doctor", "--json")).With(0).Json;
        Assert.Equal(["Chromium/Edge", "中文字体", "nmap", "ssh"], json.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("tools").EnumerateArray(), t => Assert.NotEmpty(t.GetProperty("loss").GetString()!));
        Assert.Contains("nmap", (await SecurityCheck.RunAsync(_folder.Path, "doctor")).With(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("run", true)]
    [InlineData("demo", true)]
    [InlineData("probe", true)]
    [InlineData("probe crypto", true)]
    [InlineData("probe 随机数", true)]
    [InlineData("tlcp-proxy", true)]
    [InlineData("verify", true)]
    [InlineData("judge", true)]
    [InlineData("report", true)]
    [InlineData("rules", false)]
    [InlineData("rules verify", true)]
    [InlineData("rules list", true)]
    [InlineData("explain", true)]
    [InlineData("init", true)]
    [InlineData("doctor", true)]
    [InlineData("schema", true)]
    [InlineData("answers", false)]
    [InlineData("answers new", true)]
    [InlineData("answers check", true)]
    [InlineData("answers convert", true)]
    public async Task Help_is_Chinese_has_examples_and_fits_eighty_columns(string command, bool isLeaf)
    {
        var help = (await SecurityCheck.RunAsync(_folder.Path, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).With(0).Output;
        Assert.Contains("用法：", help, StringComparison.Ordinal);
        Assert.Equal(isLeaf, help.Contains("示例：", StringComparison.Ordinal));
        Assert.DoesNotContain(help.Split('\n'), line => line.EnumerateRunes().Sum(Columns) > 80);
        Assert.DoesNotContain("Description", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_the_template_name_every_kind_of_sample_and_every_setting_and_its_words()
    {
        var help = (await SecurityCheck.RunAsync(_folder.Path, "probe", "crypto", "--help")).With(0).Output;
        (await SecurityCheck.RunAsync(_folder.Path, "init", "--yes")).With(0);
        var template = await File.ReadAllTextAsync(_folder.File("candidate.yaml"));
        foreach (var form in CryptoSampleKinds.All)
        {
            Assert.Contains(form.Word, template, StringComparison.Ordinal);
            Assert.All(form.Settings, s => Assert.True(help.Contains($"  {s.Name}", StringComparison.Ordinal) && template.Contains(s.Name, StringComparison.Ordinal), $"{form.Word} {s.Name}"));
        }

        Assert.Contains("periodic", help, StringComparison.Ordinal);
        Assert.Contains("周期", help, StringComparison.Ordinal);
        Assert.Contains("cryptoSamples:", template, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_is_taken_in_Chinese_and_a_wrong_one_is_told_what_may_be_written()
    {
        var sample = _folder.File("r.bin");
        await File.WriteAllBytesAsync(sample, new byte[4000]);
        (await SecurityCheck.RunAsync(_folder.Path, "probe", "随机数", sample, "--set", "stage=单次", "--set", "bits=20000", "--json", "-")).With(0);
        var wrong = (await SecurityCheck.RunAsync(_folder.Path, "probe", "随机数", sample, "--set", "stage=每周")).With(3).Error;
        Assert.Contains("periodic", wrong, StringComparison.Ordinal);
        Assert.Contains("周期", wrong, StringComparison.Ordinal);
    }

    private static int Columns(Rune rune) => rune.Value is (>= 0x1100 and < 0x1160) or (>= 0x2E80 and < 0xD7A4) or (>= 0xF900 and < 0xFB00) or (>= 0xFE30 and < 0xFE70) or (>= 0xFF00 and < 0xFF61) or (>= 0xFFE0 and < 0xFFE7) ? 2 : 1;
}
