using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Whatever was not gone through is said with its reason, and leaves the analysis open; what was found so far is told all the same.</summary>
public sealed class IncompleteAnalysisTests
{
    private const string Bad = "import org.springframework.web.bind.annotation.*; class T { java.sql.Statement s; @GetMapping(\"/a\") void q(String n) throws Exception { s.executeQuery(n); } }";

    private static JavaAnalysis Analyze(FlowLimits? limits, params (string Path, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in files.Prepend(("src/T.java", Bad)))
        {
            folder.Write(path, text);
        }

        return new JavaTreeAnalysis(FlowCase.Tables, limits).Run(folder.Path, CancellationToken.None)!;
    }

    [Fact]
    public void Where_everything_was_gone_through_there_is_no_reason()
    {
        var analysis = Analyze(null, ("src/A.java", "class A { }"), ("src/main/webapp/a.jsp", "<p>a</p>"), ("src/a.xml", "<a/>"), ("src/a.yml", "a: b"));
        Assert.True(analysis.IsComplete);
        Assert.Empty(analysis.Unread.Concat(analysis.Cut));
        Assert.Equal(0, analysis.CutCount);
        Assert.Equal(["JT-SQL"], analysis.Defects.Value.Select(d => d.RuleId));
        Assert.Empty(analysis.SeenSoFar);
    }

    [Theory]
    [InlineData("src/A.kt", "fun a() { }", "其他 JVM 语言不在分析之列")]
    [InlineData("src/A.java", "class A { void a() { int = ; } }", "没有读懂")]
    [InlineData("webs/T.java", "class T { }", "类型 T 不止一处声明")]
    [InlineData("src/A.java", "class A { }\0\0\0\0", "没有读：")]
    [InlineData("src/main/webapp/a.jsp", "<% int a = 1;", "脚本没有结束")]
    [InlineData("src/main/webapp/a.jsp", "<p>\0\0\0\0</p>", "页面没有读")]
    public void What_was_not_read_is_named_with_the_reason(string path, string text, string why)
    {
        var analysis = Analyze(null, (path, text));
        IsOpen(analysis);
        Assert.Contains(analysis.Unread, u => u.Why.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("class A { int a(int b) { return b + 1 + 2 + 3 + 4; } }", "A.a：表达式过多")]
    [InlineData("interface I { void a(String s); } class B implements I { public void a(String s) { } } class C implements I { public void a(String s) { } } class D { void d(I i, String s) { i.a(s); } }", "D.d：调用 a 的去向多于 1 个")]
    public void What_was_not_gone_to_the_end_of_is_named_with_the_reason(string code, string why)
    {
        var limits = why.Contains("表达式", StringComparison.Ordinal) ? new FlowLimits { Looks = 4 } : new FlowLimits { Targets = 1 };
        var analysis = Analyze(limits, ("src/A.java", code));
        Assert.False(analysis.IsComplete);
        Assert.Contains(why, analysis.Cut.Select(c => c.Why.Contains('：', StringComparison.Ordinal) ? c.Why : $"{c.File}：{c.Why}"));
        Assert.Equal(analysis.Cut.Count, analysis.CutCount);
    }

    /// <summary>Time that is up is a reason like any other.</summary>
    [Fact]
    public void Time_that_is_up_is_said() => Assert.Contains(Analyze(new FlowLimits { Time = TimeSpan.Zero }).Cut, c => c.Why.Contains(SummaryBook.TimeIsUp, StringComparison.Ordinal));

    private static void IsOpen(JavaAnalysis analysis)
    {
        Assert.False(analysis.IsComplete);
        Assert.False(analysis.Defects.IsKnown);
        Assert.Contains("JT-SQL", analysis.SeenSoFar.Select(d => d.RuleId));
    }
}
