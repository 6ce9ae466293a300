using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>
/// Small programs of every language, written for this test and not for a rule: beside each flaw stands a twin that does the same rightly. Labels say
/// which lines are wrong; every other line is right.
/// </summary>
public sealed partial class LabelledTreeTests
{
    private static readonly string Root = Path.Combine(ShippedPatterns.RepositoryRoot, "tests", "Probes.CodeSecurity.Tests", "Labelled", "Tree");

    [Theory]
    [InlineData("java", 11)]
    [InlineData("kotlin", 8)]
    [InlineData("csharp", 10)]
    [InlineData("web", 17)]
    [InlineData("python", 11)]
    [InlineData("go", 10)]
    [InlineData("native", 12)]
    [InlineData("php", 12)]
    [InlineData("conf", 8)]
    public void Every_labelled_flaw_is_found_and_no_good_twin(string folder, int least)
    {
        var checks = ShippedPatterns.Tables.SelectMany(t => t.Rules).ToDictionary(r => r.Id, r => r.Check, StringComparer.Ordinal);
        var (labelled, found) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.sample", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Root, file)[..^".sample".Length].Replace('\\', '/');
            var text = File.ReadAllText(file);
            labelled.UnionWith(Labels(text).Select(l => $"{path}:{l.Line} {l.Check}"));
            found.UnionWith(ShippedPatterns.Examine(LanguageNames.Of(path, text), text, path).Defects
                .Where(d => d.Confidence != CodeConfidence.Low).Select(d => $"{path}:{d.Line} {checks[d.RuleId]}"));
        }

        Assert.True(labelled.Count >= least, $"{labelled.Count}");
        var wrong = labelled.Except(found).Select(f => "missed " + f).Concat(found.Except(labelled).Select(f => "not labelled " + f)).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The report tells how many there are, and what was not counted.</summary>
    [Fact]
    public void The_report_says_the_size_of_the_sample_and_what_is_left_out()
    {
        Assert.Contains("把握低的发现不计入", InspectionWords.Rates, StringComparison.Ordinal);
        Assert.Contains($"标注 {Directory.EnumerateFiles(Root, "*.sample", SearchOption.AllDirectories).Sum(f => Labels(File.ReadAllText(f)).Count())} 处缺陷", InspectionWords.Rates, StringComparison.Ordinal);
    }

    /// <summary>What was measured of Java flows on a public sample and by readers is told in the numbers of the records.</summary>
    [Fact]
    public void The_report_says_what_was_measured_of_java_flows()
    {
        string Record(string name) => File.ReadAllText(Path.Combine(ShippedPatterns.RepositoryRoot, "tests", "Benchmarks", "results", name));
        int[][] rows = [.. Score().Matches(Record("java-flows.md")).Select(m => m.Groups.Values.Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(11, rows.Length);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{rows.Sum(r => r[1])} 处缺陷漏报 {rows.Sum(r => r[1] - r[0])} 处，{rows.Sum(r => r[3])} 处正确写法误报 {rows.Sum(r => r[2])} 处"), InspectionWords.Rates, StringComparison.Ordinal);

        // The last reading, of trees nobody had read before.
        var read = Reading().Matches(Record("java-review.md"))[^1];
        Assert.Contains($"把握高的 {read.Groups["of"].Value} 处里成立 {read.Groups["held"].Value} 处", InspectionWords.Rates, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Line, string Check)> Labels(string text) =>
        text.Split('\n').SelectMany((line, i) => Label().Matches(line).Select(m => (i + (m.Groups["where"].Value == "next" ? 2 : 1), m.Groups["check"].Value)));

    [GeneratedRegex(@"^\| [a-z]+ \| (?<found>[0-9]+) / (?<bad>[0-9]+) \| (?<mistaken>[0-9]+) / (?<good>[0-9]+) \|", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Score();

    [GeneratedRegex(@"Of high confidence (?<held>[0-9]+) of (?<of>[0-9]+) held", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reading();

    [GeneratedRegex(@"\b(?<where>bad|next):(?<check>GM-[0-9]{2}(?:-protocol)?)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
