using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What people read is no wider than what they read it in.</summary>
public sealed class WidthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 80)]
    [InlineData("60", 60)]
    [InlineData("132", 132)]
    [InlineData("nonsense", 80)]
    [InlineData("3", 80)]
    public async Task Without_a_terminal_tables_are_as_wide_as_COLUMNS_says_or_80(string? columns, int width)
    {
        var listed = (await SecurityCheck.RunInColumnsAsync(_folder.Path, columns, "rules", "list", "--ruleset", "tls-baseline")).With(0).Output.Split('\n');
        Assert.Equal(width, listed.Max(TextColumns.WidthOf));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("60")]
    public async Task Help_and_explanations_fit(string columns)
    {
        foreach (var arguments in new[] { new[] { "--help" }, ["run", "--help"], ["probe", "--help"], ["explain", "TLS-01"], ["explain", "NET-2"] })
        {
            var said = (await SecurityCheck.RunInColumnsAsync(_folder.Path, columns, arguments)).With(0).Output.Split('\n');
            Assert.All(said.Where(l => !l.TrimStart().StartsWith("securitycheck", StringComparison.Ordinal)), l => Assert.True(TextColumns.WidthOf(l) <= int.Parse(columns, System.Globalization.CultureInfo.InvariantCulture) + 1, l));
        }
    }
}
