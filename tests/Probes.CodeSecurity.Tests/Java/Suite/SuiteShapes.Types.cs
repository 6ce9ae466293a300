namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

internal static partial class SuiteShapes
{
    private static IReadOnlyList<Shape> AcrossTypes =>
    [
        new("Bean", "Box b = new Box(); b.setA(p); b.setB(\"x\"); String v = b.getA();", "Box b = new Box(); b.setA(p); b.setB(\"x\"); String v = b.getB();", Types: "class Box { private String a, b; String getA() { return a; } void setA(String a) { this.a = a; } String getB() { return b; } void setB(String b) { this.b = b; } }"),
        new("TwoBeans", "Box a = new Box(), b = new Box(); a.x = p; b.x = \"a\"; String v = a.x;", "Box a = new Box(), b = new Box(); a.x = p; b.x = \"a\"; String v = b.x;", Types: "class Box { String x; }"),
        new("Lombok", "Box b = new Box(); b.setA(p); String v = b.getA();", "Box b = new Box(); b.setA(p); String v = b.getB();", Types: "@lombok.Data class Box { private String a; private String b = \"x\"; }"),
        new("Fluent", "String v = new Box().a(p).b(\"x\").build();", "String v = new Box().a(\"x\").b(p).build();", Types: "class Box { String a, b; Box a(String s) { a = s; return this; } Box b(String s) { b = s; return this; } String build() { return a; } }"),
        new("Record", "String v = new Pair(p, \"x\").a();", "String v = new Pair(p, \"x\").b();", Types: "record Pair(String a, String b) { }"),
        new("RecordPattern", "Object o = new Pair(p, \"x\"); String v = o instanceof Pair(String a, String b) ? a : \"\";", "Object o = new Pair(p, \"x\"); String v = o instanceof Pair(String a, String b) ? b : \"\";", Types: "record Pair(String a, String b) { }"),
        new("Sealed", "Shape s = new One(p); String v = switch (s) { case One o -> o.t(); case Two t -> \"a\"; };", "Shape s = new Two(p); String v = switch (s) { case One o -> o.t(); case Two t -> \"a\"; };", Types: "sealed interface Shape permits One, Two { } record One(String t) implements Shape { } record Two(String t) implements Shape { }"),
        new("Generic", "Box<String> b = new Box<>(p); String v = b.get();", "Box<Integer> b = new Box<>(p.length()); String v = \"\" + b.get();", Types: "class Box<T> { private final T t; Box(T t) { this.t = t; } T get() { return t; } }"),
        new("Interface", "Maker m = new Same(); String v = m.make(p);", "Maker m = new Fixed(); String v = m.make(p);", Types: "interface Maker { String make(String s); } class Same implements Maker { public String make(String s) { return s; } } class Fixed implements Maker { public String make(String s) { return \"a\"; } }"),
        new("Template", "String v = new Low().run(p);", "String v = new Safe().run(p);", Types: "abstract class Base { String run(String s) { return step(s); } abstract String step(String s); } class Low extends Base { String step(String s) { return s; } } class Safe extends Base { String step(String s) { return \"a\"; } }"),
        new("DefaultMethod", "String v = new One().run(p);", "String v = new Two().run(p);", Types: "interface Maker { default String run(String s) { return s; } } class One implements Maker { } class Two implements Maker { public String run(String s) { return \"a\"; } }"),
        new("Super", "String v = new Low(p).text();", "String v = new Low(\"a\").text();", Types: "class Base { protected final String s; Base(String s) { this.s = s; } String text() { return s; } } class Low extends Base { Low(String s) { super(s); } String text() { return super.text(); } }"),
        new("Inner", "String v = new Part().text(p);", "String v = new Part().fixed(p);", "class Part { String text(String s) { return s; } String fixed(String s) { return \"a\"; } }"),
        new("Anonymous", "Maker m = new Maker() { public String make(String s) { return s; } }; String v = m.make(p);", "Maker m = new Maker() { public String make(String s) { return \"a\"; } }; String v = m.make(p);", Types: "interface Maker { String make(String s); }"),
        new("Injected", "String v = service.find(p);", "String v = service.fixed(p);", "@org.springframework.beans.factory.annotation.Autowired private Service service;", "interface Service { String find(String s); String fixed(String s); } @org.springframework.stereotype.Service class ServiceImpl implements Service { public String find(String s) { return s; } public String fixed(String s) { return \"a\"; } }"),
        new("Named", "String v = maker.make(p);", "String v = other.make(p);", "@javax.annotation.Resource(name = \"same\") private Maker maker; @javax.annotation.Resource(name = \"fixed\") private Maker other;", "interface Maker { String make(String s); } @org.springframework.stereotype.Component(\"same\") class Same implements Maker { public String make(String s) { return s; } } @org.springframework.stereotype.Component(\"fixed\") class Fixed implements Maker { public String make(String s) { return \"a\"; } }"),
        new("Static", "String v = Texts.of(p);", "String v = Texts.length(p);", Types: "final class Texts { static String of(String s) { return s == null ? \"\" : s.trim(); } static String length(String s) { return \"\" + s.length(); } }"),
        new("Enum", "String v = p;", "String v = Kind.valueOf(p).name();", Types: "enum Kind { A, B }"),
        new("EnumText", "String v = Kind.of(p, p);", "String v = Kind.of(p, \"z\");", Types: "enum Kind { A(\"x\"), B(\"y\"); final String t; Kind(String t) { this.t = t; } static String of(String s, String other) { for (Kind k : values()) { if (k.t.equals(s)) { return k.t; } } return other; } }"),
        new("Copied", "Box a = new Box(); a.x = p; Box b = new Box(); org.springframework.beans.BeanUtils.copyProperties(a, b); String v = b.x;", "Box a = new Box(); a.x = \"a\"; Box b = new Box(); org.springframework.beans.BeanUtils.copyProperties(a, b); String v = b.x;", Types: "class Box { public String x; }"),
        new("LinkedObjects", "Box a = new Box(); a.next = new Box(); a.next.x = p; String v = a.next.x;", "Box a = new Box(); a.next = new Box(); a.next.x = p; a.x = \"a\"; String v = a.x;", Types: "class Box { String x; Box next; }"),
        new("Alias", "Box a = new Box(); Box b = a; b.x = p; String v = a.x;", "Box a = new Box(); Box b = new Box(); b.x = p; a.x = \"a\"; String v = a.x;", Types: "class Box { String x; }"),
    ];

    private static IReadOnlyList<Shape> Checked =>
    [
        new("Matches", "if (p.matches(\"[a-z]+\")) { return; } String v = p;", "if (!p.matches(\"[a-z]+\")) { return; } String v = p;"),
        new("MatchesThrow", "if (p.matches(\"[a-z]+\")) { throw new IllegalArgumentException(); } String v = p;", "if (!p.matches(\"[a-z]+\")) { throw new IllegalArgumentException(); } String v = p;"),
        new("Listed", "if (OK.contains(p)) { return; } String v = p;", "if (!OK.contains(p)) { return; } String v = p;", "static final Set<String> OK = Set.of(\"a\", \"b\");"),
        new("Equal", "String v = \"a\".equals(p) ? \"b\" : p;", "String v = \"a\".equals(p) ? p : \"b\";"),
        new("SwitchText", "String v; switch (p) { case \"a\": v = \"b\"; break; default: v = p; }", "String v; switch (p) { case \"a\": v = p; break; default: v = \"b\"; }"),
        new("CheckedBefore", "check(\"a\"); String v = p;", "check(p); String v = p;", "static void check(String s) { if (!s.matches(\"\\\\w{1,20}\")) { throw new IllegalArgumentException(); } }"),
        new("CheckedAnswer", "if (ok(p)) { return; } String v = p;", "if (!ok(p)) { return; } String v = p;", "static boolean ok(String s) { return s != null && s.matches(\"\\\\w+\"); }"),
        new("CheckedReturn", "String v = clean(\"a\") == null ? \"a\" : p;", "String v = clean(p);", "static String clean(String s) { if (s.matches(\"\\\\w+\")) { return s; } return \"a\"; }"),
        new("CheckedOther", "String q = r.getParameter(\"q\"); if (!q.matches(\"\\\\w+\")) { return; } String v = p;", "String q = p; if (!q.matches(\"\\\\w+\")) { return; } String v = q;"),
        new("ReplacedAll", "String v = p.replaceAll(\"[x]\", \"\");", "String v = p.replaceAll(\"[^a-zA-Z0-9]\", \"\");"),
        new("Numeric", "if (!p.isEmpty()) { String ignored = p; } String v = p;", "if (!org.apache.commons.lang3.StringUtils.isNumeric(p)) { return; } String v = p;"),
        new("LoopCheck", "boolean found = true; for (String s : ALL) { if (s.equals(p)) { found = false; } } String v = found ? p : \"a\";", "boolean found = false; for (String s : ALL) { if (s.equals(p)) { found = true; } } String v = found ? p : \"a\";", "static final String[] ALL = { \"a\", \"b\" };"),
    ];
}
