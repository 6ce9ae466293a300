using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Predicates as Chinese phrases, for readings and <c>explain</c>.</summary>
public static class PredicateWords
{
    /// <param name="test">The condition.</param>
    /// <param name="label">Of the field, whose words stand for values out of a closed list; null where it has none.</param>
    public static string Expectation(FieldTest test, FieldLabel? label = null) => $"{OperatorWord(test)}{Operand(test, label)}";

    /// <summary>The whole condition as a sentence.</summary>
    /// <param name="predicate">The condition.</param>
    /// <param name="labels">Of the record; fields without one stand by their own names.</param>
    public static string Say(Predicate predicate, IReadOnlyList<FieldLabel>? labels = null) => Say(predicate, labels ?? [], "");

    private static string Say(Predicate predicate, IReadOnlyList<FieldLabel> labels, string within)
    {
        string Called(string field) => FieldWords.Called(labels, within + field) is var called && called == within + field ? field : called;
        string Inside(Predicate part, string of) => Say(part, labels, $"{within}{of}.");
        return predicate switch
        {
            FieldTest test => $"{Called(test.Field)} {Expectation(test, FieldWords.Find(labels, within + test.Field))}",
            AllOf all => $"({string.Join(" 且 ", all.Parts.Select(p => Say(p, labels, within)))})",
            AnyOf any => $"({string.Join(" 或 ", any.Parts.Select(p => Say(p, labels, within)))})",
            Not not => $"并非{Say(not.Part, labels, within)}",
            Every every => $"{Called(every.Of)} 的每一项：{Inside(every.Holds, every.Of)}",
            Some some => $"{Called(some.Of)} 中至少一项：{Inside(some.Holds, some.Of)}",
            Count count => $"{Called(count.Of)}{(count.Holds is null ? "" : $" 中满足 {Inside(count.Holds, count.Of)}")} 的个数{(count.AtLeast is { } l ? $" ≥ {l}" : "")}{(count.AtMost is { } m ? $" ≤ {m}" : "")}",
            _ => "",
        };
    }

    private static string OperatorWord(FieldTest test) => test.Operator switch
    {
        FieldOperator.Equals => "等于 ",
        FieldOperator.NotEquals => "不等于 ",
        FieldOperator.In => "属于 ",
        FieldOperator.NotIn => "不属于 ",
        FieldOperator.AllIn => "全部属于 ",
        FieldOperator.NoneOf => "不含 ",
        FieldOperator.Includes => "包含 ",
        FieldOperator.AtLeast => "≥ ",
        FieldOperator.AtMost => "≤ ",
        FieldOperator.Before => "早于 ",
        FieldOperator.After => "晚于 ",
        FieldOperator.Within => "距运行当日天数 ≤ ",
        FieldOperator.Matches => "匹配 ",
        FieldOperator.Version => "版本 ",
        _ => "",
    };

    private static string Operand(FieldTest test, FieldLabel? label) => test.Operator switch
    {
        FieldOperator.Exists => test.Operand.GetBoolean() ? "存在" : "不存在",
        FieldOperator.IsEmpty => test.Operand.GetBoolean() ? "为空" : "不为空",
        FieldOperator.Before or FieldOperator.After when test.Operand.GetString() == "now" => "运行时刻",
        _ => FieldWords.Say(test.Operand, label, "；"),
    };
}
