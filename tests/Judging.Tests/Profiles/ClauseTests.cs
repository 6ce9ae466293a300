using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>条款对照: the materials leg and the pillar leg.</summary>
public sealed class ClauseTests
{
    private const string Report = "密码应用安全性评估报告";
    private static readonly ProbeRecord Open = Sample.Saw(Sample.Portal, "{\"open\":true}");
    private static readonly ProbeRecord Closed = Sample.Saw(Sample.Portal, "{\"open\":false}");
    private static readonly Candidate WithFile = Sample.Small with { Materials = [new Document { Id = "mp", MaterialKind = Report, Path = "密评.pdf" }] };

    [Fact]
    public void A_material_that_is_missing_or_merely_listed_is_待人工()
    {
        var missing = One(Sample.Small, Sample.Clause(materials: [Report]));
        Assert.Equal((Verdict.NeedsReview, MaterialState.Missing), (missing.Verdict, missing.Materials[0].State));
        var listed = One(WithFile, Sample.Clause(materials: [Report]));
        Assert.Equal((Verdict.NeedsReview, MaterialState.Listed, "密评.pdf"), (listed.Verdict, listed.Materials[0].State, listed.Materials[0].Files[0]));
    }

    [Theory]
    [InlineData(Verdict.Satisfied)]
    [InlineData(Verdict.Partial)]
    [InlineData(Verdict.NotSatisfied)]
    [InlineData(Verdict.NotApplicable)]
    public void A_person_decides_on_a_material_and_the_explanation_says_how(Verdict verdict)
    {
        var clause = One(WithFile with { Attestations = [Sample.Attestation(verdict, $"C-1/{Report}")] }, Sample.Clause(materials: [Report]));
        Assert.Equal((verdict, MaterialState.Attested, "a-1"), (clause.Verdict, clause.Materials[0].State, clause.Materials[0].AttestationId));
        Assert.Equal(verdict != Verdict.Satisfied, clause.Explanation.Contains($"“{verdict.Name()}”", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Verdict.Satisfied, Verdict.NeedsReview, MaterialState.AttestedUnseen)]
    [InlineData(Verdict.Partial, Verdict.NeedsReview, MaterialState.AttestedUnseen)]
    [InlineData(Verdict.NotSatisfied, Verdict.NotSatisfied, MaterialState.Attested)]
    [InlineData(Verdict.NotApplicable, Verdict.NeedsReview, MaterialState.AttestedUnseen)]
    public void A_word_about_a_document_that_is_not_there_is_kept_and_earns_nothing(Verdict said, Verdict earned, MaterialState state)
    {
        var set = Judge.All(Sample.Input() with { Candidate = Sample.Small with { Attestations = [Sample.Attestation(said, $"C-1/{Report}")] }, Profile = Sample.Profile(Sample.Clause(materials: [Report])) });
        var clause = Assert.Single(set.Clauses);
        Assert.Equal((earned, state, "a-1"), (clause.Verdict, clause.Materials[0].State, clause.Materials[0].AttestationId));
        var unseen = state == MaterialState.AttestedUnseen;
        Assert.Equal(unseen, clause.Explanation.Contains("未见文件", StringComparison.Ordinal));
        Assert.Equal(unseen, set.Remarks.Any(r => r.Contains("未见文件", StringComparison.Ordinal)));
        Assert.Equal("a-1", Assert.Single(unseen ? set.AttestationsOnRecord : set.AttestationsInEffect).Id);
    }

    [Theory]
    [InlineData(Verdict.Satisfied)]
    [InlineData(Verdict.NotApplicable)]
    public void One_document_serves_every_material_whose_answer_names_it(Verdict said)
    {
        const string Other = "监理报告";
        Attestation Naming(string material, string id, params string[] documents) => Sample.Attestation(said, $"C-1/{material}", id) with { EvidenceIds = documents };
        var clause = Sample.Clause(materials: [Report, Other, "审计报告"]);
        var candidate = WithFile with
        {
            Materials = [.. WithFile.Materials, new Document { Id = "approval", MaterialKind = "立项批复", Path = "批复.pdf" }, new Document { Id = "later", MaterialKind = "说明", Path = "说明.pdf", IssuedOn = Sample.Today.AddDays(1) }],
            Attestations = [Naming(Report, "a-1", "approval"), Naming(Other, "a-2", "document:approval"), Naming("审计报告", "a-3", "nowhere", "later")],
        };
        var judged = One(candidate, clause);
        Assert.Equal([MaterialState.Attested, MaterialState.Attested, MaterialState.AttestedUnseen], judged.Materials.Select(m => m.State));
        Assert.Equal(["密评.pdf", "批复.pdf"], judged.Materials[0].Files);
        Assert.Equal(["批复.pdf"], judged.Materials[1].Files);
        Assert.Empty(judged.Materials[2].Files);
        Assert.Equal(Verdict.NeedsReview, judged.Verdict);
        Assert.Equal(said, One(candidate, Sample.Clause(materials: [Report, Other])).Verdict);
    }

    [Fact]
    public void A_document_named_for_one_material_is_none_of_another_one()
    {
        var candidate = Sample.Small with
        {
            Materials = [new Document { Id = "approval", MaterialKind = "立项批复", Path = "批复.pdf" }],
            Attestations = [Sample.Attestation(Verdict.NotApplicable, $"C-1/{Report}", "a-1") with { EvidenceIds = ["approval"] }, Sample.Attestation(Verdict.NotApplicable, "C-1/监理报告", "a-2")],
        };
        Assert.Equal([MaterialState.Attested, MaterialState.AttestedUnseen], One(candidate, Sample.Clause(materials: [Report, "监理报告"])).Materials.Select(m => m.State));
    }

    [Fact]
    public void A_document_that_will_be_issued_one_day_is_not_there_yet()
    {
        var future = WithFile with { Materials = [WithFile.Materials[0] with { IssuedOn = Sample.Today.AddDays(1) }] };
        Assert.Equal(MaterialState.Missing, One(future, Sample.Clause(materials: [Report])).Materials[0].State);
        Assert.Equal(Verdict.NeedsReview, One(future with { Attestations = [Sample.Attestation(Verdict.Satisfied, $"C-1/{Report}")] }, Sample.Clause(materials: [Report])).Verdict);
        Assert.Contains("在将来", Assert.Single(Judge.All(Sample.Input(Closed) with { Candidate = future }).Remarks), StringComparison.Ordinal);
        Assert.Equal(MaterialState.Listed, One(WithFile with { Materials = [WithFile.Materials[0] with { IssuedOn = Sample.Today }] }, Sample.Clause(materials: [Report])).Materials[0].State);
    }

    [Fact]
    public void Of_answers_on_one_material_the_worst_counts_whatever_their_ids()
    {
        var good = Sample.Attestation(Verdict.Satisfied, $"C-1/{Report}", "a-1");
        var absent = Sample.Attestation(Verdict.NotApplicable, $"C-1/{Report}", "a-2");
        var bad = Sample.Attestation(Verdict.NotSatisfied, $"C-1/{Report}", "a-3");
        Assert.Equal(Verdict.NotSatisfied, One(WithFile with { Attestations = [good, absent, bad] }, Sample.Clause(materials: [Report])).Verdict);
        Assert.Equal(Verdict.Satisfied, One(WithFile with { Attestations = [absent, good] }, Sample.Clause(materials: [Report])).Verdict);
    }

    [Fact]
    public void An_answer_of_the_future_does_not_attest_a_material() =>
        Assert.Equal(MaterialState.Listed, One(WithFile with { Attestations = [Sample.Attestation(Verdict.Satisfied, $"C-1/{Report}") with { On = Sample.Today.AddDays(1) }] }, Sample.Clause(materials: [Report])).Materials[0].State);

    [Theory]
    [InlineData("{\"open\":false}", Verdict.Satisfied, 1, 0, 0)]
    [InlineData("{\"open\":true}", Verdict.NotSatisfied, 0, 1, 0)]
    [InlineData("{}", Verdict.NeedsReview, 0, 0, 1)]
    public void The_pillar_leg_counts_the_judgements_of_the_pillar(string data, Verdict verdict, int satisfied, int failed, int open)
    {
        var clause = One(Sample.Small, Sample.Clause(pillars: [Pillar.Tls]), Sample.Saw(Sample.Portal, data));
        Assert.Equal(verdict, clause.Verdict);
        Assert.Equal(new PillarStatus(Pillar.Tls, verdict, satisfied, failed, open), Assert.Single(clause.Pillars));
    }

    [Fact]
    public void A_pillar_without_any_requirement_is_待人工() =>
        Assert.Equal(Verdict.NeedsReview, One(Sample.Small, Sample.Clause(pillars: [Pillar.Tls, Pillar.CodeSecurity]), Closed).Verdict);

    [Fact]
    public void Good_materials_do_not_outweigh_a_failing_pillar_nor_a_good_pillar_a_missing_material()
    {
        var both = Sample.Clause(materials: [Report], pillars: [Pillar.Tls]);
        var attested = WithFile with { Attestations = [Sample.Attestation(Verdict.Satisfied, $"C-1/{Report}")] };
        Assert.Equal(Verdict.Partial, One(attested, both, Open).Verdict);
        Assert.Equal(Verdict.NeedsReview, One(WithFile, both, Closed).Verdict);
        Assert.Equal(Verdict.Satisfied, One(attested, both, Closed).Verdict);
    }

    [Fact]
    public void A_clause_for_another_kind_of_system_is_不适用_and_one_that_cannot_be_told_is_待人工()
    {
        var kind = Sample.Clause(pillars: [Pillar.Tls]) with { AppliesWhen = Sample.Test("candidate.kind", FieldOperator.Equals, "\"government-service\"") };
        Assert.Equal(Verdict.Satisfied, One(Sample.Small, kind, Closed).Verdict);
        Assert.Equal(Verdict.NotApplicable, One(Sample.Small with { Kind = SystemKind.Website }, kind, Closed).Verdict);
        Assert.Empty(One(Sample.Small with { Kind = SystemKind.Website }, kind, Open).Pillars);

        var level = kind with { AppliesWhen = Sample.Test("candidate.cryptoLevel", FieldOperator.AtLeast, "2") };
        Assert.Equal(Verdict.NeedsReview, One(Sample.Small, level, Closed).Verdict);
        Assert.Equal(Verdict.NotSatisfied, One(Sample.Small, level, Open).Verdict);
    }

    private static ClauseJudgement One(Candidate candidate, Clause clause, params ProbeRecord[] records) =>
        Assert.Single(Judge.All(Sample.Input([.. records, .. candidate.Materials.Select(Sample.Read)]) with { Candidate = candidate, Profile = Sample.Profile(clause) }).Clauses);
}
