using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>No article number of a measure is left out in silence, and a city's own measure states only what differs.</summary>
public sealed class ArticleTests
{
    private const string Head = "profile: sample-city\ntitle: 样例\nsource: 样例\n";

    private const string Clauses = """
        clauses:
        - {id: C-2, article: 第二条, summary: 样例, gate: go-live, materials: [报告]}
        - {id: C-3, article: 第三条至第四条, summary: 样例, gate: acceptance, pillars: [tls]}

        """;

    [Theory]
    [InlineData(1, "第一条")]
    [InlineData(10, "第十条")]
    [InlineData(19, "第十九条")]
    [InlineData(20, "第二十条")]
    [InlineData(42, "第四十二条")]
    [InlineData(100, "第一百条")]
    [InlineData(105, "第一百零五条")]
    [InlineData(110, "第一百一十条")]
    [InlineData(199, "第一百九十九条")]
    public void Numbers_of_articles_are_written_as_measures_write_them(int number, string name)
    {
        Assert.Equal(name, ArticleNumber.Name(number));
        Assert.Equal((number, number), ArticleNumber.Parse(name));
    }

    [Theory]
    [InlineData("第二十条第二款")]
    [InlineData("第五条至第三条")]
    [InlineData("第一条至第二条至第三条")]
    [InlineData("22")]
    [InlineData("")]
    public void Other_words_are_no_articles(string text) => Assert.Null(ArticleNumber.Parse(text));

    [Theory]
    [InlineData("articles: 5\nnotClauses: [{articles: [1, 5], reason: 总则}]", null)]
    [InlineData("articles: 5\nnotClauses: [{articles: [1], reason: 总则}]", "没有写到：第五条")]
    [InlineData("articles: 4", "没有写到：第一条")]
    [InlineData("articles: 4\nnotClauses: [{articles: [1, 2], reason: 总则}]", "第二条已经是条款")]
    [InlineData("articles: 4\nnotClauses: [{articles: [1, 9], reason: 总则}]", "第九条不在这个办法里")]
    [InlineData("articles: 3\nnotClauses: [{articles: [1], reason: 总则}]", "C-3 的 第三条至第四条 不在这个办法里")]
    [InlineData("articles: 4\nnotClauses: [{articles: [第一条], reason: 总则}]", "不是条号")]
    [InlineData("articles: 4\nnotClauses: [{articles: [1]}]", "reason")]
    [InlineData("without: [C-2]", "extends")]
    public void Every_article_is_a_clause_or_is_named_as_none(string line, string? says)
    {
        var faults = new FaultList();
        _ = new ProfileReader(faults).Read("p.yaml", Encoding.UTF8.GetBytes(Head + line + "\n" + Clauses));
        Assert.Equal(says is null, faults.Faults.Count == 0);
        Assert.True(says is null || faults.Faults.Any(f => f.ToString().Contains(says, StringComparison.Ordinal)), string.Join("\n", faults.Faults));
    }

    /// <summary>The numbers were counted in the five texts, which are not here.</summary>
    [Fact]
    public void The_five_measures_account_for_all_their_articles() =>
        Assert.Equal(
            [("jiyuan", 22), ("lanzhou-2021", 32), ("luojiang-2025", 39), ("shangrao-2020", 41), ("xx-county", 44)],
            RulesetFolder.Load(Shipped.Folder, Shipped.Kinds).Profiles.Select(p => (p.Id, p.Articles ?? 0)));

    /// <summary>
    /// Where the texts speak of acceptance, cryptography, graded protection, code, archiving or a trial: read off the texts word by word. Each such
    /// article is a clause, or was left out on purpose because it asks nothing of a project.
    /// </summary>
    [Theory]
    [InlineData("luojiang-2025", "18 21 22 28 29 31", "6 33", "6：各部门的职责；33：监督")]
    [InlineData("lanzhou-2021", "9 16 19 22 23 24", "2 8", "2：定义；8：部门职责")]
    [InlineData("shangrao-2020", "6 7 17 18 20 22", "19 21 32 33 35 36", "19：大项目可以分阶段验收；21：谁组织验收；32：县级项目库；33 至 36：专家")]
    [InlineData("xx-county", "7 14 19 20 24 29 30 31 32 37", "5 12", "5：部门职责；12：审批时请谁参加")]
    public void Articles_that_speak_of_what_is_checked_are_clauses(string measure, string asking, string silent, string why)
    {
        Assert.NotEmpty(why);
        var profile = RulesetFolder.Load(Shipped.Folder, Shipped.Kinds).Profiles.Single(p => p.Id == measure);
        var clauses = profile.Clauses.Select(c => ArticleNumber.Parse(c.Article)!.Value).SelectMany(a => Enumerable.Range(a.First, a.Last - a.First + 1)).ToHashSet();
        Assert.Empty(Numbers(asking).Except(clauses));
        Assert.Empty(Numbers(silent).Intersect(clauses));
        Assert.Equal(profile.Articles, Numbers(silent).Concat(clauses).Concat(profile.NotClauses.SelectMany(n => n.Articles).Select(a => ArticleNumber.Parse(a)!.Value.First)).Distinct().Count());
    }

    private static IEnumerable<int> Numbers(string list) => list.Split(' ').Select(int.Parse);

    [Fact]
    public void A_measure_that_extends_another_replaces_adds_and_leaves_out()
    {
        using var folder = Folder(Head + Clauses, """
            profile: own-city
            title: 本市
            source: 样例
            extends: sample-city
            without: [C-2]
            clauses:
            - {id: C-3, article: 第九条, summary: 改写, gate: advisory, materials: [报告]}
            - {id: D-1, article: 第十条, summary: 新增, gate: acceptance, materials: [报告]}
            """);
        var rules = RulesetFolder.Load(folder.Path, Shipped.Kinds);
        var own = rules.Profiles.Single(p => p.Id == "own-city");
        Assert.Equal([("C-3", "改写"), ("D-1", "新增")], own.Clauses.Select(c => (c.Id, c.Summary)));
        Assert.Equal(["profiles/a.yaml", "profiles/b.yaml"], rules.ReferencesWith("own-city").Select(r => r.File).Where(RulesetFolder.IsProfile));
        Assert.Contains("样例", own.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extends: sample-city\nclauses:\n- {id: A-1, article: 第一条, summary: 样例, gate: advisory, materials: [报告]}\n- {id: A-1, article: 第二条, summary: 样例, gate: advisory, materials: [报告]}", "A-1 重复")]
    [InlineData("extends: nowhere", "没有验收办法 nowhere")]
    [InlineData("extends: own-city", "绕回")]
    [InlineData("extends: sample-city\nwithout: [C-77]", "C-77 不是 sample-city 的条款")]
    public void A_measure_that_extends_what_is_not_there_is_a_mistake(string line, string says)
    {
        using var folder = Folder(Head + Clauses, $"profile: own-city\ntitle: 本市\nsource: 样例\n{line}\n");
        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => RulesetFolder.Load(folder.Path, Shipped.Kinds)).Faults);
        Assert.Equal("profiles/b.yaml", fault.At.File);
        Assert.Contains(says, fault.ToString(), StringComparison.Ordinal);
    }

    private static TemporaryFolder Folder(string parent, string child)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Shipped.Folder, "tls"), "tls-baseline.yaml"))
        {
            folder.Write("tls-baseline.yaml", File.ReadAllText(file));
        }

        folder.Write("profiles/a.yaml", parent);
        folder.Write("profiles/b.yaml", child);
        return folder;
    }
}
