namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>How far a run has come, by a log that anybody may have written.</summary>
[Collection(nameof(Alone))]
public sealed class RunProgressTests
{
    [Fact]
    public void What_began_and_is_not_over_is_going_on()
    {
        var progress = RunProgress.Of([.. Lines("共 4 项探测", "开始 a x", "开始 b x", "开始 a x", "结束 a x Unable", "结束 c x Observed"), "no entry"]);
        Assert.Equal((4, 2, 1, 0, false), (progress.Total, progress.Ended, progress.Unable, progress.More, progress.IsProbed));
        Assert.Equal(["b x", "a x"], progress.Going);
    }

    /// <summary>Ended from the last to the first, all but the first 300.</summary>
    [Fact]
    public void A_log_of_many_that_began_takes_no_longer_than_its_length_and_shows_some()
    {
        var names = Enumerable.Range(0, 100_000).Select(i => $"probe {i:D6}").ToList();
        var lines = Lines([.. names.Select(n => $"开始 {n}"), .. Enumerable.Reverse(names).Take(99_700).Select(n => $"结束 {n} Observed")]);
        var began = Environment.CpuUsage.TotalTime;
        var progress = RunProgress.Of(lines);
        Assert.InRange(Environment.CpuUsage.TotalTime - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal((99_700, 100, "probe 000199"), (progress.Ended, progress.More, progress.Going[^1]));
        Assert.Equal(200, progress.Going.Count);
    }

    private static string[] Lines(params string[] events) => [.. events.Select(e => $"2026-03-01T08:00:00Z Event {e}")];
}
