using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The product's defects sent to the demonstration's own detection, and counted.</summary>
public sealed class DemoEfficacyTests
{
    [Theory]
    [InlineData(DemoVariant.WellRun, 64)]
    [InlineData(DemoVariant.Careless, 0)]
    public async Task The_well_run_detection_refuses_most_defects_and_no_clean_batch_and_the_careless_one_refuses_nothing(DemoVariant variant, int least)
    {
        using var folder = new TemporaryFolder();
        (await SecurityCheck.RunAsync(folder.Path, "archive", "defects", "make", "batches", "--seed", "demo")).With(0);
        var results = new StringBuilder("批次,判定,理由\n");
        await using var visitor = await ArchiveVisitor.StartAsync(variant);
        foreach (var batch in Directory.GetDirectories(Path.Combine(folder.Path, "batches")).Order(StringComparer.Ordinal))
        {
            var (isRefused, reasons) = (false, "");
            var list = Path.Combine(batch, "移交目录.xml");
            foreach (var package in Directory.GetFiles(batch, "*.zip").Order(StringComparer.Ordinal))
            {
                var answer = JsonDocument.Parse(await visitor.ReceiveAsync(await File.ReadAllBytesAsync(package), null, File.Exists(list) ? await File.ReadAllBytesAsync(list) : null)).RootElement;
                isRefused |= answer.GetProperty("status").GetString() == "FAIL";
                reasons += answer.GetProperty("status").GetString() == "FAIL" ? answer.GetProperty("reason").GetString() : "";
            }

            results.AppendLine($"{Path.GetFileName(batch)},{(isRefused ? "FAIL" : "PASS")},{reasons.Replace(',', '，').Replace('"', '”').ReplaceLineEndings(" ").Replace("GD-", "", StringComparison.Ordinal)}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "results.csv"), results.ToString());
        var ended = await SecurityCheck.RunAsync(folder.Path, "archive", "defects", "score", "results.csv", "--key", "batches.key.json", "--json", "-");
        var score = ended.Json;
        Assert.Equal(0, score.GetProperty("falseAlarms").GetArrayLength());
        Assert.Equal(0, score.GetProperty("unanswered").GetArrayLength());
        Assert.True(least == 0 ? score.GetProperty("killed").GetInt32() == 0 : score.GetProperty("killed").GetInt32() >= least, score.GetRawText());
    }
}
