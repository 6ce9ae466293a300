namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Each ecosystem has an order of its own.</summary>
public sealed class VersionOrderTests
{
    [Theory]
    [InlineData("Maven", "1.0-alpha-1 1.0-beta-2 1.0-milestone-1 1.0-rc1 1.0-SNAPSHOT 1.0 1.0-sp1 1.0-xyz 1.0-1 1.0.1 1.1 1.10 2.0-beta9 2.0-rc1 2.0")]
    [InlineData("Maven", "5.2.19.RELEASE 5.2.20.RELEASE 5.3.0 5.3.18")]
    [InlineData("Maven", "2.5.10 2.5.10.1 2.5.17 6.3.0.1 6.3.0.2")]
    [InlineData("npm", "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 1.10.0 10.0.0")]
    [InlineData("NuGet", "1.0.0-Beta 1.0.0-rc 1.0.0 1.0.0.1 1.0.1")]
    [InlineData("Go", "0.0.0-20200101000000-aaaaaaaaaaaa 0.0.0-20210101000000-aaaaaaaaaaaa 1.2.3-pre v1.2.3 1.2.4")]
    [InlineData("PyPI", "1.0.dev1 1.0a1.dev1 1.0a1 1.0b2 1.0rc1 1.0 1.0+local 1.0.post1.dev1 1.0.post1 1.1.dev1 1.1 1!0.5")]
    public void Versions_stand_in_their_order(string ecosystem, string ascending)
    {
        var versions = ascending.Split(' ');
        for (var i = 0; i < versions.Length; i++)
        {
            for (var j = 0; j < versions.Length; j++)
            {
                var order = VersionOrder.Compare(ecosystem, versions[i], versions[j]);
                Assert.True(order is not null && Math.Sign(order.Value) == i.CompareTo(j), $"{versions[i]} : {versions[j]} = {order}");
            }
        }
    }

    [Theory]
    [InlineData("Maven", "1.0", "1.0.0")]
    [InlineData("Maven", "1.0", "1.0-ga")]
    [InlineData("Maven", "1.0.RELEASE", "1.0")]
    [InlineData("Maven", "1.0-a1", "1.0-alpha-1")]
    [InlineData("Maven", "1-cr2", "1-rc2")]
    [InlineData("npm", "v1.2.3", "1.2.3+build5")]
    [InlineData("NuGet", "1.0.0-BETA", "1.0-beta")]
    [InlineData("PyPI", "1.0.0", "1.0")]
    [InlineData("PyPI", "1.0-1", "1.0.post1")]
    [InlineData("PyPI", "1.0.alpha1", "1.0a1")]
    public void Some_are_written_in_two_ways(string ecosystem, string one, string two) => Assert.Equal(0, VersionOrder.Compare(ecosystem, one, two));

    [Theory]
    [InlineData("Maven", "${v}")]
    [InlineData("npm", "latest")]
    [InlineData("PyPI", "main")]
    [InlineData("Unknown", "1.0")]
    public void What_is_no_version_is_not_compared(string ecosystem, string text) => Assert.Null(VersionOrder.Compare(ecosystem, text, "1.0"));

    [Fact]
    public void Long_and_deep_versions_end_in_time()
    {
        Assert.Null(VersionOrder.Compare("Maven", string.Concat(Enumerable.Repeat("1a", 99)), "1"));
        Assert.Equal(1, VersionOrder.Compare("Maven", "1." + string.Join('.', Enumerable.Repeat("9", 90)), "1"));
        Assert.Null(VersionOrder.Compare("npm", new string('9', 500), "1.0.0"));
    }
}
