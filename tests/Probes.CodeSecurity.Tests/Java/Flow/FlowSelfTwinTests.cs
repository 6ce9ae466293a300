namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of which code an object has, and of what it may be besides.</summary>
public sealed class FlowSelfTwinTests
{
    private const string Imports = "import java.util.*; import java.util.function.*; import java.util.stream.*; import java.sql.*; import javax.servlet.http.*; import org.springframework.stereotype.*; import org.springframework.beans.factory.annotation.*; import org.springframework.context.annotation.*; import org.springframework.web.bind.annotation.*; import lombok.*; ";

    private static IReadOnlyList<string> Ids(string program) => FlowCase.Ids(FlowCase.Run([("src/T.java", Imports + program)]));

    private static IReadOnlyList<string> Body(string body, string members = "", string types = "") =>
        Ids($"class T extends HttpServlet {{ Statement st; void sql(Object x) {{ try {{ st.executeQuery(\"a\" + x); }} catch (SQLException e) {{ }} }} {members} public void doGet(HttpServletRequest r, HttpServletResponse w) throws Exception {{ String p = r.getParameter(\"p\"); {body} }} }} {types}");

    /// <summary>A class below can only do again what is not private, not static and takes the same.</summary>
    [Theory]
    [InlineData("private void step(String p)", "private void step(String p)")]
    [InlineData("static void step(String p)", "static void step(String p)")]
    [InlineData("void step(String p)", "void step(Object p)")]
    [InlineData("void step(String p)", "void step(String... p)")]
    public void A_step_of_its_own(string own, string below)
    {
        var run = (string call, string step) => Ids($"@RestController class C {{ @GetMapping void in(String p) throws Exception {{ new S().run(p); }} }} abstract class B {{ static Statement st; public void run(String p) throws Exception {{ {call}(p); other(); }} {own} throws Exception {{ st.executeQuery(p); }} abstract void other(); }} class S extends B {{ {step} {{ }} void other() {{ }} }}");
        Assert.Equal(["sql"], run("step", below));
        Assert.Equal(["sql"], run("this.step", below));
    }

    [Theory]
    [InlineData("step")]
    [InlineData("this.step")]
    public void A_step_done_again(string call)
    {
        var run = (string own, string below) => Ids($"@RestController class C {{ @GetMapping void in(String p) throws Exception {{ new S().run(p); }} }} abstract class B {{ Statement st; public void run(String p) throws Exception {{ {call}(p); }} void step(String p) throws Exception {{ {own} }} }} class S extends B {{ void step(String p) throws Exception {{ {below} }} }} class Q extends B {{ void step(String p) throws Exception {{ st.executeQuery(p); }} }}");
        Assert.Equal(["sql"], run("", "super.step(p); st.executeQuery(p);"));
        Assert.Empty(run("st.executeQuery(p);", "p.length();"));
    }

    /// <summary>What a class of a library is of, nobody sees here.</summary>
    [Theory]
    [InlineData("extends com.lib.Base", "com.lib.Face", "")]
    [InlineData("extends ArrayList<String>", "Collection", "")]
    [InlineData("extends Thread", "Runnable", "")]
    [InlineData("", "Object", "String")]
    public void What_it_may_be(string above, string asked, string never)
    {
        Assert.Equal(["sql"], Body($"Object q = new L(); if (q instanceof {asked}) {{ sql(p); }}", "", $"class L {above} {{ }} class M {{ }}"));
        Assert.Empty(Body($"Object q = new L(); if (q instanceof {(never.Length == 0 ? "M" : never)}) {{ sql(p); }}", "", $"class L {above} {{ }} class M {{ }}"));
    }

    /// <summary>Who asks nobody knows whom as well as an object made here is answered by either.</summary>
    [Fact]
    public void What_it_may_be_besides()
    {
        const string Types = "interface I { void run(T t, String p); } class S implements I { public void run(T t, String p) { t.sql(p); } } class Q implements I { public void run(T t, String p) { } }";
        Assert.Equal(["sql"], Body("I x = new Q(); if (p.length() > 3) { x = com.lib.Beans.get(I.class); } x.run(this, p);", "", Types));
        Assert.Empty(Body("I x = new Q(); if (p.length() > 3) { x = null; } x.run(this, p);", "", Types));
    }

    [Theory]
    [InlineData("Object o = of(p); if (o instanceof String s) { sql(s); }", "Object o = of(new L()); if (o instanceof String s) { sql(p); }")]
    [InlineData("Object o = of(com.lib.X.make(p)); if (o instanceof String s) { sql(s); }", "Object o = of(null); if (o instanceof String s) { sql(p); }")]
    public void What_is_handed_back_may_be_what_was_given(string bad, string good)
    {
        const string Of = "Object of(Object x) { if (st == null) { return new L(); } return x; }";
        Assert.Equal(["sql"], Body(bad, Of, "class L { }"));
        Assert.Empty(Body(good, Of, "class L { }"));
    }

    /// <summary>Of two types the variable may be of, it is of the one it was declared as.</summary>
    [Fact]
    public void What_a_variable_may_hold()
    {
        const string Types = "interface I { void run(T t, String p); } @Service class S implements I { public void run(T t, String p) { t.sql(p); } } class Q implements I { public void run(T t, String p) { } }";
        Assert.Equal(["sql"], Body("I y = x; if (y == null) { y = new Q(); } y.run(this, p);", "I x;", Types));
        Assert.Equal(["sql"], Body("I y = p.length() > 3 ? of() : new Q(); y.run(this, p);", "static I cur; static I of() { return cur; }", Types));
        Assert.Empty(Body("I y = p.length() > 3 ? new Q() : new Q(); y.run(this, p);", "", Types));
    }

    [Theory]
    [InlineData("com.lib.E::getB", "e -> \"a\"")]
    [InlineData("E::getB", "e -> \"a\"")]
    public void A_method_of_a_type_nobody_knows(string bad, string good)
    {
        var run = (string code) => Ids($"@RestController class T {{ Statement st; @PostMapping void a(@RequestBody List<com.lib.E> es) throws Exception {{ st.executeQuery(es.stream().map({code}).map(x -> \"\" + x).collect(Collectors.joining(\",\"))); }} }}");
        Assert.Equal(["sql"], run(bad));
        Assert.Empty(run(good));
    }

    /// <summary>Of code that is one of several nobody knows all; what it returns is not all that comes out.</summary>
    [Theory]
    [InlineData("Function<String, String> f = p.length() > 3 ? x -> \"a\" : com.lib.Fns.ID; sql(Optional.of(p).map(f).get());", "Function<String, String> f = p.length() > 3 ? x -> \"a\" : x -> \"b\"; sql(Optional.of(p).map(f).get());")]
    [InlineData("Function<String, String> f = x -> \"a\"; if (p.length() > 3) { f = com.lib.Fns.ID; } sql(Stream.of(p).map(f).findFirst().get());", "Function<String, String> f = null; if (p.length() > 3) { f = x -> \"a\"; } sql(Stream.of(p).map(f).findFirst().get());")]
    [InlineData("Map<String, String> m = Stream.of(p).collect(Collectors.toMap(x -> \"a\", x -> x)); sql(m.get(\"a\"));", "Map<String, String> m = Stream.of(\"b\").collect(Collectors.toMap(x -> \"a\", x -> x)); sql(m.get(\"a\"));")]
    [InlineData("Map<String, String> m = Stream.of(\"b\").collect(Collectors.toMap(x -> x, r::getParameter)); sql(m.get(\"b\"));", "Map<String, String> m = Stream.of(\"b\").collect(Collectors.toMap(x -> x, String::trim)); sql(m.get(\"b\"));")]
    [InlineData("Map<String, List<String>> m = Stream.of(p).collect(Collectors.groupingBy(x -> \"a\")); sql(m.get(\"a\").get(0));", "Map<String, List<String>> m = Stream.of(\"b\").collect(Collectors.groupingBy(x -> \"a\")); sql(m.get(\"a\").get(0));")]
    public void Code_and_what_it_makes(string bad, string good)
    {
        Assert.Equal(["sql"], Body(bad));
        Assert.Empty(Body(good));
    }

    /// <summary>What is read later goes over what was put.</summary>
    [Theory]
    [InlineData("q.setProperty(\"a\", \"b\"); q.load(r.getInputStream());", "q.setProperty(\"a\", \"b\");")]
    [InlineData("q.setProperty(\"a\", \"b\"); q.loadFromXML(r.getInputStream());", "q.setProperty(\"z\", p); q.setProperty(\"a\", \"b\");")]
    [InlineData("q.setProperty(\"a\", \"b\"); q.setProperty(r.getParameter(\"k\"), p);", "q.setProperty(\"a\", p); q.setProperty(\"a\", \"b\");")]
    [InlineData("if (p.length() > 3) { q.setProperty(\"a\", \"b\"); } sql(q.getProperty(\"a\", p));", "q.setProperty(\"a\", \"b\"); sql(q.getProperty(\"a\", p));")]
    public void What_is_put_by_a_name(string bad, string good)
    {
        Assert.Equal(["sql"], Body($"Properties q = new Properties(); {bad} sql(q.getProperty(\"a\"));"));
        Assert.Empty(Body($"Properties q = new Properties(); {good} sql(q.getProperty(\"a\"));"));
    }

    /// <summary>What a flag says was said of what was looked at then.</summary>
    [Theory]
    [InlineData("for (String x : a) { if (ok) { new java.io.FileInputStream(x); } ok = check(x); }")]
    [InlineData("for (String x : a) { ok = check(x); } for (String x : a) { if (ok) { new java.io.FileInputStream(x); } }")]
    [InlineData("String x = p; while (x != null) { x = r.getParameter(x); if (x.length() > 3) { ok = check(x); } if (ok) { new java.io.FileInputStream(x); } }")]
    public void What_a_flag_says(string body)
    {
        const string Check = "boolean check(String x) { return x.matches(\"[a-z]+\"); }";
        Assert.Equal(["path"], Body("String[] a = r.getParameterValues(\"a\"); boolean ok = false; " + body, Check));
        Assert.Empty(Body("boolean ok = false; if (p.length() > 3) { ok = check(p); } if (ok) { new java.io.FileInputStream(p); }", Check));
    }

    /// <summary>Only where nothing else decides does the name of a field say which bean it gets.</summary>
    [Theory]
    [InlineData("@Service(\"x\")", "static final String Q = \"x\"; @Autowired @Qualifier(Q) S a;", "@Autowired @Qualifier(\"a\") S b;", "")]
    [InlineData("@Service(K.N)", "@Autowired S a;", "@Autowired @Qualifier(\"a\") S b;", "class K { static final String N = \"a\"; }")]
    [InlineData("@Service", "@Autowired S a;", null, "@Configuration class K { @Bean @Primary S other() { return new B(); } }")]
    [InlineData("@Service", "private @Autowired S a; private @Autowired S b; @PostMapping void set() { a = b; }", null, "")]
    [InlineData("@Service", "J a = com.lib.Made.of(J.class);", null, "@AllArgsConstructor class J implements S { private final S a; public void go(String p) throws Exception { a.go(p); } }")]
    public void Which_bean(string service, string bad, string? good, string types)
    {
        var run = (string field, string name) => Ids($"interface S {{ void go(String p) throws Exception; }} {service} class B implements S {{ Statement st; public void go(String p) throws Exception {{ st.execute(p); }} }} @Service class A implements S {{ public void go(String p) {{ }} }} @RestController class C {{ {field} @GetMapping void in(String p) throws Exception {{ {name}.go(p); }} }} {types}");
        Assert.Equal(["sql"], run(bad, "a"));
        if (good is not null && types.Length == 0)
        {
            Assert.Empty(run(good, "b"));
        }
    }

    /// <summary>Many steps one behind the other end nothing.</summary>
    [Fact]
    public void A_long_chain_of_steps()
    {
        var steps = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"void s{i}(String p) throws Exception {{ s{i + 1}(p); }} "));
        var result = FlowCase.Run([("src/T.java", $"{Imports} abstract class B {{ Statement st; {steps} void s20000(String p) throws Exception {{ last(p); }} abstract void last(String p) throws Exception; }} class S extends B {{ void last(String p) throws Exception {{ st.execute(p); }} }} @RestController class C {{ @GetMapping void in(String p) throws Exception {{ new S().s0(p); new S().s19998(p); }} }}")], limits: new FlowLimits { Depth = 6 });
        Assert.Equal(["sql"], FlowCase.Ids(result));
    }

    /// <summary>Whoever makes it, it is used where its name stands.</summary>
    [Theory]
    [InlineData("class Main { public static void main(String[] a) throws Exception { new IoUtil().take(null); } } class IoUtil", "")]
    [InlineData("class IoUtil", "class D { @Autowired IoUtil u; }")]
    [InlineData("class IoUtil", "class D { void go(IoUtil u) { } }")]
    [InlineData("class IoUtil", "class D { Object o = (IoUtil) com.lib.Beans.get(\"x\"); }")]
    public void Helpers_that_are_used(string type, string use)
    {
        var seen = (string other) => FlowCase.Run([("src/U.java", $"{Imports} {type} {{ Statement st; void take(HttpServletRequest r) throws Exception {{ st.execute(r.getParameter(\"p\")); }} }}"), ("src/D.java", Imports + other)]).Found;
        Assert.True(FlowDoubt.OfWay(Assert.Single(seen(use))) is { IsGuess: false, Unsure: 0 });
    }

    [Fact]
    public void A_helper_that_is_called_from_outside() =>
        Assert.False(FlowDoubt.OfWay(Assert.Single(FlowCase.Run([("src/U.java", $"{Imports} class MsgHelper {{ Statement st; @org.springframework.amqp.rabbit.annotation.RabbitListener(queues = \"a\") public void on(String p) throws Exception {{ run(p); }} private void run(String p) throws Exception {{ st.execute(p); }} }}")]).Found)).IsGuess);

    [Theory]
    [InlineData("[^\\\\w\\\\s]", "[^\\\\w ]")]
    [InlineData("[^a-z\\\\n]", "[^a-z]")]
    public void What_is_taken_out_of_a_line(string bad, string good)
    {
        var run = (string taken) => Body($"log.info(p.replaceAll(\"{taken}\", \"\"));", "org.slf4j.Logger log;");
        Assert.Equal(["log"], run(bad));
        Assert.Empty(run(good));
    }
}
