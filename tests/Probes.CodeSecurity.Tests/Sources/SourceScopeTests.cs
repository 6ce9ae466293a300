using System.Reflection;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class SourceScopeTests
{
    private static readonly string Rules = Path.Combine(
        typeof(SourceScopeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets", "code-security", "source-scope.yaml");

    [Fact]
    public void Every_example_of_the_rules_is_judged_as_it_says() =>
        Assert.All(ExampleVerification.Verify(Requirements()), r => Assert.True(r.IsAsExpected, $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} expected, {r.Actual} judged"));

    [Fact]
    public async Task A_plain_tree_is_read_whole()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { String s = \"\\u0041\"; }\n");
        folder.Write("node_modules/x/index.js", "1;\n");
        folder.Write("node_modules/x/package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}\n");
        var (outcome, data, evidence) = await LookAsync(folder);
        Assert.True(data.GetProperty("isWhole").GetBoolean());
        Assert.Equal(["CODE-SCOPE-01 Satisfied", "CODE-SCOPE-02 Satisfied"], Judged(outcome));
        Assert.Contains("node_modules/\tno\tVendored", Encoding.UTF8.GetString(Assert.Single(evidence.Files).Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_read_leaves_the_question_to_people()
    {
        using var folder = WrittenTree.Make();
        var (outcome, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
        Assert.Equal("src/Broken.java", Assert.Single(data.GetProperty("unreadBytes").EnumerateArray()).GetString());
        Assert.Equal(".rb", Assert.Single(data.GetProperty("unreadLanguages").EnumerateArray()).GetProperty("extension").GetString());
        Assert.Equal(["CODE-SCOPE-01 NeedsReview", "CODE-SCOPE-02 NeedsReview"], Judged(outcome));
    }

    [Theory]
    [InlineData("String s = \"a\"; // \\u000a if (admin)")]
    [InlineData("/* *\\u002f if (admin) /* */")]
    [InlineData("/* \\u002a/ if (admin) /* */")]
    [InlineData("/** \\uu002A\\u002F if (admin) /* */")]
    [InlineData("String s = \"\\u0022 + run(\\u0022 \\u0022) + \\u0022\";")]
    [InlineData("String s = \"a\\u005c\" + b;")]
    [InlineData("char c = '\\u0027';")]
    [InlineData("String s = \"\\u000a\";")]
    [InlineData("\\u0053tring s;")]
    [InlineData("if (level == \"user\u202E \u2066// only admins\u2069 \u2066\") {}")]
    public async Task Code_that_reads_otherwise_than_it_runs_is_found(string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A {\n" + line + "\n}\n");
        var (outcome, data, _) = await LookAsync(folder);
        Assert.Equal(2, data.GetProperty("hidden").EnumerateArray().First().GetProperty("line").GetInt32());
        Assert.Equal(["CODE-SCOPE-01 Satisfied", "CODE-SCOPE-02 NotSatisfied"], Judged(outcome));
    }

    [Theory]
    [InlineData("a.java", "String s = \"\\u4e2d \\u0027 \\\\u0022 \\\\u000a\"; char c = '\\u0022'; // \\u4e2d \\\\u000a")]
    [InlineData("a.java", "/* \\u000a \\u002f \\u002a */ int i;")]
    [InlineData("a.js", "s = \"\\u0022 \\u000a\"; // \\u000a")]
    [InlineData("a.jsp", "<script>s = \"\\u0022\";</script><% String t = \"\\u4e2d\"; %> C:\\users")]
    public async Task Escapes_that_end_nothing_are_none(string file, string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write(file, line + "\n");
        var (_, data, _) = await LookAsync(folder);
        Assert.Empty(data.GetProperty("hidden").EnumerateArray());
    }

    [Fact]
    public async Task In_a_page_the_code_of_the_server_is_looked_at()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.jsp", "<p>\n<% /* *\\u002f run(); /* */ %>\n<%= \"\\u0022+run()+\\u0022\" %>");
        var (_, data, _) = await LookAsync(folder);
        Assert.Equal([2, 3], data.GetProperty("hidden").EnumerateArray().Select(h => h.GetProperty("line").GetInt32()));
    }

    [Theory]
    [InlineData("src.zip", true)]
    [InlineData("lib/own-sources.jar", true)]
    [InlineData("data.bin", true)]
    [InlineData("lib/a.jar", false)]
    [InlineData("logo.png", false)]
    public async Task An_archive_is_not_read_and_a_library_is_none(string name, bool isArchive)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        WrittenTree.Bytes(folder, name, name == "data.bin" ? [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] : [0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0, 1]);
        var (_, data, _) = await LookAsync(folder);
        Assert.Equal(!isArchive, data.TryGetProperty("isWhole", out var _));
    }

    [Theory]
    [InlineData("node_modules/own/a.js", "node_modules/own/package.json", "{\"name\": \"own\", \"version\": \"1.0.0\"}")]
    [InlineData("node_modules/@a/own/a.js", "node_modules/@a/own/package.json", "{\"name\": \"own\", \"version\": \"1.0.0\"}")]
    [InlineData("bower_components/own/a.js", "bower_components/own/.bower.json", "{}")]
    [InlineData("site-packages/own/a.py", "site-packages/own-1.dist-info/RECORD", "own/a.py,sha256=x,1\n")]
    [InlineData("venv/lib/python3/site-packages/own/a.py", "venv/lib/python3/site-packages/own-1.egg-info/top_level.txt", "own\n")]
    [InlineData("vendor/a.go", "vendor/modules.txt", "# a v1\n")]
    public async Task A_folder_of_packages_is_one_where_its_tool_says_so(string file, string proof, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write("go.mod", "module a\n");
        folder.Write(file, "1\n");
        if (file.StartsWith("venv", StringComparison.Ordinal))
        {
            folder.Write("venv/pyvenv.cfg", "home = /usr/bin\n");
        }

        var (_, without, _) = await LookAsync(folder);
        Assert.False(without.TryGetProperty("isWhole", out var _));
        Assert.Equal("unprovenVendored", Assert.Single(without.GetProperty("unread").EnumerateArray()).GetProperty("reason").GetString());
        folder.Write(proof, text);
        var (_, with, _) = await LookAsync(folder);
        Assert.True(with.GetProperty("isWhole").GetBoolean());
    }

    [Theory]
    [InlineData("__pycache__/a.py")]
    [InlineData(".svn/a.java")]
    [InlineData("node_modules/a.js")]
    [InlineData("venv/own.py")]
    public async Task A_name_alone_hides_no_program(string file)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write("venv/pyvenv.cfg", "home = /usr/bin\n");
        folder.Write(file, "1\n");
        var (_, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
    }

    [Theory]
    [InlineData("node_modules/.cache/a.js", "1")]
    [InlineData("node_modules/.vite/deps/own.js", "1")]
    [InlineData("node_modules/.store/own/a.js", "1")]
    [InlineData("node_modules/.pnpm/own@1/node_modules/own/a.js", "1")]
    [InlineData("node_modules/.bin/own.js", "1")]
    [InlineData("node_modules/.bin/own.cmd", "del")]
    [InlineData("site-packages/_distutils_hack/own.py", "1")]
    [InlineData("site-packages/own.egg/own.py", "1")]
    [InlineData("vendor/modules.txt", "\n## explicit\n")]
    public async Task What_tools_keep_among_packages_is_no_place_for_programs(string file, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write("go.mod", "module a\n");
        folder.Write(file, text);
        folder.Write("vendor/a.go", "package a\n");
        folder.Write("vendor/modules.txt", file.StartsWith("vendor", StringComparison.Ordinal) ? text : "# a v1\n");
        var (_, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
        Assert.Equal("unprovenVendored", Assert.Single(data.GetProperty("unread").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("node_modules/.cache/babel/a.json", "{}", null, null)]
    [InlineData("node_modules/.vite/deps/vue.js", "1", "node_modules/.vite/deps/_metadata.json", """{"optimized": {"vue": {"file": "vue.js"}}}""")]
    [InlineData("node_modules/.pnpm/a@1.0.0/node_modules/a/a.js", "1", "node_modules/.pnpm/a@1.0.0/node_modules/a/package.json", """{"name": "a", "version": "1.0.0"}""")]
    [InlineData("node_modules/.store/a-npm-1-x/package/a.js", "1", "node_modules/.store/a-npm-1-x/package/package.json", """{"name": "a", "version": "1.0.0"}""")]
    [InlineData("node_modules/.prisma/client/index.js", "1", "node_modules/.prisma/client/package.json", """{"name": "client", "version": "1.0.0"}""")]
    [InlineData("node_modules/.bin/a.cmd", "@SETLOCAL\r\n\"%_prog%\"  \"%dp0%\\..\\a\\bin.js\" %*\r\n", "node_modules/.bin/a.ps1", "& \"$basedir/node$exe\"  \"$basedir/../a/bin.js\" $args\n")]
    [InlineData("site-packages/a.egg/a.py", "1", "site-packages/a.egg/EGG-INFO/PKG-INFO", "Name: a\n")]
    public async Task What_tools_keep_among_packages_is_theirs_where_they_say_so(string file, string text, string? proof, string? said)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write(file, text);
        if (proof is not null)
        {
            folder.Write(proof, said!);
        }

        var (_, data, _) = await LookAsync(folder);
        Assert.True(data.GetProperty("isWhole").GetBoolean());
    }

    [Fact]
    public async Task A_program_deeper_than_is_looked_is_not_taken_for_none()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write($".svn/{string.Concat(Enumerable.Repeat("d/", 70))}own.java", "class B { }\n");
        var (_, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
    }

    [Fact]
    public async Task More_packages_than_are_looked_at_prove_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        Directory.CreateDirectory(folder.File("node_modules"));
        for (var i = 0; i <= 20_000; i++)
        {
            File.WriteAllBytes(folder.File($"node_modules/{i}"), []);
        }

        var (_, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
    }

    [Theory]
    [InlineData("a.ipynb", "{}")]
    [InlineData("a.cgi", "#!/usr/bin/perl\n")]
    [InlineData("tool", "#!/usr/bin/perl\n")]
    [InlineData("a.ejs", "<% f() %>")]
    [InlineData("a.erb", "<% f() %>")]
    [InlineData("a.js", "x = `a\n")]
    public async Task What_no_rule_reads_leaves_the_tree_open(string file, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write(file, text);
        var (outcome, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
        Assert.Equal("CODE-SCOPE-01 NeedsReview", Judged(outcome).First());
    }

    [SkippableFact]
    public async Task A_name_of_other_bytes_is_told_and_the_rest_is_read()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        await OddFiles.OtherBytesAsync(folder.Path);
        var (_, data, _) = await LookAsync(folder);
        Assert.False(data.TryGetProperty("isWhole", out var _));
        Assert.Equal(1, data.GetProperty("files").GetInt32());
        Assert.Equal("unreadable", Assert.Single(data.GetProperty("unread").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_empty_tree_is_none()
    {
        using var folder = new TemporaryFolder();
        var target = new SourceTree { Id = "src", Path = folder.Path };
        Assert.IsType<Unable>(await new SourceScopeProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None));
    }

    private static async Task<(Observed Outcome, JsonElement Data, KeptEvidence Evidence)> LookAsync(TemporaryFolder folder)
    {
        var target = new SourceTree { Id = "src", Path = folder.Path };
        var evidence = new KeptEvidence();
        var observed = Assert.IsType<Observed>(await new SourceScopeProbe().ObserveAsync(target, ProbeContexts.For(evidence, target), CancellationToken.None));
        return (observed, Assert.Single(observed.Observations).Data, evidence);
    }

    private static IEnumerable<string> Judged(Observed outcome)
    {
        var candidate = new Candidate { Id = "test", Name = "测试系统", Kind = SystemKind.GovernmentService, IsClassified = false };
        return Requirements().Select(r =>
            $"{r.Id} {RequirementJudge.Judge(r, ("source-tree:src", "源代码"), outcome, EvaluationScope.FactsOf(candidate), ExampleVerification.ExampleClock).Verdict}");
    }

    private static IReadOnlyList<Requirement> Requirements()
    {
        var faults = new FaultList();
        var read = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(SourceScopeProbe).Assembly)), faults).Read("source-scope.yaml", File.ReadAllBytes(Rules));
        faults.ThrowIfAny();
        return read!.Requirements;
    }
}
