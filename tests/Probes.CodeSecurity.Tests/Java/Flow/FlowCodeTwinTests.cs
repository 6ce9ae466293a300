namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of code that is handed around, of classes without a name, and of calls that can mean several methods.</summary>
public sealed class FlowCodeTwinTests
{
    private const string Head = "package a; import java.util.*; import java.util.function.*; import java.sql.*; import javax.servlet.http.*; import org.springframework.stereotype.*; import org.springframework.context.annotation.*; import org.springframework.web.bind.annotation.*; ";

    [Theory]
    [InlineData("switch (r.getMethod()) { case \"a\" -> p = \"x\"; case \"b\" -> p = \"y\"; } sql(st, p);", "switch (r.getMethod()) { case \"a\" -> p = \"x\"; default -> p = \"y\"; } sql(st, p);")]
    [InlineData("switch (r.getMethod()) { case \"a\" -> { switch (p.length()) { case 1 -> p = \"x\"; } } default -> p = \"y\"; } sql(st, p);", "String q = switch (r.getMethod()) { case \"a\" -> { switch (p.length()) { case 1: p = \"x\"; } yield \"z\"; } default -> \"y\"; }; sql(st, q);")]
    [InlineData("if (r.isSecure()) { boolean ok = p.matches(\"[a-z]+\"); } new ArrayList<Boolean>().forEach(ok -> { if (ok) { sql(st, p); } });", "boolean ok = p.matches(\"[a-z]+\"); if (ok) { sql(st, p); }")]
    public void Names_and_switches(string bad, string good)
    {
        Assert.Equal(["sql"], FlowCase.Body(bad));
        Assert.Empty(FlowCase.Body(good));
    }

    [Theory]
    [InlineData("Runnable of(String s) { return () -> sql(st, s); }", "Runnable t = r.isSecure() ? of(\"x\") : of(p); t.run();", "Runnable t = r.isSecure() ? of(\"x\") : of(\"y\"); t.run();")]
    [InlineData("", "Runnable t; { String x = p; t = () -> sql(st, x); } { String x = \"a\"; t.run(); }", "Runnable t; { String x = \"a\"; t = () -> sql(st, x); } { String x = p; t.run(); }")]
    [InlineData("", "Runnable t = () -> sql(st, p); t.run();", "Runnable t = () -> sql(st, p); if (p.matches(\"[a-z]+\")) { t.run(); }")]
    [InlineData("static class D { String v; } interface I { void put(D d, String s); } static class A implements I { public void put(D d, String s) { d.v = s; } } static class B implements I { public void put(D d, String s) { d.v = \"x\"; } } I i;", "D d = new D(); i.put(d, p); sql(st, d.v);", "D d = new D(); i.put(d, \"a\"); sql(st, d.v);")]
    [InlineData("static class D { String v; } D d = new D();", "Consumer<String> c = r.isSecure() ? s -> d.v = s : s -> d.v = \"x\"; c.accept(p); sql(st, d.v);", "Consumer<String> c = r.isSecure() ? s -> d.v = \"y\" : s -> d.v = \"x\"; c.accept(p); sql(st, d.v);")]
    public void What_code_takes_along_and_who_is_called(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("abstract class B { String v; B(String v) { this.v = v; } void go() { sql(st, v); } }", "new B(p) { }.go();", "new B(\"a\") { }.go();")]
    [InlineData("", "Map<String, String> m = new HashMap<String, String>() {{ put(\"a\", p); put(\"b\", \"x\"); }}; sql(st, m.get(\"a\"));", "Map<String, String> m = new HashMap<String, String>() {{ put(\"a\", p); put(\"b\", \"x\"); }}; sql(st, m.get(\"b\"));")]
    [InlineData("static class D { String v; void set(String s) { v = s; } } void set(String s) { }", "D d = new D() {{ set(p); }}; sql(st, d.v);", "D d = new D() {{ set(\"a\"); }}; sql(st, d.v);")]
    [InlineData("", "Runnable t = new Runnable() { String q = p; public void run() { sql(st, q); } }; t.run();", "Runnable t = new Runnable() { String q = \"a\"; public void run() { sql(st, q); } }; t.run();")]
    public void Classes_without_a_name(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("class D { D(String s) { sql(st, s); } } class E { E(String s) { } }", "Function<String, D> f = D::new; f.apply(p);", "Function<String, E> f = E::new; f.apply(p);")]
    [InlineData("static class D { String a; String b = \"x\"; D(String s) { a = s; } }", "Function<String, D> f = D::new; sql(st, f.apply(p).a);", "Function<String, D> f = D::new; sql(st, f.apply(p).b);")]
    [InlineData("static String two(String a, String b) { return b; }", "BiFunction<String, String, String> f = T::two; sql(st, f.apply(\"x\", p));", "BiFunction<String, String, String> f = T::two; sql(st, f.apply(p, \"x\"));")]
    [InlineData("static class D { String v; void set(String s) { v = s; } }", "D d = new D(); BiConsumer<D, String> c = D::set; c.accept(d, p); sql(st, d.v);", "D d = new D(); BiConsumer<D, String> c = D::set; c.accept(d, \"a\"); sql(st, d.v);")]
    [InlineData("void two(String a, String b) { sql(st, b); } void one(String a) { sql(st, \"x\"); }", "Map<String, String> m = new HashMap<>(); m.put(\"a\", p); m.forEach(this::two);", "Map<String, String> m = new HashMap<>(); m.put(\"a\", p); m.values().forEach(this::one);")]
    [InlineData("", "BinaryOperator<String> f = String::concat; sql(st, f.apply(\"a\", p));", "BinaryOperator<String> f = String::concat; sql(st, f.apply(\"a\", \"b\"));")]
    public void References(string members, string bad, string good) => Twin(members, bad, good);

    [Theory]
    [InlineData("@Configuration class C { Statement st; @Bean Consumer<String> in() { return this::go; } void go(String m) throws Exception { st.execute(m); } }", "@Configuration class C { Statement st; @Bean Consumer<String> in() { return this::go; } void go(String m) throws Exception { st.execute(\"a\"); } }")]
    [InlineData("@Configuration class C { Statement st; boolean b; @Bean Consumer<String> in() { return b ? m -> { } : m -> st.execute(m); } }", "@Configuration class C { Statement st; boolean b; @Bean Consumer<String> in() { return b ? m -> { } : m -> st.execute(\"a\"); } }")]
    [InlineData("@Configuration class C { Statement st; @Bean Consumer<String> in() { return new Consumer<String>() { public void accept(String m) { try { st.execute(m); } catch (Exception e) { } } }; } }", "@Configuration class C { Statement st; @Bean Consumer<String> in() { return new Consumer<String>() { public void accept(String m) { try { st.execute(\"a\"); } catch (Exception e) { } } }; } }")]
    [InlineData("@Controller class C { Statement st; Consumer<String> c; @GetMapping void a(String p) { c.accept(p); } @GetMapping void b() { c = s -> st.execute(s); } }", "@Controller class C { Statement st; Consumer<String> c; @GetMapping void a(String p) { c.accept(p); } @GetMapping void b() { c = s -> st.execute(\"a\"); } }")]
    [InlineData("class D { String kind() { return \"k\"; } } @Controller class C { Statement st; Function<String, Object> fn; @GetMapping void a(String p) throws Exception { Optional.of(\"q\").map(x -> new D()); st.execute(\"\" + Optional.of(p).map(fn).get().kind()); } }", "class D { String kind() { return \"k\"; } } @Controller class C { Statement st; @GetMapping void a(String p) throws Exception { st.execute(\"\" + Optional.of(p).map(x -> new D()).get().kind()); } }")]
    public void What_is_handed_to_a_container_or_kept(string bad, string good)
    {
        Assert.Contains(FlowCase.Ids(FlowCase.Run([("A.java", Head + bad)])), i => i is "sql");
        Assert.Empty(FlowCase.Ids(FlowCase.Run([("A.java", Head + good)])));
    }

    private static void Twin(string members, string bad, string good)
    {
        Assert.Equal(["sql"], FlowCase.Body(bad, members));
        Assert.Empty(FlowCase.Body(good, members));
    }
}
