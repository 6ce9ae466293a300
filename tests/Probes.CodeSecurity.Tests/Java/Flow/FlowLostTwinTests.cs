namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of what speaks for a value at one place and says nothing of another one.</summary>
public sealed class FlowLostTwinTests
{
    private static int Paths(string body, string members = "") => FlowCase.Run([("src/T.java", $$"""
        package a; import java.io.*; import java.util.*; import java.nio.file.*; import javax.servlet.http.*;
        class T extends HttpServlet { {{members}}
          public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception { String p = r.getParameter("p"); {{body}} } }
        """)]).Found.Count(f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "path");

    [Theory]
    [InlineData("if (f.isFile()) { f.delete(); }", 2)]
    [InlineData("if (f.isDirectory() || f.canRead()) { r.getLocale(); } f.list(); f.delete();", 4)]
    [InlineData("new FileInputStream(f).close(); f.delete();", 2)]
    [InlineData("Path t = f.toPath(); Files.readAllBytes(t); Files.delete(t);", 2)]
    [InlineData("f.renameTo(new File(\"/d/x\")); f.delete();", 2)]
    [InlineData("new File(\"/d/x\").renameTo(f); f.delete();", 1)]
    [InlineData("f.mkdirs(); f.delete();", 1)]
    [InlineData("Path t = f.toPath(); Files.copy(r.getInputStream(), t); Files.delete(t);", 1)]
    [InlineData("Path t = f.toPath(); Files.copy(t, w.getOutputStream()); Files.delete(t);", 2)]
    [InlineData("new PrintWriter(f, \"UTF-8\").close(); f.delete();", 1)]
    public void Only_what_was_written_to_is_told_before_it_is_deleted(string body, int found) => Assert.Equal(found, Paths("File f = new File(\"/d/\" + p); " + body));

    private const string Decoding = """
        static String dec(String s) throws Exception { return java.net.URLDecoder.decode(s, "UTF-8"); }
        static void late(String s) throws Exception { if (s.contains("..")) { return; } new FileInputStream("/d/" + dec(s)); }
        static void early(String s) throws Exception { s = dec(s); if (s.contains("..")) { return; } new FileInputStream("/d/" + s); }
        static void two(String at, String n) throws Exception { if (n.contains("..")) { return; } new FileInputStream(at); }
        static void deep(String at, String n) throws Exception { two(at, n); }
        """;

    [Theory]
    [InlineData("late(p);", "early(p);")]
    [InlineData("two(\"/d/\" + dec(p), p);", "String q = dec(p); two(\"/d/\" + q, q);")]
    [InlineData("deep(\"/d/\" + dec(p), p);", "deep(\"/d/\" + p, p);")]
    [InlineData("String q = dec(p); if (p.contains(\"..\")) { return; } new FileInputStream(\"/d/\" + q);", "String q = dec(p); if (q.contains(\"..\")) { return; } new FileInputStream(\"/d/\" + q);")]
    public void What_is_decoded_behind_a_check_was_not_checked(string bad, string good)
    {
        Assert.Equal(1, Paths(bad, Decoding));
        Assert.Equal(0, Paths(good, Decoding));
    }

    [Theory]
    [InlineData("if (e instanceof Own) { log(e.getMessage()); } return e.getMessage();", true)]
    [InlineData("if (e instanceof Own || e instanceof IllegalStateException) { return e.getMessage(); } return \"a\";", true)]
    [InlineData("if (!(e instanceof Own)) { log(e.getMessage()); } return e.getMessage();", true)]
    [InlineData("Exception x = e; if (e instanceof Own) { x = new Own(\"a\"); } return x.getMessage();", true)]
    [InlineData("if (e instanceof Own) { return e.getMessage(); } return \"a\";", false)]
    [InlineData("if (!(e instanceof Own)) { return \"a\"; } return e.getMessage();", false)]
    [InlineData("return e instanceof Own ? e.getMessage() : \"a\";", false)]
    [InlineData("if (e instanceof Own && e.getMessage() != null) { Exception x = e; return x.getMessage(); } return \"a\";", false)]
    public void What_an_exception_was_seen_to_be_holds_behind_the_condition_alone(string body, bool isBad) => Assert.Equal(isBad, FlowCase.Ids(FlowCase.Run(
        [("src/A.java", $"package a; import org.springframework.web.bind.annotation.*; class Own extends RuntimeException {{ Own(String m) {{ super(m); }} }} @RestControllerAdvice class A {{ void log(String s) {{ }} @ExceptionHandler(Exception.class) Object a(Exception e) {{ {body} }} }}")])).Contains("leak"));

    private const string Answer = """
        static class R { boolean ok; String s; R() { } R(boolean o) { ok = o; } boolean isOk() { return ok; } void setOk(boolean o) { ok = o; } static R of(boolean o) { return new R(o); } }
        static class D { String name; String getName() { return name; } void setName(String n) { name = n; } }
        interface Store { R last(); }
        static Store store;
        static boolean bad(String n) { return n.contains(".."); }
        static R check(String n) { return bad(n) ? R.of(false) : R.of(true); }
        static R plain(String n) { if (bad(n)) { return R.of(false); } return R.of(true); }
        static R mixed(String n) { R r = new R(); if (n.length() > 9) { r = store.last(); } if (bad(n)) { r.s = n; return r; } return R.of(true); }
        static R other(boolean y) { return y ? R.of(false) : store.last(); }
        static R far(String n) { if (bad(n)) { return other(n.isEmpty()); } return R.of(true); }
        static R taken(String n) { R r = store.last(); if (bad(n)) { r.s = n; return r; } return R.of(true); }
        static void yes(R r) { r.ok = true; }
        """;

    [Theory]
    [InlineData("R a = mixed(p); if (!a.isOk()) { return; }", "R a = plain(p); if (!a.isOk()) { return; }")]
    [InlineData("R a = far(p); if (!a.isOk()) { return; }", "R a = plain(p); if (!a.ok) { return; }")]
    [InlineData("R a = taken(p); if (!a.isOk()) { return; }", "R a = plain(p); if (a.isOk() == false) { return; }")]
    [InlineData("R a = plain(p); a.setOk(true); if (!a.isOk()) { return; }", "R a = plain(p); a.s = p; if (!a.isOk()) { return; }")]
    [InlineData("R a = plain(p); a.ok = true; if (!a.isOk()) { return; }", "R a = plain(p); boolean y = a.isOk(); if (!a.isOk()) { return; }")]
    [InlineData("R a = plain(p); yes(a); if (!a.isOk()) { return; }", "R a = plain(p); a.toString(); if (!a.isOk()) { return; }")]
    [InlineData("R a = plain(p); R b = a; b.ok = r.isSecure(); if (!a.isOk()) { return; }", "R a = plain(p); R b = new R(); b.ok = r.isSecure(); if (!a.isOk()) { return; }")]
    [InlineData("D d = new D(); d.name = p; R a = plain(d.getName()); d.setName(r.getParameter(\"q\")); if (!a.isOk()) { return; } p = d.getName();", "D d = new D(); d.name = p; R a = plain(d.getName()); if (!a.isOk()) { return; } p = d.getName();")]
    public void An_answer_is_asked_as_it_was_given(string bad, string good)
    {
        Assert.Equal(1, Paths(bad + " new FileInputStream(\"/d/\" + p);", Answer));
        Assert.Equal(0, Paths(good + " new FileInputStream(\"/d/\" + p);", Answer));
    }

    private const string Throwing = """
        static void two(String s, String t) throws Exception { if (s.length() > 3) { throw new java.text.ParseException(s, 0); } throw new IllegalStateException(t); }
        static void far(String s, String t) throws Exception { two(s, t); }
        static void one(String s) throws Exception { throw new IllegalStateException(s); }
        """;

    [Theory]
    [InlineData("two(p, \"a\");", "java.text.ParseException", "two(\"a\", \"b\");")]
    [InlineData("two(\"a\", p);", "IllegalStateException", "two(\"a\", \"b\");")]
    [InlineData("far(p, r.getHeader(\"a\"));", "IllegalStateException", "far(\"a\", \"b\");")]
    [InlineData("far(p, r.getHeader(\"a\"));", "java.text.ParseException", "one(p);")]
    public void Of_two_that_may_be_thrown_either_is_caught(string bad, string caught, string good)
    {
        static string Body(string thrown, string caught) => $"try {{ {thrown} }} catch ({caught} e) {{ new FileInputStream(e.getMessage()); }}";
        Assert.Equal(1, Paths(Body(bad, caught), Throwing));
        Assert.Equal(0, Paths(Body(good, caught), Throwing));
    }
}
