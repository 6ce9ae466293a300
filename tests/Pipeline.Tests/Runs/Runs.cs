using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.JUnit;
using SmartCity.SecurityCheck.Reports.Sarif;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Whole runs with the probes of this test, a real dialer, real reports and a clock that stands still.</summary>
internal sealed class Runs : IDisposable
{
    private const string Rules = """
        ruleset: greetings
        version: "1"
        title: 问候
        pillar: tls
        requirements:
        - id: GREET-01
          title: 应答应为 200
          basis: [{standard: 测试, clause: "1", confidence: 已核}]
          severity: major
          observes: test.greeting
          satisfiedWhen: {field: status, equals: 200}
          explain: "{target} 应答 {status}，{answer}"
          remedy: 改
          examples:
            符合: [{status: 200}]
            不符合: [{status: 500}]
            待人工: [{}]

        """;

    private const string Profile = """
        profile: county
        title: 某县办法
        source: 测试
        validFrom: 2025-01-01
        validUntil: 2027-01-01
        clauses:
        - id: C-1
          article: 第一条
          summary: 验收看材料。
          gate: acceptance
          materials: [测评报告]
          pillars: [tls]

        """;

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private int _packs;

    public Runs()
    {
        Folder.Write("rulesets/tls/greetings.yaml", Rules);
        Folder.Write("rulesets/profiles/county.yaml", Profile);
    }

    public TemporaryFolder Folder { get; } = new();

    public static ProbeCatalogue Probes { get; } = ProbeCatalogue.Of([new GreetingProbe()]);

    public RulesetFolder Rulesets => RulesOf(Probes);

    public static string Yaml(string endpoints, string more = "", bool classified = false) =>
        $"candidate: demo\nname: 演示\nkind: other\nclassified: {(classified ? "true" : "false")}\n{more}endpoints:\n{endpoints}";

    public static string Endpoint(int port, string id = "portal", string more = "") => $"- id: {id}\n  address: https://127.0.0.1:{port}/hello\n{more}";

    public static RunInformation Information(Completion completion) => new()
    {
        ToolVersion = "0",
        StartedAt = Now,
        FinishedAt = Now,
        Completion = completion,
        Rulesets = [],
        Probes = [],
        OperatingSystem = "-",
        Runtime = "-",
        FailOn = FailOn.Critical,
        Stage = Gate.Acceptance,
    };

    public RunRequest Request(string yaml, string? output = null, ProbeCatalogue? probes = null)
    {
        var path = Folder.Write("candidate.yaml", yaml);
        return new RunRequest
        {
            Candidate = CandidateReader.Read(path),
            CandidateFile = Encoding.UTF8.GetBytes(yaml),
            RulesetsPath = Folder.File("rulesets"),
            Rulesets = RulesOf(probes ?? Probes),
            Probes = probes ?? Probes,
            OutputFolder = output ?? Folder.File($"pack-{++_packs}"),
            Writers = [new HtmlReportWriter(), new SarifReportWriter(), new JUnitReportWriter()],
            ToolVersion = "0.1.0",
        };
    }

    public Task<RunResult> RunAsync(string yaml, CancellationToken stop = default) => RunAsync(Request(yaml), stop);

    public static Task<RunResult> RunAsync(RunRequest request, CancellationToken stop = default) =>
        new AcceptanceRun(request, new StandingClock(), new Deaf()).RunAsync(stop);

    public void Dispose() => Folder.Dispose();

    private RulesetFolder RulesOf(ProbeCatalogue probes) => RulesetFolder.Load(Folder.File("rulesets"), KindCatalogue.Of(probes));

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 0;
    }

    private sealed class Deaf : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            // Nobody watches.
        }
    }
}
