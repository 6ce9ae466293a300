using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Nothing counts as mended that was not shown to be.</summary>
public sealed class PackComparisonTests
{
    private static readonly EvidencePack Rich = SamplePacks.Rich();
    private static readonly Judgement One = Rich.Judgement.Judgements.First(j => Rich.Candidate.Endpoints.Any(e => e.TargetId == j.TargetId));

    [Theory]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.Satisfied, VerdictReason.Measured, Change.Fixed)]
    [InlineData(Verdict.Partial, VerdictReason.Measured, Verdict.Satisfied, VerdictReason.Measured, Change.Fixed)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Attested, Verdict.Satisfied, VerdictReason.Attested, Change.Fixed)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.Satisfied, VerdictReason.Attested, Change.Undecided)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.Satisfied, VerdictReason.SelfReported, Change.Undecided)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.NeedsReview, VerdictReason.ProbeUnable, Change.Undecided)]
    [InlineData(Verdict.Satisfied, VerdictReason.Measured, Verdict.NeedsReview, VerdictReason.FieldMissing, Change.Undecided)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.NotApplicable, VerdictReason.ConditionNotMet, Change.Gone)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.Partial, VerdictReason.Measured, Change.Better)]
    [InlineData(Verdict.Partial, VerdictReason.Measured, Verdict.NotSatisfied, VerdictReason.Measured, Change.Worse)]
    [InlineData(Verdict.Satisfied, VerdictReason.Measured, Verdict.NotSatisfied, VerdictReason.Measured, Change.New)]
    [InlineData(Verdict.NeedsReview, VerdictReason.ProbeUnable, Verdict.NotSatisfied, VerdictReason.Measured, Change.New)]
    [InlineData(Verdict.NeedsReview, VerdictReason.ProbeUnable, Verdict.Satisfied, VerdictReason.Measured, Change.Better)]
    [InlineData(Verdict.NeedsReview, VerdictReason.ProbeUnable, Verdict.NeedsReview, VerdictReason.ManualOnly, Change.Unchanged)]
    [InlineData(Verdict.NotSatisfied, VerdictReason.Measured, Verdict.NotSatisfied, VerdictReason.Measured, Change.Unchanged)]
    public void A_change_has_the_class_it_has_earned(Verdict was, VerdictReason wasReason, Verdict now, VerdictReason reason, Change change)
    {
        var compared = PackComparison.Of(Pack(One with { Verdict = was, Reason = wasReason }), Pack(One with { Verdict = now, Reason = reason }), null);
        Assert.Equal(change, Assert.Single(compared.Pairs).Change);
    }

    [Fact]
    public void What_is_not_asked_any_more_or_moved_elsewhere_is_not_mended()
    {
        var wrong = Pack(One with { Verdict = Verdict.NotSatisfied, Reason = VerdictReason.Measured });
        var nothing = PackComparison.Of(wrong, Pack(), null);
        Assert.Equal(Change.Gone, Assert.Single(nothing.Pairs).Change);
        Assert.Equal(Change.Gone, Assert.Single(nothing.Findings).Change);

        var good = Pack(One with { Verdict = Verdict.Satisfied, Reason = VerdictReason.Measured });
        var moved = good with { Candidate = good.Candidate with { Endpoints = [.. good.Candidate.Endpoints.Select(e => e with { Port = e.Port + 1 })] } };
        var compared = PackComparison.Of(wrong, moved, null);
        Assert.Equal([Change.Gone, Change.Added], compared.Pairs.Select(p => p.Change));
        Assert.Contains(compared.Warnings, w => w.Contains("同名而地址不同", StringComparison.Ordinal));
    }

    [Fact]
    public void What_other_rules_made_of_the_same_observations_is_not_the_systems_doing()
    {
        var wrong = Pack(One with { Verdict = Verdict.NotSatisfied, Reason = VerdictReason.Measured });
        var good = Pack(One with { Verdict = Verdict.Satisfied, Reason = VerdictReason.Measured });
        Assert.Equal(Change.OtherRules, Assert.Single(PackComparison.Of(wrong, good, earlierByRulesOfNow: good).Pairs).Change);
        Assert.Equal(Change.Fixed, Assert.Single(PackComparison.Of(wrong, good, earlierByRulesOfNow: wrong).Pairs).Change);
    }

    [Fact]
    public void A_finding_follows_its_fingerprint_and_says_no_more_than_its_judgement()
    {
        var wrong = Pack(One with { Verdict = Verdict.NotSatisfied, Reason = VerdictReason.Measured });
        var unseen = Pack(One with { Verdict = Verdict.NeedsReview, Reason = VerdictReason.ProbeUnable });
        var good = Pack(One with { Verdict = Verdict.Satisfied, Reason = VerdictReason.Measured });
        Assert.Equal(Change.Undecided, Assert.Single(PackComparison.Of(wrong, unseen, null).Findings).Change);
        Assert.Equal(Change.Fixed, Assert.Single(PackComparison.Of(wrong, good, null).Findings).Change);
        Assert.Equal(Change.New, Assert.Single(PackComparison.Of(good, wrong, null).Findings).Change);
        Assert.Equal(Change.Unchanged, Assert.Single(PackComparison.Of(wrong, wrong, null).Findings).Change);
    }

    /// <summary>A host that joined and could not be looked at is no host with nothing wrong.</summary>
    [Theory]
    [InlineData(Verdict.NeedsReview, Change.Undecided)]
    [InlineData(Verdict.Satisfied, Change.Added)]
    [InlineData(Verdict.Partial, Change.New)]
    public void What_joined_is_what_was_seen_of_it(Verdict verdict, Change change)
    {
        var compared = PackComparison.Of(Pack(), Pack(One with { Verdict = verdict, Reason = VerdictReason.ProbeUnable }), null);
        Assert.Equal(change, Assert.Single(compared.Pairs).Change);
        Assert.Equal(change == Change.Undecided, compared.HasLost);
    }

    [Fact]
    public void A_waiver_that_ended_makes_what_it_covered_new()
    {
        var open = Pack(One with { Verdict = Verdict.NotSatisfied, Reason = VerdictReason.Measured });
        var waived = open with { Judgement = open.Judgement with { Findings = [.. open.Judgement.Findings.Select(f => f with { WaiverId = "w-1" })] } };
        Assert.Equal(Change.New, Assert.Single(PackComparison.Of(waived, open, null).Findings).Change);
        Assert.Equal(Change.Unchanged, Assert.Single(PackComparison.Of(open, waived, null).Findings).Change);
    }

    /// <summary>None of them is a finding, and each of them closes the gate.</summary>
    [Theory]
    [InlineData(ConclusionKind.Material, "a9/密码应用方案")]
    [InlineData(ConclusionKind.Period, "a22/试运行期限")]
    [InlineData(ConclusionKind.Assessment, "gbt39786-2021")]
    [InlineData(ConclusionKind.Clause, "a9")]
    public void A_rejected_material_a_late_period_and_a_failed_assessment_are_compared(ConclusionKind kind, string id)
    {
        var (good, bad) = (Concluding(Verdict.Satisfied), Concluding(Verdict.NotSatisfied));
        Assert.Equal(Change.New, Of(PackComparison.Of(good, bad, null)));
        Assert.True(PackComparison.Of(good, bad, null).IsWorse);
        Assert.Equal(Change.Fixed, Of(PackComparison.Of(bad, good, null)));
        Assert.Equal(Change.Undecided, Of(PackComparison.Of(good, Concluding(Verdict.NeedsReview), null)));
        Assert.Equal(Change.OtherRules, Of(PackComparison.Of(good, bad, earlierByRulesOfNow: bad)));
        Assert.False(PackComparison.Of(bad, bad, null).IsWorse);

        Change Of(PackComparison compared) => Assert.Single(compared.Conclusions, c => c.Kind == kind && c.Id == id).Change;
    }

    private static EvidencePack Concluding(Verdict verdict) => Rich with
    {
        Candidate = Rich.Candidate with { Attestations = [.. Rich.Judgement.AttestationsInEffect.Select(a => a with { Verdict = verdict })] },
        Judgement = Rich.Judgement with
        {
            Clauses = [.. Rich.Judgement.Clauses.Select(c => c with { Verdict = verdict, Periods = [new PeriodStatus("试运行期限", verdict, "")] })],
            Assessments =
            [
                .. Rich.Judgement.Assessments.Select(a => a with
                {
                    Conclusion = verdict == Verdict.Satisfied ? AssessmentConclusion.Satisfied : verdict == Verdict.NeedsReview ? AssessmentConclusion.Undecided : AssessmentConclusion.NotSatisfied,
                }),
            ],
        },
    };

    [Fact]
    public void Differences_of_the_runs_are_named()
    {
        var then = Pack(One);
        var now = then with
        {
            Run = then.Run with { ToolVersion = "9", StartedAt = then.Run.StartedAt.AddDays(1), AllowIntrusive = !then.Run.AllowIntrusive, FailOn = FailOn.Minor, Rulesets = [.. then.Run.Rulesets.Skip(1)] },
            Candidate = then.Candidate with { Endpoints = [.. then.Candidate.Endpoints.Skip(1)] },
        };
        var warnings = string.Join('\n', PackComparison.Of(then, now, null).Warnings);
        Assert.All(new[] { "工具版本不同", "规则不同", "探测范围不同", "门禁不同", "这次少了对象" }, w => Assert.Contains(w, warnings, StringComparison.Ordinal));
        Assert.Empty(PackComparison.Of(then, then with { Run = then.Run with { StartedAt = then.Run.StartedAt.AddDays(1) } }, null).Warnings);
    }

    [Fact]
    public async Task The_report_has_both_values_and_the_files_that_show_them()
    {
        var evidence = Rich.Evidence[0];
        var wrong = Pack(One with { Verdict = Verdict.NotSatisfied, Reason = VerdictReason.Measured, Explanation = "从前如此", Evidence = [evidence.Id] });
        var good = Pack(One with { Verdict = Verdict.Satisfied, Reason = VerdictReason.Measured, Explanation = "<b>现在这样</b>", Evidence = [evidence.Id] });
        using var page = new MemoryStream();
        await new HtmlReportWriter().WriteAsync(AcceptanceReport.From(good) with { Comparison = PackComparison.Of(wrong, good, null) }, page, CancellationToken.None);
        var html = System.Text.Encoding.UTF8.GetString(page.ToArray());
        var section = html[html.IndexOf("id=\"comparison\"", StringComparison.Ordinal)..];
        Assert.All(new[] { "已整改（1）", "从前如此", "&lt;b&gt;现在这样&lt;/b&gt;", evidence.Sha256, evidence.Sm3 }, w => Assert.Contains(w, section, StringComparison.Ordinal));
    }

    private static EvidencePack Pack(params Judgement[] judgements) => Rich with
    {
        Judgement = Rich.Judgement with
        {
            Judgements = judgements,
            Findings = [.. judgements.Where(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial).Select(Finding)],
        },
    };

    private static Finding Finding(Judgement judgement) => Rich.Judgement.Findings[0] with
    {
        Fingerprint = $"{judgement.RequirementId} {judgement.TargetId}",
        RequirementId = judgement.RequirementId,
        TargetId = judgement.TargetId,
        Verdict = judgement.Verdict,
        Where = Rich.Candidate.Targets().First(t => t.TargetId == judgement.TargetId).Place(),
    };
}
