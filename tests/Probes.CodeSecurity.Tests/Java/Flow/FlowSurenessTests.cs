using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Which way of several is told and how sure it is go by the same doubts: the surest one speaks, and nothing is sure that was not told so.</summary>
public sealed class FlowSurenessTests
{
    private const string Head = "import java.io.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*;\n";
    private const string Members = "Out out; org.slf4j.Logger log; boolean mine(String s) { return s.hashCode() % 3 == 0; } String pass(String s) { return s.trim(); }";
    private const string Out = "public class Out { java.sql.Statement s; org.slf4j.Logger log; public void open(String n) throws Exception { new java.io.FileInputStream(\"/d/\" + n).read(); } public void find(String n) throws Exception { s.executeQuery(\"select '\" + n + \"'\"); } public void say(String n) { log.info(n); } }";

    private const string Piece = "@GetMapping(\"/a/{n}\") void a(@PathVariable String n) throws Exception {\n out.open(n); }";
    private const string Checked = "@GetMapping(\"/b\") void b(String n) throws Exception {\n String m = pass(n);\n if (mine(m)) {\n out.open(m); } }";
    private const string Sure = "@GetMapping(\"/c\") void c(String n) throws Exception {\n String m = pass(n);\n String k = pass(m);\n out.open(k); }";

    private static JavaAnalysis Seen(params string[] methods) => FlowDefectsTests.Analyze([("src/Out.java", Out), ("src/A.java", $"{Head}@RestController class A {{ {Members}\n{string.Join('\n', methods)}\n}}")]);

    private static CodeDefect One(JavaAnalysis seen, string rule) => Assert.Single(seen.Seen, d => d.RuleId == rule);

    /// <summary>A piece of an address hardly names a file, a checked parameter may not: neither makes the other sure.</summary>
    [Theory]
    [InlineData(Piece, Checked)]
    [InlineData(Checked, Piece)]
    public void Two_doubted_ways_make_no_sure_one(string one, string other)
    {
        var seen = Seen(one, other);
        Assert.True(One(seen, "JT-PATH") is { Confidence: CodeConfidence.Low, IsForPeople: true, Doubt: not null });
        Assert.False(seen.HasSevereFileAccess.IsKnown);
        Assert.Equal(["file"], seen.Doubted);
    }

    [Theory]
    [InlineData(Piece)]
    [InlineData(Checked)]
    public void The_way_that_is_told_is_the_one_that_is_sure(string doubted)
    {
        foreach (var methods in new[] { new[] { doubted, Sure }, [Sure, doubted] })
        {
            var defect = One(Seen(methods), "JT-PATH");
            Assert.Equal((CodeConfidence.High, null), (defect.Confidence, defect.Doubt));
            Assert.Contains("从 src/A.java", defect.Message, StringComparison.Ordinal);
            Assert.True(defect.Flow.Count > 4, defect.Message);
        }
    }

    [Fact]
    public void One_line_hides_no_longer_way_that_may_hold_two()
    {
        var seen = Seen("@PostMapping(\"/a\") void a(HttpServletRequest r) throws Exception { out.say(r.getReader().readLine()); }", "@GetMapping(\"/b\") void b(String n) throws Exception {\n String m = pass(n);\n String k = pass(m);\n out.say(k); }");
        Assert.Equal(CodeConfidence.High, One(seen, "JT-LOG").Confidence);
    }

    /// <summary>Whether anybody sends it nobody saw; that somebody stored it is known.</summary>
    [Theory]
    [InlineData("src/0.java")]
    [InlineData("src/Z.java")]
    public void A_guess_from_outside_hides_nothing_surer_that_was_stored(string path)
    {
        const string stored = "class Z { Out out; void kept(java.sql.ResultSet r) throws Exception { out.find(r.getString(1)); } }";
        const string idle = "public class CopyUtils { Out out; public void take(HttpServletRequest r) throws Exception { out.find(r.getParameter(\"a\")); } }";
        var seen = FlowDefectsTests.Analyze([("src/Out.java", Out), ("src/CopyUtils.java", $"{Head}{idle}"), (path, stored)]);
        var defect = One(seen, "JT-SQL");
        Assert.Equal((CodeConfidence.Low, true, "来源是先存放、后取出的数据或其他系统的应答"), (defect.Confidence, defect.IsForPeople, defect.Doubt));
    }

    [Fact]
    public void What_begins_in_tests_hides_nothing_that_does_not()
    {
        const string test = "import org.springframework.web.bind.annotation.*;\n@RestController class T { Out out; @GetMapping(\"/t\") void t(String n) throws Exception { out.open(n); } }";
        var seen = FlowDefectsTests.Analyze([("src/main/java/Out.java", Out), ("src/test/java/T.java", test), ("src/main/java/A.java", $"{Head}@RestController class A {{ {Members}\n{Sure}\n}}")]);
        var defect = One(seen, "JT-PATH");
        Assert.Equal((CodeConfidence.High, "src/main/java/A.java"), (defect.Confidence, defect.Flow[0].File));
    }

    /// <summary>What happens in one line is one doubt, also where one of several ways is chosen.</summary>
    [Fact]
    public void Two_calls_in_one_line_are_doubted_once_and_in_two_lines_twice()
    {
        const string twice = "@GetMapping(\"/a\") void a(String n) throws Exception {\n String m = com.lib.Texts.of(n);\n out.find(com.lib.Texts.of(m)); }";
        const string once = "@GetMapping(\"/b\") void b(String n) throws Exception {\n String m = pass(n);\n String k = pass(m);\n out.find(com.lib.Texts.of(com.lib.Texts.of(k))); }";
        Assert.Equal([false, true, true, true], new[] { new[] { twice }, [once], [once, twice], [twice, once] }.Select(m => One(Seen(m), "JT-SQL").IsForPeople));
    }

    /// <summary>Who accepts what is doubted is told of what is only suspected beside it.</summary>
    [Fact]
    public void What_is_only_suspected_is_counted_on_its_own()
    {
        var seen = Seen(Checked, "@GetMapping(\"/s\") void s(String n) throws Exception {\n if (mine(n)) { out.find(com.lib.Texts.of(n)); } }");
        Assert.Equal((1, 1), (seen.DoubtedSevere, seen.SuspectedSevere));
        Assert.Equal(["file"], seen.Doubted);
    }

    /// <summary>The slight one is sure and the grave one is not: neither speaks for the other.</summary>
    [Fact]
    public void Of_places_that_are_told_together_nothing_sure_is_told_as_doubted()
    {
        var seen = Seen("@GetMapping(\"/a\") void a(String p) throws Exception {\n if (new File(p).exists()) { log.info(\"a\"); }\n if (mine(p)) { new FileInputStream(p).read(); } }").Seen.Where(d => d.RuleId == "JT-PATH").ToList();
        Assert.Equal([(Severity.Minor, CodeConfidence.High), (Severity.Critical, CodeConfidence.Low)], seen.Select(d => (d.Severity, d.Confidence)));
        Assert.All(seen, d => Assert.DoesNotContain("另有", d.Message, StringComparison.Ordinal));
    }
}
