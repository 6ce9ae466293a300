namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins: the same flow once with foreign input and once without.</summary>
public sealed class FlowTwinTests
{
    [Theory]
    [InlineData("List<String> l = new ArrayList<>(); l.add(\"a\"); l.add(p); l.remove(0); sql(st, l.get(0));", "List<String> l = new ArrayList<>(); l.add(\"a\"); l.add(p); l.remove(1); sql(st, l.get(0));")]
    [InlineData("Map<String, String> m = new HashMap<>(); m.put(\"k\", \"a\"); m.put(\"j\", p); sql(st, m.get(\"j\"));", "Map<String, String> m = new HashMap<>(); m.put(\"k\", \"a\"); m.put(\"j\", p); sql(st, m.get(\"k\"));")]
    [InlineData("String[] x = { \"a\", p }; sql(st, x[1]);", "String[] x = { \"a\", p }; sql(st, x[0]);")]
    [InlineData("StringBuilder b = new StringBuilder(\"a\"); b.append(p).append(\"c\"); sql(st, b.toString());", "StringBuilder b = new StringBuilder(\"a\"); b.append(p.length()).append(\"c\"); sql(st, b.toString());")]
    [InlineData("int n = 10; String x = n * 7 > 50 ? p : \"a\"; sql(st, x);", "int n = 10; String x = n * 7 > 90 ? p : \"a\"; sql(st, x);")]
    [InlineData("String x; if (\"abc\".charAt(1) == 'b') x = p; else x = \"a\"; sql(st, x);", "String x; if (\"abc\".charAt(0) == 'b') x = p; else x = \"a\"; sql(st, x);")]
    [InlineData("String x = \"a\"; switch (\"b\") { case \"b\": x = p; break; default: } sql(st, x);", "String x = p; switch (\"b\") { case \"b\": x = \"a\"; break; default: } sql(st, x);")]
    [InlineData("String x = switch (3) { case 3 -> p; default -> \"a\"; }; sql(st, x);", "String x = switch (3) { case 4 -> p; default -> \"a\"; }; sql(st, x);")]
    [InlineData("String x = p; for (int i = 0; i < 3; i++) { x = x + i; } sql(st, x);", "String x = p; for (int i = 0; i < 3; i++) { x = \"a\" + i; } x = \"b\"; sql(st, x);")]
    [InlineData("for (Cookie c : r.getCookies()) { sql(st, c.getValue()); }", "for (Cookie c : r.getCookies()) { sql(st, \"a\" + c.getValue().length()); }")]
    [InlineData("String x = p; try { x = \"a\"; r.getMethod(); x = p; } finally { sql(st, x); }", "String x = p; try { r.getMethod(); } finally { x = \"a\"; } sql(st, x);")]
    [InlineData("String x = \"a\"; { String q = p; x = q; } sql(st, x);", "String x = \"a\"; { String q = p; q = x; } sql(st, x);")]
    [InlineData("Function<String, String> f = s -> \"a\" + s; sql(st, f.apply(p));", "Function<String, String> f = s -> \"a\"; sql(st, f.apply(p));")]
    [InlineData("List<String> l = List.of(p); l.forEach(s -> { try { sql(st, s); } catch (Exception e) { } });", "List<String> l = List.of(\"a\"); l.forEach(s -> { try { sql(st, s); } catch (Exception e) { } });")]
    [InlineData("Runnable t = new Runnable() { public void run() { try { sql(st, p); } catch (Exception e) { } } }; t.run();", "Runnable t = new Runnable() { public void run() { try { sql(st, \"a\"); } catch (Exception e) { } } }; t.run();")]
    [InlineData("Object o = p; if (o instanceof String s) { sql(st, s); }", "Object o = p; if (o instanceof Integer s) { sql(st, \"a\" + s); }")]
    [InlineData("if (p == null || p.isEmpty()) { return; } sql(st, p);", "if (p != null) { return; } sql(st, p);")]
    [InlineData("String x = String.format(\"%s\", p); sql(st, x);", "String x = String.format(\"%d\", Integer.parseInt(p)); sql(st, \"\" + Long.valueOf(p));")]
    public void Within_a_method(string bad, string good)
    {
        Assert.Equal(["sql"], FlowCase.Body(bad));
        Assert.Empty(FlowCase.Body(good));
    }

    [Theory]
    [InlineData("String f(String a, String b) { return a; }", "sql(st, f(p, \"a\"));", "sql(st, f(\"a\", p));")]
    [InlineData("String f(String a) { return a.isEmpty() ? \"\" : f(a.substring(1)) + a; }", "sql(st, f(p));", "sql(st, f(\"ab\"));")]
    [InlineData("class Box { private String v; String w = \"a\"; Box(String v) { this.v = v; } String v() { return v; } String w() { return w; } }", "sql(st, new Box(p).v());", "sql(st, new Box(p).w());")]
    [InlineData("class Box { String v; void set(String v) { this.v = v; } String get() { return v; } }", "Box b = new Box(); b.set(p); sql(st, b.get());", "Box b = new Box(); Box c = new Box(); b.set(\"a\"); c.set(p); sql(st, b.get());")]
    [InlineData("record Pair(String a, String b) { }", "sql(st, new Pair(p, \"x\").a());", "sql(st, new Pair(p, \"x\").b());")]
    [InlineData("interface H { String f(String s); } class One implements H { public String f(String s) { return s; } } class Two implements H { public String f(String s) { return \"a\"; } } H make(boolean b) { return b ? new One() : new Two(); }", "sql(st, make(true).f(p));", "sql(st, make(false).f(p));")]
    [InlineData("void fill(List<String> l, String s) { l.add(s); }", "List<String> l = new ArrayList<>(); fill(l, p); sql(st, l.get(0));", "List<String> l = new ArrayList<>(); fill(l, \"a\"); sql(st, l.get(0));")]
    [InlineData("void fill(StringBuilder b, String s) { b.append(s); }", "StringBuilder b = new StringBuilder(); fill(b, p); sql(st, b.toString());", "StringBuilder b = new StringBuilder(); fill(b, \"a\"); sql(st, b.toString());")]
    [InlineData("private boolean on = true; private boolean off = false;", "String x = \"a\"; if (on) { x = p; } sql(st, x);", "String x = \"a\"; if (off) { x = p; } sql(st, x);")]
    [InlineData("static String kept; void keep(String s) { kept = s; } static String other = \"a\";", "keep(p); sql(st, kept);", "keep(\"a\"); sql(st, other);")]
    [InlineData("boolean ok(String s) { return s != null && s.matches(\"[a-z]+\"); }", "if (ok(p)) { return; } sql(st, p);", "if (!ok(p)) { return; } sql(st, p);")]
    [InlineData("boolean ok(String s) { for (String a : new String[] { \"x\" }) { if (a.equals(s)) { return true; } } return false; }", "sql(st, p); ok(p);", "if (ok(p)) { sql(st, p); }")]
    [InlineData("String clean(String s) { if (!s.matches(\"\\\\w+\")) { return null; } return s; }", "if (clean(p) != null) { return; } sql(st, p);", "if (clean(p) == null) { return; } sql(st, p);")]
    [InlineData("void check(String s) { if (!s.matches(\"\\\\w+\")) { throw new IllegalArgumentException(); } }", "check(\"a\"); sql(st, p);", "check(p); sql(st, p);")]
    [InlineData("String pick(int n, String s) { switch (n) { case 1: return s; default: return \"a\"; } }", "sql(st, pick(1, p));", "sql(st, pick(2, p));")]
    [InlineData("String join(String... parts) { return parts[0]; }", "sql(st, join(p, \"a\"));", "sql(st, join(\"a\", \"b\"));")]
    [InlineData("enum E { A, B } ", "sql(st, p + E.A);", "sql(st, \"a\" + E.valueOf(\"A\"));")]
    [InlineData("String a(String s) { return b(s); } String b(String s) { return s.length() > 3 ? a(s) : s; }", "sql(st, a(p));", "sql(st, a(\"x\"));")]
    [InlineData("abstract class Base { String t(String s) { return u(s); } abstract String u(String s); } class Low extends Base { String u(String s) { return s; } } class Safe extends Base { String u(String s) { return \"a\"; } }", "sql(st, new Low().t(p));", "sql(st, new Safe().u(p));")]
    [InlineData("<X> X same(X x) { return x; } String use(Function<String, String> f, String s) { return f.apply(s); }", "sql(st, same(p));", "sql(st, same(\"a\"));")]
    [InlineData("static final java.util.regex.Pattern OK = java.util.regex.Pattern.compile(\"^\\\\w+$\"); String ok(String s) { if (OK.matcher(s).matches()) { return s; } return null; }", "if (ok(\"a\") != null) { sql(st, p); }", "String x = ok(p); if (x != null) { sql(st, x); }")]
    public void Across_methods(string members, string bad, string good)
    {
        Assert.Equal(["sql"], FlowCase.Body(bad, members));
        Assert.Empty(FlowCase.Body(good, members));
    }
}
