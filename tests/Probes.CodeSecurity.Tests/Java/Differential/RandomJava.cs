using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Writes programs by the grammar of Java 8 to 21. They mean nothing, but every one of them is good syntax.</summary>
internal sealed class RandomJava(ulong seed)
{
    private readonly SeededBytes _random = new(seed);
    private int _fuel;

    /// <param name="size">About how many pieces of syntax.</param>
    public string Unit(int size)
    {
        _fuel = size;
        return Any(() => "", () => $"{Annotations()}package a.b.c;\n") + Some(3, () => Any(() => "import a.b.C;\n", () => "import static a.B.*;\n", () => "import a.b.*;\n"))
            + Type() + Some(2, Type);
    }

    public string Module() => $"import a.B;\n{Annotations()}{Any(() => "", () => "open ")}module a.b {{ "
        + Some(5, () => Any(() => "requires java.base;", () => "requires transitive static a.c;", () => "exports a.d to e.f, g;", () => "opens a.d;", () => "uses a.B;", () => "provides a.B with c.D, e.F;") + " ") + "}";

    /// <summary>One of them; the first, which must be short, where the size is used up.</summary>
    private string Any(params Func<string>[] choices) => choices[--_fuel < 0 ? 0 : _random.Below(choices.Length)]();

    private string Some(int most, Func<string> one)
    {
        var text = "";
        for (var i = _random.Below(most + 1); i > 0 && _fuel > 0; i--)
        {
            text += one();
        }

        return text;
    }

    private string List(int least, int most, Func<string> one) => string.Join(Any(() => ", ", () => ",", () => " , /* c */ "), Enumerable.Range(0, least + _random.Below(most - least + 1)).Select(_ => one()));

    private string Name() => Any(() => "a", () => "b", () => "value", () => "国", () => "$x_1", () => "record", () => "sealed", () => "permits", () => "when", () => "to", () => "with");

    private string TypeName() => Any(() => "A", () => "Bb", () => "Map", () => "List");

    private string Annotations() => Some(2, () => Any(() => "@A ", () => "@a.B() ", () => $"@C({Constant()}) ", () => $"@D(x = {Constant()}, y = {{ {List(0, 2, Constant)} }}) ", () => "@E({@F, @G(1)}) ", () => $"@H({Constant()} + {Constant()})\n"));

    private string Modifiers(params string[] words) => Annotations() + string.Concat(words.Where(_ => _random.Below(3) == 0).Select(w => w + " "));

    private string Reference() => Any(TypeName, () => $"{TypeName()}<{List(1, 2, Argument)}>", () => $"a.b.{TypeName()}", () => $"{TypeName()}<{Reference()}>.{TypeName()}<{Argument()}>", () => $"{TypeName()}[]", () => "int[][]");

    private string Argument() => Any(() => "?", Reference, () => $"? extends {Reference()}", () => $"? super {Reference()}");

    private string Typed() => Any(() => "int", Reference, () => "boolean", () => "double", Reference);

    private string Parameters() => Any(() => "()", () => $"({List(1, 3, () => $"{Modifiers("final")}{Typed()} {Name()}")})", () => $"({Typed()} {Name()}, {Typed()}... {Name()})");

    private string TypeParameters() => Any(() => "", () => $"<{List(1, 2, () => Any(() => "T", () => $"{Annotations()}T extends {TypeName()}", () => $"T extends {TypeName()}<T> & {TypeName()}"))}> ");

    private string Type() => Any(
        () => "class A { }\n",
        () => $"{Modifiers("public", "abstract", "static")}class {TypeName()}{TypeParameters()} {Any(() => "", () => $"extends {Reference().Replace("[]", "", StringComparison.Ordinal)} ")}{{ {Members()} }}\n",
        () => $"{Modifiers("public")}interface {TypeName()} {{ {Some(3, InterfaceMember)} }}\n",
        () => $"{Modifiers("public")}enum {TypeName()} implements I {{ {List(1, 3, () => $"{Annotations()}{Name().ToUpperInvariant()}{Any(() => "", () => $"({List(0, 2, Expression)})")}{Any(() => "", () => $"{{ {Members()} }}")}")}; {Members()} }}\n",
        () => $"{Modifiers("public")}record {TypeName()}{TypeParameters()}({List(0, 3, () => $"{Annotations()}{Typed()} {Name()}")}) implements I<A> {{ {Members()} }}\n",
        () => $"public sealed interface {TypeName()} permits A, b.C {{ }}\n",
        () => $"non-sealed class {TypeName()} extends A {{ {Members()} }}\n",
        () => $"@interface {TypeName()} {{ int v() default {Constant()}; String[] n() default {{}}; {TypeName()} C = {Expression()}; }}\n");

    private string InterfaceMember() => Any(() => "void m();", () => $"{TypeParameters()}{Typed()} {Name()}{Parameters()};", () => $"default int d(){Block()}", () => $"static int s(){Block()}", () => $"int X = {Expression()};");

    private string Members() => Some(5, () => Any(
        () => ";",
        () => $"{Modifiers("private", "static", "final")}{Typed()} {Name()} = {Expression()};\n",
        () => $"{Typed()} {Name()}[], {Name()} = {Any(Expression, Values)};\n",
        () => $"{Modifiers("public", "synchronized", "final")}{TypeParameters()}{Any(() => "void", Typed)} {Name()}{Parameters()} {Any(() => "", () => "throws a.E, F ")}{Block()}\n",
        () => $"{Modifiers("public")}{TypeParameters()}void {Name()}{Parameters()}{Block()}\n",
        () => $"static {Block()}\n",
        () => $"abstract {Typed()} {Name()}{Parameters()};\n",
        Type));

    private string Values() => $"{{ {List(0, 3, Expression)} }}";

    private string Block() => $"{{ {Some(4, Statement)} }}";

    private string Statement() => Any(
        () => "f();",
        () => $"{Place()} = {Expression()};",
        () => $"{Modifiers("final")}{Any(Typed, () => "var")} {Name()} = {Expression()};\n",
        () => $"{Typed()} {Name()}, {Name()}[] = {Any(Values, Expression)};\n",
        () => $"if ({Expression()}) {Statement()} {Any(() => "", () => $"else {Statement()}", () => $"else if ({Expression()}) {Block()} else {Statement()}")}\n",
        () => $"for ({Any(() => "", () => $"int i = {Expression()}, j = 2", () => "i = 0, j = 1")}; {Any(() => "", Expression)}; {Any(() => "", () => "i++, j--")}) {Statement()}\n",
        () => $"for ({Modifiers("final")}{Typed()} {Name()} : {Expression()}) {Statement()}\n",
        () => $"while ({Expression()}) {Statement()}\n",
        () => $"do {Statement()} while ({Expression()});\n",
        () => $"try {Any(() => "", () => $"(R r = {Expression()}; final var s = {Expression()})", () => "(r; R s = t())")} {Block()} catch ({Modifiers("final")}A | b.C e) {Block()} finally {Block()}\n",
        () => $"switch ({Expression()}) {{ {Some(3, () => $"case {Constant()}: case {Constant()}: {Statement()}\n")} default: {Statement()} }}\n",
        () => $"switch ({Expression()}) {{ {Cases(() => Any(Block, () => $"throw {Operand()};", () => $"{Call()};"))} }}\n",
        () => $"return {Expression()};",
        () => $"throw {Operand()};",
        () => $"l: for (;;) {{ {Any(() => "break", () => "continue")} {Any(() => "l", () => "")}; }}\n",
        () => $"synchronized ({Expression()}) {Block()}\n",
        () => $"assert {Expression()}{Any(() => "", () => $" : {Expression()}")};",
        () => $"{Call()};",
        () => $"{Name()}{Any(() => "++", () => "--", () => $" += {Expression()}", () => $" >>>= {Expression()}")};",
        Block);

    private string Place() => Any(Name, () => $"this.{Name()}", () => $"{Name()}[{Expression()}]", () => $"{Call()}.x");

    private string Cases(Func<string> body) => Some(3, () => $"case {Any(() => List(1, 2, Constant), Pattern, () => $"{Pattern()} when {Operand()} > 1", () => "null, default")} -> {body()}\n") + $"default -> {body()} ";

    private string Pattern() => Any(() => "A p", () => $"{TypeName()}<{TypeName()}> q", () => $"Point({List(1, 2, Pattern)})", () => "Line(var a, int b)");

    private string Constant() => Any(
        () => "1", () => "\"x\"", () => "'c'", () => "0x1F_FFL", () => "0b101", () => "017", () => "1_000.5e-3f", () => ".5", () => "0x1.8p3", () => "true", () => "null", () => "'\\''", () => "\"\\u4e2d\\n\\\"\"",
        () => "\"\"\"\n  a \"b\" \\\"\"\"\n  c\"\"\"", () => "A.B", () => "int.class");

    private string Call() => Any(() => "f()", () => $"{Name()}({List(0, 3, Expression)})", () => $"{Target()}.{Name()}({List(0, 2, Expression)})", () => $"this.<{Reference()}>{Name()}({Expression()})", () => "super.m()", () => "A.super.m()");

    /// <summary>A dot behind a number would belong to it.</summary>
    private string Target() => Operand() is var text && (char.IsAsciiDigit(text[0]) || text[0] == '.') ? $"({text})" : text;

    private string Operand() => Any(
        () => "x", Name, Constant, Call, () => $"({Expression()})", () => $"{Name()}[{Expression()}]", () => $"new {TypeName()}<>({List(0, 2, Expression)})", () => "this.x", () => "A.this",
        () => $"new {TypeName()}() {{ {Members()} }}", () => $"(new int[] {Values()})", () => $"(new A[{Expression()}][])", () => $"{Name()}.new B()");

    private string Expression() => Any(
        Operand,
        () => $"{Operand()} {Any(() => "+", () => "-", () => "*", () => ">>", () => ">>>", () => "<", () => ">", () => "==", () => "&&", () => "||", () => "&", () => "^", () => "%", () => "<=")} {Operand()}",
        () => $"{Operand()} + {Operand()} * {Operand()} - {Operand()} < {Operand()} && {Operand()} != {Operand()}",
        () => $"(A) {Operand()}", () => $"(int) -{Operand()}", () => $"(List<A>) {Operand()}", () => $"(A & B) () -> {Operand()}", () => $"(a) + {Operand()}", () => $"(a) - {Operand()}", () => $"(a.b.C[]) {Operand()}",
        () => $"{Operand()} ? {Expression()} : {Any(Operand, () => $"x -> {Operand()}", () => $"{Operand()} ? {Operand()} : {Operand()}")}",
        () => $"() -> {Any(Operand, Block)}", () => $"x -> {Any(Expression, Block)}", () => $"(a, b) -> {Operand()}", () => $"(final A a, int... b) -> {Block()}",
        () => $"{Any(() => "A", () => "this", () => "super", () => "a.B")}::{Any(() => "m", () => "<A>n")}", () => $"{Any(() => "A", () => "int[]", () => "List<A>")}::new",
        () => $"x instanceof {Any(() => "A", () => "A a", () => "List<?>", () => $"{Pattern()}")}",
        () => $"!({Expression()})", () => $"-{Operand()}", () => $"~{Operand()}", () => $"{Name()}++", () => $"--{Name()}",
        () => $"switch ({Expression()}) {{ {Cases(() => Any(() => $"{Operand()};", () => $"{{ {Some(2, Statement)} yield {Operand()}; }}", () => $"throw {Operand()};"))} }}",
        () => $"({Name()} = {Expression()})", () => $"{Name()} = {Expression()}", () => $"new int[{Expression()}]", () => $"new A[] {Values()}",
        () => "f(a < b, c > d)", () => "g(a < b, c > (d))", () => "A.<B, C>h(i < j)", () => "a < b == c > d");
}
