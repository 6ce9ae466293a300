namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What the engine keeps of values, objects and ways, and what it says where it keeps less.</summary>
public sealed class FlowEngineTests
{
    private const string Entity = "import javax.persistence.*; import org.springframework.web.bind.annotation.*; import org.springframework.kafka.annotation.*; @Entity class U { String name; String role; } class C { EntityManager em; ";

    [Theory]
    [InlineData("class G<T extends T> { T t; void q(T x) { t = x; } }")]
    [InlineData("class G<T extends S, S extends T> { T t; S s; <X extends X> X q(X x, T y) { return x; } }")]
    [InlineData("class G<A extends B[], B extends A[]> { A a; B b; class H<C extends A> { C c; } }")]
    [InlineData("class G<T extends Comparable<T> & java.io.Serializable> extends G<T> { T t; }")]
    public void Bounds_that_name_one_another_in_a_circle_end(string text) => Assert.Empty(FlowCase.Ids(FlowCase.Run([("G.java", text)])));

    [Fact]
    public void Types_above_one_another_in_a_circle_end()
    {
        var table = FlowCase.Tables[0] with { Weaknesses = [], Meanings = [], Entries = [], Answers = [], Types = [new("x.A", ["x.B"], false, []), new("x.B", ["x.C"], false, []), new("x.C", ["x.B", "x.D"], false, [])] };
        var apis = new ApiIndex([table]);
        Assert.True(apis.IsBelow("x.A", "x.D"));
        Assert.False(apis.IsBelow("x.A", "x.E"));
    }

    [Fact]
    public void A_long_way_ends_where_it_leads()
    {
        var steps = string.Concat(Enumerable.Range(1, 60).Select(i => $"String v{i} = v{i - 1} + \"a\";\n"));
        var calls = string.Concat(Enumerable.Range(1, 30).Select(i => $"void m{i}(java.sql.Statement s, String x) throws Exception {{ String y = x + \"b\"; m{i - 1}(s, y); }}\n"));
        foreach (var sink in new[] { "s.executeQuery(v60);", "m30(s, v60);" })
        {
            var found = Assert.Single(FlowCase.Run([("A.java", $"class A {{ {calls} void m0(java.sql.Statement s, String x) throws Exception {{ s.executeQuery(x); }}\n void q(javax.servlet.http.HttpServletRequest r, java.sql.Statement s) throws Exception {{ String v0 = r.getParameter(\"p\");\n{steps} {sink} }} }}")]).Found);
            Assert.Equal(found.Site, found.Way!.Place);
            Assert.InRange(found.Way.Length, 2, 40);
        }
    }

    [Theory]
    [InlineData("d.f0 = p;", 2, "", "d.f1", "d.f0")]
    [InlineData("d.f69 = p;", 70, "", "\"a\"", "d.f69")]
    [InlineData("d.y = new D(); d.y.f0 = p; D e = new D(); e.x = d; D f = new D(); f.x = e; D a = new D(); a.x = f; a.y = d;", 1, "", "\"a\"", "(\"a\" + a)")]
    public void Parts_of_objects_are_found_however_many_and_however_deep(string write, int many, string members, string good, string bad)
    {
        var fields = string.Concat(Enumerable.Range(0, many).Select(i => $"String f{i}; ")) + "D x; D y;";
        var before = string.Concat(Enumerable.Range(0, many).Select(i => $"d.f{i} = \"a\"; "));
        Assert.Equal(["sql"], FlowCase.Body($"D d = new D(); {before} {write} sql(st, {bad});", $"static class D {{ {fields} public String toString() {{ return f0; }} }} {members}"));
        Assert.Empty(FlowCase.Body($"D d = new D(); {before} {write} sql(st, {good});", $"static class D {{ {fields} public String toString() {{ return f0; }} }} {members}"));
    }

    /// <summary>Each takes the one before it along twice.</summary>
    [Fact]
    public void Code_in_code_that_doubles_from_call_to_call_takes_no_time()
    {
        var wraps = string.Concat(Enumerable.Repeat("t = wrap(t, t); ", 40));
        var began = Environment.CpuUsage.TotalTime;
        var seen = FlowCase.Run([("A.java", $"import java.util.function.*; class A {{ static Supplier<String> wrap(Supplier<String> a, Supplier<String> b) {{ return () -> a.get() + b.get(); }} String q() {{ Supplier<String> t = () -> \"a\"; {wraps} return t.get(); }} }}")]);
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, 20);
        Assert.Contains(seen.Cut, c => c.Why.Contains("层以上", StringComparison.Ordinal));
    }

    /// <summary>Who comes to a constant by too long a way does not spoil it for others.</summary>
    [Fact]
    public void A_constant_that_could_not_be_read_from_afar_is_read_from_near()
    {
        const string text = "class K { static final String A = B + \"\"; static final String B = C + \"\"; static final String C = D + \"\"; static final String D = \"x\"; } class L { String q() { return K.A; } } class M { void q(javax.servlet.http.HttpServletRequest r, java.sql.Statement s) throws Exception { String p = r.getParameter(\"p\"); if (K.C.equals(\"x\")) { p = \"a\"; } s.executeQuery(p); } }";
        var seen = FlowCase.Run([("A.java", text)], limits: FlowLimits.Default with { Depth = 3 });
        Assert.Contains(seen.Cut, c => c.Why == "常量引用层数过多");
        Assert.Empty(FlowCase.Ids(seen));
    }

    /// <summary>What a caller asks of the map by the key is the getter again.</summary>
    [Theory]
    [InlineData("p", true)]
    [InlineData("\"a\"", false)]
    public void A_map_whose_getter_asks_for_the_key_of_its_name_ends(string put, bool isFound) =>
        Assert.Equal(isFound ? ["sql"] : [], FlowCase.Body($"M m = new M(); m.put(\"x\", {put}); sql(st, \"\" + m.getX());", "static class M extends HashMap<String, Object> { Object getX() { return get(\"x\"); } }"));

    [Fact]
    public void What_is_lost_is_told_of_who_lost_it()
    {
        var many = string.Concat(Enumerable.Range(0, 20).Select(i => $" x = x + r.getParameter(\"{i}\");"));
        var seen = FlowCase.Run([("A.java", $"class A {{ String q(javax.servlet.http.HttpServletRequest r) {{ String x = \"\";{many} return m(x); }} String m(String x) {{ return x; }} }}")]);
        Assert.Equal("q", Assert.Single(seen.Cut).Method.Syntax.Name);
    }

    [Theory]
    [InlineData("static String at(String k) { return k + \"/x?\"; }", "w.sendRedirect(at(p) + p);", "redirect")]
    [InlineData("static String at(String k) { return \"https://a.b/x?k=\" + k; }", "w.sendRedirect(at(p) + p);", null)]
    public void What_a_text_begins_with_is_known_to_who_calls(string members, string body, string? found) =>
        Assert.Equal(found is null ? [] : [found], FlowCase.Body(body, members).Where(i => i == "redirect"));

    [Theory]
    [InlineData("getN", true)]
    [InlineData("kind", false)]
    public void What_another_service_answers_holds_what_its_declaration_says(string called, bool isFound)
    {
        var text = $"import java.util.*; import org.springframework.cloud.openfeign.FeignClient; class D {{ private String n; public String getN() {{ return n; }} String kind() {{ return \"k\"; }} }} @FeignClient(\"a\") interface F {{ List<D> all(); }} class A {{ F f; void q(java.sql.Statement s) throws Exception {{ s.executeQuery(\"a\" + f.all().get(0).{called}()); }} }}";
        Assert.Equal(isFound ? ["sql"] : [], FlowCase.Ids(FlowCase.Run([("A.java", text)])));
    }

    [Theory]
    [InlineData("@PostMapping(\"/a\") void q(@RequestBody U u) { em.persist(u); }", true)]
    [InlineData("@PostMapping(\"/a\") void q(@SessionAttribute(\"u\") U u) { em.persist(u); }", false)]
    [InlineData("@KafkaListener void q(U u) { em.persist(u); }", false)]
    public void Only_what_a_stranger_sends_is_bound_to_an_entity(string method, bool isFound) =>
        Assert.Equal(isFound ? ["bind"] : [], FlowCase.Ids(FlowCase.Run([("A.java", Entity + method + " }")])));
}
