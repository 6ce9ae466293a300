using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Sources that would take the parser's stack, and the process with it.</summary>
public sealed class ParserStackTests
{
    private const int Many = 200_000;

    private static readonly AnalysisSettings NoEngines = new() { EngineFolder = Path.Combine(Path.GetTempPath(), "no-engines-here") };

    [Theory]
    [InlineData("#if ", "!", "X\n#endif")]
    [InlineData("#if ", "! ", "X\n#endif")]
    [InlineData("class A { } #if ", "!", "X\n#endif")]
    [InlineData("#if A\n#elif ", "!", "X\n#endif")]
    [InlineData("class A { bool B(object x) => x is ", "not ", "1; }")]
    [InlineData("class A { bool B(object x) => x is ", "not/* ; */", "1; }")]
    [InlineData("class A { bool B(object x) => x is ", "not// ;\n", "1; }")]
    [InlineData("class A { bool B(object x) => x is [", ".. ", "1]; }")]
    [InlineData("class A { object B(A x) => x", "?.C", "; }")]
    [InlineData("class A { object B(A x) => x", "?[1]", "; }")]
    [InlineData("class A { object B(A x) => from a in x select a ", "into b select b ", "; }")]
    [InlineData("class A { bool B(bool x) => ", "!", "x; }")]
    [InlineData("class A { object B(object x) => ", "await ", "x; }")]
    [InlineData("class A { object B = $\"{", "!", "x}\"; }")]
    [InlineData("class A { void B(", "ref ", "int x) { } }")]
    [InlineData("class A { void B(", "scoped ", "int x) { } }")]
    [InlineData("class A { int B(int a) => ", "(int)", "a; }")]
    [InlineData("class A { object B = ", "x => ", "1; }")]
    [InlineData("class A { object B = ", "a ? 1 : ", "1; }")]
    [InlineData("class A { object B = ", "a = ", "1; }")]
    [InlineData("class A { object B = ", "a ?? ", "1; }")]
    [InlineData("class A { void B(bool a) { ", "if (a) ; else ", "; } }")]
    [InlineData("class A { void B(bool a) { ", "a: ", "; } }")]
    [InlineData("class A { void B(bool a) { ", "while (a) ", "; } }")]
    public async Task What_would_end_the_stack_is_left_out_and_said(string before, string again, string after)
    {
        using var folder = new TemporaryFolder();
        folder.Write("deep.cs", before + string.Concat(Enumerable.Repeat(again, Many)) + after);
        folder.Write("good.cs", "class H { string B() => 1.ToString(); }");
        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.Equal("deep.cs", Assert.Single(seen!.Unread).File);
        Assert.False(seen.IsComplete);
    }

    [Theory]
    [InlineData(480)]
    [InlineData(499)]
    public async Task Runs_in_brackets_below_both_caps_are_survived(int brackets)
    {
        using var folder = new TemporaryFolder();
        var level = string.Concat(Enumerable.Repeat("not ", 19)) + "(";
        folder.Write("a.cs", "class A { bool B(object x) => x is " + string.Concat(Enumerable.Repeat(level, brackets)));
        var nested = string.Concat(Enumerable.Repeat("not ", 19)) + "{ A: ";
        folder.Write("b.cs", "class A { bool B(object x) => x is " + string.Concat(Enumerable.Repeat(nested, brackets)));
        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.Equal(2, seen!.Unread.Count);
    }

    [Fact]
    public void Ordinary_code_is_no_run()
    {
        Assert.Null(PrefixRuns.Trouble($"// {new string('-', 200)}\n/* {new string('*', 200)} */\n#region {new string('=', 200)}\n" + string.Concat(Enumerable.Repeat("if (!a && !b) { c = -d?.E ?? await f; } // - x\n/* y */\n", 3000))));
        Assert.Null(PrefixRuns.Trouble("var a = \"#ifconfig " + new string('x', 1000) + "\";"));
        Assert.NotNull(PrefixRuns.Trouble("#pragma warning disable " + new string('x', 2100)));
    }
}
