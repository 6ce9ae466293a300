using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.JUnit;
using SmartCity.SecurityCheck.Reports.Sarif;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A pack read back is a stranger's: what is wrong in it is said, never thrown about.</summary>
public sealed class PackReaderTests : IDisposable
{
    private static readonly string[] Values = ["null", "[]", "{}", "[null]", "-1", "1e400", "1e300", "\"\"", "\"x\"", "true", "\"\\uD800\"", "[[[]]]", "0"];

    private static readonly PackReviewTools Tools = new()
    {
        Probes = Runs.Probes,
        BuiltIn = BuiltInRules.None,
        Writers = [new HtmlReportWriter(), new SarifReportWriter(), new JUnitReportWriter()],
        ToolVersion = "0.1.0",
    };

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Changed_packs_are_read_judged_and_reported_or_refused()
    {
        var folder = await PackAsync();
        var random = new SeededBytes(11);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".json", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal)).ToList())
        {
            var original = await File.ReadAllBytesAsync(file);
            for (var i = 0; i < 120; i++)
            {
                await File.WriteAllBytesAsync(file, random.Mutate(original));
                await TryAsync(folder, file);
            }

            await File.WriteAllBytesAsync(file, original);
        }
    }

    [Fact]
    public async Task Members_of_a_wrong_kind_are_refused()
    {
        var folder = await PackAsync();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(f => !f.Contains("manifest", StringComparison.Ordinal)).ToList())
        {
            var original = await File.ReadAllTextAsync(file);
            var lines = original.Split('\n');
            for (var at = 0; at < lines.Length; at++)
            {
                var colon = lines[at].IndexOf("\": ", StringComparison.Ordinal);
                foreach (var value in colon < 0 || lines[at].TrimEnd()[^1] is '[' or '{' ? [] : Values)
                {
                    var changed = lines.ToArray();
                    changed[at] = $"{lines[at][..(colon + 3)]}{value}{(lines[at].EndsWith(',') ? "," : "")}";
                    await File.WriteAllTextAsync(file, string.Join('\n', changed));
                    await TryAsync(folder, $"{file} {changed[at]}");
                }
            }

            await File.WriteAllTextAsync(file, original);
        }
    }

    [Fact]
    public async Task A_link_in_place_of_a_folder_of_observations_is_not_followed()
    {
        var folder = await PackAsync();
        Directory.CreateSymbolicLink(Path.Combine(folder, "observations", "loop"), folder);
        var (_, _, records) = PackReader.ReadObservations(folder);
        Assert.Single(records);
    }

    [SkippableFact]
    public async Task A_pipe_in_place_of_a_file_is_refused_and_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        var folder = await PackAsync();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".json" or ".yaml").ToList())
        {
            var original = await File.ReadAllBytesAsync(file);
            File.Delete(file);
            await OddFiles.PipeAsync(file);
            await Task.Run(() => TryAsync(folder, file)).WaitAsync(TimeSpan.FromSeconds(30));
            File.Delete(file);
            await File.WriteAllBytesAsync(file, original);
        }
    }

    private static async Task TryAsync(string folder, string what)
    {
        try
        {
            if (await PackReview.OfAsync(folder, null, Tools) is PackContradicts contradiction)
            {
                Assert.NotEmpty(contradiction.Message);
            }

            var (candidate, run, records) = PackReader.ReadObservations(folder);
            var rules = RulesetFolder.Load(PackReader.RulesetsOf(folder), KindCatalogue.Of(Runs.Probes));
            using var report = new MemoryStream();
            await new HtmlReportWriter().WriteAsync(AcceptanceReport.From(Rejudging.Judge(candidate, rules, Runs.Probes, records, run)), report, CancellationToken.None);
        }
        catch (Exception refused) when (refused is PackException or InputFaultException)
        {
            // What goes wrong is told to people who know neither our types nor the serializer's English.
            Assert.NotEmpty(refused.Message);
            Assert.DoesNotContain("SmartCity", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(" the ", refused.Message, StringComparison.Ordinal);
        }
        catch (Exception other)
        {
            Assert.Fail($"{what}\n{other}");
        }
    }

    private async Task<string> PackAsync()
    {
        await using var server = new ScriptedServer(async c =>
        {
            _ = await c.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, c.Stop);
            await c.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 404 no\r\n\r\n"));
        });
        var yaml = Runs.Yaml(
            Runs.Endpoint(server.Port),
            "profile: county\nwaivers:\n- {id: w-1, requirement: GREET-01, justification: 理由, approvedBy: 甲, expiresOn: 2026-12-31}\n"
            + "attestations:\n- {id: a-1, requirement: C-1/测评报告, verdict: 符合, by: 甲, organisation: 乙, on: 2026-01-01}\n");
        return (await _runs.RunAsync(yaml)).Folder;
    }
}
