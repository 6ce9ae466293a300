using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The order: manual, AppliesWhen, no observation, 符合, 部分符合, unknown, 不符合.</summary>
public sealed class JudgeOrderTests
{
    private static readonly Predicate Never = Sample.Test("candidate.kind", FieldOperator.Equals, "\"website\"");
    private static readonly Predicate Ungraded = Sample.Test("candidate.cryptoLevel", FieldOperator.AtLeast, "3");
    private static readonly Predicate Filtered = Sample.Test("filtered", FieldOperator.Equals, "true");

    [Fact]
    public void A_manual_requirement_is_待人工_whatever_else_was_seen() =>
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ManualOnly, Sample.Manual(), Sample.Saw(Sample.Portal, "{\"open\":false}"));

    [Fact]
    public void A_manual_requirement_that_does_not_apply_is_不适用() =>
        AssertVerdict(Verdict.NotApplicable, VerdictReason.ConditionNotMet, Sample.Manual() with { AppliesWhen = Never });

    [Theory]
    [InlineData("{\"open\":false}", Verdict.Satisfied, VerdictReason.Measured)]
    [InlineData("{\"open\":true}", Verdict.NotSatisfied, VerdictReason.Measured)]
    [InlineData("{\"open\":null}", Verdict.NotSatisfied, VerdictReason.Measured)]
    [InlineData("{}", Verdict.NeedsReview, VerdictReason.FieldMissing)]
    [InlineData("{\"open\":\"false\"}", Verdict.NeedsReview, VerdictReason.FieldMissing)]
    [InlineData("[]", Verdict.NeedsReview, VerdictReason.FieldMissing)]
    public void What_was_seen_decides(string data, Verdict verdict, VerdictReason reason) =>
        AssertVerdict(verdict, reason, Sample.Requirement(), Sample.Saw(Sample.Portal, data));

    [Theory]
    [InlineData("{\"open\":false,\"filtered\":true}", Verdict.Satisfied)]
    [InlineData("{\"open\":true,\"filtered\":true}", Verdict.Partial)]
    [InlineData("{\"open\":true,\"filtered\":false}", Verdict.NotSatisfied)]
    [InlineData("{\"open\":true}", Verdict.NeedsReview)]
    [InlineData("{\"filtered\":true}", Verdict.Partial)]
    [InlineData("{\"filtered\":false}", Verdict.NeedsReview)]
    public void A_partial_condition_comes_second_and_unknown_before_不符合(string data, Verdict verdict) =>
        AssertVerdict(verdict, null, Sample.Requirement() with { PartialWhen = Filtered }, Sample.Saw(Sample.Portal, data));

    [Theory]
    [InlineData("{\"open\":false,\"rows\":20}", Verdict.Satisfied)]
    [InlineData("{\"open\":false,\"rows\":19}", Verdict.NeedsReview)]
    [InlineData("{\"open\":false,\"rows\":null}", Verdict.NeedsReview)]
    [InlineData("{\"open\":false}", Verdict.NeedsReview)]
    [InlineData("{\"open\":true,\"filtered\":false,\"rows\":1}", Verdict.NotSatisfied)]
    [InlineData("{\"open\":true,\"filtered\":true,\"rows\":1}", Verdict.Partial)]
    [InlineData("{\"open\":false,\"filtered\":true,\"rows\":1}", Verdict.NeedsReview)]
    public void Too_little_keeps_符合_open_and_excuses_nothing(string data, Verdict verdict)
    {
        var requirement = Sample.Requirement() with { PartialWhen = Filtered, Enough = new EnoughSeen(Sample.Test("rows", FieldOperator.AtLeast, "20"), "自定"), Met = "{rows} 行都关着" };
        AssertVerdict(verdict, verdict == Verdict.NeedsReview ? VerdictReason.FieldMissing : VerdictReason.Measured, requirement, Sample.Saw(Sample.Portal, data));
    }

    [Theory]
    [InlineData("{\"rows\":20,\"filtered\":true}", VerdictReason.ManualOnly)]
    [InlineData("{\"rows\":19,\"filtered\":true}", VerdictReason.FieldMissing)]
    [InlineData("{\"filtered\":true}", VerdictReason.FieldMissing)]
    [InlineData("{\"rows\":20,\"filtered\":false}", VerdictReason.FieldMissing)]
    [InlineData("{\"rows\":20}", VerdictReason.FieldMissing)]
    [InlineData("{\"open\":true,\"rows\":20,\"filtered\":true}", VerdictReason.Measured)]
    [InlineData("{\"open\":false,\"rows\":20,\"filtered\":true}", VerdictReason.Measured)]
    public void People_are_asked_where_nothing_but_their_acceptance_is_missing(string data, VerdictReason reason)
    {
        var requirement = Sample.Requirement() with { Acceptance = new AcceptanceByPeople(Filtered, "{rows} 处已抑制"), Enough = new EnoughSeen(Sample.Test("rows", FieldOperator.AtLeast, "20"), "自定") };
        var verdict = reason != VerdictReason.Measured ? Verdict.NeedsReview : data.Contains("true,\"rows", StringComparison.Ordinal) ? Verdict.NotSatisfied : Verdict.Satisfied;
        AssertVerdict(verdict, reason, requirement, Sample.Saw(Sample.Portal, data));
    }

    /// <summary>Whoever is asked to look at what was not read, as at a scanned paper, can accept it.</summary>
    [Fact]
    public void Acceptance_covers_what_it_asks_people_to_look_at()
    {
        var requirement = Sample.Requirement() with { Acceptance = new AcceptanceByPeople(Filtered, "要由人看：{unread}") };
        var judged = RequirementJudge.Judge(requirement, (Sample.Portal, "门户"), new Observed([Sample.Observation(Sample.Portal, """{"rows":3,"filtered":true,"unread":["a.pdf"]}""")]), EvaluationScope.FactsOf(Sample.Candidate), Sample.Now, []);
        Assert.Equal((Verdict.NeedsReview, VerdictReason.ManualOnly), (judged.Verdict, judged.Reason));
        Assert.Equal(1, judged.Explanation.Split("a.pdf").Length - 1);
    }

    /// <summary>Nobody answers for what he was not shown: all of it is told, however much it is.</summary>
    [Fact]
    public void Acceptance_tells_to_the_end_what_it_covers()
    {
        var requirement = Sample.Requirement() with { Acceptance = new AcceptanceByPeople(Filtered, "要由人看：{unread}") };
        var names = Enumerable.Range(1, 60).Select(i => $"第{i:00}份扫描的附件.pdf：没有文字，多半是扫描件，要由人看").ToList();
        var data = $$"""{"filtered":true,"unread":[{{string.Join(',', names.Select(n => $"\"{n}\""))}}]}""";
        var judged = RequirementJudge.Judge(requirement, (Sample.Portal, "门户"), new Observed([Sample.Observation(Sample.Portal, data)]), EvaluationScope.FactsOf(Sample.Candidate), Sample.Now, []);
        Assert.Equal(VerdictReason.ManualOnly, judged.Reason);
        Assert.All(names, n => Assert.Contains(n, judged.Explanation, StringComparison.Ordinal));
    }

    /// <summary>Who is asked to look at one list answers for no other.</summary>
    [Theory]
    [InlineData("\"cut\":[\"b.java\"]")]
    [InlineData("\"unreadSettings\":[\"b.yml\"]")]
    [InlineData("\"part\":{\"unread\":[\"b.java\"]}")]
    [InlineData("\"parts\":[{\"unread\":[\"b.java\"]}]")]
    [InlineData("\"parts\":[{},{},{},{},{},{},{},{},{},{},{},{},{\"unread\":[\"b.java\"]}]")]
    public void Acceptance_covers_the_list_it_names_and_no_other(string other)
    {
        var requirement = Sample.Requirement() with { Acceptance = new AcceptanceByPeople(Filtered, "要由人看：{unread}") };
        var judged = RequirementJudge.Judge(requirement, (Sample.Portal, "门户"), new Observed([Sample.Observation(Sample.Portal, $$"""{"filtered":true,"unread":["a.pdf"],{{other}}}""")]), EvaluationScope.FactsOf(Sample.Candidate), Sample.Now, []);
        Assert.Equal((Verdict.NeedsReview, VerdictReason.FieldMissing), (judged.Verdict, judged.Reason));
        Assert.Contains("；", judged.Explanation, StringComparison.Ordinal);
        Assert.Equal((1, 1), (judged.Explanation.Split("a.pdf").Length - 1, judged.Explanation.Split("b.").Length - 1));
    }

    /// <summary>What nobody read people cannot accept, and both are told.</summary>
    [Theory]
    [InlineData("unread")]
    [InlineData("cut")]
    public void Acceptance_covers_nothing_that_was_not_read(string list)
    {
        var requirement = Sample.Requirement() with { Acceptance = new AcceptanceByPeople(Filtered, "{rows} 处已抑制") };
        var data = $$"""{"rows":3,"filtered":true,"{{list}}":[{"file":"A.java","why":"太大"}]}""";
        var judged = RequirementJudge.Judge(requirement, (Sample.Portal, "门户"), new Observed([Sample.Observation(Sample.Portal, data)]), EvaluationScope.FactsOf(Sample.Candidate), Sample.Now, []);
        Assert.Equal((Verdict.NeedsReview, VerdictReason.FieldMissing), (judged.Verdict, judged.Reason));
        Assert.Contains("3 处已抑制", judged.Explanation, StringComparison.Ordinal);
        Assert.Contains("A.java", judged.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_counted_stands_in_the_sentence_and_fields_are_called_by_their_labels()
    {
        FieldLabel[] labels = [new("lists", "各表", new Dictionary<string, string>(), [new("name", "", new Dictionary<string, string>(), []), new("rows", "行数", new Dictionary<string, string>(), [])])];
        var requirement = Sample.Requirement() with
        {
            SatisfiedWhen = new Every("lists", Sample.Test("rows", FieldOperator.AtLeast, "1")),
            Enough = new EnoughSeen(new Every("lists", Sample.Test("rows", FieldOperator.AtLeast, "20")), "自定"),
            AppliesWhen = new Count("lists", null, 1, null),
            Met = "共 {lists}",
        };
        Judgement Of(string data) => RequirementJudge.Judge(requirement, (Sample.Portal, "门户"), new Observed([Sample.Observation(Sample.Portal, data)]), EvaluationScope.FactsOf(Sample.Candidate), Sample.Now, labels);
        Assert.EndsWith("共 a  行数 30", Of("""{"lists":[{"name":"a","rows":30}]}""").Explanation, StringComparison.Ordinal);
        var few = Of("""{"lists":[{"name":"a","rows":30},{"name":"b","rows":3}]}""");
        Assert.Contains("“b” 的行数 3（要求 ≥ 20）；出处：自定", few.Explanation, StringComparison.Ordinal);
        Assert.Contains("各表 的个数 ≥ 1", Of("""{"lists":[]}""").Explanation, StringComparison.Ordinal);
        Assert.Contains(few.Readings, r => r is { Field: "lists[1].rows", Label: "“b” 的行数" });
    }

    [Fact]
    public void A_condition_that_fails_makes_it_不适用_even_unseen()
    {
        var requirement = Sample.Requirement() with { AppliesWhen = Never };
        AssertVerdict(Verdict.NotApplicable, VerdictReason.ConditionNotMet, requirement, Sample.Saw(Sample.Portal, "{\"open\":true}"));
        AssertVerdict(Verdict.NotApplicable, VerdictReason.ConditionNotMet, requirement);
    }

    [Fact]
    public void A_condition_that_is_unknown_makes_it_待人工_though_the_rest_would_hold()
    {
        var requirement = Sample.Requirement() with { AppliesWhen = Ungraded };
        AssertVerdict(Verdict.NeedsReview, VerdictReason.FieldMissing, requirement, Sample.Saw(Sample.Portal, "{\"open\":false}"));
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ProbeUnable, requirement);
    }

    public static TheoryData<ProbeOutcome?> Unseen => new(null, new Observed([]), new Unable(FailureKind.TimedOut, "超时"), new Unable(FailureKind.ProbeBug, "缺陷"));

    [Theory]
    [MemberData(nameof(Unseen))]
    public void Nothing_seen_is_待人工_未核验(ProbeOutcome? outcome) =>
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ProbeUnable, Sample.Requirement(), outcome is null ? [] : [Sample.Record(Sample.Portal, outcome)]);

    [Fact]
    public void A_probe_that_says_the_question_does_not_arise_makes_it_不适用_with_its_reason()
    {
        var judged = AssertVerdict(Verdict.NotApplicable, VerdictReason.ConditionNotMet, Sample.Requirement(), Sample.Record(Sample.Portal, new NotNeeded("没有这种端口")));
        Assert.Contains("没有这种端口", judged.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observation_of_another_kind_or_another_target_is_no_observation()
    {
        var foreign = Sample.Observation(Sample.Portal, "{\"open\":false}", "host.accounts");
        var elsewhere = Sample.Observation(Sample.Api, "{\"open\":false}");
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ProbeUnable, Sample.Requirement(), Sample.Record(Sample.Portal, new Observed([foreign])));
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ProbeUnable, Sample.Requirement(), Sample.Record(Sample.Portal, new Observed([elsewhere])));
        AssertVerdict(Verdict.NotSatisfied, VerdictReason.Measured, Sample.Requirement(), Sample.Record(Sample.Portal, new Observed([foreign, Sample.Observation(Sample.Portal, "{\"open\":true}"), elsewhere])));
    }

    [Fact]
    public void A_record_of_another_target_or_another_probe_answers_nothing()
    {
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ProbeUnable, Sample.Requirement(), Sample.Saw(Sample.Api, "{\"open\":false}"));
        AssertVerdict(Verdict.NeedsReview, VerdictReason.ProbeUnable, Sample.Requirement(), Sample.Saw(Sample.Portal, "{\"open\":false}", "host.accounts"));
    }

    [Theory]
    [InlineData("false", "true", Verdict.NotSatisfied, VerdictReason.Measured)]
    [InlineData("true,\"filtered\":true", "true", Verdict.NotSatisfied, VerdictReason.Measured)]
    [InlineData("false", "true,\"filtered\":true", Verdict.Partial, VerdictReason.Measured)]
    [InlineData("false", "3", Verdict.NeedsReview, VerdictReason.FieldMissing)]
    [InlineData("true", "3", Verdict.NotSatisfied, VerdictReason.Measured)]
    [InlineData("true,\"filtered\":true", "3", Verdict.NeedsReview, VerdictReason.FieldMissing)]
    [InlineData("false", "false,\"skip\":true", Verdict.Satisfied, VerdictReason.Measured)]
    [InlineData("false", "true,\"skip\":true", Verdict.Satisfied, VerdictReason.Measured)]
    [InlineData("3,\"skip\":true", "true,\"skip\":true", Verdict.NotApplicable, VerdictReason.ConditionNotMet)]
    public void Of_several_observations_the_worst_counts_and_the_reason_is_its_own(string one, string other, Verdict verdict, VerdictReason reason)
    {
        static string Data(string open) => $"{{\"open\":{open}{(open.Contains("filtered", StringComparison.Ordinal) ? "" : ",\"filtered\":false")}{(open.Contains("skip", StringComparison.Ordinal) ? "" : ",\"skip\":false")}}}";
        var requirement = Sample.Requirement() with { PartialWhen = Filtered, AppliesWhen = Sample.Test("skip", FieldOperator.Equals, "false") };
        foreach (var pair in new[] { new[] { one, other }, [other, one] })
        {
            AssertVerdict(verdict, reason, requirement, Sample.Record(Sample.Portal, new Observed([.. pair.Select(d => Sample.Observation(Sample.Portal, Data(d)))])));
        }
    }

    [Fact]
    public void An_explanation_does_not_claim_more_than_the_condition()
    {
        var requirement = Sample.Requirement() with { SatisfiedWhen = new AnyOf([Sample.Test("a", FieldOperator.Equals, "true"), Sample.Test("b", FieldOperator.Equals, "true")]) };
        var judged = AssertVerdict(Verdict.Satisfied, VerdictReason.Measured, requirement, Sample.Saw(Sample.Portal, "{\"a\":true,\"b\":false}"));
        Assert.DoesNotContain("均成立", judged.Explanation, StringComparison.Ordinal);
        Assert.Equal([("a", "等于 是", "是"), ("b", "等于 是", "否")], judged.Readings.Select(r => (r.Field, r.Expected, r.Actual)));
    }

    [Fact]
    public void Evidence_of_the_observation_is_named_in_the_judgement() =>
        Assert.Equal(["ev-net.ports-endpoint:portal"], AssertVerdict(Verdict.NotSatisfied, null, Sample.Requirement(), Sample.Saw(Sample.Portal, "{\"open\":true}")).Evidence);

    private static Judgement AssertVerdict(Verdict verdict, VerdictReason? reason, Requirement requirement, params ProbeRecord[] records)
    {
        var judged = Assert.Single(Judge.All(Sample.Input(records) with { Requirements = [requirement] }).Judgements);
        Assert.Equal(verdict, judged.Verdict);
        Assert.Equal(reason ?? judged.Reason, judged.Reason);
        return judged;
    }
}
