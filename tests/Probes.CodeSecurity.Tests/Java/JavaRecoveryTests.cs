namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class JavaRecoveryTests
{
    [Theory]
    [InlineData("class A { void m() { a(); x = = 3; b(); } void n() { c(); } }", "x = = 3;", "A.m", "m n", "a b c")]
    [InlineData("class A { void m() { a(); if (x y) { b(); } c(); } }", "if (x y)", "A.m", "m", "a b c")]
    [InlineData("class A { void m() { r(() -> { a(); b b b; c(); }); d(); } }", "b b b;", "A.m", "m", "r a c d")]
    [InlineData("class A { void m() { a(; b(); } void n() { c(); } }", "a(;", "A.m", "m n", "b c")]
    [InlineData("class A { void m(int) { a(); } void n() { b(); } }", "void m(int)", "A.m", "m n", "a b")]
    [InlineData("class A extends { void m() { a(); } }", "class A extends", "A", "m", "a")]
    [InlineData("class A { # # ; void n() { b(); } }", "# # ;", "A", "n", "b")]
    [InlineData("class A { int f = g(; void n() { b(); } }", "int f = g(;", "A.f", "n", "b")]
    [InlineData("class A { void 1m() { a(); } void n() { b(); } }", "void 1m() { a(); }", "A", "n", "b")]
    [InlineData("class A { void m() { switch (x) { case 1: a(); case , : b(); case 3: c(); } } }", "case , : b();", "A.m", "m", "a c")]
    [InlineData("class A { void m() { a(); } } } class B { void n() { b(); } }", "}", "", "m n", "a b")]
    [InlineData("class A { void m() { a(); public void n() { b(); } }", "{", "A.m", "m n", "a b")]
    [InlineData("class A { void m() { a(); ", "{", "A.m", "m", "a")]
    [InlineData("class A { enum E { X, Y Z; void m() { a(); } } }", "Y Z;", "A.E.Y", "m", "a")]
    [InlineData("import a.; class A { void m() { a(); } }", "import a.;", "", "m", "a")]
    public void What_is_not_understood_is_named_and_the_rest_is_read(string text, string gap, string within, string methods, string calls)
    {
        var unit = new JavaParser().Parse(text);
        var one = Assert.Single(unit.Gaps);
        Assert.Equal((gap, within), (text[one.Span.Start..one.Span.End], one.Within));
        Assert.Equal(methods, string.Join(' ', JavaTree.OfKind<JavaMethod>(unit).Select(m => m.Name)));
        Assert.Equal(calls, string.Join(' ', JavaTree.OfKind<JavaCall>(unit).Select(m => m.Name)));
    }

    [Fact]
    public void What_lies_beyond_a_limit_is_a_gap()
    {
        const string text = "class A { void m() { a(); } void n() { b(); } }";
        Assert.Equal(JavaGapReason.TooLong, Assert.Single(new JavaParser(JavaLimits.Default with { Characters = 10 }).Parse(text).Gaps).Reason);
        var cut = new JavaParser(JavaLimits.Default with { Tokens = 13 }).Parse(text);
        Assert.Equal("void n() { b(); } }", text[cut.Gaps.Single(g => g.Reason == JavaGapReason.TooLong).Span is var s ? s.Start..s.End : default]);
        Assert.Equal(["m"], JavaTree.OfKind<JavaMethod>(cut).Select(m => m.Name));
        var many = new JavaParser(JavaLimits.Default with { Gaps = 5 }).Parse("class A { " + string.Concat(Enumerable.Repeat("# ;", 100)) + " void m() { } }");
        Assert.Equal((5, JavaGapReason.TooLong), (many.Gaps.Length, many.Gaps[^1].Reason));
    }

    [Fact]
    public void A_parser_reads_one_text_after_the_other()
    {
        var parser = new JavaParser();
        parser.Parse("class A { void m() { ((((");
        var unit = parser.Parse("class B { void n() { b(); } }");
        Assert.Empty(unit.Gaps);
        Assert.Equal("n", Assert.Single(JavaTree.OfKind<JavaMethod>(unit)).Name);
    }
}
