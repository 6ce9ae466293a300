using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>What points of the FAQ do to units and conclusions. They never make anything better.</summary>
public sealed class GuidanceTests
{
    private const string Open = "{\"open\":true}";
    private const string Closed = "{\"open\":false}";

    [Theory]
    [InlineData("APP-5", "FAQ-23", "磁盘加密", "D-")]
    [InlineData("APP-5", "FAQ-23", "应用加密", "D+A+K+")]
    [InlineData("NET-3", "FAQ-23", "磁盘加密", "D+A+K+")]
    [InlineData("APP-4", "FAQ-4", "开源库", "D+A+K-")]
    [InlineData("APP-4", "FAQ-4", "自写代码", "D-")]
    [InlineData("NET-2", "FAQ-13.1", "双向未认证", "D+A+K-")]
    [InlineData("NET-2", "FAQ-13.2", "网关含非国密", "D+A-K-")]
    public void A_choice_outweighs_the_yes_beside_it(string key, string point, string word, string expected)
    {
        var said = Said(key) with { D = true, A = true, K = true, Points = [new PointAnswer(point, word)] };
        var of = Assert.Single(Assess(new CryptoStatements { Answers = [said] }).Controls.Single(c => c.Key == key).Objects);
        var shown = string.Concat(of.Aspects.Select(a => $"{a.Aspect}{(a.Holds switch { true => "+", false => "-", _ => "?" })}"));
        Assert.StartsWith(expected, shown, StringComparison.Ordinal);
        Assert.Equal(expected.Contains('-', StringComparison.Ordinal), of.Aspects.SelectMany(a => a.Sources).Any(s => s.Sentence.Contains(point, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("BLD-4", "FAQ-27", "上线前未密评", Verdict.Satisfied, Verdict.NotSatisfied)]
    [InlineData("BLD-4", "FAQ-27", "上线前未密评", null, Verdict.NotSatisfied)]
    [InlineData("BLD-4", "FAQ-27", "上线前已密评", Verdict.Satisfied, Verdict.Satisfied)]
    [InlineData("POL-2", "FAQ-40", "没有执行", Verdict.Satisfied, Verdict.Partial)]
    [InlineData("POL-2", "FAQ-40", "没有执行", Verdict.NotSatisfied, Verdict.NotSatisfied)]
    [InlineData("POL-2", "FAQ-40", "没有执行", null, Verdict.NeedsReview)]
    public void A_choice_limits_the_verdict_of_a_management_unit_and_raises_none(string key, string point, string word, Verdict? said, Verdict expected)
    {
        var answer = Said(key) with { Object = null, Verdict = said, Points = [new PointAnswer(point, word)] };
        Assert.Equal(expected, Assess(new CryptoStatements { Answers = [answer] }).Controls.Single(c => c.Key == key).Verdict);
    }

    [Theory]
    [InlineData("EMG-2", false, ControlApplicability.Applies)]
    [InlineData("DEV-2", true, ControlApplicability.Applies)]
    [InlineData("DEV-2", false, ControlApplicability.Undecided)]
    public void A_reason_the_faq_does_not_take_makes_no_unit_inapplicable(string key, bool hasRemoteHost, ControlApplicability expected)
    {
        var candidate = Sample.Small with
        {
            CryptoLevel = 3,
            Hosts = hasRemoteHost ? Sample.Candidate.Hosts : [],
            Crypto = new CryptoStatements { Applicability = [SomeAssessment.Signed(new ApplicabilityChoice { Id = "x", Controls = [key], Applies = false, By = "", Organisation = "", On = default })] },
        };
        Assert.Equal(expected, Assess(candidate, Closed).Controls.Single(c => c.Key == key).Applicability);
    }

    [Theory]
    [InlineData(Open, true, false)]
    [InlineData("{}", true, null)]
    [InlineData(Closed, true, true)]
    [InlineData(Open, false, true)]
    public void A_product_register_on_a_channel_with_foreign_suites_takes_key_management_with_it(string channel, bool hasRegister, bool? expected)
    {
        var candidate = Sample.Small with
        {
            CryptoLevel = 3,
            Hosts = Sample.Candidate.Hosts,
            Crypto = new CryptoStatements
            {
                Objects = [new CryptoObject("gateway", "网关", ["NET-2"], hasRegister ? [Sample.Portal, Sample.Server] : [Sample.Portal])],
                Answers = [Said("NET-2") with { Object = "gateway", D = true, A = true, K = true }],
            },
        };
        Assert.Equal(expected, Assess(candidate, channel).Controls.Single(c => c.Key == "NET-2").Objects.Single(o => o.ObjectId == "gateway").Aspects.Single(a => a.Aspect == Aspect.K).Holds);
    }

    [Theory]
    [InlineData(Deployment.GovernmentCloud, false, true)]
    [InlineData(Deployment.Mixed, false, true)]
    [InlineData(Deployment.OwnRoom, false, false)]
    [InlineData(Deployment.GovernmentCloud, true, false)]
    public void In_a_cloud_nothing_good_is_concluded_without_the_report_on_the_cloud(Deployment where, bool hasReport, bool isMissed)
    {
        var assessed = Assess(Sample.Small with { CryptoLevel = 3, Deployment = where, Materials = hasReport ? [Cloud] : [] }, Closed);
        Assert.Equal(isMissed, assessed.Sentence.Contains("FAQ-36", StringComparison.Ordinal));
    }

    [Fact]
    public void A_crypto_level_below_the_protection_level_is_said()
    {
        Assert.Contains(Assess(Sample.Small with { CryptoLevel = 2 }, Closed).Warnings, w => w.Contains("FAQ-1.1", StringComparison.Ordinal));
        Assert.DoesNotContain(Assess(Sample.Small with { CryptoLevel = 3 }, Closed).Warnings, w => w.Contains("FAQ-1.1", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_to_people_is_asked_at_its_unit_or_item()
    {
        var assessed = Assess(new CryptoStatements());
        var asked = assessed.Controls.SelectMany(c => c.Questions).Concat(assessed.HighRisks.SelectMany(h => h.Questions)).Select(q => q.Point).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            CryptoRules.Library.Guidance.SelectMany(g => g.Points).Where(p => p.Asks is not null).Select(p => p.Id).Order(StringComparer.Ordinal),
            asked.Order(StringComparer.Ordinal));
        Assert.Equal(["应用加密", "透明加密", "磁盘加密"], assessed.Controls.Single(c => c.Key == "APP-5").Questions.Single(q => q.Point == "FAQ-23").Words);
    }

    private static Document Cloud { get; } = Sample.Paper("cloud", "政务云平台密评报告");

    private static CryptoAnswer Said(string key) =>
        SomeAssessment.Signed(new CryptoAnswer { Id = "a", Controls = [key], Object = key.StartsWith("NET", StringComparison.Ordinal) ? Sample.Portal : null, By = "", Organisation = "", On = default });

    private static Assessment Assess(CryptoStatements said) => Assess(Sample.Small with { CryptoLevel = 3, Crypto = said }, Closed);

    /// <summary>The portal as seen; the host stands for a register, which is asked PRODUCT-01.</summary>
    private static Assessment Assess(Candidate candidate, string channel) => Judge.All(Sample.Input(
        [Sample.Saw(Sample.Portal, channel), Sample.Saw(Sample.Server, Closed, "host.accounts"), Sample.Read(Sample.Paper()), Sample.Read(Cloud)]) with
    {
        Candidate = candidate with { Materials = [.. candidate.Materials, Sample.Paper()] },
        Library = CryptoRules.Library,
        Kinds = new[] { new ObservationKind("net.ports", "endpoint", new RecordSchema(new System.Text.Json.Nodes.JsonObject())), new ObservationKind("host.accounts", "host", new RecordSchema(new System.Text.Json.Nodes.JsonObject())) }.ToDictionary(k => k.Id, StringComparer.Ordinal),
        Requirements = [Named("SMC-01", "net.ports", "NET-1", []), Named("PRODUCT-01", "host.accounts", "NET-2", [Aspect.K], onlyDeclared: true)],
    }).Assessments.Single();

    private static Requirement Named(string id, string kind, string control, IReadOnlyList<Aspect> aspects, bool onlyDeclared = false) => Sample.Requirement(id) with
    {
        Observes = kind,
        Pillar = Pillar.CommercialCrypto,
        Basis = [new Basis("GB/T 39786-2021", "8.2", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = [control, .. control == "NET-2" ? Array.Empty<string>() : ["NET-2"]], Aspects = aspects, OnlyDeclared = onlyDeclared } }],
    };
}
