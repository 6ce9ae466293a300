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
        Assert.Equal("GM-06", Assert.Single(inspection.Vanished!).RuleId);
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

    /// <summary>A scanner that knows a weakness under its wider name, or under a narrower one, speaks of the same defect; narrow ones stay apart.</summary>
    [Fact]
    public void Wider_and_narrower_names_of_a_weakness_in_one_line_are_one_defect_and_everyone_is_named()
    {
        WeaknessKin[] kin = [new(310, [327, 328]), new(327, [328]), new(798, [259, 321])];
        var hash = Assert.Single(MergedDefects.Of([Seen("GM-03", "a.cs", 1, "p1", cwe: 328)], [Seen("CA5351", "a.cs", 1, "f1", cwe: 327), Seen("x", "a.cs", 1, "f2", cwe: 310)], kin));
        Assert.Equal(("GM-03", 328, "CA5351［记作 CWE-327］、GM-03、x［记作 CWE-310］", "p1"), (hash.RuleId, hash.Cwe, hash.Engine, hash.Fingerprint));
        Assert.Equal(327, Assert.Single(MergedDefects.Of([Seen("ours", "a.cs", 1, "p1", cwe: 327)], [Seen("f", "a.cs", 1, "f1", cwe: 328)], kin)).Cwe);
        var apart = MergedDefects.Of([Seen("key", "a.cs", 1, "p1", cwe: 321), Seen("password", "a.cs", 1, "p2", cwe: 259)], [Seen("f", "a.cs", 1, "f1", cwe: 798)], kin);
        Assert.Equal([1, 2], apart.Select(d => d.Engine.Split('、').Length).Order());
        Assert.Equal(2, MergedDefects.Of([Seen("a", "a.cs", 1, "p1", cwe: 328)], [Seen("f", "a.cs", 2, "f1", cwe: 327)], kin).Count);
        Assert.Equal(2, MergedDefects.Of([Seen("a", "a.cs", 1, "p1", cwe: 328)], [Seen("f", "a.cs", 1, "f1", cwe: 22)], kin).Count);
        Assert.Single(MergedDefects.Of([Seen("a", "a.cs", 1, "p1", cwe: 1)], [Seen("b", "a.cs", 1, "f1", cwe: 2), Seen("c", "a.cs", 1, "f2", cwe: 3)], [new(1, [2]), new(2, [3])]));
        Assert.NotEmpty(MergedDefects.Of([Seen("a", "a.cs", 1, "p1", cwe: 1)], [Seen("b", "a.cs", 1, "f1", cwe: 2)], [new(1, [2]), new(2, [1])]));
    }

    /// <summary>Every engine has its own list; what it lists twice no other format counts once, and what two engines see no format counts twice.</summary>
    [Fact]
    public void What_one_engine_lists_twice_is_two_defects_and_what_two_engines_see_is_one()
    {
        var (java, more, pattern) = (Seen("JT-1", "a.java", 1, "p1", cwe: 327) with { Engine = "甲" }, Seen("JT-2", "a.java", 1, "p2", cwe: 327) with { Engine = "甲" }, Seen("GM-1", "a.java", 1, "p3", cwe: 327) with { Engine = "乙" });
        Assert.Equal(["甲", "甲"], MergedDefects.Of([java, more], []).Select(d => d.Engine));
        Assert.Equal(["乙、甲", "甲"], MergedDefects.Of([java, more, pattern], []).Select(d => d.Engine).Order(StringComparer.Ordinal));
        Assert.Equal(2, MergedDefects.Of([java, more], [Seen("x", "a.java", 1, "f1", cwe: 327), Seen("y", "a.java", 1, "f2", cwe: 327)]).Count);
        Assert.Equal("new", Assert.Single(MergedDefects.Of([java with { Baseline = "known" }, pattern with { Baseline = "new" }], [])).Baseline);
    }

    /// <summary>What people are to look into is told as such, with why, on screen and on paper.</summary>
    [Fact]
    public async Task What_is_doubted_says_why_and_who_decides()
    {
        object Flow(string print, string confidence, string? doubt, bool? isForPeople) => new { ruleId = "JT-SQL", title = "外部输入流入 SQL 语句", cwe = 89, severity = "critical", confidence, doubt, isForPeople, file = $"src/{print}.java", line = 4, message = "甲", code = "", remedy = "改法", engine = "Java 数据流分析", fingerprint = print };
        var pack = Pack() with { Candidate = SamplePacks.Rich().Candidate, Outcomes = [Record("code.java", Tree, new { isComplete = true, defects = new[] { Flow("w1", "high", null, null), Flow("w2", "low", "路上经过不认识的库", true), Flow("w3", "low", "没有看到<谁>调用", null) } })] };
        foreach (var use in new[] { PageUse.Screen, PageUse.Print })
        {
            using var page = new MemoryStream();
            await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), use, page, CancellationToken.None);
            var block = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).QuerySelector("section.inspection")!;
            Assert.Contains("共 3 处（其中把握低、由人确认 1 处）", block.TextContent, StringComparison.Ordinal);
            var each = block.QuerySelectorAll(use == PageUse.Screen ? "article.finding" : "table.defects tbody tr").Select(d => d.TextContent).ToList();
            Assert.Equal([false, true, true], each.Select(t => t.Contains("存疑", StringComparison.Ordinal)));
            Assert.Equal([false, true, false], each.Select(t => t.Contains("把握低，由人确认", StringComparison.Ordinal)));
            Assert.Contains("路上经过不认识的库", each[1], StringComparison.Ordinal);
            Assert.Contains("没有看到<谁>调用", each[2], StringComparison.Ordinal);
        }
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
            Assert.All(["D-001", "超危（高）", "Cipher.getInstance(", "原因甲", "改法甲", "理由：旧接口", "与 2026-10-01 的基线相比至少新增 1 处、已消失 1 处", "组件漏洞未检测"], t => Assert.Contains(t, text, StringComparison.Ordinal));
            Assert.All(["把握高", "他家扫描器、代码模式规则", "已过期，不起作用", "没有看全，可能还有", "没有写明位置", "误报率与漏报率：Java 数据流以外的检测只在本工具自己标注的样本上测过"], t => Assert.Contains(t, text, StringComparison.Ordinal));
            Assert.Equal(3, block.QuerySelectorAll(use == PageUse.Screen ? "article.finding" : "table.defects tbody tr").Length);
        }
    }

    /// <summary>On screen every step is a line of code with its piece marked, beside a picture; on paper the ends are enough. What a file is called brings no markup in.</summary>
    [Fact]
    public async Task The_way_to_a_defect_is_shown_in_code()
    {
        static object Step(string file, int line, string text, int mark, int length) => new { file, line, message = "经过 <b>甲</b>", code = new { text, column = mark + 1, length, mark } };
        var steps = Enumerable.Range(1, 40).Select(i => Step($"src/<i>F{i % 9}.java", i, "call(<x>, y);", 0, 4)).ToArray();
        var defect = new { ruleId = "JT-SQL", title = "外部输入流入 SQL 语句", cwe = 89, severity = "critical", confidence = "high", file = "src/<i>F4.java", line = 40, message = "从甲到这里，共 40 步", code = "call(<x>, y);", remedy = "改法", engine = "Java 数据流分析", fingerprint = "w1", flow = steps, otherEntries = new { count = 39, first = new[] { Step("src/Other.java", 5, "q(String n)", 9, 1) } } };
        var pack = Pack() with { Candidate = SamplePacks.Rich().Candidate, Outcomes = [Record("code.java", Tree, new { isComplete = true, defects = new[] { defect } })] };
        foreach (var use in new[] { PageUse.Screen, PageUse.Print })
        {
            using var page = new MemoryStream();
            await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), use, page, CancellationToken.None);
            var block = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).QuerySelector("section.inspection")!;
            Assert.Empty(block.QuerySelectorAll("dd b, td b, dd i, svg i"));
            Assert.Equal(use == PageUse.Screen, block.QuerySelector("svg.chain") is not null);
            Assert.Contains("40 步", block.TextContent, StringComparison.Ordinal);
            if (use == PageUse.Screen)
            {
                Assert.Equal((28, 1, "call"), (block.QuerySelectorAll(".way-steps mark").Length, block.QuerySelectorAll(".way-steps .cut").Length, block.QuerySelector(".way-steps mark")!.TextContent));
                Assert.Contains("略去 12 步", block.TextContent, StringComparison.Ordinal);
                Assert.Contains("另有 39 个入口也通到这里", block.TextContent, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>What a project's word stops may have no way at all, as where every use is a defect.</summary>
    [Fact]
    public async Task What_a_declaration_stops_without_a_way_is_shown_on_paper_too_with_who_answers_for_it()
    {
        var declared = new { ruleId = "JT-HASH", title = "弱摘要", cwe = 328, severity = "major", confidence = "medium", file = "src/A.java", line = 4, message = "甲", code = "", remedy = "改法", engine = "Java 数据流分析", fingerprint = "w1", declaredClean = "acme.Safe.hash", suppression = new { kind = "declared", place = "candidate.yaml(9,5)", standing = "inEffect", reason = "只作缓存键", reviewer = "安全组", until = "2027-06-30" } };
        var pack = Pack() with { Candidate = SamplePacks.Rich().Candidate, Outcomes = [Record("code.java", Tree, new { isComplete = true, defects = new[] { declared } })] };
        foreach (var use in new[] { PageUse.Screen, PageUse.Print })
        {
            using var page = new MemoryStream();
            await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), use, page, CancellationToken.None);
            Assert.Contains("理由：只作缓存键；负责：安全组；到期：2027-06-30", new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).QuerySelector("section.inspection")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_called_the_same_is_one_kind_to_mend_and_one_order_holds_for_all_formats()
    {
        SeenDefect Of(string rule, string title, Severity severity, string confidence, int line) => Seen(rule, "a.java", line, $"p{line}", 1) with { Title = title, Severity = severity, Confidence = confidence };
        SeenDefect[] all = [Of("A", "信任所有证书", Severity.Critical, "low", 1), Of("B", "信任所有证书", Severity.Major, "high", 2), Of("C", "信任所有证书", Severity.Major, "medium", 3), Of("D", "别的", Severity.Minor, "high", 4)];
        var inspection = CodeInspection.Bare(Tree, Array.Empty<ProbeRecord>()) with { Defects = [.. all.OrderBy(d => d.Key)] };
        Assert.Equal([2, 4, 3, 1], inspection.Defects.Select(d => d.Line));
        Assert.Equal([("信任所有证书", 3), ("别的", 1)], inspection.Kinds.Select(k => (k.First.Title, k.Count)));
        var results = System.Text.Json.Nodes.JsonNode.Parse(Sarif.SarifReportWriter.OfCode("1", [inspection]))!["runs"]![0]!["results"]!.AsArray();
        Assert.Equal(["B", "D", "C", "A"], results.Select(r => (string?)r!["ruleId"]));
    }

    /// <summary>Without a pack too: what nobody looked at is not seen, and what the scope left unread is open.</summary>
    [Fact]
    public void A_look_without_a_pack_says_how_far_it_went()
    {
        var seen = Record("code.java", Tree, new { isComplete = true, defects = Array.Empty<object>(), seenSoFar = Array.Empty<object>() });
        var scope = Record("code.source-scope", Tree, new { files = 1, unread = new[] { new { reason = "tooLarge", entries = 2, examples = new[] { "src/Big.java" } } }, unreadLanguages = new[] { new { extension = ".cob", files = 3 } } });
        Assert.Equal(LookedAt.Nowhere, CodeInspection.Bare(Tree, []).Reach);
        Assert.Equal(LookedAt.Nowhere, CodeInspection.Bare(Tree, [scope]).Reach);
        Assert.Equal(LookedAt.Wholly, CodeInspection.Bare(Tree, [seen]).Reach);
        var part = CodeInspection.Bare(Tree, [seen, scope]);
        Assert.Equal(LookedAt.InPart, part.Reach);
        Assert.Equal(["应读而未读：2 处，如 src/Big.java", "没有规则的语言：.cob 3 个文件（只查了密钥与口令）"], part.Doubts);
    }

    /// <summary>None counted is said with why: seen to the end, not to the end, or by nobody, and what was set aside.</summary>
    [Theory]
    [InlineData("whole", "没有发现缺陷。它的分量以")]
    [InlineData("suppressed", "见到的 1 处全部被抑制，是否认可由评估人员决定，见下。没有其他缺陷")]
    [InlineData("doubt", "看到的部分里没有发现缺陷；没有看全，不能说没有缺陷")]
    [InlineData("unable", "看到的部分里没有发现缺陷；没有看全，不能说没有缺陷")]
    [InlineData("nobody", "没有引擎看过这份源代码，有没有缺陷不知道")]
    public async Task No_defect_is_said_with_what_it_rests_on(string how, string said)
    {
        var none = new { defects = Array.Empty<object>(), seenSoFar = Array.Empty<object>() };
        var old = new { defects = new[] { Json("GM-04", "a.java", 2, "p3", 327, "critical", "原因丙", suppression: new { kind = "file", place = "s.yaml:3", standing = "inEffect", reason = "旧", reviewer = "某", until = "2027-01-01" }) } };
        var secrets = Record("code.secrets", Tree, new { doubts = how == "doubt" ? ["有一个链接没有看"] : Array.Empty<string>() });
        var csharp = Record("code.csharp", Tree, none) with { Outcome = how == "unable" ? new Unable(FailureKind.TimedOut, "没有做完") : new NotNeeded("源代码里没有 C# 文件") };
        var pack = Pack() with { Candidate = SamplePacks.Rich().Candidate, Outcomes = how == "nobody" ? [Record("code.source-scope", Tree, new { files = 1 })] : [Record("code.crypto-defects", Tree, how == "suppressed" ? old : none), secrets, csharp, Record("code.java", Tree, none) with { Outcome = new NotNeeded("源代码里没有 Java 文件") }] };
        var inspection = Assert.Single(CodeInspection.Of(pack));
        Assert.StartsWith(said, InspectionWords.WithoutDefects(inspection), StringComparison.Ordinal);
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), PageUse.Screen, page, CancellationToken.None);
        Assert.Contains(said, new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).QuerySelector("section.inspection")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Each probe writes down why it may not have seen all; none of it stays in the observation.</summary>
    [Theory]
    [InlineData("code.secrets", """{"doubts":["甲"]}""", "密钥与口令：甲", LookedAt.InPart)]
    [InlineData("code.defect-register", """{"doubts":["甲"]}""", "缺陷台账：甲", LookedAt.InPart)]
    [InlineData("code.secret-history", """{"isAsked":false,"doubts":["没有要求查看版本历史，未检测"]}""", "版本历史：没有要求查看版本历史，未检测", LookedAt.Wholly)]
    [InlineData("code.dependencies", """{"doubts":["没有漏洞库"],"withoutTransitive":["pom.xml"]}""", "组件漏洞：没有漏洞库", LookedAt.Wholly)]
    [InlineData("code.csharp", """{"isComplete":false,"projects":[{"path":"a.csproj","cutBecause":"时间到"}]}""", "C# 工程没有做完：a.csproj，时间到", LookedAt.InPart)]
    [InlineData("code.java", """{"isComplete":false,"unread":[{"file":"a.jsp","why":"页面"}]}""", "Java 没有读懂或不在分析之列：a.jsp，页面", LookedAt.InPart)]
    [InlineData("code.java", """{"isComplete":true,"unreadSettings":[{"file":"web.xml","why":"没有读"}]}""", "Java 应用的设置没有读或没有读懂：web.xml，没有读", LookedAt.InPart)]
    [InlineData("code.java", """{"isComplete":true,"knownCallsPercent":64}""", "Java 的调用中认识的占 64%，不认识的库里数据流可能断开", LookedAt.InPart)]
    [InlineData("code.csharp", """{"isComplete":false}""", "C# 分析不完整，缺陷只有看到的部分", LookedAt.InPart)]
    [InlineData("code.csharp", """{"isComplete":true,"untracedFileAccess":["a.cs:3"]}""", "分析器不跟踪的文件路径：a.cs:3", LookedAt.InPart)]
    [InlineData("code.csharp", """{"isComplete":true,"build":{"doubts":["a.csproj 没有构建成功"]}}""", "C# 构建：a.csproj 没有构建成功", LookedAt.InPart)]
    [InlineData("code.crypto-defects", """{"seenSoFar":[{}]}""", "密码误用：没有看全，或多得列不下，只列出看到的 1 处", LookedAt.InPart)]
    [InlineData("code.crypto-defects", """{"defects":[],"ecb":{"notCovered":["C"]}}""", "密码误用：C 没有这些检查的规则：ecb", LookedAt.InPart)]
    [InlineData("code.source-scope", """{"unreadBytes":["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q","r","s","t","u"]}""", "没有读全：另有 1 处", LookedAt.InPart)]
    public void What_was_not_wholly_looked_at_is_said(string kind, string data, string said, LookedAt reach)
    {
        using var document = JsonDocument.Parse(data);
        ProbeRecord[] whole = [Record("code.crypto-defects", Tree, new { defects = Array.Empty<object>() }), Record("code.secrets", Tree, new { }), Record("code.csharp", Tree, new { isComplete = true }), Record("code.java", Tree, new { isComplete = true })];
        var pack = Pack() with { Candidate = SamplePacks.Rich().Candidate, Outcomes = [.. whole.Where(r => r.ProbeId != kind), Record(kind, Tree, document.RootElement)] };
        var inspection = Assert.Single(CodeInspection.Of(pack));
        Assert.Contains(said, inspection.NotChecked);
        Assert.Equal(reach, inspection.Reach);
    }

    [Theory]
    [InlineData("""{"build":{"projects":[]}}""", "构建会执行工程文件里写的步骤")]
    [InlineData("""{"build":null}""", "没有编译成程序、没有运行")]
    public void A_copy_that_was_built_is_said(string data, string said)
    {
        using var document = JsonDocument.Parse(data);
        Assert.Contains(said, InspectionWords.Method(CodeInspection.Of(Pack() with { Outcomes = [Record("code.csharp", Tree, document.RootElement)] })[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Imports_that_were_not_read_or_not_finished_or_name_no_tree_are_said()
    {
        var pack = Pack();
        var scan = Assert.Single(pack.Candidate.Imports);
        List<string> Gaps(EvidencePack some) => [.. CodeInspection.Of(some)[0].NotChecked.Where(n => n.StartsWith("导入的", StringComparison.Ordinal))];
        EvidencePack With(params ProbeRecord[] outcomes) => pack with { Outcomes = [.. pack.Outcomes.Where(o => o.TargetId != scan.TargetId), .. outcomes] };
        Assert.EndsWith("：没有读", Assert.Single(Gaps(With())), StringComparison.Ordinal);
        var read = Record("code.imported-sarif", scan.TargetId, new { isFinished = true, defects = Array.Empty<object>() });
        Assert.Empty(Gaps(With(read)));
        Assert.EndsWith("，读不了", Assert.Single(Gaps(With(read with { Outcome = new Unable(FailureKind.BadInput, "读不了") }))), StringComparison.Ordinal);
        Assert.EndsWith("没有跑完", Assert.Single(Gaps(With(Record("code.imported-sarif", scan.TargetId, new { isFinished = false, defects = Array.Empty<object>() })))), StringComparison.Ordinal);
        Assert.Equal(3, Gaps(With(Record("code.imported-sarif", scan.TargetId, new { isFinished = (bool?)null, open = 2 }))).Count);
        var two = With(read) with { Candidate = pack.Candidate with { SourceTrees = [.. pack.Candidate.SourceTrees, pack.Candidate.SourceTrees[0] with { Id = "front" }] } };
        Assert.Contains("没有写明属于哪个源代码目录", Assert.Single(Gaps(two)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"baselineOf":"2026-10-01","doubts":["甲"]}""", "已消失多少没有看全，不知道")]
    [InlineData("""{"baselineOf":"2026-10-01","vanishedCount":6000}""", "已消失 6000 处")]
    [InlineData("""{"baselineOf":"2026-10-01","vanished":[],"vanishedCount":0}""", "已消失 0 处")]
    public async Task What_nobody_knows_to_have_vanished_is_not_none(string register, string said)
    {
        using var document = JsonDocument.Parse(register);
        var pack = Pack() with { Outcomes = [Record("code.crypto-defects", Tree, new { defects = Array.Empty<object>() }), Record("code.defect-register", Tree, document.RootElement)] };
        Assert.Contains(said, InspectionWords.BesideBaseline(CodeInspection.Of(pack)[0]), StringComparison.Ordinal);
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), PageUse.Print, page, CancellationToken.None);
        Assert.Contains(said, Encoding.UTF8.GetString(page.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suppressions_that_do_nothing_say_why_and_lists_that_are_cut_say_how_much_is_left()
    {
        var pack = Pack();
        var register = Record("code.defect-register", Tree, new
        {
            withoutEffect = new[] { new { kind = "inSource", place = "a:1", standing = "expired", reason = "r" } },
            withoutEffectCount = 7000,
            withoutDefect = new[] { new { kind = "file", place = "s.yaml:9", standing = "inEffect", reason = "r" } },
        });
        using var page = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack with { Outcomes = [register] }), PageUse.Screen, page, CancellationToken.None);
        var text = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.ToArray())).QuerySelector("section.inspection")!.TextContent;
        Assert.All(["已过期，不起作用理由", "另有 6999 条抑制不起作用", "查无此缺陷，应当删去"], t => Assert.Contains(t, text, StringComparison.Ordinal));
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
            Run = rich.Run with { Probes = [.. rich.Run.Probes, rich.Run.Probes[0] with { Id = "code.defect-register", Title = "代码缺陷台账", Labels = [new FieldLabel("withoutEffect", "", Words(), [new FieldLabel("standing", "", Words(("expired", "已过期，不起作用")), [])])] }] },
            Outcomes =
            [
                Record("code.source-scope", Tree, new { files = 3, lines = 40, unread = new[] { new { reason = "tooLarge", entries = 1, examples = new[] { "a.js" } } }, unreadBytes = new[] { "没有读 a.svelte" } }),
                Record("code.dependencies", Tree, new { componentCount = 2, manifests = new[] { "pom.xml" }, isWhole = true, database = (object?)null }),
                Record("code.crypto-defects", Tree, new
                {
                    defects = new object[]
                    {
                        Json("GM-04", "src/Pay.java", 7, "p1", 327, "major", "原因甲", baseline: "new"),
                        Json("GM-04", "src/Pay.java", 9, "p2", 327, "minor", "原因乙", baseline: "known", suppression: new { kind = "file", place = "s.yaml:5", standing = "expired", reason = "旧接口", reviewer = "复核员", until = "2020-01-01" }),
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
                    withoutPlace = 2,
                    tools = new[] { new { name = "他家扫描器", version = "1" } },
                    defects = new object[] { Json("X1", "/build/src/Pay.java", 7, "f1", 327, "critical", "别家的话", engine: "他家扫描器"), Json("X2", "src/Only.java", 1, "f2", null, "info", "只有别家", engine: "他家扫描器") },
                }),
            ],
        };
    }

    private static Dictionary<string, string> Words(params (string Value, string Word)[] words) => words.ToDictionary(w => w.Value, w => w.Word, StringComparer.Ordinal);

    private static object Json(string rule, string file, int line, string print, int? cwe, string severity, string message, string? baseline = null, object? suppression = null, string engine = "代码模式规则") =>
        new { ruleId = rule, file, line, fingerprint = print, cwe, severity, message, title = "弱密码算法", confidence = "high", code = "Cipher.getInstance(\"DES\")", remedy = "改法甲", engine, baseline, suppression };

    internal static SeenDefect Seen(string rule, string file, int line, string print, int? cwe) =>
        new() { RuleId = rule, File = file, Line = line, Fingerprint = print, Cwe = cwe, Title = "t", Severity = Severity.Major, Confidence = "high", Message = "", Code = "", Remedy = "", Engine = rule };

    private static ProbeRecord Record(string kind, string target, object data)
    {
        var rich = SamplePacks.Rich().Outcomes.First(o => o.Outcome is Observed { Observations.Count: > 0 });
        var element = data as JsonElement? ?? JsonSerializer.SerializeToElement(data);
        return rich with { ProbeId = kind, TargetId = target, Outcome = new Observed([((Observed)rich.Outcome).Observations[0] with { Kind = kind, ProbeId = kind, TargetId = target, Data = element }]) };
    }
}
