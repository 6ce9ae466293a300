using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reports.Sarif;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Defects of source trees as results of a run of their own.</summary>
public sealed class SarifCodeTests
{
    private static readonly SarifReportWriter Writer = new();

    [Fact]
    public async Task Every_defect_is_one_result_with_its_rule_weakness_and_fingerprint()
    {
        var run = (await RunsAsync(Pack()))[1]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        var taxa = run["taxonomies"]![0]!["taxa"]!.AsArray().Select(t => (string)t!["id"]!).ToList();
        Assert.Equal(["89", "328"], taxa);
        var results = run["results"]!.AsArray();
        Assert.Equal(["CA2100", "GM-03-jca", "GM-03-jca", "GM-09-old"], results.Select(r => (string)r!["ruleId"]!).Order(StringComparer.Ordinal));
        Assert.Equal(4, results.Count);
        foreach (var result in results.Where(r => r!["ruleIndex"] is not null))
        {
            var rule = rules[(int)result!["ruleIndex"]!]!;
            Assert.Equal((string)result["ruleId"]!, (string)rule["id"]!);
            var target = rule["relationships"]![0]!["target"]!;
            Assert.Equal((string)target["id"]!, taxa[(int)target["index"]!]);
        }

        Assert.Equal(results.Count, results.Select(r => (string)r!["partialFingerprints"]!["securitycheck/code/v1"]!).Distinct(StringComparer.Ordinal).Count());
        var sql = results.Single(r => (string)r!["ruleId"]! == "CA2100")!;
        Assert.Equal(("高危", "高", "src/b.cs", 9), ((string)sql["properties"]!["severity"]!, (string)sql["properties"]!["severityOfThree"]!, (string)Place(sql)["artifactLocation"]!["uri"]!, (int)Place(sql)["region"]!["startLine"]!));
    }

    [Fact]
    public async Task Flows_end_at_the_defect()
    {
        var results = (await RunsAsync(Pack()))[1]!["results"]!.AsArray();
        var steps = Assert.Single(results, r => r!["codeFlows"] is not null)!["codeFlows"]![0]!["threadFlows"]![0]!["locations"]!.AsArray();
        Assert.Equal([("src/a.cs", 3), ("src/b.cs", 9)], steps.Select(s => s!["location"]!["physicalLocation"]!).Select(p => ((string)p["artifactLocation"]!["uri"]!, (int)p["region"]!["startLine"]!)));
    }

    [Fact]
    public async Task A_step_says_its_piece_of_code_and_other_entries_are_related()
    {
        var result = Assert.Single((await RunsAsync(With(new { defects = new[] { Flowing() } })))[1]!["results"]!.AsArray())!;
        var steps = result["codeFlows"]![0]!["threadFlows"]![0]!["locations"]!.AsArray();
        Assert.Equal(["essential", "unimportant", "essential"], steps.Select(s => (string)s!["importance"]!));
        var first = steps[0]!["location"]!["physicalLocation"]!;
        Assert.Equal("src/%E7%94%A8%E6%88%B7%20%231/A%25b.java", (string)first["artifactLocation"]!["uri"]!);
        Assert.Equal((3, 14, 26, "getParameter"), ((int)first["region"]!["startLine"]!, (int)first["region"]!["startColumn"]!, (int)first["region"]!["endColumn"]!, (string)first["region"]!["snippet"]!["text"]!));
        Assert.Equal("String n = r.getParameter(\"n\");", (string)first["contextRegion"]!["snippet"]!["text"]!);
        Assert.Null(steps[1]!["location"]!["physicalLocation"]!["region"]!["snippet"]);
        Assert.Equal(2, result["relatedLocations"]!.AsArray().Count);
        Assert.Equal(96.0, (double)result["rank"]!);
    }

    [Fact]
    public async Task Surer_results_go_before_others_of_their_level()
    {
        var results = (await RunsAsync(With(new { defects = new[] { Defect("A-1", 89, "a"), Defect("B-1", 328, "b", line: 3, confidence: "medium"), Defect("C-1", 78, "c", line: 99) } })))[1]!["results"]!.AsArray();
        Assert.Equal([96.0, 96.0, 66.0], results.Select(r => (double)r!["rank"]!));
    }

    /// <summary>For who reads properties and for who reads messages alone.</summary>
    [Fact]
    public async Task What_is_doubted_says_why_and_who_decides()
    {
        object Flow(string print, string confidence, string? doubt, bool? isForPeople) => new { ruleId = "JT-SQL", title = "甲", cwe = 89, severity = "critical", confidence, doubt, isForPeople, file = $"src/{print}.java", line = 4, message = "乙。", code = "", remedy = "改法", engine = "Java 数据流分析", fingerprint = print };
        var pack = With(new { defects = new[] { Flow("w1", "high", null, null), Flow("w2", "low", "路上经过不认识的库", true), Flow("w3", "low", "没有看到谁调用", null) } });
        var results = (await RunsAsync(pack))[1]!["results"]!.AsArray();
        Assert.Equal(["乙。", "乙。（把握低，由人确认，存疑：路上经过不认识的库。）", "乙。（把握低，存疑：没有看到谁调用。）"], results.Select(r => (string)r!["message"]!["text"]!));
        Assert.Equal([null, true, null], results.Select(r => (bool?)r!["properties"]!["isForPeople"]));
        Assert.Equal([null, "路上经过不认识的库", "没有看到谁调用"], results.Select(r => (string?)r!["properties"]!["doubt"]));
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", "sarif-part.json")));
        Assert.Empty(schema.Validate(await Written.TextAsync(Writer, pack)).Select(e => e.ToString()));
    }

    [Fact]
    public async Task Suppressions_say_whether_they_count_and_states_stand_beside_a_baseline()
    {
        var run = (await RunsAsync(Pack()))[1]!;
        var results = run["results"]!.AsArray();
        Assert.Equal(["absent", "new", "unchanged", "unchanged"], results.Select(r => (string)r!["baselineState"]!).Order(StringComparer.Ordinal));
        Assert.NotNull(run["baselineGuid"]);
        var suppressions = results.Where(r => r!["suppressions"] is not null).Select(r => r!["suppressions"]![0]!).ToList();
        Assert.Equal([("external", "rejected"), ("inSource", "underReview")], suppressions.Select(s => ((string)s["kind"]!, (string)s["status"]!)).Order());
        Assert.Contains(suppressions, s => ((string)s["justification"]!).Contains("只作缓存键（复核人 评审组，到期日 2026-12-31", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_baseline_there_are_no_states_and_without_defects_no_run()
    {
        var without = (await RunsAsync(With(new { defects = new[] { Defect("GM-03-jca", 328, "a") } })))[1]!;
        Assert.Null(without["baselineGuid"]);
        Assert.All(without["results"]!.AsArray(), r => Assert.Null(r!["baselineState"]));
        Assert.Single(await RunsAsync(With(new { defects = Array.Empty<object>() })));
    }

    /// <summary>No result where nothing looked is not that nothing is wrong.</summary>
    [Fact]
    public async Task A_look_that_was_not_whole_says_so()
    {
        var pack = With(new { defects = new[] { Defect("GM-03-jca", 328, "a") } });
        var java = pack.Outcomes[^1] with { ProbeId = "code.java", Outcome = new Observed([((Observed)pack.Outcomes[^1].Outcome).Observations[0] with { Kind = "code.java", Data = JsonSerializer.SerializeToElement(new { isComplete = false, unread = new[] { new { file = "a.java", why = "没有读" } }, cut = Array.Empty<object>() }) }]) };
        var run = (await RunsAsync(pack with { Outcomes = [.. pack.Outcomes, java] }))[1]!["invocations"]![0]!;
        Assert.True((bool)run["executionSuccessful"]!);
        Assert.Contains(run["toolExecutionNotifications"]!.AsArray(), n => (string)n!["level"]! == "warning" && ((string)n["message"]!["text"]!).Contains("没有读懂或不在分析之列：a.java", StringComparison.Ordinal));
        var failed = pack with { Outcomes = [.. pack.Outcomes, java with { Outcome = new Unable(FailureKind.TimedOut, "超时") }] };
        var invocation = (await RunsAsync(failed))[1]!["invocations"]![0]!;
        Assert.False((bool)invocation["executionSuccessful"]!);
        Assert.Equal("error", (string)Assert.Single(invocation["toolExecutionNotifications"]!.AsArray(), n => ((string)n!["message"]!["text"]!).Contains("超时", StringComparison.Ordinal))!["level"]!);
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", "sarif-part.json")));
        Assert.Empty(schema.Validate(await Written.TextAsync(Writer, failed)).Select(e => e.ToString()));
    }

    [Fact]
    public async Task It_is_valid_and_the_same_every_time()
    {
        var text = await Written.TextAsync(Writer, Pack());
        Assert.Equal(text, await Written.TextAsync(Writer, Pack()));
        var path = Environment.GetEnvironmentVariable("SARIF_SCHEMA") ?? Path.Combine(AppContext.BaseDirectory, "Schemas", "sarif-part.json");
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(path));
        Assert.Empty(schema.Validate(text).Select(e => e.ToString()));
        Assert.Empty(schema.Validate(await Written.TextAsync(Writer, With(new { defects = new[] { Flowing() } }))).Select(e => e.ToString()));
        Assert.Empty(schema.Validate(await Written.TextAsync(Writer, With(new { defects = new object[] { new { ruleId = "a", fingerprint = "../x]( {0}", file = "../../etc/passwd", severity = "none", message = "\u202E](http://x) {0}", flow = new object[] { 1, new { } } }, 7, "x" } }))).Select(e => e.ToString()));
    }

    private static EvidencePack Pack() => With(
        new { defects = new[] { Defect("GM-03-jca", 328, "a", suppression: new { kind = "inSource", place = "src/A.java:3", standing = "inEffect", reason = "只作缓存键", reviewer = "评审组", until = "2026-12-31" }, baseline: "known"), Defect("GM-03-jca", 328, "b", suppression: new { kind = "file", place = "s.yaml(2)", standing = "expired", reason = "x", reviewer = "y", until = "2020-01-01" }, baseline: "known", line: 10) } },
        new { defects = new[] { Defect("CA2100", 89, "c", flow: new[] { new { file = "src/a.cs", line = 3, message = "" } }, baseline: "new") }, seenSoFar = Array.Empty<object>() },
        new { baselineOf = "2026-01-01", vanished = new[] { new { fingerprint = "d", ruleId = "GM-09-old", file = "src/gone.java" } } });

    private static object Defect(string rule, int cwe, string print, object? suppression = null, object? flow = null, string? baseline = null, int line = 9, string confidence = "high", object? otherEntries = null) => new
    {
        ruleId = rule, title = "弱算法", cwe, severity = "major", confidence, file = "src/b.cs", line, message = "用了弱算法", code = "MD5.Create()", remedy = "改用 SM3", engine = "代码模式规则", fingerprint = print, suppression, baseline, flow = flow ?? Array.Empty<object>(), otherEntries,
    };

    /// <summary>Three steps in files with names that need escaping; a mark outside of its text is none.</summary>
    private static object Flowing() => Defect("JT-SQL", 89, "e", flow: new object[]
    {
        new { file = "src/用户 #1/A%b.java", line = 3, message = "外部输入（请求参数）", code = new { text = "String n = r.getParameter(\"n\");", column = 14, length = 12, mark = 13 } },
        new { file = "src/用户 #1/A%b.java", line = 4, message = "传给 find", code = new { text = "find", column = 5, length = 9, mark = 70 } },
        new { file = "src/b.cs", line = 9, message = "executeQuery 使用", code = (object?)null },
    }, otherEntries: new { count = 39, first = new[] { new { file = "src/C.java", line = 5, message = "外部输入（请求参数）" }, new { file = "src/D.java", line = 6, message = "外部输入（请求参数）" } } });

    private static EvidencePack With(params IReadOnlyList<object> data)
    {
        var rich = SamplePacks.Rich();
        var sample = rich.Outcomes.First(o => o.Outcome is Observed { Observations.Count: > 0 });
        return rich with
        {
            Outcomes = [.. rich.Outcomes.Where(o => o.TargetId != "source-tree:backend"), .. data.Select((d, i) => sample with
            {
                ProbeId = Kind(i),
                TargetId = "source-tree:backend",
                Outcome = new Observed([((Observed)sample.Outcome).Observations[0] with { Kind = Kind(i), ProbeId = Kind(i), TargetId = "source-tree:backend", Data = JsonSerializer.SerializeToElement(d) }]),
            })],
        };
    }

    private static string Kind(int at) => at == 2 ? "code.defect-register" : $"code.engine-{at}";

    private static JsonNode Place(JsonNode result) => result["locations"]![0]!["physicalLocation"]!;

    private static async Task<JsonArray> RunsAsync(EvidencePack pack) => JsonNode.Parse(await Written.BytesAsync(Writer, pack))!["runs"]!.AsArray();
}
