using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Another tool's word beside ours.</summary>
public sealed class ForeignComparisonTests
{
    private const string Item = "CES-IP-b";

    [Fact]
    public void Trouble_we_did_not_see_is_a_disagreement_and_leaves_the_item_open()
    {
        var judged = Judge(size: 5, """{"failed":[{"id":"L-0","text":"现值 yes"}],"passed":[],"toolVersion":"3.0.8","reportedOn":"2026-01-02"}""");
        Assert.True(Assert.Single(judged.Foreign!).Disagrees);
        Assert.Equal(Verdict.NeedsReview, Shown(judged));
        Assert.Contains(judged.Remarks, r => r.Contains("Lynis 3.0.8（2026-01-02）认为 L-0 有问题，本工具实测 R-0 在", StringComparison.Ordinal));
        Assert.Contains(judged.Protection!.Items.Single(i => i.Key == Item).Objects[0].Sources, s => s.Sentence.Contains("现值 yes", StringComparison.Ordinal) && s.Says is null);
        Assert.Equal(Verdict.Satisfied, Assert.Single(judged.Judgements).Verdict);
    }

    [Fact]
    public void Its_praise_changes_nothing()
    {
        var judged = Judge(size: 1, """{"failed":[],"passed":["L-0"]}""");
        Assert.True(Assert.Single(judged.Foreign!).Disagrees);
        Assert.Equal(Verdict.NotSatisfied, Assert.Single(judged.Judgements).Verdict);
        Assert.Equal(Verdict.NotSatisfied, Shown(judged));
        Assert.Equal(Verdict.Satisfied, Shown(Judge(size: 5, """{"failed":[],"passed":["L-0"]}""")));
        Assert.Equal(Verdict.NeedsReview, Shown(Judge(size: null, """{"failed":[],"passed":["L-0"]}""")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"passed":["L-0"]}""")]
    [InlineData("""{"failed":[{"text":"no id"}]}""")]
    public void What_was_not_read_might_have_been_trouble(string? data) => Assert.Equal(Verdict.NeedsReview, Shown(Judge(size: 5, data)));

    [Fact]
    public void A_report_about_no_known_machine_is_only_named()
    {
        var judged = Judge(size: 5, """{"failed":[{"id":"L-0","text":""}]}""", host: null);
        Assert.Empty(judged.Foreign!);
        Assert.Equal(Verdict.Satisfied, Shown(judged));
        Assert.Contains(judged.Remarks, r => r.Contains("没有写 host", StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_speaks_against_an_item_never_meets_it()
    {
        Assert.Equal(Verdict.NeedsReview, Shown(Judge(size: 5, """{"failed":[],"passed":[]}""", onlyAgainst: true)));
        Assert.Equal(Verdict.NeedsReview, Shown(Judge(size: 1, """{"failed":[{"id":"L-0","text":""}]}""", onlyAgainst: true)));
        Assert.Equal(Verdict.NotSatisfied, Shown(Judge(size: 1, """{"failed":[],"passed":[]}""", onlyAgainst: true)));
    }

    private static Verdict Shown(JudgementSet judged) => judged.Protection!.Items.Single(i => i.Key == Item).Objects.Single(o => o.ObjectId == "host:h").Verdict;

    private static JudgementSet Judge(int? size, string? data, string? host = "h", bool onlyAgainst = false)
    {
        var rule = Sample.Requirement() with
        {
            Id = "R-0", Observes = "host.accounts", Pillar = Pillar.ClassifiedProtection, SatisfiedWhen = Sample.Test("size", FieldOperator.AtLeast, "3"), AppliesWhen = null, PartialWhen = null,
            Basis = [new Basis("GB/T 22239-2019", "8.1.4.4 b)", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = [Item], OnlyAgainst = onlyAgainst } }],
        };
        return SmartCity.SecurityCheck.Judging.Judge.All(new JudgeInput
        {
            Candidate = Sample.Candidate with
            {
                ProtectionLevel = 2, Endpoints = [], Hosts = [new Host { Id = "h", Local = true }], Waivers = [], Attestations = [],
                Imports = [new ImportedReport { Id = "i", Path = "report.dat", Tool = ForeignTool.Lynis, HostId = host }],
            },
            Requirements = [rule],
            Library = CryptoRules.Library with
            {
                Mappings = [new ForeignMapping { File = new RuleFile("f", "1", "对照", "自拟", BasisConfidence.Unchecked, "mappings/f.yaml", ""), Tool = ForeignTool.Lynis, Rules = [new ForeignRule("L-0", ["R-0"])] }],
            },
            Kinds = Sample.Kinds,
            Records =
            [
                Sample.Record("host:h", new Observed([Sample.Observation("host:h", size is { } n ? $"{{\"size\":{n}}}" : "{}", "host.accounts")]), "host.accounts"),
                Sample.Record("import:i", data is null ? new Unable(FailureKind.BadInput, "读不了") : new Observed([Sample.Observation("import:i", data, "imports.report")]), "imports.report"),
            ],
            Now = Sample.Now,
            FailOn = FailOn.Critical,
            Stage = Gate.Acceptance,
        });
    }
}
