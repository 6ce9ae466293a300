using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Edits made by chance, of a tree in which much hangs together: a second run says byte for byte what a first one would.</summary>
public sealed class FlowAgainEditTests
{
    private const int EditsOfOne = 5;

    private static readonly Dictionary<string, string> Tree = new(StringComparer.Ordinal)
    {
        ["src/Web.java"] = """
            package a; import javax.servlet.http.*; import java.sql.*; import org.springframework.core.env.Environment;
            public class Web extends HttpServlet {
              Statement st; Store store; Environment env; static java.util.Set<String> allowed = new java.util.HashSet<>();
              static { allowed.add(".png"); }
              private String kept = "k"; static String word = "w";
              public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String p = r.getParameter("p");
                Keep.last = p;
                if (env.acceptsProfiles("dev")) { st.executeQuery("select " + p); }
                st.executeQuery("select " + Text.trimmed(p));
                new Circle().a(p, r.getContentLength());
                new Lower().go(p);
              }
              public void doPost(HttpServletRequest r, HttpServletResponse w) throws Exception {
                String q = Text.checked(r.getParameter("q"), 3);
                checkName(q);
                store.find(q);
                store.find(Keep.last);
                Kit.run(() -> System.out.println(q));
                w.getWriter().write(q + kept + word);
              }
              private void checkName(String n) { if (!allowed.contains(n)) { Text.fail(n); } }
              private static String lonely(String s) { return s; }
            }
            """,
        ["src/Text.java"] = """
            package a;
            public class Text {
              public static String trimmed(String s) { return s == null ? "" : s.trim(); }
              public static String checked(String s, int most) { if (!s.matches("[a-z]*")) { throw new IllegalArgumentException(); } return cut(s, most); }
              static String cut(String s, int most) { return s.length() > most ? s.substring(0, most) : s; }
              static void fail(String s) { raise(s); }
              static void raise(String s) { throw new IllegalStateException(s); }
            }
            """,
        ["src/Circle.java"] = """
            package a; import java.sql.*;
            public class Circle {
              Statement st;
              String a(String s, int n) throws Exception { if (n == 0) { return s; } z(s, n); y(s, n); return ""; }
              String z(String s, int n) throws Exception { if (n > 1) { return s; } String m = m(s, n); return a(s, n - 1); }
              String m(String s, int n) throws Exception { return z(s, n - 1); }
              void y(String s, int n) throws Exception { st.executeQuery(m(s, n)); }
            }
            """,
        ["src/Upper.java"] = """
            package a;
            public abstract class Upper {
              void go(String s) throws Exception { first(s); }
              void first(String s) throws Exception { step(Text.trimmed(s)); }
              void step(String s) throws Exception { Keep.last = s; }
            }
            """,
        ["src/Lower.java"] = "package a; public class Lower extends Upper { void step(String s) throws Exception { Runtime.getRuntime().exec(s); } }",
        ["src/Other.java"] = "package a; public class Other extends Upper { void step(String s) throws Exception { new java.io.FileInputStream(s).close(); } void more() throws Exception { go(Keep.last); } }",
        ["src/Keep.java"] = "package a; public class Keep { public static String last; static Runnable task; static String table() { return \"t\"; } static void put(String s) { last = s; } }",
        ["src/Kit.java"] = "package a; public class Kit { static void run(Runnable r) { Keep.task = r; r.run(); } static String add(String s) { Web.word = s; return s; } }",
        ["src/Store.java"] = "package a; public interface Store { void find(String name) throws Exception; }",
        ["src/SqlStore.java"] = """
            package a; import java.sql.*;
            public class SqlStore implements Store {
              Statement st;
              public void find(String name) throws Exception { st.executeQuery("select * from " + Keep.table() + " where n='" + name + "'"); }
            }
            """,
    };

    private static readonly string[] Pieces =
    [
        "int q = 1;", "Keep.last = \"c\";", "Keep.put(Keep.last);", "Text.trimmed(\"x\");", "Text.cut(Keep.last, 2);", "new Lower().go(Keep.last);", "new Other().more();", "new Circle().a(\"x\", 1);",
        "step(Keep.last);", "first(Keep.last);", "go(\"a\");", "Runnable rr = () -> Keep.last = \"e\"; rr.run();", "Keep.task.run();", "Kit.add(Keep.last);", "Kit.run(() -> Text.fail(\"x\"));", "throw new IllegalStateException();",
        "Class<?> c = SqlStore.class;", "Store one = new SqlStore(); one.find(Keep.last);", "if (env.acceptsProfiles(\"dev\")) { return; }", "Object o = new Object() { public String toString() { return Keep.last; } };",
        "allowed.add(\".jsp\");", "kept = Keep.last;", "Web.word = \"z\";", "Web.lonely(Keep.last);", "class In { String t; }", "// nothing", "\n\n", "String s = Keep.last;", "name = \"n\";", "n = 3;", "try { Text.raise(\"x\"); } catch (Exception e) { }",
        "return;", "return null;", "return Keep.last;", "java.util.List<String> l = new java.util.ArrayList<>(); l.add(Keep.last); Runtime.getRuntime().exec(l.get(0));", "y(s, n);", "checkName(Keep.last);",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_was_edited_is_seen_as_if_for_the_first_time(int seed)
    {
        var random = new Random(seed);
        using var tree = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        var files = new Dictionary<string, string>(Tree, StringComparer.Ordinal);
        Write(tree, files);
        _ = Seen(tree, cache, out _);
        for (var edit = 0; edit < EditsOfOne; edit++)
        {
            foreach (var _ in Enumerable.Range(0, 1 + random.Next(3)))
            {
                Edit(files, random);
            }

            Write(tree, files);
            Assert.Equal(Seen(tree, null, out _), Seen(tree, cache, out _));
        }
    }

    [Fact]
    public void Of_edits_in_bodies_most_are_taken_over()
    {
        var (all, taken) = (0, 0);
        for (var seed = 100; seed < 130; seed++)
        {
            var random = new Random(seed);
            using var tree = new TemporaryFolder();
            using var cache = new TemporaryFolder();
            var files = new Dictionary<string, string>(Tree, StringComparer.Ordinal);
            Write(tree, files);
            _ = Seen(tree, cache, out _);
            Edit(files, random);
            Write(tree, files);
            _ = Seen(tree, cache, out var counts);
            (all, taken) = (all + 1, taken + (counts is not null ? 1 : 0));
        }

        Assert.True(taken > all / 2, $"{taken} / {all}");
    }

    /// <summary>One statement more, less or another, mostly in a body.</summary>
    private static void Edit(Dictionary<string, string> files, Random random)
    {
        while (true)
        {
            var path = files.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(files.Count));
            var text = files[path];
            List<int> ends = [.. Enumerable.Range(0, text.Length).Where(i => text[i] is ';' && text.AsSpan(0, i).Count('{') - text.AsSpan(0, i).Count('}') > 1)];
            if (ends.Count == 0)
            {
                continue;
            }

            var at = ends[random.Next(ends.Count)];
            if (random.Next(4) == 0)
            {
                var begin = text.LastIndexOfAny([';', '{', '}'], at - 1) + 1;
                files[path] = text[..begin] + text[(at + 1)..];
            }
            else
            {
                files[path] = text[..(at + 1)] + " " + Pieces[random.Next(Pieces.Length)] + text[(at + 1)..];
            }

            return;
        }
    }

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
