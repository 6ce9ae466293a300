using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Suppressions and baselines from the file to the verdict, over a tree on disk.</summary>
public sealed class DefectStateTests : IDisposable
{
    private const string Md5 = "class A { Object a() { return MessageDigest.getInstance(\"MD5\"); } }\n";
    private const string Written = "reason: 只作缓存键, reviewer: 评审组, until: 2099-12-31";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_suppressed_is_neither_bad_nor_good_but_for_people_to_accept()
    {
        _folder.Write("src/A.java", Md5);
        Assert.Equal((Verdict.NotSatisfied, VerdictReason.Measured), await VerdictAsync("CODE-GM-03", Tree()));
        var (verdict, reason) = await VerdictAsync("CODE-GM-03", Tree($"- {{rule: GM-03-jca, file: src/A.java, {Written}}}"));
        Assert.Equal((Verdict.NeedsReview, VerdictReason.ManualOnly), (verdict, reason));
        Assert.Equal((Verdict.Satisfied, VerdictReason.Measured), await VerdictAsync("CODE-GM-06", Tree()));
    }

    [Theory]
    [InlineData("reviewer: b, until: 2099-12-31")]
    [InlineData("reason: a, until: 2099-12-31")]
    [InlineData("reason: a, reviewer: b")]
    [InlineData("reason: a, reviewer: b, until: 2020-12-31")]
    public async Task A_suppression_that_lacks_something_changes_no_verdict(string written)
    {
        _folder.Write("src/A.java", Md5);
        Assert.Equal((Verdict.NotSatisfied, VerdictReason.Measured), await VerdictAsync("CODE-GM-03", Tree($"- {{rule: GM-03-jca, file: src/A.java, {written}}}")));
        Assert.Single((await RegisterAsync(Tree($"- {{rule: GM-03-jca, file: src/A.java, {written}}}"))).WithoutEffect);
    }

    [Fact]
    public async Task One_that_is_not_suppressed_is_enough_and_one_unread_file_leaves_it_open()
    {
        _folder.Write("src/A.java", Md5);
        _folder.Write("src/B.java", Md5);
        var tree = Tree($"- {{rule: GM-03-jca, file: src/A.java, {Written}}}");
        Assert.Equal((Verdict.NotSatisfied, VerdictReason.Measured), await VerdictAsync("CODE-GM-03", tree));
        File.Delete(_folder.File("src/B.java"));
        _folder.Write("src/Big.java", new string('/', 5 * 1024 * 1024));
        Assert.Equal((Verdict.NeedsReview, VerdictReason.FieldMissing), await VerdictAsync("CODE-GM-03", tree));
    }

    [Fact]
    public async Task A_line_or_a_fingerprint_names_one_defect_of_several()
    {
        _folder.Write("A.java", "class A {\n Object a() { return MessageDigest.getInstance(\"MD5\"); }\n Object b() { return MessageDigest.getInstance(\"MD5\"); }\n}\n");
        var found = (await DefectsAsync(Tree())).Defects.Value;
        Assert.Equal(2, found.Count);
        var byCode = (await DefectsAsync(Tree($"- {{rule: GM-03-jca, file: A.java, code: {JsonSerializer.Serialize(found[1].Code)}, {Written}}}"))).Defects.Value;
        Assert.Equal([false, true], byCode.Select(d => d.IsSuppressed));
        var byPrint = (await DefectsAsync(Tree($"- {{fingerprint: {found[0].Fingerprint}, {Written}}}"))).Defects.Value;
        Assert.Equal([true, false], byPrint.Select(d => d.IsSuppressed));
    }

    [Fact]
    public async Task What_means_no_defect_is_said()
    {
        _folder.Write("A.java", "class A { // securitycheck:ignore GM-06-jca reason=a reviewer=b until=2099-12-31\n}\n");
        var register = await RegisterAsync(Tree($"- {{fingerprint: {new string('0', 64)}, {Written}}}"));
        Assert.Equal(["A.java:1", "suppressions.yaml(2)"], register.WithoutDefect.Value.Select(s => s.Place));
        Assert.Equal((0, 0), (register.Defects, register.Suppressed));
    }

    [Fact]
    public async Task Secrets_that_are_suppressed_stay_to_be_seen()
    {
        _folder.Write("a.yml", "spring:\n  datasource:\n    password: Gov@2024x # securitycheck:ignore CWE-259,CWE-798,CWE-260 reason=演示库 reviewer=评审组 until=2099-12-31\n");
        var outcome = await new CodeSecretsProbe().ObserveAsync(Tree(), Context(Tree()), CancellationToken.None);
        var data = Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data;
        Assert.False(data.TryGetProperty("hasPasswords", out _));
        Assert.Equal("password", Assert.Single(data.GetProperty("awaitsAcceptance").EnumerateArray()).GetString());
        Assert.Equal("演示库", Assert.Single(data.GetProperty("suppressed").EnumerateArray()).GetProperty("suppression").GetProperty("reason").GetString());
        Assert.Equal((Verdict.NeedsReview, VerdictReason.ManualOnly), await VerdictAsync("CSEC-05", Tree()));
    }

    [Fact]
    public async Task A_baseline_tells_new_ones_from_known_ones_and_what_is_gone_and_changes_no_verdict()
    {
        _folder.Write("src/A.java", Md5);
        _folder.Write("src/B.java", Md5.Replace("A", "B", StringComparison.Ordinal));
        var first = (await DefectsAsync(Tree())).Defects.Value;
        Assert.All(first, d => Assert.Null(d.Baseline));
        var written = CodeBaseline.Write(first.Reverse(), TimeProvider.System, "tool 1");
        Assert.Equal(written, CodeBaseline.Write(first, TimeProvider.System, "tool 1"));
        var tree = Tree() with { Baseline = Write("baseline.json", written) };
        _folder.Write("src/A.java", "// moved\n\n" + Md5);
        File.Delete(_folder.File("src/B.java"));
        _folder.Write("src/C.java", Md5.Replace("A", "C", StringComparison.Ordinal));
        Assert.Equal([BaselineStanding.Known, BaselineStanding.New], (await DefectsAsync(tree)).Defects.Value.Select(d => d.Baseline));
        var register = await RegisterAsync(tree);
        Assert.Equal(["src/C.java"], register.New.Value.Select(d => d.File));
        Assert.Equal(["src/B.java"], register.Vanished.Value.Select(d => d.File));
        Assert.Equal(1, register.Known.Value);
        Assert.Equal(await VerdictAsync("CODE-GM-03", Tree()), await VerdictAsync("CODE-GM-03", tree));
    }

    /// <summary>What several engines see in one line the register counts once, as every report does.</summary>
    [Fact]
    public void What_several_engines_see_is_counted_once()
    {
        CodeDefect One(string rule, string engine, int line = 1, int cwe = 327, BaselineStanding? baseline = null) => new() { RuleId = rule, File = "a.java", Line = line, Title = rule, Cwe = cwe, Severity = Severity.Major, Confidence = CodeConfidence.High, Message = "", Code = "", Remedy = "", Engine = engine, Fingerprint = rule, Baseline = baseline };
        var states = new DefectStates([], CodeBaseline.Read(CodeBaseline.Write([], TimeProvider.System, "t")), new DateOnly(2026, 1, 1));
        DefectRegister Of(IReadOnlyList<WeaknessKin> kin, params CodeDefect[] all) => DefectRegisterProbe.Describe(all, states, [], kin: kin);
        Assert.Equal(1, Of([], One("a", "甲"), One("b", "乙")).Defects);
        Assert.Equal(2, Of([], One("a", "甲"), One("b", "甲")).Defects);
        Assert.Equal(2, Of([], One("a", "甲"), One("b", "乙", line: 2)).Defects);
        Assert.Equal(2, Of([], One("a", "甲"), One("b", "乙", cwe: 328)).Defects);
        Assert.Equal(1, Of([new(327, [328])], One("a", "甲"), One("b", "乙", cwe: 328)).Defects);
        var register = Of([], One("a", "甲", baseline: BaselineStanding.Known), One("b", "乙", baseline: BaselineStanding.New), One("c", "甲", line: 2, baseline: BaselineStanding.Known), One("d", "乙", line: 2, baseline: BaselineStanding.Known));
        Assert.Equal((2, 1, 1), (register.Defects, register.New.Value!.Count, register.Known.Value));
    }

    /// <summary>A list that holds a part of them is no list of them; the number is known all the same.</summary>
    [Fact]
    public void Lists_of_the_register_are_whole_or_missing()
    {
        var baseline = Written(5001);
        var states = new DefectStates([.. Enumerable.Range(0, 5001).Select(n => new WrittenSuppression { Kind = SuppressionKind.File, Place = $"s.yaml({n:00000})", Fingerprint = $"{n}", Reason = n == 5000 ? null : "a", Reviewer = "b", Until = new DateOnly(2099, 1, 1) })], CodeBaseline.Read(baseline), new DateOnly(2026, 1, 1));
        var register = DefectRegisterProbe.Describe([], states, []);
        Assert.Equal((5001, false, false), (register.VanishedCount.Value, register.Vanished.IsKnown, register.WithoutDefect.IsKnown));
        Assert.Equal("s.yaml(05000)", Assert.Single(register.WithoutEffect).Place);
        Assert.Equal(1, register.WithoutEffectCount);
        Assert.False(DefectRegisterProbe.Describe([], states, ["没有走完"]).VanishedCount.IsKnown);
        static byte[] Written(int count) => JsonSerializer.SerializeToUtf8Bytes(new { format = "securitycheck-baseline/1", writtenOn = "2026-01-01", defects = Enumerable.Range(0, count).Select(n => new { fingerprint = $"{n:x64}", ruleId = "r", file = "a" }) });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"securitycheck-baseline/1\",\"writtenOn\":\"2026-01-01\",\"defects\":[{\"fingerprint\":\"x\"}]}")]
    [InlineData("{\"format\":\"securitycheck-baseline/1\",\"writtenOn\":\"1\",\"defects\":[]}")]
    public async Task What_is_no_baseline_is_said_and_spoils_nothing_else(string text)
    {
        _folder.Write("src/A.java", Md5);
        var tree = Tree() with { Baseline = Write("baseline.json", Encoding.UTF8.GetBytes(text)) };
        Assert.Equal((Verdict.NotSatisfied, VerdictReason.Measured), await VerdictAsync("CODE-GM-03", tree));
        var register = await RegisterAsync(tree);
        Assert.False(register.New.IsKnown);
        Assert.Contains(register.Doubts, d => d.Contains("基线", StringComparison.Ordinal));
    }

    [Fact]
    public void No_mutant_of_a_baseline_escapes()
    {
        var seed = new SeededBytes(5);
        var sample = CodeBaseline.Write(ShippedPatterns.Examine(SourceLanguage.Java, Md5, "A.java").Defects, TimeProvider.System, "tool");
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            try
            {
                read += CodeBaseline.Read(seed.Mutate(sample)).Defects.Count;
            }
            catch (UnableException)
            {
                // The one way out there is.
            }
        }

        Assert.True(read > 0);
    }

    [Theory]
    [InlineData("- {reason: a, reviewer: b, until: 2099-12-31}")]
    [InlineData("- {rule: GM-03-jca, reason: a}")]
    [InlineData("- {fingerprint: abc, reason: a}")]
    [InlineData("- {rule: GM-03-jca, file: a, until: morgen}")]
    [InlineData("- {rule: GM-03-jca, file: a, reson: b}")]
    public void An_entry_that_names_no_defect_is_a_mistake(string entry) => Assert.Throws<InputFaultException>(() => Tree(entry));

    private SourceTree Tree(params IReadOnlyList<string> entries) => new()
    {
        Id = "src", Path = _folder.Path,
        Suppressions = entries.Count == 0 ? [] : SuppressionReader.Read(Write("suppressions.yaml", Encoding.UTF8.GetBytes("suppressions:\n" + string.Join('\n', entries) + "\n"))),
    };

    private string Write(string name, byte[] bytes)
    {
        var place = Path.Combine(Directory.CreateDirectory(_folder.Path + "-beside").FullName, name);
        File.WriteAllBytes(place, bytes);
        return place;
    }

    private static ProbeContext Context(SourceTree tree)
    {
        var plain = ProbeContexts.For(new KeptEvidence(), tree);
        return new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = TimeProvider.System, Log = plain.Log, Shared = new SharedWork(), Tables = new ProbeTables { Secrets = Tables.Secrets, Patterns = ShippedPatterns.Tables, Engines = Analyzing.Tables, Flows = FlowCase.Tables },
        };
    }

    private static async Task<CryptoDefects> DefectsAsync(SourceTree tree) => CryptoDefectsProbe.Describe(await PatternCoverage.OfAsync(tree, Context(tree), CancellationToken.None));

    private static async Task<DefectRegister> RegisterAsync(SourceTree tree) =>
        Assert.Single(Assert.IsType<Observed>(await new DefectRegisterProbe().ObserveAsync(tree, Context(tree), CancellationToken.None)).Observations).Data.Deserialize<DefectRegister>(ObservationJson.Compact)!;

    private static async Task<(Verdict, VerdictReason)> VerdictAsync(string requirement, SourceTree tree)
    {
        IProbe probe = requirement.StartsWith("CSEC", StringComparison.Ordinal) ? new CodeSecretsProbe() : new CryptoDefectsProbe();
        var judged = RequirementJudge.Judge(Requirements.Value.Single(r => r.Id == requirement), (tree.TargetId, "src"), await probe.ObserveAsync(tree, Context(tree), CancellationToken.None), JsonElement.Parse("{}"), TimeProvider.System.GetUtcNow());
        return (judged.Verdict, judged.Reason);
    }

    private static readonly Lazy<IReadOnlyList<Requirement>> Requirements = new(() =>
    {
        var faults = new FaultList();
        var reader = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(CSharpProbe).Assembly)), faults);
        List<Requirement> read = [.. new[] { "code-crypto.yaml", "secrets.yaml" }.SelectMany(f => reader.Read(f, File.ReadAllBytes(Path.Combine(ShippedPatterns.RepositoryRoot, "rulesets", "code-security", f)))!.Requirements)];
        faults.ThrowIfAny();
        return read;
    });
}
