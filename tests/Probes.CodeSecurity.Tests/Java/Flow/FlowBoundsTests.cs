namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Trees that were written to take time or memory.</summary>
[Collection(nameof(Alone))]
public sealed class FlowBoundsTests
{
    private const double MostSeconds = 40;

    /// <summary>What the first of them gave when another one was begun was not finished: who asked for it since rests on that too.</summary>
    [Fact]
    public void What_rests_on_methods_that_call_each_other_is_gone_over_with_them() => Assert.Equal(["sql"], FlowCase.Body("a(p, r.getContentLength());", """
        String a(String s, int n) throws Exception { if (n == 0) { return s; } z(s, n); y(s, n); return ""; }
        String z(String s, int n) throws Exception { if (n > 1) { return s; } String m = m(s, n); return a(s, n - 1); }
        String m(String s, int n) throws Exception { return z(s, n - 1); }
        void y(String s, int n) throws Exception { sql(st, m(s, n)); }
        """));

    [Fact]
    public void Methods_that_all_call_each_other_end_soon()
    {
        const int many = 60;
        var text = string.Concat(Enumerable.Range(0, many).Select(i => $"String m{i}(String x) {{ String y = x; {string.Concat(Enumerable.Range(0, many).Select(j => $"y = m{j}(y);"))} return y; }}\n"));
        var began = Environment.CpuUsage.TotalTime;
        FlowCase.Run([("A.java", $"class A {{ {text} }}")]);
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, 60);
    }

    [Fact]
    public void Constants_that_name_each_other_twice_are_worked_out_once()
    {
        var fields = string.Concat(Enumerable.Range(1, 60).Select(i => $"static final String A{i} = A{i - 1} + A{i - 1};\n"));
        var seen = Within(() => FlowCase.Run([("A.java", $"class A {{ static final String A0 = \"a\"; {fields} String q() {{ return A60; }} }}")]));
        Assert.Empty(seen.Cut);
        var deep = string.Concat(Enumerable.Range(1, 3_000).Select(i => $"static final int A{i} = A{i - 1} + 1;\n"));
        Assert.NotEmpty(Within(() => FlowCase.Run([("A.java", $"class A {{ static final int A0 = 1; {deep} int q() {{ return A3000; }} }}")])).Cut);
    }

    [Fact]
    public void The_declaration_of_a_constant_knows_no_variables_of_who_reads_it()
    {
        const string text = "import java.security.*; class A { static final String A0 = \"SM3\"; static final String A1 = A0; void q() throws Exception { String A0 = \"MD5\"; MessageDigest.getInstance(A1); } }";
        Assert.Empty(FlowCase.Ids(FlowCase.Run([("A.java", text)])));
    }

    [Fact]
    public void Conditions_in_conditions_are_looked_at_so_often_and_no_more()
    {
        var nested = "p";
        for (var depth = 0; depth < 20; depth++)
        {
            nested = $"k(c({nested}) ? p : p)";
        }

        var seen = Within(() => FlowCase.Run([("A.java", $"class A {{ boolean c(String x) {{ return x == null; }} String k(String x) {{ return x; }} String q(String p) {{ return {nested}; }} }}")]));
        Assert.Equal("q", Assert.Single(seen.Cut).Method.Syntax.Name);
    }

    [Fact]
    public void A_mapper_of_many_holes_is_kept_in_part_and_that_is_told()
    {
        const int many = 4_000;
        var holes = string.Concat(Enumerable.Range(0, many).Select(i => $"${{h{i}}}"));
        var statements = string.Concat(Enumerable.Range(0, many).Select(i => $"<select id=\"s{i}\"><include refid=\"w\"/><include refid=\"w\"/></select>"));
        var xml = $"<mapper namespace=\"a.M\"><sql id=\"w\">{holes}</sql><select id=\"few\">${{x}}<include refid=\"v\"/><include refid=\"v\"/></select><sql id=\"v\">${{y}}</sql>{statements}</mapper>";
        (string, string)[] files = [("M.java", "package a; interface M { int s1(String p); int few(String p); }"), ("C.java", "package a; class C { M m; void q(String p) { m.s1(p); m.few(p); } }")];
        var seen = Within(() => FlowCase.Run(files, [("m.xml", xml)]));
        Assert.Contains(seen.Cut, c => c.Method.Syntax.Name == "s1" && c.Why.Contains("没有读完", StringComparison.Ordinal));
        Assert.DoesNotContain(seen.Cut, c => c.Method.Syntax.Name == "few");
    }

    [Theory]
    [InlineData("<select ")]
    [InlineData("<select id='a' ")]
    [InlineData("<include ")]
    [InlineData("${")]
    public void A_mapper_of_unclosed_signs_takes_no_time(string sign)
    {
        var xml = $"<mapper namespace=\"a.M\"><select id=\"s\">{string.Concat(Enumerable.Repeat(sign, (2 << 20) / sign.Length))}</select><sql id=\"w\">{string.Concat(Enumerable.Repeat(sign, (2 << 20) / sign.Length))}";
        Within(() => FlowCase.Run([("A.java", "class A { }")], [("m.xml", xml), ("n.xml", xml.Replace("<select id=\"s\">", "", StringComparison.Ordinal) + ">")]));
    }

    /// <summary>What a set of a fixed size had no place for, or a repetition did not settle, leaves the method open.</summary>
    [Theory]
    [InlineData("marks", "来源多于")]
    [InlineData("objects", "对象多于")]
    [InlineData("hits", "去向多于")]
    [InlineData("lambdas", "层以上")]
    [InlineData("loop", "循环没有走到不再变化")]
    public void What_is_dropped_for_its_number_is_told(string what, string why)
    {
        static string Many(int count, Func<int, string> one) => string.Concat(Enumerable.Range(0, count).Select(one));
        string Body(int count) => what switch
        {
            "marks" => "String x = \"\";" + Many(count, i => $" x = x + r.getParameter(\"{i}\");") + " return x;",
            "objects" => "Object x = null;" + Many(count, i => $" if (p.length() == {i}) {{ s.close(); }} else {{ x = new StringBuilder(p); }}") + " return x.toString();",
            "hits" => Many(count, i => $"s.executeQuery(p + {i});") + " return p;",
            "lambdas" => Many(count, i => $"Runnable y{i} = () -> {{ ") + "s.executeQuery(p);" + Many(count, i => $" }}; y{count - 1 - i}.run();") + " return p;",
            _ => Many(count, i => $"String v{i} = \"\"; ") + "while (p.length() > r.hashCode()) { " + Many(count - 1, i => $"v{i} = v{i + 1}; ") + $"v{count - 1} = p; }} return v0;",
        };
        FlowResult Run(int count) => FlowCase.Run([("A.java", $"import javax.servlet.http.*; class A {{ String q(HttpServletRequest r, java.sql.Statement s, String p) throws Exception {{ {Body(count)} }} }}")]);
        Assert.Empty(Run(3).Cut);
        Assert.Contains(why, Assert.Single(Run(what == "hits" ? 90 : 20).Cut).Why, StringComparison.Ordinal);
    }

    /// <summary>Every method makes two of what the one before it makes: the whole would be a million objects.</summary>
    [Theory]
    [InlineData("s", true)]
    [InlineData("t", false)]
    public void Objects_that_double_from_call_to_call_are_told_in_part_and_keep_what_they_carry(string read, bool isFound)
    {
        const int many = 20;
        var makers = string.Concat(Enumerable.Range(1, many).Select(i => $"N m{i}(String p) {{ N n = new N(); n.a = m{i - 1}(p); n.b = m{i - 1}(p); n.t = \"x\"; return n; }}\n"));
        var path = string.Concat(Enumerable.Repeat(".a.b", many / 2));
        var seen = Within(() => FlowCase.Run([("A.java", $$"""
            import javax.servlet.http.*;
            class N { N a; N b; String s; String t; }
            class A {
              N m0(String p) { N n = new N(); n.s = p; return n; }
              {{makers}}
              void q(HttpServletRequest r, java.sql.Statement s) throws Exception { N n = m{{many}}(r.getParameter("p")); s.executeQuery(n{{(isFound ? path : "")}}.{{read}}); }
            }
            """)]));
        Assert.Equal(isFound ? ["sql"] : [], FlowCase.Ids(seen));
    }

    [Fact]
    public void A_method_with_more_objects_than_it_keeps_loses_nothing_they_carry()
    {
        const int many = 1_100;
        var makers = string.Concat(Enumerable.Range(0, many).Select(i => $"new N(); "));
        var seen = Within(() => FlowCase.Run([("A.java", $$"""
            import javax.servlet.http.*;
            class N { String s; }
            class A {
              N of(String p) { N n = new N(); n.s = p; return n; }
              void q(HttpServletRequest r, java.sql.Statement s) throws Exception { {{makers}} N n = of(r.getParameter("p")); s.executeQuery(n.s); }
            }
            """)]));
        Assert.Equal(["sql"], FlowCase.Ids(seen));
        Assert.Contains("对象多于", Assert.Single(seen.Cut).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void Code_a_field_had_no_room_for_is_told(int count, bool isCut)
    {
        var makers = string.Concat(Enumerable.Range(0, count).Select(i => $"@GetMapping(\"/{i}\") int a{i}(String s) {{ f = () -> s + {i}; return 1; }} "));
        var seen = FlowCase.Run([("A.java", $"import java.util.function.*; import org.springframework.web.bind.annotation.*; @RestController class A {{ Supplier<String> f; {makers} }}")]);
        Assert.Equal(isCut, seen.Cut.Any(c => c.Why.Contains("代码多于", StringComparison.Ordinal)));
    }

    [Fact]
    public void Summaries_that_tell_of_other_ways_out_are_not_the_same()
    {
        static MethodSummary Of(params ReturnOutcome[] outcomes) => new() { Outcomes = outcomes };
        static ReturnOutcome Way(long code, ulong cleaned) => ReturnOutcome.Of(FlowObject.New("a.R").With("code", FlowValue.Of(code)), [0, cleaned]);
        Assert.True(MethodSummary.Same(Of(Way(0, 1), Way(1, 0)), Of(Way(0, 1), Way(1, 0))));
        Assert.False(MethodSummary.Same(Of(Way(0, 1), Way(1, 0)), Of(Way(0, 1))));
        Assert.False(MethodSummary.Same(Of(Way(0, 1), Way(1, 0)), Of(Way(0, 1), Way(2, 0))));
        Assert.False(MethodSummary.Same(Of(Way(0, 1), Way(1, 0)), Of(Way(0, 2), Way(1, 0))));
    }

    [Fact]
    public void A_method_that_is_asked_to_stop_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new MapperStatements([("m.xml", "<mapper namespace=\"a.M\"><select id=\"s\">a</select></mapper>")], 0, stop.Token));
    }

    private static FlowResult Within(Func<FlowResult> run)
    {
        var began = Environment.CpuUsage.TotalTime;
        var result = run();
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, MostSeconds);
        return result;
    }

    [Theory]
    [InlineData("getA", true)]
    [InlineData("getB", false)]
    public void What_reads_itself_by_the_name_of_what_it_reads_ends(string getter, bool isBad) => Assert.Equal(isBad ? ["sql"] : [], FlowCase.Of(
        $"static class P extends HashMap<String, String> {{ public String getA() {{ return get(\"a\"); }} public String getB() {{ return (String) this.get(\"b\"); }} }} String q(P x) {{ return x.getA(); }} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ P x = new P(); x.put(\"a\", r.getParameter(\"p\")); sql(st, x.{getter}()); }}"));
}
