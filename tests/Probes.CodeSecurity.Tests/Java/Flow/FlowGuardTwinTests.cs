namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of what real systems do before they use a value: the bad one only looks like it.</summary>
public sealed class FlowGuardTwinTests
{
    private const string Answer = """
        static class R<T> {
          static final int OK = 0; int code; T content;
          R(int c, T t) { code = c; content = t; }
          static <T> R<T> fail() { return new R<>(1, null); }
          boolean isSuccess() { return OK == code; }
          boolean isFailure() { return !isSuccess(); }
          void setCode(int c) { code = c; }
          int getCode() { return code; }
        }
        static boolean bad(String n) { return n.contains(".."); }
        static R<String> sure(String n) { R<String> r = new R<>(0, ""); String at = "/d/" + n; if (bad(at)) { r.setCode(1); return r; } r.content = at; return r; }
        static R<String> made(String n) { if (bad(n)) { return R.fail(); } return new R<>(0, n); }
        static R<String> loose(String n) { R<String> r = new R<>(0, ""); if (bad(n)) { r.setCode(1); } return r; }
        static R<String> swapped(String n) { if (bad(n)) { return new R<>(0, n); } return R.fail(); }
        """;

    [Theory]
    [InlineData("R<String> a = sure(p); if (a.isSuccess()) { return; }", "R<String> a = sure(p); if (a.isFailure()) { return; }")]
    [InlineData("R<String> a = made(p); if (a.getCode() == 0) { return; }", "R<String> a = made(p); if (a.getCode() != 0) { return; }")]
    [InlineData("R<String> a = loose(p); if (a.isFailure()) { r.getLocale(); }", "R<String> a = made(p); if (a.code == 1) { return; }")]
    [InlineData("R<String> a = swapped(p); if (a.isFailure()) { return; }", "R<String> a = swapped(p); if (!a.isFailure()) { return; }")]
    [InlineData("R<String> a = made(p); p = r.getParameter(\"q\"); if (a.isFailure()) { return; }", "R<String> a = made(p); String q = p; if (a.isFailure()) { return; }")]
    public void An_answer_says_how_a_check_ended(string bad, string good)
    {
        Assert.Contains("path", FlowCase.Body($"{bad} new FileInputStream(\"/data/\" + p);", Answer));
        Assert.Empty(FlowCase.Body($"{good} new FileInputStream(\"/data/\" + p);", Answer));
    }

    [Theory]
    [InlineData("data(\"/d/\" + p, r.getParameter(\"q\"));", "data(\"/d/\" + p, p);")]
    [InlineData("late(\"/d/\" + p, p);", "deep(\"/d/\" + p, p);")]
    [InlineData("V v = new V(); v.name = r.getParameter(\"q\"); v.at = \"/d/\" + p; of(v);", "V v = new V(); v.name = p; v.at = \"/d/\" + p; of(v);")]
    [InlineData("V v = new V(); v.name = p.trim(); v.at = \"/d/\" + r.getHeader(\"a\"); of(v);", "V v = new V(); v.name = p.trim(); v.at = \"/d/\" + p; of(v);")]
    public void A_check_of_the_name_speaks_for_the_path_that_was_made_of_it(string bad, string good)
    {
        const string Members = """
            static class V { String name; String at; String getName() { return name; } String getAt() { return at; } }
            static boolean bad(String n) { return n.contains(".."); }
            static void data(String at, String name) throws Exception { if (bad(name)) { return; } new FileInputStream(at); }
            static void deep(String at, String name) throws Exception { data(at, name); }
            static void late(String at, String name) throws Exception { new FileInputStream(at); if (bad(name)) { return; } }
            static void of(V v) throws Exception { data(v.getAt(), v.getName()); }
            """;
        Assert.Contains("path", FlowCase.Body(bad, Members));
        Assert.Empty(FlowCase.Body(good, Members));
    }

    [Theory]
    [InlineData("static String f(String s) { if (s.contains(\",\")) { return f(s.split(\",\")); } if (!s.matches(\".+\")) { throw new IllegalStateException(); } return s; } static String f(String... s) { for (String a : s) { f(a); } return String.join(\",\", s); }", "static String f(String s) { if (s.contains(\",\")) { return f(s.split(\",\")); } if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } return s; } static String f(String... s) { for (String a : s) { f(a); } return String.join(\",\", s); }")]
    [InlineData("static String f(String s) { if (s.contains(\",\")) { return g(s.split(\",\")); } if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } return s; } static String g(String... s) { for (String a : s) { if (a.length() > 3) { f(a); } } return String.join(\",\", s); }", "static String f(String s) { if (s.contains(\",\")) { return g(s.split(\",\")); } if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } return s; } static String g(String... s) { for (String a : s) { f(a); } return String.join(\",\", s); }")]
    [InlineData("interface C { void ok(String s); } static class D implements C { public void ok(String s) { if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } } } static class E implements C { public void ok(String s) { } } C c; String f(String s) { c.ok(s); return s; }", "interface C { void ok(String s); } static class D implements C { public void ok(String s) { if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } } } C c; String f(String s) { c.ok(s); return s; }")]
    public void What_calls_itself_checks_too_and_whichever_is_called_has_to(string bad, string good)
    {
        Assert.Contains("sql", FlowCase.Body("sql(st, f(p));", bad));
        Assert.Empty(FlowCase.Body("sql(st, f(p));", good));
    }

    [Theory]
    [InlineData("static class S { static boolean has(CharSequence a, CharSequence b) { return org.apache.commons.lang3.Strings.CS.startsWith(a, b); } }", "static class S { static boolean has(CharSequence a, CharSequence b) { return org.apache.commons.lang3.Strings.CS.contains(a, b); } }", "S.has(p, \"..\")")]
    [InlineData("static class own { static boolean has(String a) { return a.contains(\"a\"); } }", "static class own { static boolean has(String a) { return a.contains(\"..\"); } }", "own.has(p)")]
    [InlineData("", "", "org.apache.commons.lang3.Strings.CI.contains(p, \"a\")", "org.apache.commons.lang3.Strings.CI.containsAny(p, \"..\", \"%2e\")")]
    [InlineData("", "", "!org.apache.commons.lang3.Strings.CS.endsWith(p, \"a\")", "!org.apache.commons.lang3.Strings.CS.equalsAny(p, \"a\", \"b\")")]
    public void Helpers_of_libraries_and_of_classes_with_small_names_check(string bad, string good, params string[] conditions)
    {
        Assert.Contains("path", FlowCase.Body($"if ({conditions[0]}) {{ return; }} new FileInputStream(\"/data/\" + p);", bad));
        Assert.Empty(FlowCase.Body($"if ({conditions[^1]}) {{ return; }} new FileInputStream(\"/data/\" + p);", good));
    }

    [Theory]
    [InlineData("V v = dao.find(p); v.setKind(p); sql(st, v.getKind());", "V v = dao.find(p); v.setKind(p); sql(st, v.own());")]
    [InlineData("V v = dao.find(p); put(v, p); sql(st, v.getKind());", "V v = dao.find(p); put(v, p); sql(st, v.own());")]
    [InlineData("V v = new V(p); if (v.getId() != null) { return; } sql(st, v.getKind());", "V v = new V(p); V w = r.isSecure() ? v : dao.find(\"a\"); if (w.getId() == null) { throw new IllegalStateException(); } sql(st, w.getName());")]
    [InlineData("run(r.isSecure() ? new V(p) : dao.find(p), false);", "run(r.isSecure() ? new V(p) : dao.find(p), true);")]
    [InlineData("own(r.isSecure() ? new V(p) : dao.find(\"a\"));", "known(r.isSecure() ? new V(p) : dao.find(\"a\"));")]
    [InlineData("either(r.isSecure() ? new V(p) : dao.find(\"a\"), dao.find(\"b\"));", "one(r.isSecure() ? new V(p) : dao.find(\"a\"), dao.find(\"b\"));")]
    public void Another_part_of_an_object_is_not_foreign(string bad, string good)
    {
        const string Members = """
            static class V { Long id; String kind; String name; V() { } V(String k) { kind = k; name = k; } Long getId() { return id; } String getKind() { return kind; } void setKind(String k) { kind = k; } String getName() { return name; } String own() { return name; } }
            interface Dao { V find(String id); }
            Dao dao;
            void put(V v, String k) { v.setKind(k); }
            void run(V v, boolean y) throws Exception { if (y) { known(v); } else { sql(st, v.getKind()); } }
            void own(V v) throws Exception { v.id = 1L; if (v.getId() == null) { throw new IllegalStateException(); } sql(st, v.getKind()); }
            void either(V v, V u) throws Exception { V w = u.getName() == null ? v : u; if (w.getId() == null) { return; } sql(st, v.getKind()); }
            void one(V v, V u) throws Exception { V w = u.getName() == null ? v : u; if (v.getId() == null) { return; } sql(st, v.getKind()); }
            void known(V v) throws Exception { if (v.getId() == null) { throw new IllegalStateException(); } sql(st, v.getKind()); }
            """;
        Assert.Contains("sql", Remote(bad, Members));
        Assert.DoesNotContain("sql", Remote(good, Members));
    }

    /// <summary>Found with what a stranger sends, not with what lay somewhere.</summary>
    private static IReadOnlyList<string> Remote(string body, string members) =>
        [.. FlowCase.Run([("src/T.java", $$"""
            package a; import java.io.*; import java.sql.*; import javax.servlet.http.*;
            class T extends HttpServlet { Statement st; static void sql(Statement s, String x) throws Exception { s.executeQuery(x); } {{members}}
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception { String p = r.getParameter("p"); {{body}} } }
            """)]).Found.Where(f => f.Trust == Model.FlowTrust.Remote).Select(f => FlowCase.Apis.Weaknesses[f.Weakness].Id).Distinct()];

    [Theory]
    [InlineData("@GetMapping(\"/a/{n}\")", "\"/d/\" + n + \"/a\"", "\"/d/v_\" + n + \".mp4\"")]
    [InlineData("@GetMapping(\"/a/{n}\")", "\"/d/\" + n", "\"/d/\" + n + \".txt\"")]
    [InlineData("@GetMapping(\"/a/{n}\")", "\"/d/v_/\" + n", "new StringBuilder(\"v_\").append(n).toString()")]
    [InlineData("@GetMapping(\"/a/{n}\")", "\"v\" + (n + \"/\" + m)", "\"v\" + n")]
    [InlineData("@GetMapping(\"/a/{n}\")", "of(m)", "of(n)")]
    public void One_piece_of_an_address_beside_letters_of_ones_own_leads_nowhere_else(string mapping, string bad, string good)
    {
        static IReadOnlyList<string> Of(string mapping, string path) => FlowCase.Ids(FlowCase.Run([("src/C.java",
            $"package a; import java.io.*; import org.springframework.web.bind.annotation.*; @RestController class C {{ String of(String x) {{ return \"/d/v_\" + x + \".txt\"; }} {mapping} void q(@PathVariable String n, @RequestParam String m) throws Exception {{ new FileInputStream({path}); }} }}")]));
        Assert.Contains("path", Of(mapping, bad));
        Assert.Empty(Of(mapping, good));
        Assert.Contains("path", Of("@GetMapping(\"/a/{n:.*}\")", good));
        Assert.Contains("path", Of("@GetMapping(\"/a/**\")", good));
    }

    [Theory]
    [InlineData("File f = new File(\"/d/\" + p); f.delete();", 1)]
    [InlineData("File f = new File(\"/d/\" + p); new FileOutputStream(f); f.delete();", 1)]
    [InlineData("File f = kept(p); f.delete();", 1)]
    [InlineData("File f = new File(\"/d/\" + p); new FileOutputStream(f); new FileInputStream(f);", 2)]
    public void What_is_taken_away_again_is_told_where_it_was_written(string body, int found) =>
        Assert.Equal(found, FlowCase.Run([("src/T.java", $$"""
            package a; import java.io.*; import javax.servlet.http.*;
            class T extends HttpServlet { File kept(String n) throws Exception { File f = new File("/d/" + n); new FileOutputStream(f); return f; }
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception { String p = r.getParameter("p"); {{body}} } }
            """)]).Found.Count(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "path"));

    [Theory]
    [InlineData("r.getRequestDispatcher(r.getServletPath().substring(1)).forward(r, w);", "r.getRequestDispatcher(\"/page/\" + r.getServletPath().substring(1)).forward(r, w);")]
    [InlineData("r.getRequestDispatcher(\"/page/\" + p).forward(r, w);", "String u = \"/page/a\"; if (r.isSecure()) { u += \"/\" + r.getPathInfo(); } r.getRequestDispatcher(u).forward(r, w);")]
    public void Behind_a_folder_the_address_of_a_request_leads_to_no_other_page(string bad, string good)
    {
        Assert.Contains("path", FlowCase.Body(bad));
        Assert.DoesNotContain("path", FlowCase.Body(good));
    }

    [Fact]
    public void What_nobody_calls_is_only_suspected()
    {
        static IReadOnlyList<string> Of(string caller, string path = "src/B.java") => Called(FlowCase.Run([
            ("src/A.java", "package a; import java.io.*; import org.springframework.web.multipart.MultipartFile; public class A { public static void keep(MultipartFile f) throws Exception { new FileOutputStream(\"/d/\" + f.getOriginalFilename()); } }"),
            (path, $"package a; import org.springframework.web.multipart.MultipartFile; import org.springframework.web.bind.annotation.*; @RestController class B {{ {caller} }}")]));
        Assert.Empty(Of("static void other(MultipartFile f, String n) { }"));
        Assert.Empty(Of("private static void other(MultipartFile f) throws Exception { A.keep(f); }"));
        Assert.Empty(Of("void other(MultipartFile f) throws Exception { A.keep(f); }", "src/test/java/B.java"));
        Assert.Contains("path", Of("@PostMapping(\"/a\") void other(MultipartFile f) throws Exception { A.keep(f); }"));
        Assert.Contains("path", Of("void other(MultipartFile f) throws Exception { A.keep(f); }"));
        Assert.Contains("path", Of("interface K { void k(MultipartFile f) throws Exception; } K k = A::keep;"));
    }

    private static IReadOnlyList<string> Called(FlowResult result) => FlowCase.Ids(result with { Found = [.. result.Found.Where(f => !Steps(f.Way).Any(s => s.What.Contains(MethodRun.Uncalled, StringComparison.Ordinal)))] });

    private static IEnumerable<TaintStep> Steps(TaintStep? way)
    {
        for (; way is not null; way = way.Before)
        {
            yield return way;
        }
    }

    [Fact]
    public void A_form_of_one_request_is_not_left_to_another()
    {
        static IReadOnlyList<string> Of(string field, string line) => FlowCase.Ids(FlowCase.Run([("src/C.java", $$"""
            package a; import com.opensymphony.xwork2.ActionSupport; import java.sql.*;
            class W { String handle; String theme; String getHandle() { return handle; } void setTheme(String t) { theme = t; } }
            class F { String name; String getName() { return name; } void setName(String n) { name = n; } void copyTo(W w) { w.setTheme(name); } }
            class A extends ActionSupport { Statement s; W w; private String n; private {{field}}; public void setN(String x) { n = x; } public F getF() { return f; } public W getW() { return w; }
              public String execute() throws Exception { getW().setTheme(n); {{line}} return SUCCESS; } }
            """)]));
        Assert.Contains("sql", Of("F f = new F()", "s.executeQuery(getF().getName());"));
        Assert.Contains("sql", Of("F f = new F()", "s.executeQuery(n);"));
        Assert.Empty(Of("F f", "s.executeQuery(getF().getName());"));
        Assert.Empty(Of("F f", "s.executeQuery(getW().getHandle());"));
    }

    [Theory]
    [InlineData("sql(st, \"\" + a);", "String[] a", "Long[] a")]
    [InlineData("sql(st, \"\" + a);", "List<String> a", "List<Long> a")]
    [InlineData("sql(st, \"\" + a.getViewName());", "@RequestBody org.springframework.beans.BeanInfo a", "org.springframework.web.servlet.ModelAndView a")]
    [InlineData("sql(st, new String(a));", "byte[] a", "int[] a")]
    [InlineData("sql(st, \"\" + a.getN());", "@RequestBody F<String> a", "@RequestBody G a")]
    public void Numbers_carry_no_text_however_many(string line, string bad, string good)
    {
        static IReadOnlyList<string> Of(string line, string parameter) => FlowCase.Ids(FlowCase.Run([("src/C.java",
            "package a; import java.util.*; import org.springframework.web.bind.annotation.*; class F<T> { List<T> n; List<T> getN() { return n; } } class G { List<Integer> n; List<Integer> getN() { return n; } }"
            + $"@RestController class C {{ java.sql.Statement st; static void sql(java.sql.Statement s, String x) throws Exception {{ s.executeQuery(x); }} @GetMapping(\"/a\") void q({parameter}) throws Exception {{ {line} }} }}")]));
        Assert.Contains("sql", Of(line, bad));
        Assert.Empty(Of(line, good));
    }

    [Theory]
    [InlineData("try { Long.parseLong(p); } catch (NumberFormatException e) { r.getLocale(); } sql(st, p);", "Long.parseLong(p); sql(st, p);")]
    [InlineData("try { Class.forName(p); } catch (Exception e) { r.getLocale(); } sql(st, p);", "try { Class.forName(p); } catch (Exception e) { return; } sql(st, p);")]
    [InlineData("K.of(p); sql(st, p);", "K.valueOf(p); sql(st, p);")]
    [InlineData("sql(st, \"\" + Arrays.stream(p.split(\",\")).map(s -> s.trim()).toList());", "sql(st, \"\" + Arrays.stream(p.split(\",\")).map(Long::valueOf).toList());")]
    [InlineData("sql(st, dao.find(\"a\").getName());", "sql(st, dao.find(\"a\").getId());")]
    public void What_was_read_as_something_else_is_that(string bad, string good)
    {
        const string Members = "enum K { A, B; static K of(String n) { return A; } } static class V { String id; String name; String getId() { return id; } String getName() { return name; } } interface Dao { V find(String id); } Dao dao;";
        Assert.Contains("sql", FlowCase.Body(bad, Members));
        Assert.DoesNotContain("sql", FlowCase.Body(good, Members));
    }
}
