namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of checks: what speaks for a value, and what looks like it and does not.</summary>
public sealed class FlowCheckTwinTests
{
    [Theory]
    [InlineData("", "boolean ok = p.matches(\"\\\\w+\"); sql(st, p);", "boolean ok = p.matches(\"\\\\w+\"); if (!ok) { return; } sql(st, p);")]
    [InlineData("", "boolean ok = p.matches(\"\\\\w+\"); p = r.getParameter(\"q\"); if (!ok) { return; } sql(st, p);", "boolean ok = java.util.regex.Pattern.matches(\"\\\\w+\", p); if (ok) { sql(st, p); }")]
    [InlineData("String f(String s) { s = s.trim(); boolean ok = s.matches(\"\\\\w+\"); if (ok) { throw new IllegalStateException(); } return s; } String g(String s) { s = s.trim(); boolean ok = s.matches(\"\\\\w+\"); if (!ok) { throw new IllegalStateException(); } return s; }", "sql(st, f(p));", "sql(st, g(p));")]
    [InlineData("", "boolean ok = false; for (String a : names()) { if (a.equals(p)) { ok = true; break; } } if (ok) { return; } sql(st, p); } List<String> names() { return null; } void n() {", "boolean ok = false; for (String a : names()) { if (a.equals(p)) { ok = true; break; } } if (!ok) { return; } sql(st, p); } List<String> names() { return null; } void n() {")]
    [InlineData("", "if (!p.matches(\"^(http|https)://.*\")) { return; } sql(st, p);", "if (!p.matches(\"^[a-z]{2,4}\\\\.\\\\w+$\")) { return; } sql(st, p);")]
    [InlineData("static final java.util.regex.Pattern A = java.util.regex.Pattern.compile(\"a.+\"); static final java.util.regex.Pattern B = java.util.regex.Pattern.compile(\"a\\\\w+\");", "java.util.regex.Matcher m = A.matcher(p); if (!m.matches()) { return; } sql(st, p);", "java.util.regex.Matcher m = B.matcher(p); if (!m.matches()) { return; } sql(st, p);")]
    public void The_outcome_of_a_check_is_kept_in_a_variable(string members, string bad, string good) => Twin("sql", members, bad, good);

    [Theory]
    [InlineData("@Pick", "class PickCheck implements javax.validation.ConstraintValidator<Pick, String> { List<String> l; public void initialize(Pick a) { l = new ArrayList<>(); for (String v : a.accepts()) { l.add(v.toUpperCase()); } } public boolean isValid(String s, Object c) { if (!l.contains(s.toUpperCase())) { return false; } return true; } }", true)]
    [InlineData("@Pick", "class PickCheck { public boolean isValid(String s, Object c) { return s == null || s.matches(\"\\\\w+\"); } }", true)]
    [InlineData("@Pick", "class PickCheck { public boolean isValid(String s, Object c) { return s.length() < 9; } }", false)]
    [InlineData("", "class PickCheck { public boolean isValid(String s, Object c) { return s == null || s.matches(\"\\\\w+\"); } }", false)]
    public void A_constraint_is_worth_what_its_validator_lets_through(string annotation, string validator, bool holds)
    {
        var pick = "@Constraint(validatedBy = PickCheck.class) @interface Pick { String[] accepts() default {}; } " + validator;
        foreach (var (code, isAsked) in new[]
        {
            ($"@org.springframework.validation.annotation.Validated @RestController class C {{ Statement s; @GetMapping(\"/a\") void a({annotation} String q) throws Exception {{ s.executeQuery(q); }} }}", true),
            ($"@RestController class C {{ Statement s; @GetMapping(\"/a\") void a({annotation} String q) throws Exception {{ s.executeQuery(q); }} }}", false),
            ($"class F {{ {annotation} String q; }} @RestController class C {{ Statement s; @PostMapping(\"/a\") void a(@Valid @RequestBody F f) throws Exception {{ s.executeQuery(f.q); }} }}", true),
            ($"class F {{ {annotation} String q; }} @RestController class C {{ Statement s; @PostMapping(\"/a\") void a(@RequestBody F f) throws Exception {{ s.executeQuery(f.q); }} }}", false),
        })
        {
            var ids = FlowCase.Ids(FlowCase.Run([("src/C.java", FlowCase.Head + pick + code)]));
            Assert.Equal(!(holds && isAsked), ids.Contains("sql"));
        }
    }

    [Theory]
    [InlineData("String f(String... s) { for (String a : s) { one(a); break; } return String.join(\",\", s); } String g(String... s) { for (String a : s) { one(a); } return String.join(\",\", s); } void one(String a) { if (!a.matches(\"\\\\w+\")) { throw new IllegalStateException(); } }", "sql(st, f(p.split(\",\")));", "sql(st, g(p.split(\",\")));")]
    [InlineData("boolean f(String s) { for (int i = 1; i < s.length(); i++) { if (!Character.isLetterOrDigit(s.charAt(i))) { return false; } } return true; } boolean g(String s) { for (int i = 0; i < s.length(); i++) { char c = s.charAt(i); if (!Character.isLetterOrDigit(c)) { return false; } } return true; }", "if (f(p)) { sql(st, p); }", "if (g(p)) { sql(st, p); }")]
    [InlineData("boolean f(String s) { for (char c : s.toCharArray()) { if (!Character.isDigit(c)) { continue; } } return true; } boolean g(String s) { for (char c : s.toCharArray()) { if (!Character.isDigit(c) && c != '_') { return false; } } return true; }", "if (f(p)) { sql(st, p); }", "if (g(p)) { sql(st, p); }")]
    [InlineData("", "if (!Character.isDigit(p.charAt(0))) { return; } sql(st, p);", "List<String> l = new ArrayList<>(); l.add(p); for (String s : l) { if (!s.matches(\"\\\\w+\")) { return; } } sql(st, l.get(0));")]
    [InlineData("void f(String s) { if (s == null || s.length() > 9) { return; } if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } } void g(String s) { if (s == null || s.isEmpty()) { return; } if (!s.matches(\"\\\\w+\")) { throw new IllegalStateException(); } }", "f(p); sql(st, p);", "g(p); sql(st, p);")]
    public void Every_element_is_checked_or_there_is_none(string members, string bad, string good) => Twin("sql", members, bad, good);

    [Theory]
    [InlineData("static final List<String> BAD = new ArrayList<>(); static { BAD.add(\"x\"); } boolean f(String n) { for (String s : BAD) { if (n.contains(s)) { return true; } } return false; }", "static final List<String> BAD = new ArrayList<>(); static { BAD.add(\"x\"); BAD.add(\"..\"); } boolean f(String n) { for (String s : BAD) { if (n.contains(s)) { return true; } } return false; }", "if (f(p)) { return; }")]
    [InlineData("static class S extends org.apache.commons.lang3.StringUtils { static boolean contains(String a, String b) { return false; } }", "static class S extends org.apache.commons.lang3.StringUtils { }", "if (S.contains(p, \"..\")) { return; }")]
    [InlineData("", "", "if (p.indexOf(\"a\") >= 0) { return; }", "if (p.indexOf(\"..\") >= 0) { return; }")]
    [InlineData("", "", "if (p.indexOf(\"..\") == -1) { return; }", "if (p.indexOf(\"..\") != -1) { return; }")]
    [InlineData("", "", "p = p.replace(\"\\\\\", \"/\");", "p = p.replace(\"..\", \"\");")]
    [InlineData("", "", "p = p.replaceAll(\"[:*?]\", \"\");", "p = p.replaceAll(\"[\\\\\\\\/:*?]\", \"_\");")]
    [InlineData("", "", "p = p.replaceAll(\"[^\\\\w/.]\", \"\");", "p = p.replaceAll(\"[^\\\\w.-]\", \"\");")]
    [InlineData("", "", "int m = Math.max(p.length(), p.lastIndexOf('/')); if (m != -1) { p = p.substring(m + 1); }", "int m = Math.max(p.lastIndexOf('\\\\'), p.lastIndexOf('/')); if (m != -1) { p = p.substring(m + 1); }")]
    [InlineData("", "", "if (!p.startsWith(\"id=\")) { return; } p = p.substring(3);", "if (!p.startsWith(\"/data/\")) { return; }")]
    [InlineData("", "", "p = new String(java.util.Base64.getDecoder().decode(p));", "p = new java.math.BigInteger(java.security.MessageDigest.getInstance(\"SM3\").digest(p.getBytes())).toString();")]
    [InlineData("", "", "org.springframework.util.Assert.isTrue(p.length() > 3, \"a\");", "org.springframework.util.Assert.isTrue(!p.contains(\"..\"), \"a\");")]
    [InlineData("", "", "File d = new File(\"/d\", p); cn.hutool.core.io.FileUtil.mkdir(\"/d\");", "File d = new File(\"/d\", p); cn.hutool.core.io.FileUtil.checkSlip(new File(\"/d\"), d);")]
    public void A_path_leads_nowhere_else(string bad, string good, params string[] bodies)
    {
        Assert.Contains("path", FlowCase.Body($"{bodies[0]} new FileInputStream(\"/data/\" + p);", bad));
        Assert.Empty(FlowCase.Body($"{bodies[^1]} new FileInputStream(\"/data/\" + p);", good));
    }

    [Theory]
    [InlineData("if (!p.startsWith(\"http://\") && !p.startsWith(\"https://\")) { return; } w.sendRedirect(p);", "if (!p.startsWith(\"https://a.example/\")) { return; } w.sendRedirect(p);")]
    [InlineData("if (!p.startsWith(\"https://a.example\")) { return; } w.sendRedirect(p);", "w.sendRedirect(\"https://a.example/x?c=\" + r.getMethod() + p);")]
    [InlineData("w.sendRedirect(\"https://\" + p);", "w.sendRedirect(String.format(\"https://a.example/x?c=%s\", p));")]
    [InlineData("w.sendRedirect(String.format(\"https://%s/x?c=%s\", p, \"a\"));", "w.sendRedirect(r.getContextPath() + \"/login?e=\" + p);")]
    [InlineData("w.sendRedirect(r.getContextPath() + \"/\" + p);", "StringBuilder b = new StringBuilder(\"https://a.example/\"); b.append(p).append(\"&\").append(p); w.sendRedirect(b.toString());")]
    [InlineData("String h = new java.net.URI(p).getHost(); if (h == null) { return; } w.sendRedirect(p);", "List<String> l = new ArrayList<>(); l.add(\"a.example\"); String h = new java.net.URI(p).getHost().toLowerCase(); if (!l.contains(h)) { return; } w.sendRedirect(p);")]
    [InlineData("if (!p.endsWith(\".a.example\")) { return; } w.sendRedirect(p);", "if (!new java.net.URI(p).getHost().endsWith(\".a.example\")) { return; } w.sendRedirect(p);")]
    [InlineData("w.sendRedirect(r.getMethod() + p);", "w.sendRedirect(r.getMethod() + \"/a\" + \"video/\" + p);")]
    [InlineData("String t = p + \"video/\"; w.sendRedirect(t);", "String t = \"video/\" + p; w.sendRedirect(t);")]
    public void An_address_leads_to_no_other_host(string bad, string good)
    {
        Assert.Contains("redirect", FlowCase.Body(bad));
        Assert.DoesNotContain("redirect", FlowCase.Body(good));
    }

    [Theory]
    [InlineData("p = p.replaceAll(\"(<script>)\", \"\");", "p = p.replaceAll(\"[<>]\", \"\");")]
    [InlineData("p = p.replaceAll(\"<[^>]*>\", \"\");", "p = p.replace(\"<\", \"&lt;\");")]
    [InlineData("p = org.springframework.util.StringUtils.replace(p, \"a\", \"b\");", "p = org.springframework.util.StringUtils.replace(p, \"<\", \"&lt;\");")]
    public void Only_what_takes_the_brackets_away_cleans_a_page(string bad, string good)
    {
        Assert.Contains("xss", FlowCase.Body($"{bad} w.getWriter().println(p);"));
        Assert.DoesNotContain("xss", FlowCase.Body($"{good} w.getWriter().println(p);"));
    }

    [Fact]
    public void A_form_is_believed_where_the_parameter_is_asked_to_be_valid()
    {
        static IReadOnlyList<string> Of(string asked) => FlowCase.Ids(FlowCase.Run([("src/C.java", $$"""
            package a; import org.springframework.web.bind.annotation.*; import javax.validation.*; import javax.validation.constraints.*;
            @RestController class C {
              java.sql.Statement st;
              static class F { @Pattern(regexp = "[a-z]*") private String n; public String getN() { return n; } public void setN(String x) { n = x; } }
              @GetMapping("/h") public void h({{asked}} F f) throws Exception { st.executeQuery("x" + f.getN()); }
            }
            """)]));
        Assert.Equal(["sql"], Of(string.Empty));
        Assert.Empty(Of("@Valid"));
    }

    [Theory]
    [InlineData("v.setT(p); if (!v.getT().matches(\"\\\\w+\")) { return; } v.setT(p); sql(st, v.getT());", "v.setT(p); if (!v.getT().matches(\"\\\\w+\")) { return; } sql(st, v.getT());")]
    [InlineData("v.setT(p); ok(v.getU()); sql(st, v.getT());", "v.setT(p); v.setT(ok(v.getT())); sql(st, v.getT());")]
    public void A_part_is_checked(string bad, string good) =>
        Twin("sql", "static class V { private String t; private String u; String getT() { return t; } void setT(String x) { t = x; } String getU() { return u; } } String ok(String f) { boolean y = f.matches(\"\\\\w+\"); if (!y) { throw new IllegalStateException(); } return f; }", "V v = new V(); " + bad, "V v = new V(); " + good);

    private static void Twin(string weakness, string members, string bad, string good)
    {
        Assert.Contains(weakness, FlowCase.Body(bad, members));
        Assert.Empty(FlowCase.Body(good, members));
    }
}
