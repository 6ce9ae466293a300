namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Ways from the parameter <c>p</c> of a request <c>r</c> to the text <c>v</c>: of two that look alike one brings it there whole and the other one cannot.</summary>
internal static partial class SuiteShapes
{
    /// <param name="Name">Part of a file's name.</param>
    /// <param name="Bad">Statements that declare <c>v</c>.</param>
    /// <param name="Good">The same.</param>
    /// <param name="Members">Of the class around them.</param>
    /// <param name="Types">Beside that class.</param>
    public sealed record Shape(string Name, string Bad, string Good, string Members = "", string Types = "");

    public static IReadOnlyList<Shape> All => [.. InMethod, .. Containers, .. AcrossMethods, .. AcrossTypes, .. Checked];

    private static IReadOnlyList<Shape> InMethod =>
    [
        new("Straight", "String v = p;", "String v = \"a\";"),
        new("Overwritten", "String v = \"a\"; v = p;", "String v = p; v = \"a\";"),
        new("Choice", "int n = 7 * 18; String v = n + 106 > 200 ? p : \"a\";", "int n = 7 * 18; String v = n + 106 > 200 ? \"a\" : p;"),
        new("DeadBranch", "String v = \"a\"; if (\"abc\".length() == 3) { v = p; }", "String v = \"a\"; if (\"abc\".length() == 4) { v = p; }"),
        new("Switch", "String v; switch (\"abc\".charAt(2)) { case 'c': v = p; break; default: v = \"a\"; }", "String v; switch (\"abc\".charAt(1)) { case 'c': v = p; break; default: v = \"a\"; }"),
        new("SwitchArrow", "String v = switch (2 + 1) { case 3 -> p; default -> \"a\"; };", "String v = switch (2 + 2) { case 3 -> p; default -> \"a\"; };"),
        new("Loop", "String v = \"\"; for (int i = 0; i < p.length(); i++) { v += p.charAt(i); }", "String v = \"\"; for (int i = 0; i < p.length(); i++) { v += 'a'; }"),
        new("Builder", "StringBuilder b = new StringBuilder(); b.append(p); String v = b.toString();", "StringBuilder b = new StringBuilder(); b.append(p.length()); String v = b.toString();"),
        new("Format", "String v = String.format(\"%s\", p);", "String v = String.format(\"%d\", p.length());"),
        new("Bytes", "String v = new String(p.getBytes(\"UTF-8\"), \"UTF-8\");", "String v = new String(\"a\".getBytes(\"UTF-8\"), \"UTF-8\");"),
        new("Chars", "char[] c = p.toCharArray(); String v = String.valueOf(c);", "char[] c = new char[p.length()]; String v = String.valueOf(c.length);"),
        new("Trimmed", "String v = p.trim().toLowerCase().intern();", "String v = \"a\".concat(\"b\").trim();"),
        new("Finally", "String v = \"a\"; try { r.getMethod(); } finally { v = p; }", "String v = p; try { r.getMethod(); } finally { v = \"a\"; }"),
        new("Caught", "String v = \"a\"; try { if (p.length() > 2) { throw new IllegalStateException(p); } } catch (IllegalStateException e) { v = e.getMessage(); }", "String v = \"a\"; try { if (p.length() > 2) { throw new IllegalStateException(\"b\"); } } catch (IllegalStateException e) { v = e.getMessage(); }"),
        new("Casts", "Object o = p; String v = o instanceof String s ? s : \"a\";", "Object o = p.length(); String v = o instanceof Integer i ? \"\" + i : \"a\";"),
        new("Number", "String v = \"\" + p;", "String v = \"\" + Integer.parseInt(p);"),
        new("LongNumber", "Object n = p; String v = n.toString();", "Long n = Long.valueOf(p); String v = n.toString();"),
        new("Identifier", "String v = p == null ? UUID.randomUUID().toString() : p;", "String v = UUID.fromString(p).toString();"),
        new("TextBlock", "String v = \"\"\"\n%s\"\"\".formatted(p);", "String v = \"\"\"\n%d\"\"\".formatted(p.length());"),
    ];

    private static IReadOnlyList<Shape> Containers =>
    [
        new("List", "List<String> l = new ArrayList<>(); l.add(\"a\"); l.add(p); l.add(\"b\"); l.remove(0); String v = l.get(0);", "List<String> l = new ArrayList<>(); l.add(\"a\"); l.add(p); l.add(\"b\"); l.remove(0); String v = l.get(1);"),
        new("ListLoop", "String v = \"\"; for (String s : Arrays.asList(\"a\", p)) { v = s; }", "String v = \"\"; for (String s : Arrays.asList(\"a\", \"b\")) { v = s; }"),
        new("Map", "Map<String, Object> m = new HashMap<>(); m.put(\"a\", \"x\"); m.put(\"b\", p); String v = (String) m.get(\"b\");", "Map<String, Object> m = new HashMap<>(); m.put(\"a\", \"x\"); m.put(\"b\", p); String v = (String) m.get(\"a\");"),
        new("MapEntries", "Map<String, String> m = new LinkedHashMap<>(); m.put(\"a\", p); String v = \"\"; for (Map.Entry<String, String> e : m.entrySet()) { v = e.getValue(); }", "Map<String, String> m = new LinkedHashMap<>(); m.put(\"a\", \"\" + p.length()); String v = \"\"; for (Map.Entry<String, String> e : m.entrySet()) { v = e.getKey() + e.getValue(); }"),
        new("Array", "String[] x = { \"a\", p }; String v = x[1];", "String[] x = { \"a\", p }; String v = x[0];"),
        new("Split", "String v = p.split(\",\")[0];", "String v = \"a,b\".split(\",\")[0];"),
        new("Iterator", "Iterator<String> i = List.of(p).iterator(); String v = i.next();", "Iterator<String> i = List.of(\"a\").iterator(); String v = i.next();"),
        new("Deque", "Deque<String> d = new ArrayDeque<>(); d.push(p); String v = d.pop();", "Deque<String> d = new ArrayDeque<>(); d.push(\"a\"); String v = d.pop();"),
        new("Optional", "String v = Optional.ofNullable(p).filter(s -> !s.isEmpty()).orElse(\"a\");", "String v = Optional.ofNullable(p).map(s -> \"b\").orElse(\"a\");"),
        new("Stream", "String v = java.util.stream.Stream.of(p, \"a\").filter(s -> s != null).map(String::trim).collect(java.util.stream.Collectors.joining());", "String v = java.util.stream.Stream.of(p, \"a\").filter(s -> s != null).map(s -> \"b\").collect(java.util.stream.Collectors.joining());"),
        new("StreamNumbers", "String v = Arrays.stream(p.split(\",\")).findFirst().get();", "String v = Arrays.stream(p.split(\",\")).map(Integer::valueOf).map(String::valueOf).findFirst().get();"),
        new("Properties", "Properties q = new Properties(); q.setProperty(\"a\", p); String v = q.getProperty(\"a\");", "Properties q = new Properties(); q.setProperty(\"a\", p); q.setProperty(\"b\", \"c\"); String v = q.getProperty(\"b\");"),
        new("RequestAttribute", "r.setAttribute(\"a\", p); String v = (String) r.getAttribute(\"a\");", "r.setAttribute(\"a\", \"b\"); String v = (String) r.getAttribute(\"a\");"),
        new("Reader", "BufferedReader b = new BufferedReader(new StringReader(p)); String v = b.readLine();", "BufferedReader b = new BufferedReader(new StringReader(\"a\")); String v = b.readLine();"),
        new("LookedUp", "Map<String, String> known = Map.of(\"a\", \"x\"); String v = known.getOrDefault(p, p);", "Map<String, String> known = Map.of(\"a\", \"x\"); String v = known.getOrDefault(p, \"y\");"),
    ];

    private static IReadOnlyList<Shape> AcrossMethods =>
    [
        new("Returned", "String v = pass(p, \"a\");", "String v = pass(\"a\", p);", "static String pass(String a, String b) { return a; }"),
        new("Recursive", "String v = last(p, 3);", "String v = last(\"a\", 3);", "static String last(String s, int n) { return n == 0 ? s : last(s, n - 1); }"),
        new("Varargs", "String v = first(p, \"a\");", "String v = first(\"a\", \"b\");", "static String first(String... all) { return all[0]; }"),
        new("FilledList", "List<String> l = new ArrayList<>(); fill(l, p); String v = l.get(0);", "List<String> l = new ArrayList<>(); fill(l, \"a\"); String v = l.get(0);", "static void fill(List<String> l, String s) { l.add(s); }"),
        new("Field", "kept = p; String v = kept;", "kept = p; kept = \"a\"; String v = kept;", "private String kept;"),
        new("StaticField", "keep(p); String v = KEPT[0];", "keep(\"a\"); String v = KEPT[0];", "static final String[] KEPT = new String[1]; static void keep(String s) { KEPT[0] = s; }"),
        new("Lambda", "Function<String, String> f = s -> s; String v = f.apply(p);", "Function<String, String> f = s -> \"a\"; String v = f.apply(p);"),
        new("Supplier", "Supplier<String> f = () -> p; String v = f.get();", "Supplier<String> f = () -> \"a\" + p.length(); String v = f.get();"),
        new("MethodReference", "UnaryOperator<String> f = this::same; String v = f.apply(p);", "UnaryOperator<String> f = this::other; String v = f.apply(p);", "String same(String s) { return s; } String other(String s) { return \"a\"; }"),
        new("Callback", "String[] out = new String[1]; with(p, s -> out[0] = s); String v = out[0];", "String[] out = new String[1]; with(\"a\", s -> out[0] = s); String v = out[0];", "void with(String s, Consumer<String> c) { c.accept(s); }"),
        new("Composed", "Function<String, String> f = String::trim; String v = f.andThen(s -> s + \"\").apply(p);", "Function<String, String> f = String::trim; String v = f.andThen(s -> s + p.length()).apply(\"a\");"),
        new("Future", "String v = java.util.concurrent.CompletableFuture.supplyAsync(() -> p).thenApply(s -> s).get();", "String v = java.util.concurrent.CompletableFuture.supplyAsync(() -> p).thenApply(s -> \"a\").get();"),
        new("Executor", "java.util.concurrent.ExecutorService x = java.util.concurrent.Executors.newCachedThreadPool(); String v = x.submit(() -> p).get();", "java.util.concurrent.ExecutorService x = java.util.concurrent.Executors.newCachedThreadPool(); String v = x.submit(() -> \"a\").get();"),
        new("Thread", "String[] out = new String[1]; Thread t = new Thread(() -> out[0] = p); t.start(); t.join(); String v = out[0];", "String[] out = new String[1]; Thread t = new Thread(() -> out[0] = \"a\"); t.start(); t.join(); String v = out[0];"),
        new("Reflected", "String v = (String) getClass().getDeclaredMethod(\"same\", String.class).invoke(this, p);", "String v = (String) getClass().getDeclaredMethod(\"other\", String.class).invoke(this, p);", "public String same(String s) { return s; } public String other(String s) { return \"a\"; }"),
        new("Thrown", "String v = \"a\"; try { fail(p); } catch (IllegalArgumentException e) { v = e.getMessage(); }", "String v = \"a\"; try { fail(\"b\"); } catch (IllegalArgumentException e) { v = e.getMessage(); }", "void fail(String s) { throw new IllegalArgumentException(s); }"),
    ];
}
