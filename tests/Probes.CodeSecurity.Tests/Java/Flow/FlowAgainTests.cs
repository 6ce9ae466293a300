using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>A tree that changed a little is as if it were seen for the first time, whatever was taken over.</summary>
public sealed partial class FlowAgainTests
{
    private static readonly Dictionary<string, string> Tree = new(StringComparer.Ordinal)
    {
        ["src/Web.java"] = """
            package a; import javax.servlet.http.*; import java.sql.*;
            public class Web extends HttpServlet {
              Statement st; Store store;
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String p = r.getParameter("p");
                Keep.last = p;
                st.executeQuery("select " + Text.trimmed(p));
              }
              public void doPost(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String q = Text.checked(r.getParameter("q"), 3);
                store.find(q);
                store.find(Keep.last);
              }
              public void doPut(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String t = Text.joined(r.getParameter("t"));
                if (t == null) { st.executeQuery("select " + r.getParameter("u")); }
              }
            }
            """,
        ["src/Other.java"] = """
            package a; import javax.servlet.http.*;
            public class Other extends HttpServlet {
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {
                Runtime.getRuntime().exec(Text.trimmed(r.getParameter("c")));
                new Tree().down(r.getParameter("d"), 3);
              }
            }
            """,
        ["src/Text.java"] = """
            package a;
            public class Text {
              public static String trimmed(String s) { return s == null ? "" : s.trim(); }
              public static String checked(String s, int most) { if (!s.matches("[a-z]*")) { throw new IllegalArgumentException(); } return cut(s, most); }
              static String cut(String s, int most) { return s.length() > most ? s.substring(0, most) : s; }
              static String joined(String s) { return "x" + s; }
              static String unused(String s) { return s + "x"; }
            }
            """,
        ["src/Keep.java"] = "package a; public class Keep { public static String last; static final String TABLE = \"t\"; static String table() { return TABLE; } }",
        ["src/Page.java"] = "package a; public class Page { int n; String s; static void log(Page p) { org.slf4j.LoggerFactory.getLogger(Page.class).info(\"\" + p); } public String toString() { return \"p\" + n; } static String said(Object o) { return o instanceof String ? (String) o : \"object\"; } static void stop(boolean b) { if (b) { throw new IllegalStateException(); } } }",
        ["src/Shop.java"] = """
            package a; import javax.servlet.http.*;
            public class Shop extends HttpServlet {
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {
                Page page = new Page();
                page.s = r.getParameter("s");
                Page.log(page);
                Runtime.getRuntime().exec(Page.said(page));
              }
              public void doPost(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String f = r.getParameter("f");
                Page.stop(f.contains(".."));
                new java.io.FileInputStream("/a/" + f).close();
              }
            }
            """,
        ["src/Store.java"] = "package a; public interface Store { void find(String name) throws Exception; }",
        ["src/SqlStore.java"] = """
            package a; import java.sql.*;
            public class SqlStore implements Store {
              Statement st;
              public void find(String name) throws Exception { st.executeQuery("select * from " + Keep.table() + " where n='" + name + "'"); }
            }
            """,
        ["src/Tree.java"] = """
            package a;
            public class Tree {
              void down(String s, int n) throws Exception { if (n > 0) { side(s, n - 1); } else { new java.io.FileInputStream(s).close(); } }
              void side(String s, int n) throws Exception { Runnable r = () -> System.out.println(s); r.run(); down(s + "/x", n); }
            }
            """,
    };

    /// <summary>What is put before the last brace of a body, and what stands in place of a piece of a file.</summary>
    private static readonly (string File, string Of, string With)[] Edits =
    [
        ("src/Web.java", "String p = ", "int more = 1; String p = "),
        ("src/Web.java", "Keep.last = p;", ""),
        ("src/Web.java", "Keep.last = p;", "Keep.last = Text.checked(p, 2);"),
        ("src/Web.java", "store.find(q);", "store.find(q); Text.unused(q);"),
        ("src/Web.java", "Text.trimmed(p)", "Text.checked(p, 9)"),
        ("src/Web.java", "Text.trimmed(p)", "new Other().toString() + p"),
        ("src/Other.java", "r.getParameter(\"c\")", "\"ls\""),
        ("src/Other.java", "new Tree().down", "Keep.last = r.getParameter(\"z\"); new Tree().side"),
        ("src/Text.java", "s.trim()", "s.trim() + \"\""),
        ("src/Text.java", "s == null ? \"\" : s.trim()", "s == null ? \"\" : \"fixed\""),
        ("src/Text.java", "[a-z]*", ".*"),
        ("src/Text.java", "return \"x\" + s;", "return s;"),
        ("src/Other.java", "new Tree().down", "Store own = new Store() { public void find(String n) throws Exception { Runtime.getRuntime().exec(n); } }; own.find(r.getParameter(\"e\")); new Tree().down"),
        ("src/Text.java", "return cut(s, most);", "return s;"),
        ("src/Text.java", "static String unused(String s) { return s + \"x\"; }", ""),
        ("src/Text.java", "public class Text {", "public class Text { static int added(int a) { return a; }"),
        ("src/Keep.java", "\"t\"", "\"u\""),
        ("src/Keep.java", "return TABLE;", "last = \"w\"; return TABLE;"),
        ("src/SqlStore.java", "+ name", "+ name.length()"),
        ("src/SqlStore.java", "implements Store", ""),
        ("src/SqlStore.java", "public class SqlStore implements Store {", "public class SqlStore implements Store { public String toString() { return \"s\"; }"),
        ("src/Tree.java", "new java.io.FileInputStream(s).close();", "new Other().doGet(null, null);"),
        ("src/Tree.java", "down(s + \"/x\", n);", "class Local { String t; } down(s, n);"),
        ("src/Tree.java", "() -> System.out.println(s)", "() -> { try { Runtime.getRuntime().exec(s); } catch (Exception e) { } }"),
        ("src/Page.java", "return \"p\" + n;", "return \"p\" + s;"),
        ("src/Page.java", "o instanceof String ? (String) o : \"object\"", "String.valueOf(o)"),
        ("src/Page.java", "o instanceof String ? (String) o : \"object\"", "o instanceof Page ? ((Page) o).s : \"\""),
        ("src/Page.java", "if (b) { throw new IllegalStateException(); }", ""),
        ("src/Tree.java", "class Tree", "class Tree2"),
        ("src/Store.java", "void find(String name)", "@Deprecated void find(String name)"),
    ];

    [Fact]
    public void What_an_edit_does_not_reach_is_taken_over()
    {
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        Write(tree, Tree);
        _ = Seen(tree, cache, out _);
        tree.Write("src/Other.java", Tree["src/Other.java"].Replace("\"c\"", "\"cc\" + 1", StringComparison.Ordinal));
        var again = Seen(tree, cache, out var counts);
        Assert.Equal(Seen(tree, null, out _), again);
        Assert.NotNull(counts);
        Assert.InRange(counts.Value.Anew, 1, 3);
        Assert.True(counts.Value.Taken > 5);
    }

    public static TheoryData<int> Trials => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Trials))]
    public void After_any_edits_all_is_as_seen_for_the_first_time(int trial)
    {
        var random = new Random(trial);
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        var files = new Dictionary<string, string>(Tree, StringComparer.Ordinal);
        Write(tree, files);
        _ = Seen(tree, cache, out _);
        for (var edit = 0; edit < 3; edit++)
        {
            var (file, of, with) = Edits[random.Next(Edits.Length)];
            files[file] = files[file].Replace(of, with, StringComparison.Ordinal);
            Write(tree, files);
            Assert.Equal(Seen(tree, null, out _), Seen(tree, cache, out _));
        }
    }

    public static TheoryData<int> EachEdit => [.. Enumerable.Range(0, Edits.Length)];

    [Theory]
    [MemberData(nameof(EachEdit))]
    public void After_one_edit_all_is_as_seen_for_the_first_time(int number)
    {
        var (file, of, with) = Edits[number];
        Assert.Contains(of, Tree[file], StringComparison.Ordinal);
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        Write(tree, Tree);
        _ = Seen(tree, cache, out _);
        tree.Write(file, Tree[file].Replace(of, with, StringComparison.Ordinal));
        Assert.Equal(Seen(tree, null, out _), Seen(tree, cache, out _));
    }

    [Theory]
    [InlineData("src/New.java", "package a; public class New extends SqlStore { public void find(String name) { } }")]
    [InlineData("src/New.java", "package a; public class New { void n(Statement s) throws Exception { Text.unused(\"a\"); Keep.last = \"b\"; } }")]
    [InlineData("application.properties", "a.b=c")]
    [InlineData("src/M.xml", "<mapper namespace=\"a.Store\"><select id=\"find\">select ${name}</select></mapper>")]
    public void A_file_more_or_less_is_seen(string path, string text)
    {
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        Write(tree, Tree);
        _ = Seen(tree, cache, out _);
        tree.Write(path, text);
        Assert.Equal(Seen(tree, null, out _), Seen(tree, cache, out var counts));
        Assert.Null(counts);
        File.Delete(Path.Combine(tree.Path, path));
        File.Delete(Path.Combine(tree.Path, "src/SqlStore.java"));
        Assert.Equal(Seen(tree, null, out _), Seen(tree, cache, out _));
    }

    [Fact]
    public void A_record_that_is_broken_or_of_others_is_none()
    {
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        Write(tree, Tree);
        _ = Seen(tree, cache, out _);
        tree.Write("src/Other.java", Tree["src/Other.java"].Replace("\"c\"", "\"d\"", StringComparison.Ordinal));
        var anew = Seen(tree, null, out _);
        var record = Assert.Single(Directory.GetFiles(cache.Path, "flows-*"));
        var whole = File.ReadAllBytes(record);
        foreach (var broken in (byte[][])[[], [1, 2, 3], whole[..^1], [.. whole[..^1], (byte)(whole[^1] ^ 1)], [(byte)(whole[0] ^ 1), .. whole[1..]]])
        {
            File.WriteAllBytes(record, broken);
            foreach (var known in Directory.GetFiles(cache.Path).Where(f => f != record))
            {
                File.Delete(known);
            }

            Assert.Equal(anew, Seen(tree, cache, out var counts));
            Assert.Null(counts);
        }
    }

    [Fact]
    public void What_a_record_says_of_its_own_is_counted_before_it_is_made()
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            Assert.Null(FlowRecord.Read(bytes));
        }
    }

    [Fact]
    public void A_record_tells_nothing_in_the_clear()
    {
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        Write(tree, Tree);
        tree.Write("src/application.properties", "spring.datasource.password=Geheim4711xyz\n");
        tree.Write("src/Pw.java", "package a; class Pw { static String p() { return \"Geheim0815abc\"; } }");
        _ = Seen(tree, cache, out _);
        var record = File.ReadAllBytes(Assert.Single(Directory.GetFiles(cache.Path, "flows-*")));
        foreach (var encoding in (System.Text.Encoding[])[System.Text.Encoding.UTF8, System.Text.Encoding.Unicode])
        {
            Assert.True(record.AsSpan().IndexOf(encoding.GetBytes("Geheim")) < 0);
        }
    }

    /// <summary>What looks into a body of another method tells the book of it, or it would be taken over where that changed.</summary>
    [Fact]
    public void Bodies_of_other_methods_are_looked_at_through_one_door()
    {
        var root = typeof(FlowAgainTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false).Cast<System.Reflection.AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var looks = Directory.EnumerateFiles(Path.Combine(root, "probes", "CodeSecurity", "Java", "Flow"), "*.cs")
            .SelectMany(f => File.ReadLines(f).Select(l => (File: Path.GetFileName(f), Line: l.Trim())))
            .Where(l => BodyOfMethod().IsMatch(l.Line) && !OnlyWhether().IsMatch(l.Line) && !l.Line.Contains("_method.Syntax.Body", StringComparison.Ordinal)).ToList();
        Assert.True(looks.Count == 0, string.Join('\n', looks));
    }

    [GeneratedRegex(@"Syntax\.Body|Syntax: \{[^}]*Body", RegexOptions.NonBacktracking)]
    private static partial Regex BodyOfMethod();

    /// <summary>That there is one is said by what stands around it.</summary>
    [GeneratedRegex(@"Syntax\.Body (is (not )?null|is null)|Body: not null", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OnlyWhether();

    private static void Write(TemporaryFolder tree, Dictionary<string, string> files)
    {
        foreach (var (path, text) in files)
        {
            tree.Write(path, text);
        }
    }

    private static string Seen(TemporaryFolder tree, TemporaryFolder? cache, out (int Taken, int Anew)? counts)
    {
        var analysis = new JavaTreeAnalysis(FlowCase.Tables);
        var seen = analysis.Run(tree.Path, CancellationToken.None, cache?.Path)!;
        counts = analysis.Counts;
        return System.Text.Encoding.UTF8.GetString(ObservationJson.ToFile(KeptAnalysis.Of(seen)));
    }
}
