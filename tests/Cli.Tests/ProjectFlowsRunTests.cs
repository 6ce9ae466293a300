using System.Text.Json;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What <c>flows:</c> of candidate.yaml says of a project's own methods, from the file to the verdict and the reports.</summary>
public sealed class ProjectFlowsRunTests : IDisposable
{
    private const string Tree = "sourceTrees:\n- id: code\n  path: src\n";
    private const string Flows = """
          flows:
            sources: [{type: acme.Envelope, call: body, kind: 网关报文}]
            sinks: [{type: acme.Runner, call: run, at: 0, weakness: sql}]
            entries: [{annotation: acme.Open, kind: 开放接口}]
            sanitizers: [{type: acme.Safe, call: sql, cleans: sql, reason: 按白名单取值, author: 承建单位安全组, until: 2099-12-31}]

        """;

    private const string Clean = "  @Open void clean(Runner u, String n) {\n    u.run(Safe.sql(n));\n  }\n";
    private const string Bad = "  void bad(Runner u, Envelope e) {\n    u.run(e.body());\n  }\n";

    private readonly TemporaryFolder _folder = new();

    public ProjectFlowsRunTests()
    {
        _folder.Write("src/acme/Envelope.java", "package acme; public class Envelope { native String body(); }\n");
        _folder.Write("src/acme/Runner.java", "package acme; public class Runner { public void run(String q) { } }\n");
        _folder.Write("src/acme/Safe.java", "package acme; public class Safe { public static String sql(String x) { return x; } }\n");
        _folder.Write("src/acme/Open.java", "package acme; public @interface Open { }\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Declared_sources_sinks_entries_and_sanitizers_reach_verdict_and_reports()
    {
        // Without the declarations nothing is foreign and nothing dangerous.
        Assert.Empty((await RunAsync("without", Clean + Bad, flows: "")).Defects);

        var (defects, verdict) = await RunAsync("stopped", Clean, Flows);
        var stopped = Assert.Single(defects);
        Assert.Equal(("JT-SQL", 5, "declared", "inEffect"), (stopped.GetProperty("ruleId").GetString(), stopped.GetProperty("line").GetInt32(), stopped.GetProperty("suppression").GetProperty("kind").GetString(), stopped.GetProperty("suppression").GetProperty("standing").GetString()));
        Assert.Equal(["acme.Safe.sql"], stopped.GetProperty("declaredClean").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal("needsReview", verdict);
        var page = await File.ReadAllTextAsync(_folder.File("stopped/report.html"));
        Assert.Contains("按项目声明，acme.Safe.sql 视为已净化：按白名单取值；负责：承建单位安全组；到期：2099-12-31；写在 candidate.yaml(", page, StringComparison.Ordinal);
        Assert.Contains("来源 acme.Envelope.body（网关报文）", page, StringComparison.Ordinal);

        (defects, verdict) = await RunAsync("open", Bad + Clean, Flows);
        Assert.Equal([(5, false), (8, true)], defects.Select(d => (d.GetProperty("line").GetInt32(), d.GetProperty("suppression").ValueKind == JsonValueKind.Object)).Order());
        Assert.Equal("notSatisfied", verdict);
        var results = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("open/findings.sarif"))).RootElement.GetProperty("runs")[1].GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([false, true], results.Select(r => r.TryGetProperty("suppressions", out _)));
        (await SecurityCheck.RunAsync(_folder.Path, "verify", "open")).With(0);

        _folder.Write("candidate.yaml", (await File.ReadAllTextAsync(_folder.File("candidate.yaml"))).Replace("until: 2099-12-31", "until: 2020-12-31", StringComparison.Ordinal));
        (defects, verdict) = await RunAsync("expired", Clean, flows: null);
        Assert.Equal(("expired", "notSatisfied"), (Assert.Single(defects).GetProperty("suppression").GetProperty("standing").GetString(), verdict));
    }

    /// <param name="pack">Folder to write to.</param>
    /// <param name="methods">Of the class in line 3 and below.</param>
    /// <param name="flows">Null to leave candidate.yaml as it is.</param>
    private async Task<(List<JsonElement> Defects, string? Verdict)> RunAsync(string pack, string methods, string? flows)
    {
        _folder.Write("src/a/A.java", $"package a;\nimport acme.*;\nclass A {{\n{methods}}}\n");
        if (flows is not null)
        {
            _folder.Write("candidate.yaml", $"candidate: portal\nname: 门户\nkind: website\nclassified: false\n{Tree}{flows}");
        }

        var ended = await SecurityCheck.RunAsync(_folder.Path, "run", "candidate.yaml", "--no-pdf", "--out", pack);
        Assert.True(File.Exists(_folder.File($"{pack}/judgement.json")), ended.Error);
        using var seen = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File($"{pack}/observations/code.java/source-tree-code.json")));
        using var judged = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File($"{pack}/judgement.json")));
        return (
            [.. seen.RootElement.GetProperty("observations")[0].GetProperty("data").GetProperty("defects").EnumerateArray().Select(d => d.Clone())],
            judged.RootElement.GetProperty("judgements").EnumerateArray().Single(j => j.GetProperty("requirementId").GetString() == "CJC-01").GetProperty("verdict").GetString());
    }
}
