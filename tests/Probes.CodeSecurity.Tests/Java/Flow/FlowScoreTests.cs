using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The scorer by which the analysis of flows is measured.</summary>
public sealed class FlowScoreTests
{
    private static readonly string[] Csv =
    [
        "# name, category, real, cwe", "T1,sql,true,89,more", "T2, sql ,true,89", "T3,sql,true,89", "T4,sql,true,89", "T5,sql,false,89", "T6,sql,false,89",
        "T7,path,true,22", "T8,path,false,22", "name,category,real,cwe", "T9,path,perhaps,22", "short,line",
    ];

    [Fact]
    public void Rates_are_counted_by_category_and_lines_of_another_shape_are_none()
    {
        var lines = FlowScore.Score(FlowScore.Read(Csv), e => e.Case is "T1" or "T2" or "T3" or "T5" or "T8");
        Assert.Equal(["path", "sql"], lines.Select(l => l.Category));
        var (path, sql) = (lines[0], lines[1]);
        Assert.Equal((3, 4, 1, 2), (sql.Found, sql.Real, sql.Mistaken, sql.Twins));
        Assert.Equal((75.0, 50.0, 25.0), (sql.TruePositives, sql.FalsePositives, sql.Youden));
        Assert.Equal(["T4", "T5"], sql.Wrong);
        Assert.Equal((0.0, 100.0, -100.0), (path.TruePositives, path.FalsePositives, path.Youden));
        Assert.EndsWith("Youden -37.5", FlowScore.Say(lines).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_without_twins_or_without_defects_has_no_rate_of_its_own()
    {
        var lines = FlowScore.Score(FlowScore.Read(["A,only,true,1", "B,none,false,2"]), _ => true);
        Assert.Equal([("none", 0.0, 100.0), ("only", 100.0, 0.0)], lines.Select(l => (l.Category, l.TruePositives, l.FalsePositives)));
    }

    [Fact]
    public void Finding_everything_or_nothing_is_worth_nothing() =>
        Assert.All([true, false], all => Assert.All(FlowScore.Score(FlowScore.Read(Csv), _ => all), l => Assert.Equal(0, l.Youden)));
}
