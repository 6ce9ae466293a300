namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Java that uses what Java 8 to 21 have, written to be hard to read for a parser.</summary>
internal static class JavaSamples
{
    public const string Old = """
        /* 国密 */ @Deprecated package a . b.c;
        import java.util.*;
        import static java.lang.Math.max; ;
        import a.b.C;

        public abstract class Old<T extends Comparable<? super T> & java.io.Serializable, U> extends Base<T>.Inner<List<Map<String, List<U>>>> implements A, b.B<T[]> {
            static { run(); }
            { this.count = 0; }
            private static final int[] NUMBERS[] = { { 1, 0x1F, 0b1010_1010, 017, 1_000L }, {}, { , }, }, other = new int[3][];
            protected final double d = .5e-3 + 1. + 1f + 0x1.8p+3 + 1e10, e = -2147483648;
            char quote = '\'', back = '\\', letter = '\u0041', s = '国';
            transient volatile List<?>[] lists;
            public <V> Old(@NonNull final V v, int... rest) throws IOException, b.E { <V>this(v); }
            Old() { super(); }
            Old(Outer o) { o.super(1); }
            abstract int legacy(int a[], String @A [] @B ... more)[] throws E;
            native void nothing();
            ; 
            @A(1) @B(a = 2, b = {"x", "y",}, c = @C, d = {@D(1), @D}) @a.b.E() strictfp synchronized final Map.Entry<String, int[]> go(Old<T, U> this, int n) {
                int a = 1, b[] = {1}, c;
                final @A int d = 3;
                List<String> x = new ArrayList<>(), y = new <Integer>ArrayList<String>(1) {{ add("z"); }};
                Map<String, Map<String, List<Integer>>> m = (Map<String, Map<String, List<Integer>>>) (Object) null;
                if (a < b.length && c > d) a >>>= 2; else if (a >> 1 > b[0] >>> 2) { } else if (!(x instanceof ArrayList)) b[0]++; else --a;
                outer: for (int i = 0, j = 1; i < n; i++, j--) { continue outer; }
                for (;;) break;
                for (a = 1, c = 2; ; ) { if (a == c) break; }
                for (final Map.Entry<String, ? extends Number> each : m.entrySet()) for (int v : b) use(v);
                do a -= 1; while (a > 0);
                while (true) { ; }
                switch (a) { case 1: case 1 + 1: b(); break; case A ? 1 : 2: { } default: return null; }
                try (Reader r = open(); final Writer w = new Writer("a")) { } catch (final IOException | b.E e) { throw e; } finally { close(); }
                try { } finally { }
                synchronized (this) { assert a > 0 : "message" + a; assert ok; }
                class Local { int x; void m() { Local.this.x = Old.super.y; } }
                Runnable r = () -> { }, r2 = () -> System.out.println(), r3 = (Runnable & Serializable) () -> run();
                BiFunction<Integer, Integer, Integer> f = (p, q) -> p + q, g = (int p, final int q) -> { return p; }, h = p -> q -> p, i = cond ? p -> 1 : p -> 2;
                Supplier<?> s = ArrayList::new, t = int[]::new, u = List<String>::size, v = this::<String>go, w = super::m, z = Map.Entry<A, B>::getKey, k = String[][]::new, l = (a ? b : c)::d;
                Class<?> k1 = int.class, k2 = String[].class, k3 = void.class, k4 = Map.Entry.class;
                foo(a < b, c > d); foo((a) + b, (int) +b, (String) c, (a) - b, (List<String>) x, (a.b.C) (d), (a) & b);
                this.<T>go(1).field.call(new int[] { 1, 2 }[0], new String[n][][]).x[1].y()[2]++;
                outer.new Inner<String>(1).go(); new Old() { int q; @Override public void m() { q(); } }.m();
                int yield = 1; yield = 2; yield++; record = 3; var = 4; record(1); sealed.x(); int record2 = record < 3 ? yield : var;
                String big = "a" + "b\n\t\"\\" + 1 + 'c' + -a + ~b[0] - (-(-a)) * +a / a % a ^ a | a & a << 1;
                a = b[0] = c += 3;
                return new Object[] { };
            }
            @interface Note { int value() default 1; String[] names() default {}; Other other() default @Other; int C = 1; }
            enum Kind implements A { ONE, @A TWO(1) { void m() { n(); } }, THREE(), ; Kind() { } void m() { } enum Empty { } enum Comma { A, } }
            interface I<T> extends A, B<T> { int X = 1; default void m() { n(); } static void s() { } private void p() { } <R> R r(R r); }
        }
        ;
        """;

    public const string New = """"
        package n;
        public sealed interface Shape<T> permits Shape.Circle, Shape.Square, Other {
            record Circle<T>(@A double radius, T... rest) implements Shape<T> { static int n; Circle { check(radius); } Circle(int r) { this((double) r); } double area() { return radius; } }
            record Square(double side) implements Shape { }
            non-sealed class Other implements Shape { }
            default Object go(Object o, int n) {
                var x = 1; var list = new ArrayList<Map<String, Integer>>();
                String text = """
                    {"a": "\u0041", \
                      "b": \"""\s
                    }""" + """
                    end
                    """;
                BiFunction<A, B, C> f = (var a, @N var b) -> a;
                int r = switch (n) { case 1, 2 -> 3; case A -> a(); case 4 -> { yield b(); } default -> throw new E(); };
                int q = switch (n) { case 1: yield 1; default: { yield -n; } } + 1;
                switch (o) { case null -> n(); case null, default -> d(); }
                switch (o) {
                    case String s when s.length() > 3 && ok(s) -> use(s);
                    case Circle<String>(double radius, var rest) when radius > 1 -> use(radius);
                    case Line(Point(int x1, int y1) , Point p2) -> use(x1);
                    case Shape.Square q2: use(q2); break;
                    case final Integer[] i -> use(i);
                    case Kind.ONE -> one();
                    case (1) -> two();
                    default -> { }
                }
                if (o instanceof String s && s.isEmpty() || !(o instanceof final Integer i)) use(s);
                if (o instanceof Point(int a, Point(var b, int c)) && a > b) use(a);
                boolean b2 = o instanceof List<?> l == true;
                record Pair<A>(A a, int b) { } enum E { A } interface L { } sealed abstract class S permits T { } final class T extends S { }
                return switch (o) { case String s -> switch (s) { case "a" -> 1; default -> 2; }; default -> o.toString(); };
            }
        }
        """";

    public const string Module = """
        import a.B;
        @Deprecated open module a.b.c {
            requires java.base; requires static transitive java.sql; requires transitive;
            exports a.b; exports a.c to x.y, z; opens a.d to q; uses a.S; provides a.S with a.T, a.U;
        }
        """;
}
