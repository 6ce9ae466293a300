using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

public sealed class ProfilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_measures_are_listed_with_what_became_of_their_validity()
    {
        var listed = (await RunAsync("profiles", "list", "--json")).With(0).Json.EnumerateArray().ToDictionary(p => p.GetProperty("id").GetString()!, StringComparer.Ordinal);
        Assert.Equal(5, listed.Count);
        Assert.All(listed.Values, p => Assert.InRange(p.GetProperty("articles").GetInt32(), 20, 50));
        Assert.Contains("已过（至 2023-02-17）", (await RunAsync("profiles", "list")).With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_measure_is_shown_with_its_clauses_and_with_the_articles_that_are_none()
    {
        var shown = (await RunAsync("profiles", "show", "shangrao-2020")).With(0).Output;
        Assert.All(["SR-18-2", "三方签字", "不是条款：第一条、第二条"], w => Assert.Contains(w, shown, StringComparison.Ordinal));
        Assert.Contains("lanzhou-2021", (await RunAsync("profiles", "show", "lanzhou")).With(3).Error, StringComparison.Ordinal);
    }

    /// <summary>The draft is a profile that reads, and a candidate can be judged by it.</summary>
    [Fact]
    public async Task A_draft_for_another_city_reads_beside_its_parent()
    {
        CopyRules(_folder.File("rules"));
        (await RunAsync("profiles", "new", "my-city", "--extends", "shangrao-2020", "--out", "rules/profiles/my-city.yaml")).With(0);
        (await RunAsync("profiles", "new", "my-city", "--out", "rules/profiles/my-city.yaml")).With(3);
        (await RunAsync("profiles", "new", "My City")).With(3);
        var shown = (await RunAsync("profiles", "show", "my-city", "--rulesets", "rules")).With(0).Output;
        Assert.All(["MY-CITY-1", "SR-18-1"], w => Assert.Contains(w, shown, StringComparison.Ordinal));
        Assert.Contains("6 个验收办法", (await RunAsync("rules", "verify", "--rulesets", "rules")).With(0).Output, StringComparison.Ordinal);
    }

    private static string Rules => Path.Combine(AppContext.BaseDirectory, "rulesets");

    private static void CopyRules(string to)
    {
        foreach (var file in Directory.EnumerateFiles(Rules, "*.yaml", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(Rules, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private Task<Ended> RunAsync(params string[] arguments) => SecurityCheck.RunAsync(_folder.Path, arguments);
}
