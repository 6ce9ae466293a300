using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Working life of <c>probe code</c>: suppressions, baseline, threshold and cache, by the exit code and what is written.</summary>
public sealed class CodeProbeTests : IDisposable
{
    private const string Weak = "class A { Object a() { return MessageDigest.getInstance(\"MD5\"); } }\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_new_defects_fail_beside_a_baseline()
    {
        _folder.Write("src/A.java", Weak);
        (await ProbeAsync()).With(0);
        (await ProbeAsync("--fail-on", "major")).With(1);
        (await ProbeAsync("--fail-on", "critical")).With(0);
        (await ProbeAsync("--write-baseline", "base.json")).With(0);
        (await ProbeAsync("--baseline", "base.json", "--fail-on", "major")).With(0);
        _folder.Write("src/A.java", "// moved\n" + Weak);
        (await ProbeAsync("--baseline", "base.json", "--fail-on", "major")).With(0);
        _folder.Write("src/B.java", Weak);
        Assert.Contains("新增 1", (await ProbeAsync("--baseline", "base.json", "--fail-on", "major")).With(1).Output, StringComparison.Ordinal);
        File.Delete(_folder.File("src/A.java"));
        Assert.Contains("已消失", (await ProbeAsync("--baseline", "base.json", "--fail-on", "major")).With(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suppressed_defects_do_not_fail_and_are_shown()
    {
        _folder.Write("src/A.java", Weak);
        _folder.Write("s.yaml", "suppressions:\n- {rule: GM-03-jca, file: A.java, reason: 只作缓存键, reviewer: 评审组, until: 2099-12-31}\n");
        var ended = (await ProbeAsync("--suppressions", "s.yaml", "--fail-on", "major")).With(0);
        Assert.Contains("已抑制 1 处", ended.Output, StringComparison.Ordinal);
        Assert.Contains("只作缓存键，评审组，到 2099-12-31", ended.Output.ReplaceLineEndings(""), StringComparison.Ordinal);
        _folder.Write("s.yaml", "suppressions:\n- {rule: GM-03-jca, file: A.java, reason: 只作缓存键, reviewer: 评审组, until: 2020-12-31}\n");
        Assert.Contains("已过期，不起作用", (await ProbeAsync("--suppressions", "s.yaml", "--fail-on", "major")).With(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_run_with_a_cache_says_the_same_and_leaves_nothing_in_the_tree()
    {
        _folder.Write("src/A.java", Weak);
        _folder.Write("src/C.cs", "class C { object B() => System.Security.Cryptography.DES.Create(); }");
        var first = (await ProbeAsync("--cache", "kept", "--json", "-")).With(0);
        Assert.Equal(4, Directory.GetFiles(_folder.File("kept")).Length);
        Assert.Equal(first.Output, (await ProbeAsync("--cache", "kept", "--json", "-")).With(0).Output);
        Assert.Equal(first.Output, (await ProbeAsync("--no-cache", "--json", "-")).With(0).Output);
        Assert.Equal(2, Directory.GetFiles(_folder.File("src")).Length);
        Assert.Contains("重叠", (await ProbeAsync("--cache", "src/kept")).With(3).Error, StringComparison.Ordinal);
    }

    private const string Flowing = "import org.springframework.web.bind.annotation.*;\nclass W {\n  java.sql.Statement s;\n  @GetMapping(\"/a\") void q(@RequestParam(\"很长的参数名称很长的参数名称很长的参数名称很长的参数名称\") String name) throws Exception {\n    s.executeQuery(\"select '\" + name + \"'\");\n  }\n}\n";

    [Fact]
    public async Task Java_alone_is_shown_with_the_way_in_code_at_eighty_columns()
    {
        _folder.Write("src/网/W.java", Flowing);
        var shown = (await ProbeAsync("--java")).With(0).Output;
        var lines = shown.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        Assert.All(lines, l => Assert.InRange(TextColumns.WidthOf(l), 0, 80));
        var at = lines.FindIndex(l => l.Contains("s.executeQuery(", StringComparison.Ordinal));
        Assert.Equal(lines[at].IndexOf("executeQuery", StringComparison.Ordinal), lines[at + 1].IndexOf("^^^^^^^^^^^^", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("D-001 超危 JT-SQL", StringComparison.Ordinal));
        (await ProbeAsync("--java", "--fail-on", "major")).With(1);
        Assert.Contains("--java", (await ProbeAsync("--java", "--write-baseline", "b.json")).With(3).Error, StringComparison.Ordinal);
    }

    /// <summary>Surest first in text, observations and SARIF alike, and what is not sure says why in the line below it.</summary>
    [Fact]
    public async Task Java_alone_is_shown_surest_first_and_says_why_it_doubts()
    {
        _folder.Write("src/A.java", "import org.springframework.web.bind.annotation.*;\nclass A { java.sql.Statement s;\n boolean mine(String x) { return x.hashCode() % 3 == 0; }\n @GetMapping(\"/a\") void q(String n, String m, javax.servlet.http.HttpServletResponse r) throws Exception {\n  if (mine(n)) { s.executeQuery(n); }\n  r.sendRedirect(m);\n  String k = new java.util.Random().nextInt() + \"\";\n } }\n");
        var lines = (await ProbeAsync("--java")).With(0).Output.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        var heads = lines.Where(l => l.StartsWith("D-0", StringComparison.Ordinal)).ToList();
        Assert.All(lines, l => Assert.InRange(TextColumns.WidthOf(l), 0, 80));
        Assert.Equal(["JT-REDIRECT", "JT-SQL", "JT-RANDOM"], heads.Select(h => h.Split(' ')[2]));
        Assert.DoesNotContain("存疑", lines[lines.IndexOf(heads[0]) + 1], StringComparison.Ordinal);
        Assert.Equal([false, true, false], heads.Select(h => h.EndsWith("把握低，由人确认", StringComparison.Ordinal)));
        Assert.Contains(lines, l => l.Contains("缺陷 3 处（其中把握低、由人确认 1 处）", StringComparison.Ordinal));
        Assert.Equal("  存疑  路上有检查或过滤没有读懂，或值的开头没有看到，或值须是存放过的", lines[lines.IndexOf(heads[1]) + 1]);
        Assert.Equal("  存疑  有没有害要看代码以外的情况", lines[lines.IndexOf(heads[2]) + 1]);
        var rules = (await ProbeAsync("--java", "--json", "-")).With(0).Output;
        Assert.True(rules.IndexOf("\"JT-REDIRECT\"", StringComparison.Ordinal) < rules.IndexOf("\"JT-SQL\"", StringComparison.Ordinal));
        using var log = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--java", "--format", "sarif")).With(0).Output);
        Assert.Equal(["JT-REDIRECT", "JT-SQL", "JT-RANDOM"], log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(r => r.GetProperty("ruleId").GetString()));

        // All engines in one list tell the same.
        var all = (await ProbeAsync()).With(0).Output;
        using var of = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--format", "sarif")).With(0).Output);
        Assert.Contains($"缺陷 {of.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength()} 处（其中把握低、由人确认 1 处）", all, StringComparison.Ordinal);
        Assert.Contains("把握低，由人确认", all, StringComparison.Ordinal);
        Assert.Contains("存疑：路上有检查或过滤没有读懂", all, StringComparison.Ordinal);
    }

    /// <summary>Two engines see one line: in the register, in SARIF and on the screen it is one.</summary>
    [Fact]
    public async Task Every_output_counts_the_same()
    {
        _folder.Write("src/A.java", "import java.security.MessageDigest;\nclass A {\n byte[] q(byte[] b) throws Exception { return MessageDigest.getInstance(\"MD5\").digest(b); }\n javax.crypto.Cipher c() throws Exception { return javax.crypto.Cipher.getInstance(\"DES/ECB/PKCS5Padding\"); }\n}\n");
        using var sarif = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--format", "sarif", "--json", "seen.json")).With(0).Output);
        using var seen = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("seen.json")));
        var data = seen.RootElement.EnumerateArray().Where(o => o.TryGetProperty("data", out _)).Select(o => o.GetProperty("data")).ToList();
        var each = data.Where(d => d.ValueKind == System.Text.Json.JsonValueKind.Object).SelectMany(d => d.EnumerateObject()).Where(p => p.Name is "defects" or "seenSoFar" && p.Value.ValueKind == System.Text.Json.JsonValueKind.Array).Sum(p => p.Value.GetArrayLength());
        var register = data.Single(d => d.ValueKind == System.Text.Json.JsonValueKind.Object && d.TryGetProperty("suppressedDefects", out _)).GetProperty("defects").GetInt32();
        Assert.InRange(register, 2, each - 1);
        Assert.Equal(register, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Contains($"缺陷 {register} 处", (await ProbeAsync()).With(0).Output, StringComparison.Ordinal);
    }

    /// <summary>A dangerous place that was not there is new, also where a known one speaks for the source of both.</summary>
    [Fact]
    public async Task A_new_place_below_a_known_one_fails_what_fails_on_new_ones()
    {
        const string known = "import java.io.*; import org.springframework.web.bind.annotation.*;\nclass A {\n @GetMapping(\"/a\") void q(String n) throws Exception {\n  new FileInputStream(n).read();\n } }\n";
        _folder.Write("src/A.java", known);
        (await ProbeAsync("--write-baseline", "base.json")).With(0);
        (await ProbeAsync("--baseline", "base.json", "--fail-on", "critical")).With(0);
        _folder.Write("src/A.java", known.Replace("read();\n", "read();\n  new FileOutputStream(n).write(1);\n", StringComparison.Ordinal));
        (await ProbeAsync("--baseline", "base.json", "--fail-on", "critical")).With(1);
        using var log = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--java", "--baseline", "base.json", "--format", "sarif")).With(0).Output);
        Assert.Equal(["4 unchanged", "5 new"], log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(r => $"{r.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32()} {r.GetProperty("baselineState").GetString()}").Order(StringComparer.Ordinal));
    }

    /// <summary>What is new, what was there and what is gone; a look by Java alone cannot tell what is gone.</summary>
    [Fact]
    public async Task Sarif_beside_a_baseline_says_what_is_new_unchanged_and_gone()
    {
        _folder.Write("src/A.java", Weak);
        _folder.Write("src/W.java", Flowing);
        (await ProbeAsync("--write-baseline", "base.json")).With(0);
        File.Delete(_folder.File("src/A.java"));
        _folder.Write("src/B.java", Weak);
        async Task<IReadOnlyList<string>> States(params string[] more)
        {
            using var log = System.Text.Json.JsonDocument.Parse((await ProbeAsync(["--baseline", "base.json", "--format", "sarif", .. more])).With(0).Output);
            var run = log.RootElement.GetProperty("runs")[0];
            Assert.True(run.TryGetProperty("baselineGuid", out _));
            return [.. run.GetProperty("results").EnumerateArray().Select(r => $"{r.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()} {r.GetProperty("baselineState").GetString()}").Distinct().Order(StringComparer.Ordinal)];
        }

        Assert.Equal(["A.java absent", "B.java new", "W.java unchanged"], await States());
        _folder.Write("src/V.java", Flowing.Replace("class W", "class V", StringComparison.Ordinal));
        Assert.Equal(["V.java new", "W.java unchanged"], await States("--java"));
    }

    [Fact]
    public async Task Sarif_goes_to_standard_output_also_where_nothing_was_found()
    {
        _folder.Write("src/网/W.java", Flowing);
        using var log = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--java", "--format", "sarif")).With(0).Output);
        var result = Assert.Single(log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal("%E7%BD%91/W.java", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(2, result.GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations").GetArrayLength());
        _folder.Write("src/网/W.java", "class W { }\n");
        using var none = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--java", "--format", "sarif")).With(0).Output);
        var run = none.RootElement.GetProperty("runs")[0];
        Assert.Equal(0, run.GetProperty("results").GetArrayLength());
        Assert.Empty(Notifications(run));
        _folder.Write("src/网/W.java", "class W { void broken( }\n");
        using var part = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--java", "--format", "sarif")).With(0).Output);
        Assert.Contains(Notifications(part.RootElement.GetProperty("runs")[0]), n => n.Contains("W.java", StringComparison.Ordinal) && n.Contains("没有读懂", StringComparison.Ordinal));
        static IReadOnlyList<string> Notifications(System.Text.Json.JsonElement run) =>
            [.. run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications").EnumerateArray().Select(n => n.GetProperty("message").GetProperty("text").GetString()!)];
    }

    [Fact]
    public async Task Sarif_and_observations_are_written_side_by_side_or_refused()
    {
        _folder.Write("src/W.java", Flowing);
        using var log = System.Text.Json.JsonDocument.Parse((await ProbeAsync("--java", "--format", "sarif", "--json", "seen.json")).With(0).Output);
        Assert.Equal(1, log.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Contains("JT-SQL", await File.ReadAllTextAsync(_folder.File("seen.json")), StringComparison.Ordinal);
        Assert.Contains("只能选一个", (await ProbeAsync("--java", "--format", "sarif", "--json", "-")).With(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_project_declares_of_its_methods_is_followed_verified_and_checked_word_by_word()
    {
        _folder.Write("src/W.java", Flowing.Replace("class W {", "class W { static String clean(String x) { return x; }", StringComparison.Ordinal).Replace("+ name +", "+ clean(name) +", StringComparison.Ordinal));
        const string Rules = "flows:\n  sanitizers:\n  - {type: W, call: clean, cleans: sql, reason: 按白名单取值, author: 承建单位安全组, until: 2099-12-31}\n";
        _folder.Write("f.yaml", Rules + "examples:\n- {finds: sql, bad: \"class A { void q(javax.servlet.http.HttpServletRequest r, java.sql.Statement s) throws Exception { s.execute(r.getParameter(\\\"a\\\")); } }\"}\n- {good: \"class W { static String clean(String x) { return x; } void q(javax.servlet.http.HttpServletRequest r, java.sql.Statement s) throws Exception { s.execute(clean(r.getParameter(\\\"a\\\"))); } }\"}\n");
        (await ProbeAsync("--java", "--fail-on", "major")).With(1);
        var ended = (await ProbeAsync("--java", "--fail-on", "major", "--flows", "f.yaml")).With(0).Output.ReplaceLineEndings("");
        Assert.Contains("按项目声明，W.clean 视为已净化：按白名单取值（负责 承建单位安全组，到 2099-12-31", ended, StringComparison.Ordinal);
        Assert.Contains("样例 2 个，0 个不对", (await SecurityCheck.RunAsync(_folder.Path, "rules", "verify", "--flows", "f.yaml")).With(0).Output, StringComparison.Ordinal);
        _folder.Write("g.yaml", Rules + "examples:\n- {good: \"class A { void q(javax.servlet.http.HttpServletRequest r, java.sql.Statement s) throws Exception { s.execute(r.getParameter(\\\"a\\\")); } }\"}\n");
        Assert.Contains("g.yaml(5", (await SecurityCheck.RunAsync(_folder.Path, "rules", "verify", "--flows", "g.yaml")).With(3).Error, StringComparison.Ordinal);
        _folder.Write("h.yaml", Rules.Replace("cleans: sql", "cleans: slq", StringComparison.Ordinal));
        Assert.Contains("没有缺陷 slq；应为sql", (await ProbeAsync("--java", "--flows", "h.yaml")).With(3).Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cache_that_others_may_write_to_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows());
        _folder.Write("src/A.java", Weak);
        Directory.CreateDirectory(_folder.File("open"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File("open"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        }

        Assert.Contains("别的用户也可以写", (await ProbeAsync("--cache", "open")).With(3).Error, StringComparison.Ordinal);
        Assert.Contains("的上级目录", (await ProbeAsync("--cache", "open/kept")).With(3).Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cache_that_is_someone_elses_or_behind_a_link_into_the_tree_is_refused()
    {
        Skip.If(RequiredTool.IsMissing("chown") || RequiredTool.IsRootMissing());
        _folder.Write("src/A.java", Weak);
        var whose = Directory.CreateDirectory(_folder.File("whose/kept")).FullName;
        await new ProcessToolRunner().RunAsync(new ToolCall("chown", ["65534", whose]), CancellationToken.None);
        Assert.Contains("属于别的用户", (await ProbeAsync("--cache", "whose/kept")).With(3).Error, StringComparison.Ordinal);
        await new ProcessToolRunner().RunAsync(new ToolCall("chown", ["0", whose]), CancellationToken.None);
        (await ProbeAsync("--cache", "whose/kept")).With(0);
        await new ProcessToolRunner().RunAsync(new ToolCall("chown", ["65534", _folder.File("whose")]), CancellationToken.None);
        Assert.Contains("的上级目录", (await ProbeAsync("--cache", "whose/kept")).With(3).Error, StringComparison.Ordinal);
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("src"));
        Assert.Contains("重叠", (await ProbeAsync("--cache", "link/deep/kept")).With(3).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("这不是基线文件", "--baseline", "x.json")]
    [InlineData("看不出是哪个缺陷", "--suppressions", "x.yaml")]
    [InlineData("--fail-on 的值 everything 不对", "--fail-on", "everything")]
    public async Task What_cannot_be_used_is_said_before_anything_is_read(string says, params string[] arguments)
    {
        _folder.Write("src/A.java", Weak);
        _folder.Write("x.json", "{}");
        _folder.Write("x.yaml", "suppressions:\n- {reason: a}\n");
        Assert.Contains(says, (await ProbeAsync(arguments)).With(3).Error, StringComparison.Ordinal);
    }

    private Task<Ended> ProbeAsync(params IReadOnlyList<string> arguments) =>
        SecurityCheck.RunAsync(_folder.Path, ["probe", "code", "src", .. arguments.Contains("--cache") || arguments.Contains("--no-cache") ? Array.Empty<string>() : ["--no-cache"], .. arguments]);
}
