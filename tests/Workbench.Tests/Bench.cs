using System.Reflection;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Pipeline.Tests;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.JUnit;
using SmartCity.SecurityCheck.Reports.Sarif;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>A sealed pack with a measured 不符合, something only people can say and materials nobody handed in; and workbenches on it.</summary>
internal sealed class Bench : IAsyncDisposable, IDisposable
{
    private const string ManualRules = """
        ruleset: people
        version: "1"
        title: 人
        pillar: tls
        requirements:
        - id: PEOPLE-01
          title: 应有值班制度
          basis: [{standard: 测试, clause: "1", confidence: 已核}]
          severity: major
          manual: true
          explain: 是否有值班制度要人来看
          remedy: 建立值班制度

        """;

    private const string PaperRules = """
        ruleset: papers
        version: "1"
        title: 材料
        pillar: materials
        requirements:
        - id: PAPER-01
          title: 材料应是好的
          basis: [{standard: 测试, clause: "1", confidence: 已核}]
          severity: major
          observes: test.paper
          satisfiedWhen: {field: isGood, equals: true}
          explain: "{target} 是好的：{isGood}"
          remedy: 换交
          examples:
            符合: [{isGood: true}]
            不符合: [{isGood: false}]
            待人工: [{}]

        """;

    private readonly Runs _runs = new();
    private readonly List<ScriptedServer> _servers = [];

    public Bench()
    {
        _runs.Folder.Write("rulesets/tls/people.yaml", ManualRules);
        _runs.Folder.Write("rulesets/materials/papers.yaml", PaperRules);
    }

    public TemporaryFolder Folder => _runs.Folder;

    public Hours Clock { get; } = new() { Now = Runs.Now.AddDays(3) };

    public static IReadOnlyList<IReportWriter> Writers { get; } = [new HtmlReportWriter(), new SarifReportWriter(), new JUnitReportWriter()];

    private static ProbeCatalogue Probes { get; } = ProbeCatalogue.Of([new GreetingProbe(), new PaperMarkProbe()]);

    public static PackReviewTools Tools { get; } = new() { Probes = Probes, BuiltIn = BuiltInRules.None, Writers = Writers, ToolVersion = "0.1.0" };

    /// <summary>The shipped items of 等级保护, its high-risk cases and its conclusion, for systems that are graded.</summary>
    public void WithProtectionRules()
    {
        var rules = Path.Combine(typeof(Bench).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets");
        foreach (var file in new[] { "controls", "high-risk", "conclusions" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(rules, "classified-protection", f))))
        {
            var text = File.ReadAllText(file);
            Folder.Write($"rulesets/{Path.GetRelativePath(rules, file)}", string.Join('\n', text.Split('\n').Where(l => !l.Contains("kind: classified-protection.", StringComparison.Ordinal) && l != "observations:")));
        }
    }

    /// <summary>Answers 404 where 200 is asked for, once it is let.</summary>
    public async Task<string> PackAsync(string name = "pack", string status = "404", string more = "", SemaphoreSlim? wait = null)
    {
        var server = new ScriptedServer(async c =>
        {
            await (wait?.WaitAsync(c.Stop) ?? Task.CompletedTask);
            _ = await c.Stream.ReadAtLeastAsync(new byte[8192], 1, throwOnEndOfStream: false, c.Stop);
            await c.SendAsync(System.Text.Encoding.UTF8.GetBytes($"HTTP/1.1 {status} hello <script>alert(1)</script>\r\n"));
        });
        _servers.Add(server);
        return (await Runs.RunAsync(_runs.Request(Runs.Yaml(Runs.Endpoint(server.Port), more: $"profile: county\n{more}"), Folder.File($"packs/{name}"), Probes))).Folder;
    }

    public Task<WorkbenchServer> ServeAsync(string folder, Sm2PrivateKey? signKey = null) => WorkbenchServer.StartAsync(
        new WorkbenchOptions { Folder = folder, Tools = Tools with { Writers = [] }, Writers = Writers, Clock = Clock, SignKey = signKey }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    public void Dispose() => _runs.Dispose();

    internal sealed class Hours : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
