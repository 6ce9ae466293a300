using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The demonstration's own flow in the real browser: the careless variant is caught where its faults were planted, the well-run one shows everything.</summary>
public sealed class DemoFlowTests
{
    private static readonly string[] Shown = ["F-01", "F-02", "F-03", "F-04", "F-05", "F-06", "F-07", "F-08", "F-09", "F-10", "F-11", "F-12", "B-01", "B-02", "B-03", "B-04"];

    [SkippableFact]
    public async Task The_well_run_variant_shows_every_function_its_pages_have_and_contradicts_none()
    {
        var record = await WalkAsync(DemoVariant.WellRun);
        Assert.True(record.Steps.All(s => s.Outcome == StepOutcome.Done), Say(record));
        var findings = Findings(record);
        Assert.Equal(Shown, findings.Where(f => f.Value.Shown is { IsKnown: true, Value: true }).Select(f => f.Key));
        Assert.All(findings.Values, f => Assert.False(f.Holds.IsKnown)); // whether it is enough, people say
        Assert.Empty(record.Differences);
        Assert.All(record.Blocked, b => Assert.Contains(".google", b, StringComparison.Ordinal)); // what the browser's maker built into it; no page asks for it
        var same = record.Steps.Single(s => s.Id == "same").Seen;
        Assert.Contains(same, s => s.StartsWith("电子文件号：界面“DZ", StringComparison.Ordinal) && s.Contains("，包“DZ", StringComparison.Ordinal) && s.Contains("，接口“DZ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_careless_variant_fails_for_the_planted_reasons_and_for_no_others()
    {
        var record = await WalkAsync(DemoVariant.Careless);
        var contradicted = record.Steps.Where(s => s.Outcome == StepOutcome.Contradicted).ToDictionary(s => s.Id, s => s.Note, StringComparer.Ordinal);
        (string Step, string Fault, string Said)[] expected =
        [
            ("number", "reused-number", "已提交 BJ00000001"), ("unchecked", "unblocked-packing", "已打包"), ("build", "orphan-file", "过程文件/草稿.txt"), ("digest", "md5-digest", "MD5"),
            ("same", "hand-typed-metadata", "3 处"), ("statistics", "wrong-statistics", "总数 是 2"), ("returned", "swallowed-return", "已移交"), ("log", "editable-log", "编辑"),
            ("written", "empty-backup", "SM3"), ("restored", "hollow-restore", "摘要一致"), ("cells", "formula-export", "公式单元格"), ("bad", "partial-import", "失败"), ("closed", "open-log", "第二账户本不该到这里"),
        ];
        Assert.True(expected.Select(e => e.Step).SequenceEqual(contradicted.Keys), Say(record));
        foreach (var (step, fault, said) in expected)
        {
            Assert.Contains(said, contradicted[step], StringComparison.Ordinal);
            Assert.Contains(PlantedFault.All.Single(f => f.Id == fault).Function, record.Steps.Single(s => s.Id == step).Proves);
        }

        var findings = Findings(record);
        Assert.Equal(["F-03", "F-04", "F-05", "F-06", "F-07", "F-08", "F-09", "F-10", "B-01", "B-02", "B-03", "B-04"], findings.Where(f => f.Value.Holds is { IsKnown: true, Value: false }).Select(f => f.Key));
        Assert.Equal(["F-01", "F-02", "F-11", "F-12"], findings.Where(f => f.Value.Shown is { IsKnown: true, Value: true }).Select(f => f.Key));
        Assert.Contains(record.Differences, d => d.Note.StartsWith("文件数量：界面“3”", StringComparison.Ordinal) && d.Source == "package.zip");
    }

    private static async Task<FlowRecord> WalkAsync(DemoVariant variant)
    {
        Skip.If(RequiredTool.IsMissing("chromium", InstalledBrowser.Find()), "缺少 Chromium");
        await using var system = await DemoSystem.StartAsync(variant, TimeProvider.System, CancellationToken.None);
        foreach (var (name, value) in system.FlowVariables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        var candidate = CandidateReader.Read(YamlText.ReadMapping("demo", System.Text.Encoding.UTF8.GetBytes(system.CandidateYaml)), Directory.GetCurrentDirectory(), CandidateReading.ForRun);
        var flow = Assert.Single(candidate.WebFlows);
        var redactor = new Redactor(flow.Flow!.Secrets.Values);
        var bare = ProbeContexts.For(new KeptEvidence(redactor), redactor, [.. candidate.Endpoints]);
        var context = new ProbeContext
        {
            Scope = bare.Scope, Dialer = bare.Dialer, Tools = bare.Tools, Shells = bare.Shells, Evidence = bare.Evidence, Redactor = redactor, Clock = bare.Clock, Log = bare.Log, Shared = bare.Shared,
            Tables = Product.LoadRulesets(null).Library.Tables,
        };
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var observed = Assert.IsType<Observed>(await new ArchiveFlowProbe().ObserveAsync(flow, context, stop.Token));
        return JsonSerializer.Deserialize<FlowRecord>(observed.Observations.Single().Data, ObservationJson.Options)!;
    }

    private static Dictionary<string, FunctionFinding> Findings(FlowRecord r) => new(StringComparer.Ordinal)
    {
        ["F-01"] = r.F01, ["F-02"] = r.F02, ["F-03"] = r.F03, ["F-04"] = r.F04, ["F-05"] = r.F05, ["F-06"] = r.F06, ["F-07"] = r.F07, ["F-08"] = r.F08,
        ["F-09"] = r.F09, ["F-10"] = r.F10, ["F-11"] = r.F11, ["F-12"] = r.F12, ["B-01"] = r.B01, ["B-02"] = r.B02, ["B-03"] = r.B03, ["B-04"] = r.B04,
    };

    private static string Say(FlowRecord record) => record.Login + "\n" + string.Join('\n', record.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Id} {s.Outcome} {s.Milliseconds} {s.Note} [{string.Join("、", s.Candidates)}]")));
}
