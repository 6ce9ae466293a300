namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class JavaParserTests
{
    public static TheoryData<string> Samples => [JavaSamples.Old, JavaSamples.New, JavaSamples.Module];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Good_Java_is_understood_wholly(string text) =>
        Assert.Equal([], new JavaParser().Parse(text).Gaps.Select(g => text[g.At..Math.Min(text.Length, g.At + 60)]));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_node_stands_inside_the_node_around_it(string text)
    {
        var unit = new JavaParser().Parse(text);
        Assert.All(JavaTree.All(unit).Where(n => n.Parent is not null), n => Assert.True(n.Node.Span.Start >= n.Parent!.Span.Start && n.Node.Span.End <= n.Parent.Span.End, $"{n.Node} in {n.Parent}"));
    }

    [Fact]
    public void Heads_of_files_are_read()
    {
        var unit = new JavaParser().Parse(JavaSamples.Old);
        Assert.Equal("a.b.c", unit.Package);
        Assert.Equal(["java.util static=False all=True", "java.lang.Math.max static=True all=False", "a.b.C static=False all=False"], unit.Imports.Select(i => $"{i.Name} static={i.IsStatic} all={i.IsOnDemand}"));
        var module = new JavaParser().Parse(JavaSamples.Module).Module;
        Assert.True(module is { Name: "a.b.c", IsOpen: true });
        Assert.Equal(
            ["requires java.base ", "requires java.sql ", "requires transitive ", "exports a.b ", "exports a.c x.y,z", "opens a.d q", "uses a.S ", "provides a.S a.T,a.U"],
            module.Directives.Select(d => $"{d.Word} {d.Name} {string.Join(',', d.Targets)}"));
    }

    [Fact]
    public void Types_and_members_have_their_names_and_parts()
    {
        var types = JavaTree.OfKind<JavaTypeDeclaration>(new JavaParser().Parse(JavaSamples.New)).ToList();
        Assert.Equal(["Interface Shape", "Record Circle", "Record Square", "Class Other", "Record Pair", "Enum E", "Interface L", "Class S", "Class T"], types.Select(t => $"{t.Kind} {t.Name}"));
        Assert.Equal(JavaModifiers.NonSealed, types[3].Modifiers);
        Assert.Equal(3, types[0].Permits.Length);
        Assert.Equal(["radius:False", "rest:True"], types[1].Components.Select(c => $"{c.Name}:{c.IsVariable}"));
        Assert.Equal(["Circle compact=True", "Circle compact=False", "area compact=False"], types[1].Members.OfType<JavaMethod>().Select(m => $"{m.Name} compact={m.IsCompact}"));
        var old = (JavaTypeDeclaration)new JavaParser().Parse(JavaSamples.Old).Members.Single();
        Assert.Equal(["Old/2", "Old/0", "Old/1", "legacy/2", "nothing/0", "go/1"], old.Members.OfType<JavaMethod>().Select(m => $"{m.Name}/{m.Parameters.Length}"));
        var kind = old.Members.OfType<JavaTypeDeclaration>().Single(t => t.Kind == JavaTypeKind.Enum);
        Assert.Equal(["ONE", "TWO", "THREE"], kind.Constants.Select(c => c.Name));
        Assert.Single(kind.Constants[1].Body);
        Assert.Equal(["Empty", "Comma"], kind.Members.OfType<JavaTypeDeclaration>().Select(t => t.Name));
    }

    [Theory]
    [InlineData("a + b - c * d", "(a Add b Subtract (c Multiply d))")]
    [InlineData("a = b += c ? d : e ? f : g", "(a = (b Add= (c ? d : (e ? f : g))))")]
    [InlineData("a >> b >>> c << d > e", "((a ShiftRight b ShiftRightUnsigned c ShiftLeft d) Greater e)")]
    [InlineData("a >>= b", "(a ShiftRight= b)")]
    [InlineData("a >>>= b", "(a ShiftRightUnsigned= b)")]
    [InlineData("a > > b", null)]
    [InlineData("a || b && c | d ^ e & f == g", "(a OrElse (b AndAlso (c Or (d Xor (e And (f Equal g))))))")]
    [InlineData("!a.b(c)[d].e++", "(Not ((a.b(c)[d].e) Increment))")]
    [InlineData("(a) - b", "(a Subtract b)")]
    [InlineData("(int) -b", "(cast int (Minus b))")]
    [InlineData("(A) b", "(cast A b)")]
    [InlineData("(A) (b) + c", "((cast A b) Add c)")]
    [InlineData("a instanceof B && c", "((a instanceof) AndAlso c)")]
    [InlineData("a -> b -> c", "(a -> (b -> c))")]
    [InlineData("(a, b) -> a", "(a,b -> a)")]
    [InlineData("A<B>::c", "(::c)")]
    [InlineData("a < b", "(a Less b)")]
    [InlineData("new A().b()", "new A().b()")]
    [InlineData("this.a(super.b())", "this.a(super.b())")]
    public void Operators_bind_as_the_language_says(string expression, string? shape)
    {
        var unit = new JavaParser().Parse($"class C {{ Object f = {expression}; }}");
        var value = unit.Gaps.IsEmpty ? ((JavaField)((JavaTypeDeclaration)unit.Members[0]).Members[0]).Variables[0].Value : null;
        Assert.Equal(shape, value is null ? null : Shape(value));
    }

    private static string Shape(JavaExpression e) => e switch
    {
        JavaName n => n.Name,
        JavaLiteral l => l.Value,
        JavaSelect s => Joined(s.Target, s.Name),
        JavaCall c => (c.Target is null ? c.Name : Joined(c.Target, c.Name)) + "(" + string.Join(',', c.Arguments.Select(Shape)) + ")",
        JavaIndex i => Shape(i.Target) + "[" + Shape(i.Index) + "]",
        JavaCreation c => "new " + ((JavaNamedType)c.Type).Name + "()",
        JavaUnary { IsPostfix: true } u => $"(({Shape(u.Operand)}) {u.Operator})",
        JavaUnary u => $"({u.Operator} {Shape(u.Operand)})",
        JavaBinary b => $"({Shape(b.First)}{string.Concat(b.Steps.Select(s => $" {s.Operator} {Shape(s.Operand)}"))})",
        JavaConditional c => $"({Shape(c.Condition)} ? {Shape(c.WhenTrue)} : {Shape(c.WhenFalse)})",
        JavaAssignment a => $"({Shape(a.Target)} {(a.Operator == JavaOperator.None ? string.Empty : a.Operator)}= {Shape(a.Value)})",
        JavaCast c => $"(cast {((JavaNamedType)c.Type).Name} {Shape(c.Operand)})",
        JavaInstanceOf i => $"({Shape(i.Value)} instanceof)",
        JavaLambda l => $"({string.Join(',', l.Parameters.Select(p => p.Name))} -> {Shape((JavaExpression)l.Body)})",
        JavaMethodReference r => $"(::{r.Name})",
        _ => e.GetType().Name,
    };

    private static string Joined(JavaExpression target, string name) => Shape(target) + "." + name;

    [Fact]
    public void Chains_are_flat()
    {
        var unit = new JavaParser().Parse("class C { void m() { if (a) b(); else if (c) d(); else if (e) f(); else g(); x = a + b + c + d; } }");
        var chain = Assert.Single(JavaTree.OfKind<JavaIf>(unit));
        Assert.Equal(3, chain.Branches.Length);
        Assert.NotNull(chain.Else);
        Assert.Equal(3, Assert.Single(JavaTree.OfKind<JavaBinary>(unit)).Steps.Length);
    }
}
