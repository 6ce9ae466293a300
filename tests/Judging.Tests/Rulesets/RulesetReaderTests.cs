using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>A mistake in a ruleset is an error with its place before anything runs.</summary>
public sealed class RulesetReaderTests
{
    private enum Version
    {
        Old,
        New,
    }

    private sealed record Suite(string Name, int Bits);

    private sealed record Offered(bool Open, Version Best, IReadOnlyList<Version> All, IReadOnlyList<Suite> Suites, string Until, int? Days);

    private static readonly Dictionary<string, ObservationKind> Kinds = new(StringComparer.Ordinal)
    {
        ["net.offered"] = new("net.offered", "endpoint", new RecordSchema(ObservationJson.SchemaOf(typeof(Offered)))),
    };

    private const string Good = """
        ruleset: sample
        version: "1"
        title: 样例
        pillar: tls
        requirements:
        - id: S-1
          title: 不得开放
          basis: [{standard: GB/T 22239-2019, clause: 8.1.2.2}]
          severity: major
          observes: net.offered
          satisfiedWhen: {field: open, equals: false}
          explain: "{target} 开放：{open}"
          remedy: 关闭
          examples: {符合: [{open: false}], 不符合: [{open: true}]}

        """;

    [Fact]
    public void A_ruleset_without_mistakes_reads() => Assert.Empty(Faults(Good));

    [Fact]
    public void Whether_a_field_of_closed_words_is_there_may_be_asked() =>
        Assert.Empty(Faults(Good.Replace("satisfiedWhen:", "appliesWhen: {field: best, exists: true}\n  satisfiedWhen:", StringComparison.Ordinal)
            .Replace("{open: false}", "{open: false, best: new}", StringComparison.Ordinal).Replace("{open: true}", "{open: true, best: old}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{every: suites, holds: {field: bits, atLeast: 128}, allowEmpty: true}", true)]
    [InlineData("{not: {some: suites, holds: {field: bits, atMost: 127}, allowEmpty: true}}", true)]
    [InlineData("{count: suites, holds: {field: bits, atMost: 127}, atMost: 0, allowEmpty: true}", true)]
    [InlineData("{not: {field: all, includes: [old], allowEmpty: true}}", true)]
    [InlineData("{not: {some: suites, holds: {field: bits, atMost: 127}}}", false)]
    [InlineData("{count: suites, holds: {field: bits, atMost: 127}, atMost: 0}", false)]
    [InlineData("{not: {field: all, includes: [old]}}", false)]
    public void An_empty_list_is_enough_only_where_the_rule_says_so(string condition, bool enough)
    {
        var faults = new FaultList();
        var text = Good.Replace("{field: open, equals: false}", condition, StringComparison.Ordinal)
            .Replace("[{open: false}]", "[{all: [], suites: []}]", StringComparison.Ordinal);
        var results = ExampleVerification.Verify(new RulesetReader(Kinds, faults).Read("s.yaml", Encoding.UTF8.GetBytes(text))!.Requirements);
        Assert.Empty(faults.Faults);
        Assert.Equal(enough ? Verdict.Satisfied : Verdict.NeedsReview, results[0].Actual);
    }

    [Theory]
    [InlineData("severity: major", "severty: major", 9, 3, "severity")]
    [InlineData("equals: false}", "equal: false}", 11, 32, "equals")]
    [InlineData("equals: false}", "equals: false, atLeast: 1}", 11, null, "恰好一个运算")]
    [InlineData("field: open, equals: false", "field: opened, equals: false", 11, 18, "open")]
    [InlineData("field: open, equals: false", "field: open.deep, equals: false", 11, 18, null)]
    [InlineData("field: open, equals: false", "field: best, equals: ancient", 11, 40, "old")]
    [InlineData("field: open, equals: false", "field: all, noneOf: [old, ancient]", 11, 45, "old")]
    [InlineData("field: open, equals: false", "field: best, noneOf: [old]", 11, null, null)]
    [InlineData("field: open, equals: false", "field: days, atLeast: many", 11, 41, "数字")]
    [InlineData("field: open, equals: false", "field: open, atLeast: 1", 11, 41, null)]
    [InlineData("field: open, equals: false", "field: all, noneOf: []", 11, 39, "非空列表")]
    [InlineData("field: open, equals: false", "field: until, matches: \"(?<=a)b\"", 11, 42, "回溯")]
    [InlineData("field: open, equals: false", "field: until, matches: \"(a)\\\\1\"", 11, 42, "回溯")]
    [InlineData("field: open, equals: false", "field: until, matches: \"[\"", 11, 42, "正则")]
    [InlineData("field: open, equals: false", "field: until, matches: 123", 11, 42, "引号")]
    [InlineData("field: open, equals: false", "field: until, matches: true", 11, 42, "引号")]
    [InlineData("field: open, equals: false", "field: until, matches: ~", 11, 42, "引号")]
    [InlineData("field: open, equals: false", "field: until, before: 2026.05", 11, 41, "yyyy-MM-dd")]
    [InlineData("field: open, equals: false", "field: until, before: tomorrow", 11, 41, "yyyy-MM-dd")]
    [InlineData("field: open, equals: false", "field: until, within: 30.5", 11, 41, "整数")]
    [InlineData("field: open, equals: false", "field: until, within: 99999", 11, 41, "整数")]
    [InlineData("field: open, equals: false", "field: until, version: \"1.2\"", 11, 42, "比较号")]
    [InlineData("field: open, equals: false", "field: until, version: \">= 1.18.0-rc1\"", 11, 42, "比较号")]
    [InlineData("field: open, equals: false", "field: open, exists: 1", 11, 40, "true")]
    [InlineData("{field: open, equals: false}", "{every: open, holds: {field: name, equals: a}}", 11, 18, "列表")]
    [InlineData("{field: open, equals: false}", "{every: suites, holds: {field: nme, equals: a}}", 11, 41, "name")]
    [InlineData("{field: open, equals: false}", "{count: suites}", 11, 18, "atLeast")]
    [InlineData("{field: open, equals: false}", "{allOf: []}", 11, 18, "条件")]
    [InlineData("{field: open, equals: false}", "{allOf: [{field: open, equals: true}], not: {field: open, equals: true}}", 11, 18, "恰好其中之一")]
    [InlineData("{field: open, equals: false}", "{field: candidate.level, equals: 3}", 11, 18, "protectionLevel")]
    [InlineData("{target} 开放：{open}", "{target} 开放：{opn}", 6, 3, "open")]
    [InlineData("{target} 开放：{open}", "{candidate.nope}", 6, 3, "protectionLevel")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: NET-2, aspects: [K], proves: [K]}", 8, null, "K 只能由人回答")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: NET-2, aspects: [A], proves: [D]}", 8, null, "aspects 的一部分")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: NET-2, aspects: [E]}", 8, null, "D、A、K")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: NET-2, aspects: [A], strength: open}", 8, null, "数字字段")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, aspects: [A]}", 8, null, "control")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: []}", 8, null, "编号")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, onlyDeclared: true}", 8, null, "control")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: NET-2, aspects: [A], doorstep: true}", 8, null, "aspects: [D]")]
    [InlineData("clause: 8.1.2.2}", "clause: 8.1.2.2, control: NET-2, aspects: [K], moduleLevel: open}", 8, null, "列表.数字字段")]
    [InlineData("observes: net.offered", "observes: net.offerd", 6, 3, "net.offered")]
    [InlineData("不符合: [{open: true}]", "待人工: [{}]", 14, 13, "不符合")]
    [InlineData("不符合: [{open: true}]", "不符: [{open: true}]", 14, 35, null)]
    [InlineData("不符合: [{open: true}]", "不符合: [{opne: true}]", 14, 42, "open")]
    [InlineData("不符合: [{open: true}]", "不符合: [{open: [true]}]", 14, 48, null)]
    [InlineData("  examples: {符合: [{open: false}], 不符合: [{open: true}]}\n", "", 6, 3, "examples")]
    [InlineData("  remedy: 关闭\n", "", 6, 3, "remedy")]
    [InlineData("  observes: net.offered", "  manual: yes\n  observes: net.offered", 10, 11, "true")]
    [InlineData("  observes: net.offered", "  levels: [5]\n  observes: net.offered", 10, 12, "4")]
    [InlineData("pillar: tls", "pillar: TLS", 4, 9, "tls")]
    [InlineData("[{standard: GB/T 22239-2019, clause: 8.1.2.2}]", "[]", 8, 10, "至少一项")]
    public void A_mistake_is_named_with_its_place_and_what_was_expected(string right, string wrong, int line, int? column, string? says)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var faults = Faults(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(faults, f => f.At.File == "s.yaml" && f.At.Line == line && (column is null || f.At.Column == column) && (says is null || f.ToString().Contains(says, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_manual_requirement_can_ask_the_candidate_alone()
    {
        var manual = Good.Replace("  observes: net.offered", "  manual: true", StringComparison.Ordinal)
            .Replace("  satisfiedWhen: {field: open, equals: false}", "  appliesWhen: {field: open, equals: false}", StringComparison.Ordinal)
            .Replace("{target} 开放：{open}", "{target}", StringComparison.Ordinal);
        Assert.Contains(Faults(manual), f => f.At.Line == 11 && f.Message.Contains("open", StringComparison.Ordinal));
        Assert.Empty(Faults(manual.Replace("field: open, equals: false", "field: candidate.protectionLevel, atLeast: 3", StringComparison.Ordinal)));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        var faults = Faults(Good.Replace("pillar: tls", "pillar: x", StringComparison.Ordinal).Replace("severity: major", "severity: big", StringComparison.Ordinal).Replace("equals: false}\n", "equal: 1}\n", StringComparison.Ordinal).Replace("remedy: 关闭", "remedi: 关闭", StringComparison.Ordinal));
        Assert.True(faults.Count >= 4, string.Join('\n', faults));
        Assert.Equal(faults.Select(f => f.At.Line).Order(), faults.Select(f => f.At.Line));
    }

    [Theory]
    [InlineData("a.yaml", "s-1", "重复")]
    [InlineData("profiles/a.yaml", "S-1", "profile")]
    public void A_folder_refuses_an_id_used_twice_even_in_other_letters(string name, string id, string says)
    {
        using var folder = new TemporaryFolder();
        folder.Write("s.yaml", Good);
        folder.Write(name, Good.Replace("ruleset: sample", "ruleset: other", StringComparison.Ordinal).Replace("id: S-1", $"id: {id}", StringComparison.Ordinal));
        var refused = Assert.Throws<InputFaultException>(() => RulesetFolder.Load(folder.Path, Kinds));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_used_twice_is_shown_where_it_stands_the_second_time()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", Good);
        folder.Write("b.yaml", Good.Replace("ruleset: sample", "ruleset: other", StringComparison.Ordinal));
        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => RulesetFolder.Load(folder.Path, Kinds)).Faults);
        Assert.Equal(("b.yaml(6,3): 编号 S-1 重复，a.yaml(6,3) 已经用了；应为唯一的编号；例如 id: S-1-2"), fault.ToString());
    }

    [Fact]
    public void A_misspelt_key_of_a_rule_comes_with_the_line_that_was_meant()
    {
        var fault = Assert.Single(Faults(Good.Replace("title: 不得开放", "title: 不得开放\n  observs: net.offered", StringComparison.Ordinal)));
        Assert.Equal((8, 3), (fault.At.Line, fault.At.Column));
        Assert.StartsWith("observes: ", fault.Example, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_folder_with_pipes_or_a_link_into_itself_is_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        using var folder = new TemporaryFolder();
        folder.Write("good.yaml", Good);
        await OddFiles.PipeAsync(folder.File("pipe.yaml"));
        File.CreateSymbolicLink(folder.File("zero.yaml"), "/dev/zero");
        Directory.CreateDirectory(folder.File("profiles"));
        await OddFiles.PipeAsync(folder.File("profiles/city.yaml"));
        var refused = await Assert.ThrowsAsync<InputFaultException>(() => Task.Run(() => RulesetFolder.Load(folder.Path, Kinds)).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(["pipe.yaml", "profiles/city.yaml", "zero.yaml"], refused.Faults.Select(f => f.At.File));
        Assert.All(refused.Faults, f => Assert.Contains("不是普通文件", f.Message, StringComparison.Ordinal));

        using var loop = new TemporaryFolder();
        loop.Write("good.yaml", Good);
        Directory.CreateSymbolicLink(loop.File("a"), loop.Path);
        Directory.CreateSymbolicLink(loop.File("b"), loop.Path);
        await Assert.ThrowsAsync<InputFaultException>(() => Task.Run(() => RulesetFolder.Load(loop.Path, Kinds)).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_folder_reports_the_mistakes_of_all_files_and_never_drops_one_in_silence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", Good.Replace("severity: major", "severity: big", StringComparison.Ordinal));
        folder.Write("b.yaml", "a: [\n");
        File.CreateSymbolicLink(folder.File("c.yaml"), folder.File("nowhere"));
        var refused = Assert.Throws<InputFaultException>(() => RulesetFolder.Load(folder.Path, Kinds));
        Assert.Equal(["a.yaml", "b.yaml", "c.yaml"], refused.Faults.Select(f => f.At.File).Distinct(StringComparer.Ordinal));

        using var crowd = new TemporaryFolder();
        for (var i = 0; i <= 500; i++)
        {
            crowd.Write($"r{i}.yaml", "");
        }

        Assert.Contains("501", Assert.Throws<InputFaultException>(() => RulesetFolder.Load(crowd.Path, Kinds)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requirements: []", 5)]
    [InlineData("requirements:", 1)]
    public void A_ruleset_that_asks_nothing_is_a_mistake(string line, int at) =>
        Assert.Contains(Faults(Good[..Good.IndexOf("requirements:", StringComparison.Ordinal)] + line + "\n"), f => f.At.Line == at && f.Message.Contains("requirements", StringComparison.Ordinal));

    [Fact]
    public void A_profile_without_clauses_is_a_mistake()
    {
        var faults = new FaultList();
        _ = new ProfileReader(faults).Read("p.yaml", "profile: sample-city\ntitle: 样例\nsource: 样例\nclauses: []\n"u8.ToArray());
        Assert.Equal(["p.yaml(4,10): clauses 是空的；应为至少一项"], faults.Faults.Select(f => f.ToString()));
    }

    [Theory]
    [InlineData("tls/more.yml")]
    [InlineData("more.YAML")]
    [InlineData("profiles/city.yml")]
    public void A_file_that_only_looks_like_a_ruleset_is_named_and_not_left_out_in_silence(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write("s.yaml", Good);
        folder.Write("guidance/S-1.md", "# 怎样关闭");
        _ = RulesetFolder.Load(folder.Path, Kinds);
        folder.Write(name, Good);
        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => RulesetFolder.Load(folder.Path, Kinds)).Faults);
        Assert.Equal((name, ".yaml"), (fault.At.File, fault.Expected));
    }

    [Theory]
    [InlineData("appliesWhen: {field: kind, equals: website}", 11, "candidate")]
    [InlineData("appliesWhen: {field: candidate.kinds, equals: website}", 11, "kind")]
    [InlineData("pillars: [tsl]", 11, "tls")]
    [InlineData("materials: [{a: b}]", 11, "文字")]
    [InlineData("gates: go-live", 11, "gate")]
    public void A_mistake_in_a_profile_is_named_with_its_place(string line, int at, string says)
    {
        var profile = $"""
            profile: sample-city
            title: 样例
            source: 样例
            validFrom: 2026-01-01
            clauses:
            - id: C-1
              article: 第一条
              summary: 样例
              gate: go-live
              {(line.StartsWith("pillars", StringComparison.Ordinal) ? "materials: [报告]" : "pillars: [tls]")}
              {line}
            """;
        var faults = new FaultList();
        _ = new ProfileReader(faults).Read("p.yaml", Encoding.UTF8.GetBytes(profile));
        Assert.Contains(faults.Faults, f => f.At.File == "p.yaml" && f.At.Line == at && (f.ToString().Contains(says, StringComparison.Ordinal) || says == "candidate"));
    }

    private static IReadOnlyList<InputFault> Faults(string text)
    {
        var faults = new FaultList();
        _ = new RulesetReader(Kinds, faults).Read("s.yaml", Encoding.UTF8.GetBytes(text));
        try
        {
            faults.ThrowIfAny();
            return [];
        }
        catch (InputFaultException wrong)
        {
            return wrong.Faults;
        }
    }
}
