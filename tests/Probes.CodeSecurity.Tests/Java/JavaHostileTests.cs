using System.Diagnostics;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class JavaHostileTests
{
    private const int Many = 100_000;

    /// <summary>Head, what is repeated, middle, what is repeated behind it, tail; and the gap, none where loops read the chain.</summary>
    public static TheoryData<string, string, string, string, string, string?> Nests => new()
    {
        { "x = ", "(", "1", ")", ";", "TooDeep" },
        { "", "if (a) b(); else ", "c();", "", "", null },
        { "x = ", "a + b - c * d - ", "e", "", ";", null },
        { "x = ", "a ? b : ", "c", "", ";", "TooDeep" },
        { "x", ".y()", "", "", ";", "TooDeep" },
        { "", "{", "", "}", "", "TooDeep" },
        { "x = ", "a -> ", "b", "", ";", "TooDeep" },
        { "x = ", "! -", "b", "", ";", "TooDeep" },
        { "x = ", "(int) ", "b", "", ";", "TooDeep" },
        { "", "a = ", "b", "", ";", "TooDeep" },
        { "", "a: ", "b();", "", "", "TooDeep" },
        { "final ", "A<", "B", ">", " v;", "TooDeep" },
        { "final ", "A<B>.", "C", "", " v;", "TooDeep" },
        { "x = a instanceof ", "B(", "C c", ")", ";", "TooDeep" },
        { "x = ", "a < ", "b", "", ";", null },
    };

    [Theory]
    [MemberData(nameof(Nests))]
    public void Depth_has_a_bound_and_a_chain_has_none(string head, string before, string middle, string behind, string tail, string? reason)
    {
        var text = $"class A {{ void m() {{ {head}{Repeated(before)}{middle}{Repeated(behind)}{tail} }} void after() {{ f(); }} }}";
        var unit = new JavaParser().Parse(text);
        Assert.Equal(["m", "after"], JavaTree.OfKind<JavaMethod>(unit).Select(m => m.Name));
        Assert.InRange(JavaTree.All(unit).Max(n => n.Depth), 4, 4_000);
        Assert.All(unit.Gaps, g => Assert.Equal("A.m", g.Within));
        Assert.Equal(reason, unit.Gaps.IsEmpty ? null : unit.Gaps[0].Reason.ToString());
    }

    private static string Repeated(string part) => string.Concat(Enumerable.Repeat(part, Many));

    [Fact]
    public void Time_grows_with_the_length_alone()
    {
        string[] parts = ["f(a<b,c,d,e,f,", "a<", "(a<b,", "{", "\"\n", "\"\"\" ", "@A(", "case a when ", "switch (a) { case ", "() -> {", "if (a) ", "a.", "int f(){", "} ", "/*", "<", "# ;", "import a.", "\\u0041\\\\"];
        var parser = new JavaParser();
        foreach (var part in parts)
        {
            var watch = Stopwatch.StartNew();
            parser.Parse("class A { void m() { " + Repeated(part));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"{part}: {watch.Elapsed}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_files_never_fail_and_say_what_is_lost(int seed)
    {
        const int rounds = 10_000;
        string[] bits = ["(", ")", "{", "}", "[", "]", "<", ">", ";", ",", "\"", "'", "/*", "\"\"\"", "->", "::", "@", "case ", "default ", "switch(", "new ", "class ", "record ", "else ", "\\u", "\\", "=", ".", "...", "?", ":", "yield ", "sealed ", "public ", "instanceof ", "\0", "\uD800", "try{", "enum ", "import "];
        string[] samples = [JavaSamples.Old, JavaSamples.New, JavaSamples.Module];
        var random = new SeededBytes(0x1A7A + (ulong)seed);
        var parser = new JavaParser();
        for (var round = 0; round < rounds; round++)
        {
            var text = Damaged(samples[random.Below(samples.Length)], bits, random);
            var unit = parser.Parse(text);
            var nodes = JavaTree.All(unit).ToList();
            Assert.True(nodes.TrueForAll(n => n.Node.Span.Start >= 0 && n.Node.Span.Start <= n.Node.Span.End && n.Node.Span.End <= text.Length), text);
            Assert.True(unit.Gaps.All(g => g.Span.Start <= g.Span.End && g.Span.End <= text.Length), text);
            Assert.False(unit.Gaps.IsEmpty && nodes.Exists(n => n.Node is JavaMissing or JavaStatementGap or JavaMemberGap), text);
        }
    }

    private static string Damaged(string sample, string[] bits, SeededBytes random)
    {
        var text = new StringBuilder(sample);
        for (var times = 1 + random.Below(5); times > 0; times--)
        {
            var at = random.Below(text.Length);
            var length = Math.Min(1 + random.Below(40), text.Length - at - 1);
            var bit = bits[random.Below(bits.Length)];
            _ = random.Below(3) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, bit),
                _ => text.Insert(random.Below(text.Length), text.ToString(at, length)),
            };
        }

        return text.ToString();
    }
}
