using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Own programs where those of others, results of builds or no programs at all are expected.</summary>
public sealed class OwnCodeElsewhereTests
{
    /// <summary>Own code under a name of build results is a program that nobody read.</summary>
    [Theory]
    [InlineData("target/own/A.java", "class A { }\n", false)]
    [InlineData("target/classes/static/a.js", "x\n", false)]
    [InlineData("target/classes/static/b.js", "same\n", true)]
    [InlineData("target/classes/b.css", "x\n", true)]
    [InlineData("web/dist/server.js", "require('crypto').createHash('md5')\n", false)]
    [InlineData("web/dist/page.js", "x\n", true)]
    [InlineData("web/dist/page.d.ts", "x\n", true)]
    [InlineData("web/dist/bundle.js", "x\n//# sourceMappingURL=bundle.js.map\n", true)]
    [InlineData("net/obj/Debug/App.AssemblyInfo.cs", "x\n", true)]
    [InlineData("net/obj/Own.cs", "x\n", false)]
    [InlineData("net/bin/own.py", "x\n", false)]
    public async Task A_program_in_a_folder_of_build_results_is_one_unless_something_shows_that_it_was_built(string file, string text, bool isBuilt)
    {
        using var folder = new TemporaryFolder();
        folder.Write("pom.xml", "<project/>\n");
        folder.Write("src/main/resources/static/b.js", "same\n");
        folder.Write("web/package.json", "{}\n");
        folder.Write("web/src/page.ts", "let a = 1;\n");
        folder.Write("net/App.csproj", "<Project/>\n");
        folder.Write(file, text);
        var data = await LookAsync(folder);
        Assert.Equal(isBuilt, data.TryGetProperty("isWhole", out var _));
        Assert.Equal(isBuilt ? 0 : 1, data.GetProperty("unread").GetArrayLength());
    }

    /// <summary>A package.json can be written by anybody; the lock beside it says what was installed.</summary>
    [Theory]
    [InlineData("package-lock.json", """{"packages": {"node_modules/known": {"version": "1.0.0"}, "node_modules/@s/k": {"version": "1.0.0"}}}""")]
    [InlineData("node_modules/.package-lock.json", """{"packages": {"node_modules/known": {"version": "1.0.0"}, "node_modules/@s/k": {"version": "1.0.0"}}}""")]
    [InlineData("package.json", """{"name": "a", "dependencies": {"known": "1.0.0", "@s/k": "1.0.0"}}""")]
    [InlineData("yarn.lock", "known@^1.0.0:\n  version \"1.0.0\"\n\"@s/k@^1.0.0\":\n  version \"1.0.0\"\n")]
    [InlineData("pnpm-lock.yaml", "packages:\n  /known/1.0.0:\n    dev: false\n  '@s/k@1.0.0':\n    dev: false\n")]
    public async Task A_package_that_no_lock_names_was_put_there_by_hand(string name, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A { }\n");
        folder.Write(name, text);
        foreach (var package in new[] { "known", "@s/k" })
        {
            folder.Write($"node_modules/{package}/package.json", $$"""{"name": "{{package}}", "version": "1.0.0"}""");
            folder.Write($"node_modules/{package}/a.js", "1\n");
        }

        var known = await LookAsync(folder);
        Assert.True(known.TryGetProperty("isWhole", out var _));
        folder.Write("node_modules/own/package.json", """{"name": "own", "version": "1.0.0", "dependencies": {"own2": "1", "../x": "1", "\u0000": "1"}}""");
        folder.Write("node_modules/own2/package.json", """{"name": "own2", "version": "1.0.0", "dependencies": {"own": "1"}}""");
        folder.Write("node_modules/own/a.js", "1\n");
        var own = await LookAsync(folder);
        Assert.False(own.TryGetProperty("isWhole", out var _));
    }

    [Theory]
    [InlineData("src/A.java.bak", true)]
    [InlineData("src/A.java.orig", true)]
    [InlineData("src/A.java~", true)]
    [InlineData("src/A.java.bak.old", true)]
    [InlineData("src/B.java.bak", false)]
    [InlineData("src/b.py.old", false)]
    public async Task A_program_under_another_name_is_told_and_leaves_the_tree_open_where_its_original_is_gone(string file, bool isBeside)
    {
        using var folder = new TemporaryFolder();
        folder.Write("src/A.java", "class A { }\n");
        folder.Write(file, "class A { }\n");
        var data = await LookAsync(folder);
        Assert.Equal(isBeside, data.TryGetProperty("isWhole", out var _));
        Assert.Equal(isBeside ? [file] : Array.Empty<string?>(), data.GetProperty("setAside").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(isBeside ? 0 : 1, data.GetProperty("unreadLanguages").GetArrayLength());
    }

    private static async Task<JsonElement> LookAsync(TemporaryFolder folder)
    {
        var target = new SourceTree { Id = "src", Path = folder.Path };
        var observed = Assert.IsType<Observed>(await new SourceScopeProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None));
        return Assert.Single(observed.Observations).Data;
    }
}
