namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class JavaLexingTests
{
    [Theory]
    [InlineData("1", nameof(JavaTokenKind.IntLiteral), "1")]
    [InlineData("0xFFL", nameof(JavaTokenKind.LongLiteral), "0xFFL")]
    [InlineData("0x1f", nameof(JavaTokenKind.IntLiteral), "0x1f")]
    [InlineData("1f", nameof(JavaTokenKind.FloatLiteral), "1f")]
    [InlineData("1d", nameof(JavaTokenKind.DoubleLiteral), "1d")]
    [InlineData(".5", nameof(JavaTokenKind.DoubleLiteral), ".5")]
    [InlineData("1.", nameof(JavaTokenKind.DoubleLiteral), "1.")]
    [InlineData("1e-3", nameof(JavaTokenKind.DoubleLiteral), "1e-3")]
    [InlineData("0x1.8p+3f", nameof(JavaTokenKind.FloatLiteral), "0x1.8p+3f")]
    [InlineData("1_000", nameof(JavaTokenKind.IntLiteral), "1_000")]
    [InlineData("'\\''", nameof(JavaTokenKind.CharLiteral), "'")]
    [InlineData("'\\u0041'", nameof(JavaTokenKind.CharLiteral), "A")]
    [InlineData("'\\u005c''", nameof(JavaTokenKind.CharLiteral), "'")]
    [InlineData("\"\\u0022", nameof(JavaTokenKind.StringLiteral), "")]
    [InlineData("\"\\\\u0041\"", nameof(JavaTokenKind.StringLiteral), "\\u0041")]
    [InlineData("\"\\uuu56fd\\t\\101\\s\"", nameof(JavaTokenKind.StringLiteral), "国\tA ")]
    [InlineData("\"\"", nameof(JavaTokenKind.StringLiteral), "")]
    [InlineData("\"\"\"\n    a\n      b\\n\\\n    c\"\"\"", nameof(JavaTokenKind.TextBlock), "a\n  b\nc")]
    [InlineData("tru\\u0065", nameof(JavaTokenKind.True), "true")]
    [InlineData("null", nameof(JavaTokenKind.Null), "null")]
    public void A_literal_stands_for_its_value(string written, string kind, string value)
    {
        var unit = new JavaParser().Parse($"class C {{ Object f = {written}; }}");
        var literal = Assert.Single(JavaTree.OfKind<JavaLiteral>(unit));
        Assert.Equal((kind, value, written), (literal.Kind.ToString(), literal.Value, unit.Span is var _ ? $"class C {{ Object f = {written}; }}"[literal.Span.Start..literal.Span.End] : null));
        Assert.Empty(unit.Gaps);
    }

    [Fact]
    public void Places_are_those_of_the_text_as_written()
    {
        const string text = "class C { /* \\u002a/ String \\u0061\\u0062 = \"\\u0041\"; int c = d(\"\\u0041\"); }";
        var unit = new JavaParser().Parse(text);
        Assert.Empty(unit.Gaps);
        Assert.Equal(["ab", "c"], JavaTree.OfKind<JavaVariable>(unit).Select(v => v.Name));
        Assert.Equal("\\u0061\\u0062 = \"\\u0041\"", Text(text, JavaTree.OfKind<JavaVariable>(unit).First()));
        Assert.Equal("d(\"\\u0041\")", Text(text, JavaTree.OfKind<JavaCall>(unit).Single()));
    }

    [Theory]
    [InlineData("class C { void m() { a(\"open); } void n() { } }")]
    [InlineData("class C { void m() { } /* open }")]
    [InlineData("class C { String s = \"\"\"\n open; }")]
    [InlineData("class C { char c = 'x; }")]
    public void What_nothing_closes_is_told(string text) => Assert.Contains(new JavaParser().Parse(text).Gaps, g => g.Reason == JavaGapReason.NotClosed);

    private static string Text(string text, JavaNode node) => text[node.Span.Start..node.Span.End];
}
