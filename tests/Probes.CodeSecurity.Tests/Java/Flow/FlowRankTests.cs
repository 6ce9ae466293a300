using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What is told together, how grave it is, and in which order.</summary>
public sealed class FlowRankTests
{
    private static IReadOnlyList<CodeDefect> Seen(params (string Path, string Text)[] files) => FlowDefectsTests.Analyze(files).Seen;

    private const string Head = "import java.io.*; import org.springframework.web.bind.annotation.*;\n";

    [Fact]
    public void What_one_source_names_files_with_is_told_where_it_does_most_harm()
    {
        var text = Head + "@RestController class A { @GetMapping(\"/a\") void a(String p) throws Exception {\n File f = new File(\"/d/\" + p);\n if (f.exists()) {\n  f.length();\n  new FileInputStream(f);\n }\n } }\n";
        var defect = Assert.Single(Seen(("src/A.java", text)), d => d.RuleId == "JT-PATH");
        Assert.Equal((6, Severity.Critical), (defect.Line, defect.Severity));
        Assert.Contains("另有 2 处用到（第 4 行、第 5 行）", defect.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever stands first or opens most: what is sure is told, as it alone decides.</summary>
    [Theory]
    [InlineData("if (mine(p)) { new FileInputStream(p).read(); }\n new FileOutputStream(p).write(1);", 4)]
    [InlineData("if (mine(p)) { new FileInputStream(p).read(); }\n new File(p).mkdirs();", 4)]
    [InlineData("new FileInputStream(p).read();\n if (mine(p)) { new FileOutputStream(p).write(1); }", 3)]
    [InlineData("if (new File(p).exists()) { new FileInputStream(p).read(); }", 3)]
    public void A_doubted_path_hides_no_plain_one_of_the_same_source(string body, int line)
    {
        var seen = FlowDefectsTests.Analyze([("src/A.java", Head + $"@RestController class A {{ boolean mine(String s) {{ return s.hashCode() % 3 == 0; }} @GetMapping(\"/a\") void a(String p) throws Exception {{\n {body}\n }} }}\n")]);
        var defect = Assert.Single(seen.Seen, d => d.RuleId == "JT-PATH");
        Assert.Equal((line, Severity.Critical, CodeConfidence.High), (defect.Line, defect.Severity, defect.Confidence));
        Assert.True(seen.HasSevereFileAccess.Value);
    }

    /// <summary>Which way is told goes by the same doubts as how sure it is.</summary>
    [Theory]
    [InlineData("void idle(javax.servlet.http.HttpServletRequest r) throws Exception { dao.find(r.getParameter(\"a\")); }")]
    [InlineData("@GetMapping(\"/b\") void b(String n) throws Exception { if (mine(n)) { dao.find(com.example.Lib.of(n)); } }")]
    public void A_short_way_that_is_doubted_hides_no_longer_one_that_is_sure(string other)
    {
        var seen = Seen(
            ("src/Dao.java", "public class Dao { java.sql.Statement s; public void find(String n) throws Exception { s.executeQuery(\"select '\" + n + \"'\"); } }"),
            ("src/A.java", Head + $"@RestController class A {{ Dao dao;\n {other}\n boolean mine(String s) {{ return s.hashCode() % 3 == 0; }}\n String pass(String s) {{ return s.trim(); }}\n @GetMapping(\"/a\") void a(String n) throws Exception {{\n String m = pass(n);\n dao.find(m);\n }} }}"));
        Assert.Equal(CodeConfidence.High, Assert.Single(seen, d => d.RuleId == "JT-SQL").Confidence);
    }

    [Fact]
    public void Sources_of_their_own_are_told_on_their_own()
    {
        var text = Head + "@RestController class A { @GetMapping(\"/a\") void a(String p, String q) throws Exception {\n new FileInputStream(\"/d/\" + p);\n new FileInputStream(\"/d/\" + q);\n } }\n";
        Assert.Equal([3, 4], Seen(("src/A.java", text)).Where(d => d.RuleId == "JT-PATH").Select(d => d.Line));
    }

    /// <summary>Both begin in the helper: what one of them opens does not speak for the other.</summary>
    [Fact]
    public void Those_who_read_input_by_one_helper_are_told_on_their_own()
    {
        var seen = Seen(
            ("src/H.java", "class H { static String of(javax.servlet.http.HttpServletRequest r) { return r.getParameter(\"p\"); } }"),
            ("src/A.java", "class A { void a(javax.servlet.http.HttpServletRequest r) throws Exception { new java.io.FileInputStream(\"/d/\" + H.of(r)); } }"),
            ("src/B.java", "class B { boolean b(javax.servlet.http.HttpServletRequest r) { return new java.io.File(\"/d/\" + H.of(r)).exists(); } }"));
        Assert.Equal(["src/A.java", "src/B.java"], seen.Where(d => d.RuleId == "JT-PATH").Select(d => d.File));
    }

    [Fact]
    public void Code_that_is_called_in_another_file_is_told_where_it_stands()
    {
        var seen = Seen(
            ("src/F.java", "\n\n\nclass F { static Runnable of(String p, Runtime r) {\n return () -> { try { r.exec(\"sh \" + p); } catch (Exception e) { } }; } }"),
            ("src/A.java", "class A { void a(javax.servlet.http.HttpServletRequest r) { F.of(r.getParameter(\"p\"), Runtime.getRuntime()).run(); } }"));
        var defect = Assert.Single(seen, d => d.RuleId == "JT-CMD");
        Assert.Equal(("src/F.java", 5), (defect.File, defect.Line));
    }

    /// <summary>A page in the tree changes nothing of what is known of a flow that does not touch it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_lay_in_a_database_is_not_sure_to_be_a_strangers(bool hasPage)
    {
        var code = ("src/A.java", "class A { void a(java.sql.ResultSet r, java.sql.Statement s) throws Exception { s.executeQuery(\"select \" + r.getString(1)); } }");
        var seen = hasPage ? Seen(code, ("web/a.jsp", "<p>a</p>")) : Seen(code);
        Assert.True(Assert.Single(seen, d => d.RuleId == "JT-SQL") is { Confidence: CodeConfidence.Low, IsForPeople: true });
    }

    /// <summary>What a check of the project's own is worth, people see: the flow is told, and is less sure.</summary>
    [Theory]
    [InlineData("s.executeQuery(p);", CodeConfidence.High)]
    [InlineData("if (!names.allows(p)) { return; } s.executeQuery(p);", CodeConfidence.Low)]
    [InlineData("if (mine(p)) { s.executeQuery(p); }", CodeConfidence.Low)]
    [InlineData("check(p); s.executeQuery(p);", CodeConfidence.Low)]
    [InlineData("com.example.Checks.assertLegal(p); s.executeQuery(p);", CodeConfidence.Low)]
    [InlineData("s.executeQuery(clean(p));", CodeConfidence.Low)]
    [InlineData("run(s, p);", CodeConfidence.Low)]
    [InlineData("if (mine(p)) { n = 1; } else { n = 2; } s.executeQuery(p);", CodeConfidence.High)]
    [InlineData("if (mine(p)) { n = 1; } s.executeQuery(p);", CodeConfidence.High)]
    [InlineData("if (isBlank(p)) { return; } s.executeQuery(p);", CodeConfidence.High)]
    [InlineData("if (p.length() > 9 || p.contains(\"a\")) { return; } s.executeQuery(p);", CodeConfidence.High)]
    [InlineData("if (!mine(q)) { return; } s.executeQuery(p);", CodeConfidence.High)]
    [InlineData("log(p); s.executeQuery(p);", CodeConfidence.High)]
    public void A_check_that_is_not_understood_lowers_the_confidence(string body, CodeConfidence confidence)
    {
        const string members = "int n; java.util.List<String> words; com.example.Names names; boolean isBlank(String s) { return s == null || s.trim().length() == 0; } boolean mine(String s) { return s.hashCode() % 3 == 0; }"
            + " void check(String s) { for (String w : words) { if (s.contains(w)) { throw new IllegalStateException(); } } } String clean(String s) { return s.replace(\"drop\", \"\"); } void log(String s) { n++; }"
            + " void run(java.sql.Statement s, String x) throws Exception { if (mine(x)) { s.executeQuery(x); } }";
        var seen = Seen(("src/A.java", Head + $"@RestController class A {{ {members} java.sql.Statement s; @GetMapping(\"/a\") void a(String p, String q) throws Exception {{ {body} }} }}"));
        var defect = Assert.Single(seen, d => d.RuleId == "JT-SQL");
        Assert.Equal(confidence == CodeConfidence.Low, defect.IsForPeople);
        Assert.Equal((confidence, confidence == CodeConfidence.Low), (defect.Confidence, defect.Message.Contains("没有读懂", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Own", 0)]
    [InlineData("RuntimeException", 1)]
    public void The_text_of_an_exception_of_the_tree_is_meant_for_people(string type, int found)
    {
        var seen = Seen(
            ("src/Own.java", "class Own extends RuntimeException { Own(String s) { super(s); } }"),
            ("src/A.java", Head + $"@RestControllerAdvice class A {{ @ExceptionHandler(Exception.class) Object a(Exception e) {{ if (e instanceof {type}) {{ return e.getMessage(); }} return \"a\"; }} }}"));
        Assert.Equal(found, seen.Count(d => d.RuleId == "JT-LEAK"));
    }

    [Theory]
    [InlineData("src/main/java/a/test/C.java", CodeConfidence.High)]
    [InlineData("src/test/java/a/C.java", CodeConfidence.Low)]
    public void What_begins_in_tests_alone_is_suspected_and_a_package_is_no_test(string path, CodeConfidence confidence)
    {
        var seen = Seen(
            ("src/main/java/a/Dao.java", "package a; public class Dao { java.sql.Statement s; public void find(String n) throws Exception { s.executeQuery(\"select '\" + n + \"'\"); } }"),
            (path, "package a.test; " + Head + "@RestController class C { a.Dao dao; @GetMapping(\"/a\") void q(String n) throws Exception { dao.find(n); } }"));
        Assert.Equal(confidence, Assert.Single(seen, d => d.RuleId == "JT-SQL").Confidence);
    }

    [Theory]
    [InlineData("return p;", CodeConfidence.High, false)]
    [InlineData("return com.example.Results.of(p) + \"<br>\";", CodeConfidence.Low, true)]
    [InlineData("return com.example.Results.of(p);", CodeConfidence.Low, false)]
    public void What_an_unknown_library_made_last_may_be_no_page(string body, CodeConfidence confidence, bool isForPeople) =>
        Assert.True(Assert.Single(Seen(("src/A.java", Head + $"@RestController class A {{ @GetMapping(\"/a\")\n String a(String p) {{\n {body}\n }} }}")), d => d.RuleId == "JT-XSS") is { } defect && defect.Confidence == confidence && defect.IsForPeople == isForPeople);

    [Fact]
    public void To_ask_whether_a_file_is_there_is_slight()
    {
        var text = Head + "@RestController class A { @GetMapping(\"/a\") boolean a(String p) {\n return new File(\"/d/\" + p).exists();\n } }\n";
        Assert.Equal(Severity.Minor, Assert.Single(Seen(("src/A.java", text)), d => d.RuleId == "JT-PATH").Severity);
    }

    [Theory]
    [InlineData("class A { int nextIndex(int n) { return new java.util.Random().nextInt(n); } }", Severity.Info)]
    [InlineData("class A { int hashCode() { return new java.util.Random().nextInt(); } }", Severity.Info)]
    [InlineData("class A { int newToken(int n) { return new java.util.Random().nextInt(n); } }", Severity.Minor)]
    [InlineData("class CaptchaController { int draw(int n) { return new java.util.Random().nextInt(n); } }", Severity.Minor)]
    [InlineData("class A { void q() { String smsCode = \"\" + new java.util.Random().nextInt(); } }", Severity.Minor)]
    public void Chance_matters_where_its_names_say_so(string text, Severity severity) =>
        Assert.Equal(severity, Assert.Single(Seen(("src/A.java", text)), d => d.RuleId == "JT-RANDOM").Severity);

    [Fact]
    public void What_is_suspected_comes_last_and_what_builds_is_suspected()
    {
        const string Bad = "public class D { public static void main(String[] a) throws Exception { Runtime.getRuntime().exec(a[0]); } }\n";
        var all = Seen((".mvn/wrapper/D.java", Bad), ("src/Z.java", Head + "@RestController class Z { @GetMapping(\"/a\") void a(String p, javax.servlet.http.HttpServletResponse w) throws Exception { w.sendRedirect(p); } }"));
        Assert.Equal("JT-REDIRECT", all[0].RuleId);
        Assert.All(all.Where(d => d.File.StartsWith(".mvn", StringComparison.Ordinal)), d => Assert.Equal(CodeConfidence.Low, d.Confidence));
    }
}
