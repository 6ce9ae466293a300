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
        Assert.Equal(3, Directory.GetFiles(_folder.File("kept")).Length);
        Assert.Equal(first.Output, (await ProbeAsync("--cache", "kept", "--json", "-")).With(0).Output);
        Assert.Equal(first.Output, (await ProbeAsync("--no-cache", "--json", "-")).With(0).Output);
        Assert.Equal(2, Directory.GetFiles(_folder.File("src")).Length);
        Assert.Contains("重叠", (await ProbeAsync("--cache", "src/kept")).With(3).Error, StringComparison.Ordinal);
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
