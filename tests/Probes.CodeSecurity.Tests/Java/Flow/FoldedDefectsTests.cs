using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Places that are told as one defect, and what people write of one of them.</summary>
public sealed class FoldedDefectsTests : IDisposable
{
    private const string Logged = "import org.springframework.web.bind.annotation.*;\nclass A { static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(A.class);\n  @GetMapping(\"/a\") void q(String n) {\n    LOG.info(\"one {}\", n);\n    LOG.warn(\"two {}\", n);\n    LOG.error(\"three {}\", n);\n  }\n}\n";
    private const string Paths = "import org.springframework.web.bind.annotation.*;\nimport java.io.*;\nclass A {\n  @GetMapping(\"/a\") void q(String n) throws Exception {\n    if (new File(n).exists()) { return; }\n    new FileInputStream(n).read();\n    new FileOutputStream(n).write(1);\n  }\n}\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("JT-LOG", Logged, 4, "（同一文件另有 2 行", "（同一文件另有 1 行")]
    [InlineData("JT-PATH", Paths, 6, "另有 2 处用到（第 5 行、第 7 行）", "另有 1 处用到（第 5 行）")]
    public void A_word_about_one_place_speaks_for_no_other(string rule, string text, int line, string of, string less)
    {
        var defect = Assert.Single(Told(text, rule));
        Assert.Equal(line, defect.Line);
        Assert.Contains(of, defect.Message, StringComparison.Ordinal);

        // By its name, by its place, and by the place of one that another speaks for; what is said of the file is said of all.
        var byPrint = Told(text, rule, Word(rule) with { Fingerprint = defect.Fingerprint, Rules = [], File = null });
        Assert.Equal([false, true], byPrint.Select(d => d.IsSuppressed).Order());
        Assert.Equal(line, byPrint.Single(d => d.IsSuppressed).Line);
        Assert.DoesNotContain("另有", byPrint.Single(d => d.IsSuppressed).Message, StringComparison.Ordinal);
        Assert.Contains(less, byPrint.Single(d => !d.IsSuppressed).Message, StringComparison.Ordinal);
        Assert.NotEqual(defect.Fingerprint, byPrint.Single(d => !d.IsSuppressed).Fingerprint);
        Assert.Equal(byPrint.Select(d => (d.Line, d.IsSuppressed)), Told(text, rule, Word(rule) with { Line = line }).Select(d => (d.Line, d.IsSuppressed)));
        var other = Told(text, rule, Word(rule) with { Line = line + 1 });
        Assert.Equal([(line, false), (line + 1, true)], other.Select(d => (d.Line, d.IsSuppressed)).Order());
        var all = Assert.Single(Told(text, rule, Word(rule)));
        Assert.True(all.IsSuppressed);
        Assert.Equal((defect.Message, defect.Fingerprint), (all.Message, all.Fingerprint));
    }

    [Fact]
    public void The_analysis_of_an_earlier_run_knows_the_places_too()
    {
        _folder.Write("tree/A.java", Logged);
        var cache = Directory.CreateDirectory(_folder.File("cache")).FullName;
        var analysis = new JavaTreeAnalysis(FlowCase.Tables);
        string[] Lines() => [.. analysis.Tell(analysis.Run(_folder.File("tree"), CancellationToken.None, cache)!, States(Word("JT-LOG") with { File = "A.java", Line = 4 })).Seen.Select(d => $"{d.Line} {d.IsSuppressed} {d.Fingerprint} {d.Message}")];
        var first = Lines();
        Assert.Equal(2, first.Length);
        Assert.Single(Directory.GetFiles(cache, "java-*"));
        Assert.Equal(first, Lines());
    }

    /// <summary>A baseline that knows the defect knows the places it spoke for.</summary>
    [Fact]
    public void What_comes_apart_is_as_old_as_it_was_together()
    {
        var defect = Assert.Single(Told(Logged, "JT-LOG"));
        var baseline = CodeBaseline.Read(CodeBaseline.Write([defect], TimeProvider.System, "test"));
        var states = new DefectStates([Word("JT-LOG") with { Line = 4 }], baseline, new DateOnly(2026, 1, 1));
        Assert.Equal([BaselineStanding.Known, BaselineStanding.Known], Seen(Logged, states).Select(d => d.Baseline));
    }

    /// <summary>Where the one that spoke for the others is mended, none of them is new and none has vanished; only where all of them are gone it has.</summary>
    [Theory]
    [InlineData("JT-LOG", Logged, "    LOG.info(\"one {}\", n);\n", "    LOG.warn(\"two {}\", n);\n", "    LOG.error(\"three {}\", n);\n")]
    [InlineData("JT-PATH", Paths, "    new FileInputStream(n).read();\n", "    new FileOutputStream(n).write(1);\n", "    if (new File(n).exists()) { return; }\n")]
    public void Where_another_place_speaks_nothing_is_new_and_nothing_has_vanished(string rule, string text, string head, params string[] rest)
    {
        var baseline = CodeBaseline.Read(CodeBaseline.Write(Told(text, rule), TimeProvider.System, "test"));
        Assert.Single(baseline.Defects);
        var states = new DefectStates([], baseline, new DateOnly(2026, 1, 1));
        DefectRegister Now(string of) => DefectRegisterProbe.Describe([.. Seen(of, states).Where(d => d.RuleId == rule)], states, []);
        foreach (var mended in new[] { text, text.Replace(head, "", StringComparison.Ordinal), text.Replace(rest[0], "", StringComparison.Ordinal) })
        {
            var register = Now(mended);
            Assert.Equal((1, 0, 1, 0), (register.Defects, register.New.Value!.Count, register.Known.Value, register.VanishedCount.Value));
        }

        Assert.Equal(1, Now(rest.Prepend(head).Aggregate(text, (t, l) => t.Replace(l, "", StringComparison.Ordinal))).VanishedCount.Value);
    }

    /// <summary>A place that was not there is new, whoever speaks for it; those that were are not.</summary>
    [Theory]
    [InlineData("JT-LOG", Logged, "    LOG.error(\"three {}\", n);\n", 6, 4)]
    [InlineData("JT-LOG", Logged, "    LOG.info(\"one {}\", n);\n", 4, 5)]
    [InlineData("JT-PATH", Paths, "    new FileOutputStream(n).write(1);\n", 7, 6)]
    [InlineData("JT-PATH", Paths, "    new FileInputStream(n).read();\n", 6, 7)]
    public void A_new_place_is_new_below_a_known_one(string rule, string text, string added, int line, int known)
    {
        var baseline = CodeBaseline.Read(CodeBaseline.Write(Told(text.Replace(added, "", StringComparison.Ordinal), rule), TimeProvider.System, "test"));
        var states = new DefectStates([], baseline, new DateOnly(2026, 1, 1));
        var seen = Seen(text, states).Where(d => d.RuleId == rule).ToList();
        Assert.Equal([(line, BaselineStanding.New), (known, BaselineStanding.Known)], seen.OrderByDescending(d => d.Baseline == BaselineStanding.New).Select(d => (d.Line, d.Baseline!.Value)));
        Assert.False(baseline.Has(seen.Single(d => d.Baseline == BaselineStanding.New).Fingerprint));
        Assert.DoesNotContain("另有", seen.Single(d => d.Baseline == BaselineStanding.New).Message, StringComparison.Ordinal);
        var register = DefectRegisterProbe.Describe(seen, states, []);
        Assert.Equal((2, 1, 1, 0), (register.Defects, register.New.Value!.Count, register.Known.Value, register.VanishedCount.Value));
    }

    /// <summary>What people set aside speaks for nothing that counts, in effect or not, old or new.</summary>
    [Theory]
    [InlineData("2026-06-30", 1)]
    [InlineData("2025-06-30", 2)]
    public void What_is_set_aside_hides_nothing_that_counts(string until, int counts)
    {
        var baseline = CodeBaseline.Read(CodeBaseline.Write(Told(Logged, "JT-LOG"), TimeProvider.System, "test"));
        var states = new DefectStates([Word("JT-LOG") with { Line = 4, Until = DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture) }], baseline, new DateOnly(2026, 1, 1));
        var seen = Seen(Logged, states).Where(d => d.RuleId == "JT-LOG").ToList();
        Assert.Equal([4, 5], seen.Select(d => d.Line));
        Assert.Equal(counts, seen.Count(d => !d.IsSuppressed));
        Assert.False(seen[1].IsSuppressed);
        Assert.Contains("另有 1 行", seen[1].Message, StringComparison.Ordinal);
    }

    private static WrittenSuppression Word(string rule) => new() { Kind = SuppressionKind.File, Place = "s.yaml(1,1)", Rules = [rule], File = "src/A.java", Reason = "看过", Reviewer = "安全组", Until = new DateOnly(2026, 6, 30) };

    private static DefectStates States(params WrittenSuppression[] written) => new(written, null, new DateOnly(2026, 1, 1));

    private List<CodeDefect> Told(string text, string rule, params WrittenSuppression[] written) => [.. Seen(text, States(written)).Where(d => d.RuleId == rule)];

    private IReadOnlyList<CodeDefect> Seen(string text, DefectStates states)
    {
        _folder.Write("tree/src/A.java", text);
        var analysis = new JavaTreeAnalysis(FlowCase.Tables);
        return analysis.Tell(analysis.Run(_folder.File("tree"), CancellationToken.None)!, states).Seen;
    }
}
