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
}
