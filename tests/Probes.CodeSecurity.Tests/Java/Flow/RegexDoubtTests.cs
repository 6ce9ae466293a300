namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Which regular expressions can take time that doubles with every character.</summary>
public sealed class RegexDoubtTests
{
    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(\\d+)*x")]
    [InlineData("^([a-z]+\\s?)+$")]
    [InlineData("(a|a)*c")]
    [InlineData("^(.|\\s)*$")]
    [InlineData("^([\\w.]+\\.)+com$")]
    [InlineData("^(([a-zA-Z0-9])+\\.?)+@x$")]
    [InlineData("(x*)*y")]
    [InlineData("^(?:\\w+-?)+$")]
    [InlineData("^([0-9]+,*)+;")]
    [InlineData("((ab)*a*)+b*$")]
    public void Ambiguous_repetition_is_slow(string expression) => Assert.True(RegexDoubt.IsSlow(expression));

    [Theory]
    [InlineData("^[a-z]+$")]
    [InlineData("^[a-z]+(-[a-z]+)*$")]
    [InlineData("^([a-z]+\\.)+$")]
    [InlineData("^([a-zA-Z0-9]+[-_.])+x$")]
    [InlineData("<script>(.*?)</script>")]
    [InlineData("(\\s*,\\s*)+x")]
    [InlineData("^(a++)+$")]
    [InlineData("^(?>a+)+$")]
    [InlineData("^(\\d{1,3}\\.){3}\\d{1,3}$")]
    [InlineData("(\\s*\\n)+")]
    [InlineData("^(?=(a+)+b)c")]
    [InlineData("^((\\+|-)?\\d+)$")]
    [InlineData("(a|b|c)*d")]
    [InlineData("^1[3-9]\\d{9}$")]
    [InlineData("([A-Z][a-z]*)+")]
    [InlineData("(unclosed")]
    [InlineData("[a-z")]
    [InlineData("(a+)+\\1$")]
    public void What_can_match_in_one_way_or_is_not_understood_is_not(string expression) => Assert.False(RegexDoubt.IsSlow(expression));

    [Fact]
    public void A_match_of_the_whole_text_can_fail_at_its_end()
    {
        Assert.False(RegexDoubt.IsSlow("(a+)+"));
        Assert.True(RegexDoubt.IsSlow("(a+)+", isWhole: true));
    }

    [Fact]
    public void Odd_expressions_bring_no_one_down()
    {
        Assert.False(RegexDoubt.IsSlow(string.Concat(Enumerable.Repeat("(", 200)) + "a+" + string.Concat(Enumerable.Repeat(")+", 200)) + "b"));
        Assert.False(RegexDoubt.IsSlow(new string('(', 499)));
        var random = new Random(7);
        const string signs = "()[]{}*+?|\\^$.,a-z0<>:=!&";
        for (var i = 0; i < 20_000; i++)
        {
            RegexDoubt.IsSlow(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => signs[random.Next(signs.Length)])));
        }
    }
}
