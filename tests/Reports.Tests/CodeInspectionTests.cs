using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The part of the report that has the shape of a report of code inspection.</summary>
public sealed class CodeInspectionTests
{
    private const string Tree = "source-tree:backend";

    [Fact]
    public void Results_of_others_are_one_defect_with_ours_where_weakness_file_and_line_agree()
    {
        var inspection = Assert.Single(CodeInspection.Of(Pack()));
        Assert.Equal(["src/Pay.java:7", "src/Pay.java:9", "src/Only.java:1"], inspection.Defects.Select(d => $"{d.File}:{d.Line}"));
        var both = inspection.Defects[0];
        Assert.Equal(("他家扫描器、代码模式规则", Severity.Critical, "p1"), (both.Engine, both.Severity, both.Fingerprint));
        Assert.Equal(["安全功能 1 0 1 0", "未归类 0 0 0 1"], inspection.Counts.Select(c => $"{c.Heading} {string.Join(' ', c.Numbers)}"));
        Assert.Equal("p3", Assert.Single(inspection.Suppressed).Fingerprint);
        Assert.Equal(1, inspection.Added);
        Assert.Equal("GM-06", Assert.Single(inspection.Vanished).RuleId);
        Assert.Contains(inspection.NotChecked, n => n.Contains("没有读 a.svelte", StringComparison.Ordinal));
        Assert.Contains(inspection.Engines, e => e.Name == "他家扫描器（导入）");
    }

    [Fact]
    public void What_another_scanner_suppressed_and_ours_did_not_stays()
    {
        var ours = Seen("r", "a.java", 1, "p1", cwe: 327);
        var foreign = Seen("f", "app/a.java", 1, "f1", cwe: 327) with { Suppression = new("imported", "他家", "inEffect", "r", "v", "2027-01-01") };
        Assert.False(Assert.Single(MergedDefects.Of([ours], [foreign])).IsSuppressed);
        Assert.Equal(2, MergedDefects.Of([ours, Seen("r", "b/a.java", 1, "p2", cwe: 327)], [Seen("f", "a.java", 2, "f2", cwe: 327)]).Select(d => d.Line).Distinct().Count());
        Assert.Equal("src/a.java", Assert.Single(MergedDefects.Of([Seen("r", "src/a.java", 1, "p1", cwe: 327), Seen("r", "a.java", 1, "p2", cwe: 327)], [Seen("f", "/b/src/a.java", 1, "f1", cwe: 327)]), d => d.Engine.Contains('、')).File);
    }

    [Fact]
    public async Task The_page_shows_each_defect_with_code_reason_and_cure()
    {
        foreach (var use in new[] { PageUse.Screen, PageUse.Print })
        {
            using var page = new MemoryStream();
            await HtmlReportWriter.WriteAsync(AcceptanceReport.From(Pack()), use, page, CancellationToken.None);
            var block = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).QuerySelector("section.inspection");
            var text = block!.TextContent;
            Assert.All(["D-001", "超危（高）", "Cipher.getInstance(", "原因甲", "改法甲", "理由：旧接口", "与 2026-10-01 的基线相比新增 1 处", "组件漏洞未检测"], t => Assert.Contains(t, text, StringComparison.Ordinal));
            Assert.Equal(3, block.QuerySelectorAll(use == PageUse.Screen ? "article.finding" : "table.defects tbody tr").Length);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"defects":[3,null,{},{"ruleId":"r","fingerprint":"f","file":"a","severity":"x","flow":[1,{}],"suppression":3}],"projects":[{}],"engines":[1,{}],"languages":[{}],"vanished":[{}],"withoutEffect":[{}],"database":3}""")]
    public async Task Odd_observations_do_no_harm(string text)
    {
        using var document = JsonDocument.Parse(text);
        string[] kinds = ["code.source-scope", "code.csharp", "code.dependencies", "code.defect-register", "code.secrets"];
        var pack = Pack() with { Outcomes = [.. kinds.Select(k => Record(k, Tree, document.RootElement))] };
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), PageUse.Screen, page, CancellationToken.None);
        Assert.Single(CodeInspection.Of(pack));
    }

    private static EvidencePack Pack()
    {
        var rich = SamplePacks.Rich();
        return rich with
        {
            Candidate = rich.Candidate with { Imports = [new ImportedReport { Id = "scan", Path = "scan.sarif", Tool = ForeignTool.Sarif, Title = "他家" }] },
            DefectClasses = [new DefectClass("安全功能", [327])],
            Outcomes =
            [
                Record("code.source-scope", Tree, new { files = 3, lines = 40, unread = new[] { new { reason = "tooLarge", entries = 1, examples = new[] { "a.js" } } }, unreadBytes = new[] { "没有读 a.svelte" } }),
                Record("code.dependencies", Tree, new { componentCount = 2, manifests = new[] { "pom.xml" }, isWhole = true, database = (object?)null }),
                Record("code.crypto-defects", Tree, new
                {
                    defects = new object[]
                    {
                        Json("GM-04", "src/Pay.java", 7, "p1", 327, "major", "原因甲", baseline: "new"),
                        Json("GM-04", "src/Pay.java", 9, "p2", 327, "minor", "原因乙", baseline: "known"),
                        Json("GM-04", "src/Old.java", 2, "p3", 327, "critical", "原因丙", suppression: new { kind = "file", place = "s.yaml:3", standing = "inEffect", reason = "旧接口", reviewer = "复核员", until = "2027-01-01" }),
                    },
                }),
                Record("code.defect-register", Tree, new
                {
                    baselineOf = "2026-10-01",
                    vanished = new[] { new { ruleId = "GM-06", file = "x.java", fingerprint = "v1" } },
                    withoutEffect = new[] { new { kind = "inSource", place = "a:1", standing = "expired", reason = "r" } },
                    suppressedDefects = new[] { Json("GM-04", "src/Old.java", 2, "p3", 327, "critical", "原因丙") },
                }),
                Record("code.imported-sarif", "import:scan", new
                {
                    tools = new[] { new { name = "他家扫描器", version = "1" } },
                    defects = new object[] { Json("X1", "/build/src/Pay.java", 7, "f1", 327, "critical", "别家的话", engine: "他家扫描器"), Json("X2", "src/Only.java", 1, "f2", null, "info", "只有别家", engine: "他家扫描器") },
                }),
            ],
        };
    }

    private static object Json(string rule, string file, int line, string print, int? cwe, string severity, string message, string? baseline = null, object? suppression = null, string engine = "代码模式规则") =>
        new { ruleId = rule, file, line, fingerprint = print, cwe, severity, message, title = "弱密码算法", confidence = "high", code = "Cipher.getInstance(\"DES\")", remedy = "改法甲", engine, baseline, suppression };

    private static SeenDefect Seen(string rule, string file, int line, string print, int? cwe) =>
        new() { RuleId = rule, File = file, Line = line, Fingerprint = print, Cwe = cwe, Title = "t", Severity = Severity.Major, Confidence = "high", Message = "", Code = "", Remedy = "", Engine = rule };

    private static ProbeRecord Record(string kind, string target, object data)
    {
        var rich = SamplePacks.Rich().Outcomes.First(o => o.Outcome is Observed { Observations.Count: > 0 });
        var element = data as JsonElement? ?? JsonSerializer.SerializeToElement(data);
        return rich with { ProbeId = kind, TargetId = target, Outcome = new Observed([((Observed)rich.Outcome).Observations[0] with { Kind = kind, ProbeId = kind, TargetId = target, Data = element }]) };
    }
}
