using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The command for pipelines.</summary>
public sealed class CiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_leaves_what_a_pipeline_uploads_and_the_second_sees_only_what_is_new()
    {
        await using var server = Systems.Http("HTTP/1.1 200 OK\r\nServer: nginx/1.2.3");
        Systems.Candidate(_folder, $"http://127.0.0.1:{server.Port}/");
        var first = (await SecurityCheck.RunAsync(_folder.Path, "ci", "--out", "one", "--fail-on", "minor")).With(1);
        Assert.Contains("退出码  1", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', first.Output);
        Assert.All(new[] { "findings.sarif", "junit.xml", "summary.txt" }, f => Assert.True(new FileInfo(_folder.File($"securitycheck-results/{f}")).Length > 0));
        var second = (await SecurityCheck.RunAsync(_folder.Path, "ci", "--out", "two", "--fail-on", "minor", "--earlier", "one", "--only-new")).With(0);
        Assert.Contains("不是验收结论", second.Output, StringComparison.Ordinal);

        var same = (await SecurityCheck.RunAsync(_folder.Path, "diff", "one", "two", "--json")).With(0).Json;
        Assert.Equal(0, same.GetProperty("counts").GetProperty("fixed").GetInt32());
        File.AppendAllText(_folder.File("one/run.log"), "x");
        Assert.Contains("没有通过核验", (await SecurityCheck.RunAsync(_folder.Path, "diff", "one", "two")).With(3).Error, StringComparison.Ordinal);
        Assert.Contains("没有通过核验", (await SecurityCheck.RunAsync(_folder.Path, "report", "two", "--earlier", "one", "--out", "r.html")).With(3).Error, StringComparison.Ordinal);
        (await SecurityCheck.RunAsync(_folder.Path, "ci", "--earlier", "one", "--out", "three")).With(3);
        Assert.False(Directory.Exists(_folder.File("three")));
    }

    /// <summary>Nothing is measured for a comparison that cannot be, and nothing of an older run is left to be uploaded.</summary>
    [Fact]
    public async Task An_earlier_pack_of_another_system_is_refused_before_the_run()
    {
        await using var server = Systems.Http("HTTP/1.1 200 OK");
        var yaml = Systems.Candidate(_folder, $"http://127.0.0.1:{server.Port}/");
        (await SecurityCheck.RunAsync(_folder.Path, "ci", "--out", "one")).With(1);
        await File.WriteAllTextAsync(yaml, (await File.ReadAllTextAsync(yaml)).Replace("candidate: portal", "candidate: other", StringComparison.Ordinal));
        var asked = server.Accepted;
        Assert.Contains("不是同一个系统", (await SecurityCheck.RunAsync(_folder.Path, "ci", "--out", "two", "--earlier", "one")).With(3).Error, StringComparison.Ordinal);
        Assert.Equal(asked, server.Accepted);
        Assert.False(Directory.Exists(_folder.File("two")));
        Assert.Empty(Directory.EnumerateFiles(_folder.File("securitycheck-results")));
    }

    /// <summary>The rules in a pack have bad code for examples: below the tree that is looked at they would be findings.</summary>
    [Fact]
    public async Task A_pack_is_not_written_into_the_source_that_is_looked_at()
    {
        await using var server = Systems.Http("HTTP/1.1 200 OK");
        Systems.Candidate(_folder, $"http://127.0.0.1:{server.Port}/", "sourceTrees:\n- {id: code, path: .}\n");
        var refused = (await SecurityCheck.RunAsync(_folder.Path, "ci")).With(3);
        Assert.Contains("会被当成被检的源码", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("packs")));
        Assert.Equal(0, server.Accepted);
    }

    [Theory]
    [InlineData("archive", "defects", "make", "samples", "--scheme", "scheme.yaml")]
    [InlineData("ci", "--only-new")]
    [InlineData("ci", "--print", "nothing")]
    [InlineData("serve", "missing")]
    [InlineData("diff", "missing", "missing2")]
    public async Task What_cannot_be_done_as_asked_is_said(params string[] arguments) => Assert.NotEmpty((await SecurityCheck.RunAsync(_folder.Path, arguments)).With(3).Error);
}
