using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>What findings of the shipped rules make of D, A, K, Ra and Rk of the object that a sample or the register was assigned to.</summary>
public sealed class UnitClaimTests
{
    private const string Sample = "crypto-sample:sample";

    [Theory]
    [InlineData("certificate-files", "KEYFILE-01", "不符合", Aspect.K)]
    [InlineData("certificate-files", "KEYFILE-02", "不符合", Aspect.K)]
    [InlineData("certificate-files", "CERTFILE-05", "不符合", Aspect.A, "APP-1")]
    [InlineData("certificate-files", "CERTFILE-11", "不符合", Aspect.D, "APP-1")]
    [InlineData("randomness", "RANDOM-03", "不符合", Aspect.K)]
    [InlineData("algorithm-outputs", "ALGOUT-03", "不符合", Aspect.A)]
    [InlineData("algorithm-outputs", "ALGOUT-05", "不符合", Aspect.K)]
    [InlineData("product-register", "PRODUCT-01", "不符合", Aspect.K)]
    [InlineData("product-register", "PRODUCT-02", "不符合", Aspect.K)]
    [InlineData("product-register", "PRODUCT-03", "不符合", Aspect.K)]
    [InlineData("product-register", "PRODUCT-04", "不符合", Aspect.K)]
    public void A_finding_decides_the_aspect_of_the_object_it_belongs_to_and_of_no_other(string ruleset, string requirement, string verdict, Aspect aspect, string unit = "APP-5")
    {
        var rule = SampleRun.Requirements(ruleset).First(r => r.Id == requirement);
        var data = rule.Examples.First(e => e.Expected.Name() == verdict).Data;
        Assert.False(Holds(Assess([rule], data, unit), unit, aspect));
        Assert.Null(Holds(Assess([rule], data, unit, isDeclared: false), unit, aspect));
        var good = rule.Examples.First(e => e.Expected == Verdict.Satisfied).Data;
        Assert.Null(Holds(Assess([rule], good, unit), unit, aspect));
    }

    /// <summary>GB/T 37092 level 1 at level 3: 1.2; level 2 at level 4: 1.5; a product without a level: none; one of which it is not said: unknown.</summary>
    [Theory]
    [InlineData(3, "[{\"moduleLevel\":1},{\"moduleLevel\":2}]", 1.2, 1.2)]
    [InlineData(3, "[{\"moduleLevel\":null},{\"moduleLevel\":1}]", 1, 1)]
    [InlineData(3, "[{\"moduleLevel\":1},{}]", 1, 1.2)]
    [InlineData(3, "[{\"moduleLevel\":1},{\"moduleLevel\":2}]", 1, 1.2, false)]
    public void The_register_gives_the_level_of_the_weakest_product_for_Rk(int level, string products, double lower, double upper, bool hasCertificates = true)
    {
        var rule = SampleRun.Requirements("product-register").First(r => r.Id == "PRODUCT-05");
        var failed = SampleRun.Requirements("product-register").First(r => r.Id == "PRODUCT-01");
        var of = Object(Assess([rule, failed], JsonSerializer.Deserialize<JsonElement>($"{{\"products\":{products.Replace("{", "{\"name\":\"x\",\"numberForm\":null,", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal)}}}"), "APP-5", level: level, hasCertificates: hasCertificates), "APP-5");
        Assert.False(of.Aspects.Single(a => a.Aspect == Aspect.K).Holds);
        Assert.Equal(new ScoreRange((decimal)lower, (decimal)upper), of.Rk);
        Assert.All(of.Aspects.SelectMany(a => a.Sources), s => Assert.Equal(SourceKind.SelfReported, s.Kind));
    }

    /// <summary>Rows that name their objects are linked to them both ways; names that nobody has are told.</summary>
    [Fact]
    public void Rows_of_the_register_lead_to_the_objects_they_back()
    {
        var rule = SampleRun.Requirements("product-register").First(r => r.Id == "PRODUCT-05");
        ProductLink[] Links(string used, out IReadOnlyList<string> warnings)
        {
            var assessed = Assess([rule], JsonSerializer.Deserialize<JsonElement>($$"""{"products":[{"name":"密码机","row":2,"certificateNumber":"GM001119920210108","moduleLevel":2{{used}}}]}"""), "APP-5");
            warnings = assessed.Warnings;
            return [.. assessed.Products];
        }

        foreach (var used in new[] { "", ",\"usedFor\":[\"vault\"]", ",\"usedFor\":[\"数据库加密\"]" })
        {
            var link = Assert.Single(Links(used, out var none));
            Assert.Equal(("密码机", 2L, "GM001119920210108", used.Length > 0), (link.Name, link.Row, link.Certificate, link.IsStated));
            Assert.Equal(("vault", "数据库加密", "APP-5"), (link.Uses[0].ObjectId, link.Uses[0].Title, Assert.Single(link.Uses[0].Controls)));
            Assert.DoesNotContain(none, w => w.Contains("登记表", StringComparison.Ordinal) || w.Contains("用于对象", StringComparison.Ordinal));
        }

        Assert.Empty(Assert.Single(Links(",\"usedFor\":[\"别处\"]", out var said)).Uses);
        Assert.Contains(said, w => w.Contains("别处", StringComparison.Ordinal));
        Assert.Contains(said, w => w.Contains("没有一行写明用于它", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DEV-3", true)]
    [InlineData("DEV-5", true)]
    [InlineData("DEV-1", null)]
    public void A_certified_machine_meets_D_and_A_of_its_own_units_and_an_uncertified_one_fails_nothing(string unit, bool? expected)
    {
        var rule = SampleRun.Requirements("product-machines").Single();
        var good = rule.Examples.First(e => e.Expected == Verdict.Satisfied).Data;
        Assert.Equal((expected, expected, null), (Holds(Assess([rule], good, unit), unit, Aspect.D), Holds(Assess([rule], good, unit), unit, Aspect.A), Holds(Assess([rule], good, unit), unit, Aspect.K)));
        Assert.Null(Holds(Assess([rule], good, unit, hasCertificates: false), unit, Aspect.D));
        Assert.Equal(0, Assess([rule], good, unit).Grounds!.Measured);
        Assert.Null(Holds(Assess([rule], rule.Examples.First(e => e.Expected == Verdict.NotSatisfied).Data, unit), unit, Aspect.D));
        Assert.Null(Holds(Assess([rule], good, unit, isDeclared: false), unit, Aspect.D));
    }

    [Fact]
    public void Broken_password_hashes_count_with_the_lowest_strength()
    {
        var rule = SampleRun.Requirements("password-columns").First(r => r.Id == "PWD-03");
        var of = Object(Assess([rule], rule.Examples.First(e => e.Expected == Verdict.NotSatisfied).Data, "APP-5"), "APP-5");
        Assert.False(of.Aspects.Single(a => a.Aspect == Aspect.A).Holds);
        Assert.Equal(ScoreRange.Exactly(0.2m), of.Ra);
    }

    [Fact]
    public void Every_requirement_of_commercial_cryptography_says_why_it_matters_in_words_of_its_own()
    {
        var all = Directory.EnumerateFiles(SampleRun.Rules, "*.yaml").Select(Path.GetFileNameWithoutExtension).Where(f => f != "channel-units").SelectMany(f => SampleRun.Requirements(f!)).ToList();
        Assert.All(all, r => Assert.True(r.Why is { Length: > 15 }, $"{r.Id} 没有 why"));
        Assert.Equal(all.Count, all.Select(r => r.Why).Distinct(StringComparer.Ordinal).Count());
    }

    private static bool? Holds(Assessment assessed, string unit, Aspect aspect) => Object(assessed, unit).Aspects.Single(a => a.Aspect == aspect).Holds;

    private static ObjectJudgement Object(Assessment assessed, string unit) => assessed.Controls.Single(c => c.Key == unit).Objects.First(o => o.ObjectId is "vault" or "");

    private static Assessment Assess(IReadOnlyList<Requirement> rules, JsonElement data, string unit, bool isDeclared = true, int level = 3, bool hasCertificates = true)
    {
        var kinds = KindCatalogue.Of(ProbeCatalogue.Of(typeof(SampleFiles).Assembly));
        var now = ExampleVerification.ExampleClock;
        var sample = new CryptoSample { Id = "sample", SampleKind = kinds[rules[0].Observes!].Samples!.Value, Path = "x" };
        var copies = new Document { Id = "certificates", MaterialKind = "密码产品认证证书", Path = "证书.pdf" };
        var read = new Observation { Kind = "crypto.evidence-documents", ProbeId = "crypto.evidence-documents", ProbeVersion = "1", TargetId = copies.TargetId, Data = JsonSerializer.Deserialize<JsonElement>("{\"sha256\":\"00\",\"bytes\":40960,\"legibleBytes\":40960}"), Evidence = [], ObservedAt = now };
        var seen = new Observed([new Observation { Kind = rules[0].Observes!, ProbeId = rules[0].Observes!, ProbeVersion = "1", TargetId = Sample, Data = data, Evidence = [], ObservedAt = now }]);
        return Judge.All(new JudgeInput
        {
            Candidate = new Candidate
            {
                Id = "test", Name = "测试系统", Kind = SystemKind.GovernmentService, IsClassified = false, CryptoLevel = level, CryptoSamples = [sample], Materials = hasCertificates ? [copies] : [],
                Crypto = new CryptoStatements { Objects = isDeclared ? [new CryptoObject("vault", "数据库加密", [unit], [Sample])] : [] },
            },
            Requirements = rules,
            Library = Library(),
            Kinds = kinds,
            Records =
            [
                new ProbeRecord { ProbeId = rules[0].Observes!, ProbeVersion = "1", TargetId = Sample, Outcome = seen, StartedAt = now, Elapsed = TimeSpan.Zero },
                new ProbeRecord { ProbeId = read.ProbeId, ProbeVersion = "1", TargetId = copies.TargetId, Outcome = new Observed([read]), StartedAt = now, Elapsed = TimeSpan.Zero },
            ],
            Now = now,
            FailOn = FailOn.Critical,
            Stage = Gate.Acceptance,
        }).Assessments.Single();
    }

    private static StandardLibrary Library()
    {
        var faults = new FaultList();
        var reader = new LibraryReader(faults);
        foreach (var file in Directory.EnumerateFiles(SampleRun.Rules, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var shown = "commercial-crypto/" + Path.GetRelativePath(SampleRun.Rules, file).Replace('\\', '/');
            if (LibraryReader.IsData(shown))
            {
                reader.Read(shown, File.ReadAllBytes(file));
            }
        }

        var library = reader.Finish([]);
        faults.ThrowIfAny();
        return library;
    }
}
