using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Our parser and tree-sitter, which somebody else wrote, see the same declarations, calls, literals, statements and operators at the same places.</summary>
public sealed class DifferentialParserTests
{
    private static readonly string Root = typeof(DifferentialParserTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The three samples are written to be hard for a parser; the other one does not understand them.</summary>
    [SkippableFact]
    public void Java_of_this_repository_is_seen_alike() =>
        Compare([JavaSamples.Old, JavaSamples.New, JavaSamples.Module, .. FlowCase.Tables.SelectMany(t => t.Weaknesses).SelectMany(w => w.Bad.Concat(w.Good))], atLeast: 20, 3);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_Java_is_seen_alike(int seed)
    {
        const int programs = 400;
        // Names that are keywords elsewhere it does not always take for names.
        Compare([.. Enumerable.Range(0, programs).Select(i => Random(seed, i))], programs, programs / 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_Java_is_understood_wholly(int seed)
    {
        var parser = new JavaParser();
        for (var i = 0; i < 2_000; i++)
        {
            var text = Random(seed, i);
            var unit = parser.Parse(text);
            Assert.True(unit.Gaps.IsEmpty, unit.Gaps.IsEmpty ? null : $"{unit.Gaps[0].Reason} at {text[unit.Gaps[0].At..Math.Min(text.Length, unit.Gaps[0].At + 60)]}\nin {text}");
        }
    }

    private static string Random(int seed, int number) =>
        new RandomJava(((ulong)seed << 32) + (ulong)number) is var java && number % 20 == 0 ? java.Module() : java.Unit(40 + (number % 200));

    /// <param name="texts">Good Java.</param>
    /// <param name="atLeast">So many of them, or nothing was compared.</param>
    /// <param name="errors">Texts the other parser does not understand.</param>
    private static void Compare(IReadOnlyList<string> texts, int atLeast, int errors)
    {
        // Not a required tool: compared where npm is at hand.
        Skip.If(OtherJavaParser.Packages(Root) is null, "tree-sitter is not installed");
        Assert.True(texts.Count >= atLeast);
        var (parser, read) = (new JavaParser(), new OtherJavaParser(Root).Read(texts));
        var lost = texts.Where((_, i) => read[i] is null).OrderBy(t => t.Length).ToList();
        Assert.True(lost.Count <= errors, $"{lost.Count} not understood by the other parser, the shortest: {string.Join("\n--\n", lost.Take(3))}");
        var differences = texts.SelectMany((t, i) => read[i] is { } theirs ? OtherJavaParser.Differences(t, parser.Parse(t), theirs) : []).ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differences: {string.Join('\n', differences.Take(20))}");
    }
}
