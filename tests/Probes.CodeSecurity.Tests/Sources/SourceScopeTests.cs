using System.Reflection;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class SourceScopeTests
{
    private static readonly string Rules = Path.Combine(
        typeof(SourceScopeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets", "code-security", "source-scope.yaml");

    [Fact]
    public void Every_example_of_the_rules_is_judged_as_it_says() =>
        Assert.All(ExampleVerification.Verify(Requirements()), r => Assert.True(r.IsAsExpected, $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} expected, {r.Actual} judged"));

    [Fact]
    public async Task A_plain_tree_is_read_whole()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { String s = \"\\u0041\"; }\n");
        folder.Write("node_modules/x/index.js", "1;\n");
        var (outcome, data, evidence) = await LookAsync(folder);
        Assert.True(data.GetProperty("isWhole").GetBoolean());
        Assert.Equal(["CODE-SCOPE-01 Satisfied", "CODE-SCOPE-02 Satisfied"], Judged(outcome));
        Assert.Contains("node_modules/\tno\tVendored", Encoding.UTF8.GetString(Assert.Single(evidence.Files).Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_read_leaves_the_question_to_people()
    {
        using var folder = WrittenTree.Make();
        var (outcome, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
        Assert.Equal("src/Broken.java", Assert.Single(data.GetProperty("unreadBytes").EnumerateArray()).GetString());
        Assert.Equal(".rb", Assert.Single(data.GetProperty("unreadLanguages").EnumerateArray()).GetProperty("extension").GetString());
        Assert.Equal(["CODE-SCOPE-01 NeedsReview", "CODE-SCOPE-02 NeedsReview"], Judged(outcome));
    }

    [Theory]
    [InlineData("String s = \"a\"; // \\u000a if (admin)")]
    [InlineData("/* *\\u002f if (admin) /* */")]
    [InlineData("/* \\u002a/ if (admin) /* */")]
    [InlineData("/** \\uu002A\\u002F if (admin) /* */")]
    [InlineData("String s = \"\\u0022 + run(\\u0022 \\u0022) + \\u0022\";")]
    [InlineData("String s = \"a\\u005c\" + b;")]
    [InlineData("char c = '\\u0027';")]
    [InlineData("String s = \"\\u000a\";")]
    [InlineData("\\u0053tring s;")]
    [InlineData("if (level == \"user\u202E \u2066// only admins\u2069 \u2066\") {}")]
    public async Task Code_that_reads_otherwise_than_it_runs_is_found(string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A {\n" + line + "\n}\n");
        var (outcome, data, _) = await LookAsync(folder);
        Assert.Equal(2, data.GetProperty("hidden").EnumerateArray().First().GetProperty("line").GetInt32());
        Assert.Equal(["CODE-SCOPE-01 Satisfied", "CODE-SCOPE-02 NotSatisfied"], Judged(outcome));
    }

    [Theory]
    [InlineData("a.java", "String s = \"\\u4e2d \\u0027 \\\\u0022 \\\\u000a\"; char c = '\\u0022'; // \\u4e2d \\\\u000a")]
    [InlineData("a.java", "/* \\u000a \\u002f \\u002a */ int i;")]
    [InlineData("a.js", "s = \"\\u0022 \\u000a\"; // \\u000a")]
    [InlineData("a.jsp", "<script>s = \"\\u0022\";</script><% String t = \"\\u4e2d\"; %> C:\\users")]
    public async Task Escapes_that_end_nothing_are_none(string file, string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write(file, line + "\n");
        var (_, data, _) = await LookAsync(folder);
        Assert.Empty(data.GetProperty("hidden").EnumerateArray());
    }

    [Fact]
    public async Task In_a_page_the_code_of_the_server_is_looked_at()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.jsp", "<p>\n<% /* *\\u002f run(); /* */ %>\n<%= \"\\u0022+run()+\\u0022\" %>");
        var (_, data, _) = await LookAsync(folder);
        Assert.Equal([2, 3], data.GetProperty("hidden").EnumerateArray().Select(h => h.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task An_empty_tree_is_none()
    {
        using var folder = new TemporaryFolder();
        var target = new SourceTree { Id = "src", Path = folder.Path };
        Assert.IsType<Unable>(await new SourceScopeProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None));
    }

    private static async Task<(Observed Outcome, JsonElement Data, KeptEvidence Evidence)> LookAsync(TemporaryFolder folder)
    {
        var target = new SourceTree { Id = "src", Path = folder.Path };
        var evidence = new KeptEvidence();
        var observed = Assert.IsType<Observed>(await new SourceScopeProbe().ObserveAsync(target, ProbeContexts.For(evidence, target), CancellationToken.None));
        return (observed, Assert.Single(observed.Observations).Data, evidence);
    }

    private static IEnumerable<string> Judged(Observed outcome)
    {
        var candidate = new Candidate { Id = "test", Name = "测试系统", Kind = SystemKind.GovernmentService, IsClassified = false };
        return Requirements().Select(r =>
            $"{r.Id} {RequirementJudge.Judge(r, ("source-tree:src", "源代码"), outcome, EvaluationScope.FactsOf(candidate), ExampleVerification.ExampleClock).Verdict}");
    }

    private static IReadOnlyList<Requirement> Requirements()
    {
        var faults = new FaultList();
        var read = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(SourceScopeProbe).Assembly)), faults).Read("source-scope.yaml", File.ReadAllBytes(Rules));
        faults.ThrowIfAny();
        return read!.Requirements;
    }
}
