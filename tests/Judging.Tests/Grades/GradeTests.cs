using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class GradeTests
{
    private static readonly Requirement CapsF = Sample.Requirement("R-F") with { CapsGrade = LetterGrade.F };
    private static readonly Requirement CapsC = Sample.Requirement("R-C") with { CapsGrade = LetterGrade.C, SatisfiedWhen = Sample.Test("banner", FieldOperator.Equals, "false") };
    private static readonly Requirement Ungraded = Sample.Requirement("R-0");

    [Theory]
    [InlineData("{\"open\":false,\"banner\":false}", LetterGrade.A, LetterGrade.A, "", "")]
    [InlineData("{\"open\":false,\"banner\":true}", LetterGrade.C, LetterGrade.C, "R-C", "")]
    [InlineData("{\"open\":true,\"banner\":true}", LetterGrade.F, LetterGrade.F, "R-F", "")]
    [InlineData("{\"open\":false}", LetterGrade.A, LetterGrade.C, "", "R-C")]
    [InlineData("{\"banner\":true}", LetterGrade.C, LetterGrade.F, "R-C", "R-F")]
    [InlineData("{\"open\":true}", LetterGrade.F, LetterGrade.F, "R-F", "")]
    public void Worst_cap_of_the_unmet_decides_and_the_undecided_widen_it(string data, LetterGrade upper, LetterGrade lower, string cappedBy, string undecided)
    {
        var grade = Assert.Single(Judged(data, CapsF, CapsC, Ungraded).Grades);
        Assert.Equal((Sample.Portal, Pillar.Tls, upper, lower), (grade.TargetId, grade.Pillar, grade.Upper, grade.Lower));
        Assert.Equal((cappedBy, undecided), (string.Join(',', grade.CappedBy), string.Join(',', grade.Undecided)));
    }

    [Fact]
    public void No_letter_where_nothing_graded_was_decided()
    {
        Assert.Empty(Judged("{}", CapsF, CapsC).Grades);
        Assert.Empty(Judged("{\"open\":false}", Ungraded).Grades);
    }

    [Fact]
    public void No_letter_for_a_port_in_clear()
    {
        var input = Sample.Input(Sample.Saw(Sample.Portal, "{\"open\":false,\"banner\":false}")) with { Requirements = [CapsF, CapsC] };
        var inClear = Sample.Small with { Endpoints = [Sample.Small.Endpoints[0] with { Protocol = EndpointProtocol.Http }] };

        Assert.Single(Judge.All(input with { Candidate = Sample.Small }).Grades);
        Assert.Empty(Judge.All(input with { Candidate = inClear }).Grades);
    }

    [Fact]
    public void What_is_declared_and_has_no_probe_is_said()
    {
        var declared = Sample.Small with { SourceTrees = [new SourceTree { Id = "code", Path = "src" }] };

        var remark = Assert.Single(Judge.All(Sample.Input(Sample.Saw(Sample.Portal, "{}")) with { Candidate = declared }).Remarks);
        Assert.Contains("sourceTrees 里声明的 1 项没有任何探测看过", remark, StringComparison.Ordinal);
    }

    private static JudgementSet Judged(string data, params Requirement[] requirements) =>
        Judge.All(Sample.Input(Sample.Saw(Sample.Portal, data)) with { Requirements = requirements, Candidate = Sample.Small });
}
