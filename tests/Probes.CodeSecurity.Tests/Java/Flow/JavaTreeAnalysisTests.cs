using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class JavaTreeAnalysisTests
{
    private const string Bad = "import javax.servlet.http.*;\nclass A {\n  void q(HttpServletRequest r, java.sql.Statement s) throws Exception {\n    String n = r.getParameter(\"n\");\n    s.executeQuery(\"select '\" + n + \"'\");\n  }\n}\n";
    private const string Clean = "class B { int q(int a) { return a + 1; } }\n";

    [Fact]
    public void A_flow_is_a_defect_with_every_step()
    {
        var seen = Analyze(("src/A.java", Bad), ("src/B.java", Clean))!;
        var defect = Assert.Single(seen.Defects.Value);
        Assert.Equal(("JT-SQL", "src/A.java", 5, 89, CodeConfidence.High), (defect.RuleId, defect.File, defect.Line, defect.Cwe, defect.Confidence));
        Assert.Equal([4, 5], defect.Flow.Select(f => f.Line));
        Assert.Equal("s.executeQuery(\"select '\" + n + \"'\");", defect.Code);
        Assert.True(seen.HasSevereInjection.Value);
        Assert.False(seen.HasSevereFileAccess.IsKnown);
        Assert.Equal(defect.Fingerprint, Assert.Single(Analyze(("src/A.java", "\n\n" + Bad))!.Defects.Value).Fingerprint);
    }

    [Theory]
    [InlineData("src/B.java", "class B { void q( { } ) int }")]
    [InlineData("web/a.jsp", "<my:text of=\"${param.a}\"/>")]
    [InlineData("web/b.jsp", "<% if (true) { %> a <% %>")]
    [InlineData("web/a.btl", "${a}")]
    [InlineData("src/K.kt", "fun main() { }")]
    [InlineData("src/A2.java", "class A { void other() { } } class A { }")]
    public void What_was_not_understood_leaves_open_what_was_not_found(string path, string text)
    {
        var seen = Analyze(("src/C.java", Clean), (path, text))!;
        Assert.False(seen.IsComplete);
        Assert.NotEmpty(seen.Unread);
        Assert.False(seen.HasSevereInjection.IsKnown);
        Assert.False(seen.Defects.IsKnown);
        var found = Analyze(("src/A.java", Bad), ("src/C.java", Clean), (path, text))!;
        Assert.True(found.HasSevereInjection.Value);
        Assert.Equal("JT-SQL", Assert.Single(found.SeenSoFar, d => d.Cwe == 89).RuleId);
    }

    [Fact]
    public void Methods_that_were_cut_short_leave_open_what_was_not_found()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.java", Clean);
        var analysis = new JavaTreeAnalysis(FlowCase.Tables, FlowLimits.Default with { Time = TimeSpan.Zero });
        var seen = analysis.Tell(analysis.Run(folder.Path, CancellationToken.None)!, DefectStates.None);
        Assert.Equal(1, seen.CutCount);
        Assert.False(seen.HasSevereInjection.IsKnown);
    }

    [Theory]
    [InlineData("if (!n.matches(\"[a-z]*\")) { return; }", 1)]
    [InlineData("if (!n.equals(\"a\")) { return; }", 0)]
    public void A_check_that_is_worth_what_it_compares_with_is_told(string check, int believed)
    {
        var seen = Analyze(("src/A.java", Bad.Replace("    s.exec", $"    {check}\n    s.exec", StringComparison.Ordinal)))!;
        Assert.True(seen.IsComplete);
        Assert.Empty(seen.Defects.Value);
        Assert.Equal(believed, seen.Believed.Count);
    }

    /// <summary>Where a check lies on the way that nobody could read, or the value was stored in between, people judge.</summary>
    [Theory]
    [InlineData("if (!ok(n)) { return; }", 1)]
    [InlineData("n = rs.getString(1);", 1)]
    [InlineData("if (n == null) { return; }", 0)]
    public void A_flow_that_is_doubted_is_for_people_and_decides_nothing(string before, int doubted)
    {
        var seen = Analyze(("src/A.java", Bad.Replace("    s.exec", $"    {before}\n    s.exec", StringComparison.Ordinal).Replace("class A {", "class A { java.sql.ResultSet rs; boolean ok(String x) { return x.hashCode() % 3 == 0; }", StringComparison.Ordinal)))!;
        var defect = Assert.Single(seen.Defects.Value, d => d.RuleId == "JT-SQL");
        Assert.Equal((doubted == 0 ? CodeConfidence.High : CodeConfidence.Low, doubted == 1), (defect.Confidence, defect.IsForPeople));
        Assert.Equal((doubted, doubted == 0), (seen.DoubtedSevere, seen.HasSevereInjection.IsKnown));
        Assert.Equal(doubted == 0 ? [] : ["injection"], seen.Doubted);
    }

    [Fact]
    public void Nothing_found_proves_nothing()
    {
        var seen = Analyze(("src/B.java", Clean))!;
        Assert.Equal((true, 0, 0), (seen.IsComplete, seen.BelievedCount, seen.Defects.Value.Count));
        Assert.False(seen.HasSevereInjection.IsKnown || seen.HasSevereDeserialization.IsKnown || seen.HasSevereFileAccess.IsKnown);
        Assert.Empty(seen.AwaitsAcceptance);
    }

    [Fact]
    public void What_is_only_suspected_is_no_defect_of_its_class()
    {
        var seen = Analyze(("src/A.java", Bad.Replace("\"n\");", "\"n\");\n    n = com.lib.Two.other(n);\n    n = com.lib.One.some(n);", StringComparison.Ordinal)))!;
        var defect = Assert.Single(seen.Defects.Value);
        Assert.Equal((CodeConfidence.Low, false), (defect.Confidence, seen.HasSevereInjection.IsKnown));
    }

    [Theory]
    [InlineData("q.getString(1)", "s.executeQuery(n);", "JT-SQL", CodeConfidence.Low, false, "二阶注入")]
    [InlineData("com.lib.One.some(q.getString(1))", "s.executeQuery(n);", "JT-SQL", CodeConfidence.Low, false, "二阶注入")]
    [InlineData("q.getString(1)", "w.getWriter().print(n);", "JT-XSS", CodeConfidence.Low, false, "先存放、后取出")]
    [InlineData("System.getenv(\"A\")", "Runtime.getRuntime().exec(n);", "JT-CMD", CodeConfidence.Low, false, "不由外人左右")]
    [InlineData("r.getParameter(\"a\") + q.getString(1)", "s.executeQuery(n);", "JT-SQL", CodeConfidence.High, true, "外部输入（请求参数）")]
    public void What_a_stranger_does_not_choose_directly_is_less_sure_and_says_so(string source, string place, string rule, CodeConfidence sure, bool isSevere, string said)
    {
        var seen = Analyze(("src/A.java", $"import javax.servlet.http.*;\nclass A {{\n  void q(HttpServletRequest r, HttpServletResponse w, java.sql.Statement s, java.sql.ResultSet q) throws Exception {{\n    String n = {source};\n    {place}\n  }}\n}}\n"))!;
        var defect = Assert.Single(seen.Defects.Value);
        Assert.Equal((rule, sure, isSevere), (defect.RuleId, defect.Confidence, seen.HasSevereInjection.IsKnown));
        Assert.Contains(said, defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void People_are_asked_only_where_every_finding_of_the_class_is_suppressed()
    {
        var weak = Bad.Replace("class A", "class W", StringComparison.Ordinal).Replace("\"n\");", "\"n\");\n    n = com.lib.Two.other(n);\n    n = com.lib.One.some(n);", StringComparison.Ordinal);
        IReadOnlyList<string> Asked(params (string Path, string Text)[] files)
        {
            var all = Analyze(files)!;
            var print = all.Defects.Value.First(d => d.File == "src/A.java").Fingerprint;
            var written = new WrittenSuppression { Kind = SuppressionKind.File, Place = "s.yaml(1)", Fingerprint = print, Reason = "a", Reviewer = "b", Until = new DateOnly(2099, 1, 1) };
            return new JavaTreeAnalysis(FlowCase.Tables).Tell(all, new DefectStates([written], null, new DateOnly(2026, 1, 1))).AwaitsAcceptance;
        }

        Assert.Equal(["injection"], Asked(("src/A.java", Bad)));
        Assert.Empty(Asked(("src/A.java", Bad), ("src/W.java", weak)));
    }

    [Fact]
    public void An_earlier_analysis_is_taken_over_while_every_text_is_the_same()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tree/A.java", Bad);
        folder.Write("cache/none", "");
        string Look() => System.Text.Json.JsonSerializer.Serialize(new JavaTreeAnalysis(FlowCase.Tables).Run(Path.Combine(folder.Path, "tree"), CancellationToken.None, Path.Combine(folder.Path, "cache")), SmartCity.SecurityCheck.Model.ObservationJson.Compact);
        var first = Look();
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "cache"), "java-*"));
        var written = File.GetLastWriteTimeUtc(kept);
        Assert.Equal(first, Look());
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        folder.Write("tree/A.java", Clean);
        Assert.DoesNotContain("JT-SQL\"", Look(), StringComparison.Ordinal);
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(kept));
    }

    [Theory]
    [InlineData("src/main/resources/application-prod.yml")]
    [InlineData("WEB-INF/web.xml")]
    [InlineData("conf/shiro.ini")]
    public void Settings_that_were_not_read_are_told_and_leave_flows_as_they_are(string path)
    {
        var seen = Analyze(("src/B.java", Clean), (path, "a: b" + new string('\0', 600) + "x"))!;
        Assert.Contains("没有读", Assert.Single(seen.UnreadSettings, u => u.File == path).Why, StringComparison.Ordinal);
        Assert.True(seen.IsComplete);
        Assert.Empty(Analyze(("src/B.java", Clean), ("a.bin", "\0"))!.UnreadSettings);
    }

    [Theory]
    [InlineData("src/main/resources/mapper/UserMapper.xml", false)]
    [InlineData("src/main/resources/sql/orders.xml", false)]
    [InlineData("mapper/web.xml", false)]
    [InlineData("WEB-INF/web.xml", true)]
    [InlineData("pom.xml", true)]
    [InlineData("src/main/resources/logback-spring.xml", true)]
    public void A_file_that_may_hold_statements_and_was_not_read_leaves_flows_open(string path, bool isWhole)
    {
        var seen = Analyze(("src/B.java", Clean), (path, "<mapper>" + new string('\0', 600) + "x"))!;
        Assert.Contains(seen.UnreadSettings, u => u.File == path);
        Assert.Equal((isWhole, isWhole ? 0 : 1), (seen.IsComplete, seen.Unread.Count(u => u.File == path)));
    }

    [Fact]
    public void A_tree_without_Java_is_no_question() => Assert.Null(Analyze(("a.py", "x = 1\n")));

    [Fact]
    public void Mutated_programs_bring_no_one_down()
    {
        var random = new Random(7);
        var texts = FlowCase.Apis.Weaknesses.SelectMany(w => w.Bad).Append(JavaSamples.New).Append(JavaSamples.Old).ToList();
        for (var i = 0; i < 400; i++)
        {
            var text = texts[i % texts.Count];
            for (var change = 0; change < 3; change++)
            {
                var (at, length) = (random.Next(text.Length), random.Next(1, 20));
                text = random.Next(2) == 0 ? text.Remove(at, Math.Min(length, text.Length - at)) : text.Insert(at, text[..Math.Min(length, text.Length)]);
            }

            var unit = new JavaParser().Parse(text);
            FlowAnalysis.Run(new JavaProgram([("A.java", unit)], FlowCase.Apis, new Dictionary<string, string>()), [("m.xml", text)]);
        }
    }

    private static JavaAnalysis? Analyze(params (string Path, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var analysis = new JavaTreeAnalysis(FlowCase.Tables);
        return analysis.Run(folder.Path, CancellationToken.None) is { } seen ? analysis.Tell(seen, DefectStates.None) : null;
    }
}
