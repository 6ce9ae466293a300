using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Each operator: holds, fails, null, wrong type, empty list. The run clock is 2026-06-01T08:00Z.</summary>
public sealed class OperatorTests
{
    public static TheoryData<FieldOperator> Operators => new(Enum.GetValues<FieldOperator>());

    [Theory]
    [InlineData(FieldOperator.Equals, "1", "1.0", "2", Truth.Fails, "\"1\"")]
    [InlineData(FieldOperator.Equals, "\"a\"", "\"a\"", "\"A\"", Truth.Fails, "true")]
    [InlineData(FieldOperator.Equals, "false", "false", "true", Truth.Fails, "\"false\"")]
    [InlineData(FieldOperator.Equals, "null", "null", "0", Truth.Holds, null)]
    [InlineData(FieldOperator.NotEquals, "1", "2", "1", Truth.Unknown, "\"2\"")]
    [InlineData(FieldOperator.NotEquals, "null", "0", "null", Truth.Fails, null)]
    [InlineData(FieldOperator.In, "[1,\"a\"]", "\"a\"", null, Truth.Fails, "true")]
    [InlineData(FieldOperator.In, "[\"a\",\"b\"]", "\"b\"", "\"c\"", Truth.Fails, "3")]
    [InlineData(FieldOperator.NotIn, "[\"a\",\"b\"]", "\"c\"", "\"b\"", Truth.Unknown, "3")]
    [InlineData(FieldOperator.AllIn, "[\"a\",\"b\"]", "[\"a\",\"a\"]", "[\"a\",\"c\"]", Truth.Unknown, "\"a\"")]
    [InlineData(FieldOperator.NoneOf, "[\"a\",\"b\"]", "[\"c\"]", "[\"c\",\"a\"]", Truth.Unknown, "\"c\"")]
    [InlineData(FieldOperator.Includes, "[\"a\",\"b\"]", "[\"b\",\"x\",\"a\"]", "[\"a\"]", Truth.Fails, "\"a\"")]
    [InlineData(FieldOperator.AtLeast, "2048", "2048", "2047.9", Truth.Fails, "\"4096\"")]
    [InlineData(FieldOperator.AtMost, "90", "90", "91", Truth.Fails, "\"NaN\"")]
    [InlineData(FieldOperator.Before, "\"now\"", "\"2026-06-01T15:59:59+08:00\"", "\"2026-06-01T16:00:01+08:00\"", Truth.Fails, "20260101")]
    [InlineData(FieldOperator.Before, "\"2026-01-01\"", "\"2025-12-31\"", "\"2026-01-01\"", Truth.Fails, "\"tomorrow\"")]
    [InlineData(FieldOperator.After, "\"now\"", "\"2026-06-02\"", "\"2026-06-01\"", Truth.Fails, "true")]
    [InlineData(FieldOperator.Within, "30", "\"2026-05-03\"", "\"2026-07-02\"", Truth.Fails, "30")]
    [InlineData(FieldOperator.Matches, "\"^TLS\"", "\"TLSv1.2\"", "\"xTLS\"", Truth.Fails, "12")]
    [InlineData(FieldOperator.Exists, "true", "0", null, Truth.Fails, null)]
    [InlineData(FieldOperator.Exists, "false", "null", "[]", Truth.Holds, null)]
    [InlineData(FieldOperator.IsEmpty, "true", "\"\"", "\" \"", Truth.Holds, "0")]
    [InlineData(FieldOperator.IsEmpty, "false", "[null]", "[]", Truth.Fails, "{}")]
    [InlineData(FieldOperator.Version, "\">= 1.22\"", "\"1.22.1-deb12\"", "\"1.9\"", Truth.Fails, "1.22")]
    [InlineData(FieldOperator.Version, "\"< 3\"", "\"2.99\"", "\"3.0.0\"", Truth.Fails, "\"v2\"")]
    [InlineData(FieldOperator.Version, "\"== 2.0\"", "\"2\"", "\"2.0.1\"", Truth.Fails, "\"99999999999.1\"")]
    public void An_operator_holds_fails_and_leaves_open(FieldOperator how, string operand, string holds, string? fails, Truth onNull, string? wrongType)
    {
        Assert.Equal(Truth.Holds, On(how, operand, holds));
        Assert.Equal(onNull, On(how, operand, "null"));
        if (fails is not null)
        {
            Assert.Equal(Truth.Fails, On(how, operand, fails));
        }

        if (wrongType is not null)
        {
            Assert.Equal(Truth.Unknown, On(how, operand, wrongType));
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_missing_field_is_unknown_under_every_operator_and_its_negation(FieldOperator how)
    {
        var test = Sample.Test("x", how, how is FieldOperator.Exists or FieldOperator.IsEmpty ? "true" : how == FieldOperator.Within ? "1" : "[1]", allowEmpty: true);
        var scope = new EvaluationScope(Sample.Json("{\"y\":1}"), Sample.Json("{}"), Sample.Now);
        Assert.Equal(Truth.Unknown, PredicateEvaluation.Evaluate(test, scope));
        Assert.Equal(Truth.Unknown, PredicateEvaluation.Evaluate(new Not(test), scope));
        Assert.Equal(Truth.Unknown, PredicateEvaluation.Evaluate(test, scope with { Data = null }));
    }

    [Theory]
    [InlineData(FieldOperator.AllIn)]
    [InlineData(FieldOperator.NoneOf)]
    public void An_empty_list_answers_only_where_the_rule_allows_it(FieldOperator how)
    {
        Assert.Equal(Truth.Unknown, On(how, "[\"a\"]", "[]"));
        Assert.Equal(Truth.Holds, On(how, "[\"a\"]", "[]", allowEmpty: true));
        Assert.Equal(Truth.Unknown, On(how, "[\"a\"]", "null"));
    }

    [Theory]
    [InlineData(FieldOperator.AllIn, "[\"a\",1]", Truth.Unknown)]
    [InlineData(FieldOperator.AllIn, "[\"x\",1]", Truth.Fails)]
    [InlineData(FieldOperator.NoneOf, "[\"x\",1]", Truth.Unknown)]
    [InlineData(FieldOperator.NoneOf, "[\"a\",1]", Truth.Fails)]
    [InlineData(FieldOperator.Includes, "[1]", Truth.Unknown)]
    public void An_element_of_another_type_leaves_the_list_open_unless_another_element_decides(FieldOperator how, string list, Truth expected) =>
        Assert.Equal(expected, On(how, "[\"a\"]", list));

    [Theory]
    [InlineData(FieldOperator.Equals, "1e400", "1e400")]
    [InlineData(FieldOperator.NotEquals, "1e400", "1e400")]
    [InlineData(FieldOperator.NotEquals, "5", "1e400")]
    [InlineData(FieldOperator.NotIn, "[5]", "1e400")]
    [InlineData(FieldOperator.AtMost, "5", "-1e400")]
    public void Numbers_too_large_to_compare_leave_the_question_open(FieldOperator how, string operand, string value) =>
        Assert.Equal(Truth.Unknown, On(how, operand, value));

    [Theory]
    [InlineData(">= 1.18.0", "1.18.0-rc1", Truth.Unknown)]
    [InlineData("== 1.18", "1.18.0-rc1", Truth.Unknown)]
    [InlineData("> 1.18.0", "1.18.0-rc1", Truth.Unknown)]
    [InlineData("<= 1.18.0", "1.18.0p2", Truth.Unknown)]
    [InlineData("< 1.18.0", "1.18-5+deb12", Truth.Unknown)]
    [InlineData(">= 1.1.1", "1.1.1w", Truth.Unknown)]
    [InlineData(">= 1.18.0", "1.18.1-rc1", Truth.Holds)]
    [InlineData(">= 1.18.0", "1.17.9-rc1", Truth.Fails)]
    [InlineData("< 1.18.0", "1.17.9-rc1", Truth.Holds)]
    [InlineData(">= 1.18.0", "1.18", Truth.Holds)]
    public void A_suffix_decides_nothing_and_leaves_open_what_the_numbers_do_not_decide(string range, string version, Truth expected) =>
        Assert.Equal(expected, On(FieldOperator.Version, $"\"{range}\"", $"\"{version}\""));

    [Theory]
    [InlineData("\"10:30\"")]
    [InlineData("\"May 1\"")]
    [InlineData("\"1.2\"")]
    [InlineData("\"01/02/2026\"")]
    [InlineData("\"2026-13-01\"")]
    [InlineData("\"2026-1-1\"")]
    [InlineData("\"\"")]
    public void A_text_that_is_not_an_ISO_date_is_no_instant_whatever_todays_date_is(string value)
    {
        Assert.Equal(Truth.Unknown, On(FieldOperator.After, "\"2000-01-01\"", value));
        Assert.Equal(Truth.Unknown, On(FieldOperator.Within, "36500", value));
    }

    [Fact]
    public void A_date_without_a_zone_is_read_as_Beijing_time_on_every_machine()
    {
        Assert.Equal(Truth.Holds, On(FieldOperator.Before, "\"now\"", "\"2026-06-01T15:59:59\""));
        Assert.Equal(Truth.Fails, On(FieldOperator.Before, "\"now\"", "\"2026-06-01T16:00:00.0000000\""));
        Assert.Equal(Truth.Holds, On(FieldOperator.Before, "\"2026-06-01\"", "\"2026-05-31T15:59:59Z\""));
        Assert.Equal(Truth.Fails, On(FieldOperator.Before, "\"2026-06-01\"", "\"2026-05-31T16:00:00Z\""));
        Assert.Equal(Truth.Unknown, On(FieldOperator.Before, "\"now\"", "\"0001-01-01\""));
        Assert.Equal(Truth.Fails, On(FieldOperator.Before, "\"now\"", "\"2026-06-01T08:00:00.0000000Z\""));
        Assert.Equal(Truth.Fails, On(FieldOperator.After, "\"2026-06-01\"", "\"2026-06-01\""));
    }

    /// <summary>The run clock is 16:00 in Beijing.</summary>
    [Theory]
    [InlineData("2026-06-01T15:59:59Z", 0, Truth.Holds)]
    [InlineData("2026-06-01T16:00:00Z", 0, Truth.Fails)]
    [InlineData("2026-05-31T16:00:00Z", 0, Truth.Holds)]
    [InlineData("2026-05-31T15:59:59Z", 0, Truth.Fails)]
    [InlineData("2026-07-01T15:59:59Z", 30, Truth.Holds)]
    [InlineData("2026-07-01T16:00:00Z", 30, Truth.Fails)]
    [InlineData("9999-12-31T23:59:59Z", 30, Truth.Fails)]
    public void Days_from_the_run_are_days_of_the_calendar_in_Beijing(string value, int days, Truth expected) =>
        Assert.Equal(expected, On(FieldOperator.Within, $"{days}", $"\"{value}\""));

    [Fact]
    public void A_path_through_an_absent_record_is_absent_and_through_a_missing_one_missing()
    {
        Assert.Equal(Truth.Holds, On(FieldOperator.Exists, "false", "null", path: "x.deep.er"));
        Assert.Equal(Truth.Unknown, On(FieldOperator.Exists, "false", "{}", path: "x.deep.er"));
        Assert.Equal(Truth.Unknown, On(FieldOperator.Exists, "false", "[1]", path: "x.deep"));
    }

    /// <summary>What is absent fails the comparison, and that is all: "not below", "not one of" and "not equal" are not proven by it.</summary>
    [Theory]
    [InlineData(FieldOperator.Equals, "0")]
    [InlineData(FieldOperator.In, "[0,1]")]
    [InlineData(FieldOperator.AtLeast, "1")]
    [InlineData(FieldOperator.AtMost, "1")]
    [InlineData(FieldOperator.Before, "\"now\"")]
    [InlineData(FieldOperator.After, "\"now\"")]
    [InlineData(FieldOperator.Within, "30")]
    [InlineData(FieldOperator.Matches, "\"a\"")]
    [InlineData(FieldOperator.Version, "\"< 2\"")]
    [InlineData(FieldOperator.Includes, "[\"a\"]")]
    public void An_absent_value_fails_a_comparison_and_does_not_prove_its_negation(FieldOperator how, string operand)
    {
        Assert.Equal(Truth.Fails, On(how, operand, "null"));
        Assert.Equal(Truth.Unknown, OnNegated(how, operand, "null"));
        Assert.Equal(Truth.Unknown, OnNegated(how, operand, "null", path: "x.deep"));
    }

    [Fact]
    public void Who_asks_for_absence_has_an_answer()
    {
        Assert.Equal(Truth.Holds, OnNegated(FieldOperator.Exists, "true", "null"));
        Assert.Equal(Truth.Holds, OnNegated(FieldOperator.NotEquals, "null", "null"));
        Assert.Equal(Truth.Holds, On(FieldOperator.In, "[null,0]", "null"));
        Assert.Equal(Truth.Fails, On(FieldOperator.NotIn, "[null,0]", "null"));
        Assert.Equal(Truth.Holds, OnNegated(FieldOperator.IsEmpty, "false", "[]"));
    }

    [Fact]
    public void A_list_without_elements_does_not_include_and_proves_so_only_where_the_rule_allows_it()
    {
        Assert.Equal(Truth.Fails, On(FieldOperator.Includes, "[\"a\"]", "[]"));
        Assert.Equal(Truth.Unknown, OnNegated(FieldOperator.Includes, "[\"a\"]", "[]"));
        Assert.Equal(Truth.Holds, OnNegated(FieldOperator.Includes, "[\"a\"]", "[]", allowEmpty: true));
        Assert.Equal(Truth.Holds, OnNegated(FieldOperator.Includes, "[\"a\"]", "[\"b\"]"));
    }

    private static Truth OnNegated(FieldOperator how, string operand, string value, bool allowEmpty = false, string path = "x") =>
        PredicateEvaluation.Evaluate(new Not(Sample.Test(path, how, operand, allowEmpty)), new EvaluationScope(Sample.Json($"{{\"x\":{value}}}"), Sample.Json("{}"), Sample.Now));

    private static Truth On(FieldOperator how, string operand, string value, bool allowEmpty = false, string path = "x") =>
        PredicateEvaluation.Evaluate(Sample.Test(path, how, operand, allowEmpty), new EvaluationScope(Sample.Json($"{{\"x\":{value}}}"), Sample.Json("{}"), Sample.Now));
}
