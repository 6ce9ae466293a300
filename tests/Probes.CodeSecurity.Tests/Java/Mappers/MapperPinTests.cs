namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a condition of a mapper lets through only as one of the texts it names: that value, where it stands, and no other.</summary>
[Collection(nameof(Alone))]
public sealed class MapperPinTests
{
    [Theory]
    [InlineData("x == 'a'", "x")]
    [InlineData("(x == 'a') and (y in {'b', 'c'})", "x y")]
    [InlineData("((x == 'a'))", "x")]
    [InlineData("n &lt; 3 &amp;&amp; x == 'a'", "x")]
    [InlineData("(d) != (x and c == 'b')", "")]
    [InlineData("c == 'a' and (d", "")]
    [InlineData("c == 'a' and d)", "")]
    [InlineData("c == 'a&apos; or true or c == &apos;'", "")]
    [InlineData("c == 'a&#39; or true or c == &#39;'", "")]
    [InlineData("c == 'a\\' or true or c == \\''", "")]
    [InlineData("c == 'a' and d ? true : true", "")]
    [InlineData("c == 'a' and d, true", "")]
    public void Only_a_condition_that_is_understood_names_texts(string test, string pinned) =>
        Assert.Equal(pinned, string.Join(' ', OgnlPins.Of(test).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("<if test=\"x == '1'\">${x}</if>", "")]
    [InlineData("<if test=\"x == '1'\"><if test=\"x == '1'\">${x}</if>${x}</if>${x}", "x")]
    [InlineData("<foreach collection=\"l\" item=\"x\"><if test=\"x == '1'\">${x}</if></foreach>", "")]
    [InlineData("<if test=\"x == '1'\"><foreach collection=\"l\" item=\"x\">${x}</foreach>${x}</if>", "l.[]")]
    [InlineData("<if test=\"x == '1'\"><bind name=\"x\" value=\"y\"/>${x}</if>", "y")]
    [InlineData("<if test=\"x.a == '1'\"><bind name=\"x\" value=\"y\"/>${x.a}</if>", "y.a")]
    [InlineData("<foreach collection=\"l\" item=\"x\"><if test=\"x == '1'\"></foreach><foreach collection=\"l\" item=\"x\">${x}</foreach></if>", "l.[]")]
    public void A_condition_speaks_of_what_the_name_means_there(string statement, string holes) =>
        Assert.Equal(holes, string.Join(' ', Of(statement).Holes.Select(h => h.Path)));

    [Fact]
    public void Conditions_that_nobody_closes_make_nothing_harmless_behind_the_cap_and_take_time_by_their_length()
    {
        var open = string.Concat(Enumerable.Repeat("<if test=\"x=='1'\">", 100_000));
        var deep = string.Concat(Enumerable.Range(0, 100).Select(i => $"<if test=\"a{i} == '1'\">"));
        var began = Environment.CpuUsage.TotalTime;
        var harmless = Of(open + string.Concat(Enumerable.Repeat("${y} ${x}", 100_000)));
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, 8);
        Assert.Equal((true, 1_000), (harmless.IsCut, harmless.Holes.Count));
        Assert.Equal(["a64", "a99"], Of(deep + "${a0} ${a63} ${a64} ${a99}").Holes.Select(h => h.Path));
        Assert.Equal(["a99", "a0"], Of(deep + "${a0} ${a99}" + string.Concat(Enumerable.Repeat("</if>", 99)) + "${a0}</if> ${a0}").Holes.Select(h => h.Path));
    }

    [Fact]
    public void A_name_that_is_left_out_is_told() =>
        Assert.True(Of(string.Concat(Enumerable.Range(0, 51).Select(i => $"<bind name=\"b{i}\" value=\"c\"/>")) + "${b50}").IsCut);

    private static MapperText Of(string statement)
    {
        var reader = new MapperReader("m.xml", $"<mapper namespace=\"a.M\"><select id=\"q\">{statement}</select></mapper>");
        reader.Read(10, CancellationToken.None);
        return Assert.Single(reader.Statements).Text;
    }
}
