using System.Diagnostics;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Alone, so that it measures the writer and not its neighbours; processor time of the best of three, as a busy machine says nothing by its clock.</summary>
[CollectionDefinition(nameof(HtmlSpeedTests), DisableParallelization = true)]
[Collection(nameof(HtmlSpeedTests))]
public sealed class HtmlSpeedTests
{
    [Fact]
    public async Task Three_thousand_judgements_are_written_in_less_than_three_seconds_of_a_processor()
    {
        var pack = SamplePacks.Large();
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var before = Used();
            await Written.BytesAsync(new HtmlReportWriter(), pack);
            var used = Used() - before;
            best = used < best ? used : best;
        }

        Assert.True(best < TimeSpan.FromSeconds(3), $"{best}");
    }

    /// <summary>Many files of one name, as many foreign paths: the work must not be their product.</summary>
    [Fact]
    public void Paths_of_another_root_are_led_to_ours_without_trying_each_pair()
    {
        const int Count = 20_000;
        var ours = Enumerable.Range(0, Count).Select(n => CodeInspectionTests.Seen("r", $"src/m{n}/index.js", 1, $"o{n}", 327)).ToList();
        var foreign = Enumerable.Range(0, Count).Select(n => CodeInspectionTests.Seen("f", n % 2 == 0 ? $"/build/src/m{n}/index.js" : $"m{n}\\index.js", 1, $"f{n}", 327)).ToList();
        var before = Used();
        Assert.Equal(Count, MergedDefects.Of(ours, foreign).Count(d => d.Engine == "f、r"));
        Assert.True(Used() - before < TimeSpan.FromSeconds(8));
    }

    private static TimeSpan Used()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }
}
