namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class DefectKeyTests
{
    /// <summary>Surest, gravest, then by place and name: in any order they are given.</summary>
    [Fact]
    public void What_is_surer_goes_first_then_what_is_graver_then_by_place()
    {
        DefectKey[] sorted =
        [
            new(2, Severity.Critical, "b", 1, "A", "0"), new(2, Severity.Minor, "a", 2, "A", "0"), new(1, Severity.Critical, "a", 1, "A", "0"), new(1, Severity.Major, "a", 9, "A", "0"),
            new(1, Severity.Major, "a", 10, "A", "0"), new(1, Severity.Major, "a", 10, "B", "0"), new(1, Severity.Major, "a", 10, "B", "1"), new(1, Severity.Major, "b", 1, "A", "0"), new(0, Severity.Critical, "a", 1, "A", "0"),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.All(sorted.Zip(sorted.Skip(1)), p => Assert.True(p.First < p.Second && p.Second > p.First && p.First <= p.Second && p.Second >= p.First));
        Assert.Equal(0, DefectKey.ByWeight.Compare(sorted[3], sorted[7]));
    }
}
