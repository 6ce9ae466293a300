using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The demonstration from start to a pack that verifies, and what can be made of the pack afterwards.</summary>
public sealed class DemoTests(DemoPack demo) : IClassFixture<DemoPack>
{
    private string Judgement => File.ReadAllText(Path.Combine(demo.Path, "judgement.json"));

    [SkippableFact]
    public async Task The_print_of_the_demonstration_fits_on_a_hundred_pages_and_keeps_what_is_defended()
    {
        Skip.If(RequiredTool.IsMissing("chromium", InstalledBrowser.Find()) || RequiredTool.IsMissing("pdfinfo") || RequiredTool.IsMissing("pdftotext"), "缺少浏览器或 poppler-utils");
        var pdf = Path.Combine(demo.Path, "report.pdf");
        var pages = int.Parse((await RunAsync("pdfinfo", pdf)).Split('\n').First(l => l.StartsWith("Pages:", StringComparison.Ordinal))[6..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(pages, 10, 100); // four pillars, archiving with its functions and the 40 items of a package, a host with 128 checks, ports with eight of web applications, every suite, and 257 items of the second
        var text = string.Concat((await RunAsync("pdftotext", pdf, "-")).Where(c => !char.IsWhiteSpace(c)));
        var judged = JsonDocument.Parse(Judgement).RootElement;
        Assert.All(judged.GetProperty("requirements").EnumerateArray(), r => Assert.Contains(r.GetProperty("requirementId").GetString()!, text, StringComparison.Ordinal));
        Assert.Contains($"问题{judged.GetProperty("findings").GetArrayLength()}", text, StringComparison.Ordinal);
        Assert.Contains("SHA-256", text, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(RequiredTool.FullPath(program), arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    [Fact]
    public async Task The_careless_system_fails_with_the_expected_verdicts_in_a_pack_that_verifies()
    {
        demo.Ended.With(1);
        Assert.Equal(DemoVerdicts.Of(DemoVerdicts.Careless, walked: InstalledBrowser.Find() is not null), Verdicts(Judgement));
        foreach (var file in new[] { "candidate.yaml", "run.json", "run.log", "judgement.json", "report.html", "findings.sarif", "junit.xml", "manifest.json", "manifest.sm3", "manifest.sig", "rulesets/tls/tls-baseline.yaml", "rulesets/profiles/luojiang-2025.yaml" })
        {
            Assert.True(new FileInfo(Path.Combine(demo.Path, file)).Length > 0, file);
        }

        Assert.Equal(InstalledBrowser.Find() is not null, File.Exists(Path.Combine(demo.Path, "report.pdf")));
        (await demo.RunAsync("verify", "careless")).With(0);
        Assert.Contains("report.html", demo.Ended.Output, StringComparison.Ordinal);
        Assert.Contains("securitycheck verify", demo.Ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("个探针已完成", demo.Ended.Output, StringComparison.Ordinal);
        Assert.InRange(demo.Ended.Error.Split('\n').Count(l => l.EndsWith("个探针已完成", StringComparison.Ordinal)), 5, 12);
    }

    [Fact]
    public async Task The_well_run_system_leaves_nothing_but_the_missing_SM_channel_and_the_papers()
    {
        var ended = (await demo.RunAsync("demo", "--variant", "well-run", "--no-pdf", "--json", "--out", "well-run")).With(0);
        Assert.Equal(DemoVerdicts.Of(DemoVerdicts.WellRun, walked: false), Verdicts(await File.ReadAllTextAsync(Path.Combine(demo.Folder, "well-run", "judgement.json"))));
        Assert.Equal("finished", ended.Lines[^1].GetProperty("event").GetString());
        Assert.Equal(2, ended.Lines[^1].GetProperty("exitCode").GetInt32());
        Assert.Equal(201, ended.Lines.Count(l => l.GetProperty("event").GetString() == "probeEnded"));
        Assert.Empty(ended.Error);
        (await demo.RunAsync("verify", "well-run", "--json")).With(0);
    }

    [Fact]
    public async Task Judged_again_it_gives_the_same_bytes_and_reports_are_made_again_from_the_pack()
    {
        Assert.Equal(Judgement, (await demo.RunAsync("judge", "careless")).With(1).Output);
        foreach (var (format, file) in new[] { ("sarif", "findings.sarif"), ("junit", "junit.xml"), ("html", "report.html") })
        {
            Assert.Equal((await File.ReadAllTextAsync(Path.Combine(demo.Path, file))).TrimEnd(), (await demo.RunAsync("report", "careless", "--format", format, "--out", "-")).With(0).Output.TrimEnd());
        }

        (await demo.RunAsync("report", "careless", "--format", "doc")).With(3);
        (await demo.RunAsync("judge", "nowhere")).With(3);
        (await demo.RunAsync("verify", "careless")).With(0);
    }

    [Fact]
    public async Task A_changed_byte_is_named_by_verify()
    {
        var copy = Path.Combine(demo.Folder, "copy");
        foreach (var file in Directory.EnumerateFiles(demo.Path, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(demo.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        var changed = Path.Combine(copy, "evidence/tls.server-certificates/endpoint-portal/tls-certificates.pem");
        var bytes = await File.ReadAllBytesAsync(changed);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(changed, bytes);
        var verified = (await demo.RunAsync("verify", "copy", "--json")).With(1);
        Assert.Equal("evidence/tls.server-certificates/endpoint-portal/tls-certificates.pem", verified.Json.GetProperty("path").GetString());
        foreach (var command in new[] { "judge", "report" })
        {
            Assert.Contains("没有通过核验", (await demo.RunAsync(command, "copy", "--out", "from-copy")).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_measured_verdict_leads_to_evidence_with_the_recorded_digests()
    {
        var evidence = Directory.EnumerateFiles(Path.Combine(demo.Path, "observations"), "*.json", SearchOption.AllDirectories)
            .Select(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("observations"))
            .Where(o => o.ValueKind == JsonValueKind.Array).SelectMany(o => o.EnumerateArray()).SelectMany(o => o.GetProperty("evidence").EnumerateArray())
            .ToDictionary(e => e.GetProperty("id").GetString()!, StringComparer.Ordinal);
        foreach (var judgement in JsonDocument.Parse(Judgement).RootElement.GetProperty("judgements").EnumerateArray().Where(j => j.GetProperty("reason").GetString() == "measured"))
        {
            Assert.NotEmpty(judgement.GetProperty("evidence").EnumerateArray());
            foreach (var found in judgement.GetProperty("evidence").EnumerateArray().Select(id => evidence[id.GetString()!]))
            {
                var bytes = File.ReadAllBytes(Path.Combine(demo.Path, found.GetProperty("relativePath").GetString()!));
                Assert.Equal(found.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
                Assert.Equal(found.GetProperty("sm3").GetString(), Convert.ToHexStringLower(Sm3.HashData(bytes)));
            }
        }
    }

    [SkippableTheory]
    [InlineData(390)]
    [InlineData(1366)]
    public async Task The_report_reads_well_in_a_browser(int width)
    {
        Skip.If(RequiredTool.IsMissing("chromium", InstalledBrowser.Find()), "缺少 Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledBrowser.Find(), Args = ["--no-sandbox", "--disable-background-networking"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var said = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, message) => said.Add(message);
        await page.GotoAsync(new Uri(Path.Combine(demo.Path, "report.html")).AbsoluteUri);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        var sentence = JsonDocument.Parse(Judgement).RootElement.GetProperty("gate").GetProperty("sentence").GetString()!;
        Assert.Contains(sentence, await page.InnerTextAsync("#conclusion"), StringComparison.Ordinal);
        Assert.Empty(said);
    }

    private static IEnumerable<string> Verdicts(string judgement) => JsonDocument.Parse(judgement).RootElement.GetProperty("judgements").EnumerateArray()
        .GroupBy(j => j.GetProperty("requirementId").GetString())
        .Select(g => $"{g.Key} {string.Join(' ', g.OrderBy(j => j.GetProperty("targetId").GetString(), StringComparer.Ordinal).Select(j => j.GetProperty("verdict").GetString()))}");
}
