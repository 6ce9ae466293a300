namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class PatternReaderTests
{
    private const string Head = "patterns: a\nversion: \"1\"\ntitle: t\nsource: s\nconfidence: 待核\nrules:\n";
    private const string Rule = "- {id: R-1, check: R, title: t, languages: [java, go], patterns: ['f($X)'], severity: minor, confidence: low, message: m, remedy: r, bad: BAD, good: GOOD}\n";

    [Theory]
    [InlineData("[{in: [java, go], code: f(1)}]", "[{in: [java, go], code: g(1)}]", null)]
    [InlineData("[{in: [java, go], code: f(1)}]", "[]", "good")]
    [InlineData("[]", "[{in: [java, go], code: g(1)}]", "bad")]
    [InlineData("[{in: [java], code: f(1)}]", "[{in: [java, go], code: g(1)}]", "没有 go 的 bad 例子")]
    [InlineData("[{in: [java, go], code: f(1)}]", "[{in: [go], code: g(1)}]", "没有 java 的 good 例子")]
    public void A_rule_without_a_bad_and_a_good_example_in_each_language_does_not_load(string bad, string good, string? fault)
    {
        var (table, faults) = ShippedPatterns.Of(Head + Rule.Replace("BAD", bad, StringComparison.Ordinal).Replace("GOOD", good, StringComparison.Ordinal));
        Assert.Equal(fault is null, table is not null);
        Assert.True(fault is null || faults.Faults.Any(f => f.Message.Contains(fault, StringComparison.Ordinal)), string.Join('\n', faults.Faults.Select(f => f.Message)));
    }

    [Theory]
    [InlineData("matches: '(?<=a)b'")]
    [InlineData("matches: '(a)\\1'")]
    [InlineData("matches: '('")]
    public void Expressions_that_would_backtrack_do_not_load(string test)
    {
        var rule = Rule.Replace("severity", $"where: {{X: {{{test}}}}}, severity", StringComparison.Ordinal)
            .Replace("BAD", "[{in: [java, go], code: f(1)}]", StringComparison.Ordinal).Replace("GOOD", "[{in: [java, go], code: g(1)}]", StringComparison.Ordinal);
        Assert.Null(ShippedPatterns.Of(Head + rule).Table);
    }

    [Theory]
    [InlineData("$X.f()")]
    [InlineData("$...")]
    [InlineData("( )")]
    [InlineData("f(\"a)")]
    [InlineData("")]
    public void A_pattern_without_a_word_to_look_for_is_told(string pattern) => Assert.Throws<FormatException>(() => PatternLine.Parse(pattern));
}
