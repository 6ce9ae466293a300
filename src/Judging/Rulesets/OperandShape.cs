using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What each operator takes on its right, and which fields it can be asked of.</summary>
internal static class OperandShape
{
    /// <summary>Adds a fault and returns false where the operand has the wrong shape.</summary>
    public static bool Check(FieldOperator chosen, YamlValue operand, FaultList faults)
    {
        var (fine, expected) = chosen switch
        {
            FieldOperator.Equals or FieldOperator.NotEquals => (operand is YamlScalar, "单个值"),
            FieldOperator.In or FieldOperator.NotIn or FieldOperator.AllIn or FieldOperator.NoneOf or FieldOperator.Includes =>
                (operand is YamlSequence { Items.Count: > 0 } list && list.Items.All(i => i is YamlScalar), "非空列表"),
            FieldOperator.AtLeast or FieldOperator.AtMost => (Kind(operand) == JsonValueKind.Number, "数字"),
            FieldOperator.Before or FieldOperator.After => (operand is YamlScalar { Text: var day } && (day == "now" || FieldComparison.TryInstant(day, out _)), "日期 yyyy-MM-dd 或 now"),
            FieldOperator.Within => (operand.ToJson() is { } days && days.GetValueKind() == JsonValueKind.Number && days.AsValue().TryGetValue<long>(out var n) && n is >= 0 and <= 36500, "天数，0–36500 的整数"),
            FieldOperator.Exists or FieldOperator.IsEmpty => (Kind(operand) is JsonValueKind.True or JsonValueKind.False, "true 或 false"),
            FieldOperator.Version => (operand is YamlScalar { Text: var range } && VersionRange.TryParse(range) is not null, "比较号加版本，如 \">= 1.22\""),
            _ => (Kind(operand) == JsonValueKind.String, "正则表达式，像数字的要加引号"),
        };
        if (!fine)
        {
            faults.Add(operand.At, "运算的右边不对", expected);
        }
        else if (chosen == FieldOperator.Matches)
        {
            fine = CheckPattern((YamlScalar)operand, faults);
        }

        return fine;
    }

    /// <summary>Adds a fault and returns false where the field's shape cannot take the operator: such a rule would be Unknown for ever.</summary>
    public static bool Fits(FieldOperator chosen, FieldShape shape, YamlValue operand, string path, FaultList faults)
    {
        var fits = chosen switch
        {
            FieldOperator.AllIn or FieldOperator.NoneOf or FieldOperator.Includes => shape.IsList,
            FieldOperator.AtLeast or FieldOperator.AtMost => shape.IsNumber,
            FieldOperator.Before or FieldOperator.After or FieldOperator.Within or FieldOperator.Matches or FieldOperator.Version => shape.IsText,
            FieldOperator.IsEmpty => shape.IsList || shape.IsText,
            FieldOperator.Exists => true,
            _ => !shape.IsList && !shape.IsRecord,
        };
        if (!fits)
        {
            faults.Add(operand.At, $"字段 {path} 不能用这个运算", "与字段类型相配的运算");
            return false;
        }

        var words = (chosen is FieldOperator.AllIn or FieldOperator.NoneOf or FieldOperator.Includes ? shape.Element : shape)?.Words ?? [];
        var namesValues = chosen is not (FieldOperator.Exists or FieldOperator.IsEmpty) && words.Count > 0;
        foreach (var word in !namesValues ? [] : Scalars(operand).Where(s => !s.IsNull && !words.Any(w => w == s.Text)))
        {
            faults.Add(word.At, $"字段 {path} 不会有值 {word.Text}", $"其中之一：{string.Join("、", words)}");
            fits = false;
        }

        return fits;
    }

    private static IEnumerable<YamlScalar> Scalars(YamlValue operand) =>
        operand is YamlSequence list ? list.Items.OfType<YamlScalar>() : operand is YamlScalar one ? [one] : [];

    private static JsonValueKind Kind(YamlValue operand) => operand.ToElement().ValueKind;

    private static bool CheckPattern(YamlScalar pattern, FaultList faults)
    {
        try
        {
            _ = FieldComparison.PatternOf(pattern.Text);
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            faults.Add(pattern.At, "正则表达式不能用", "不需要回溯的正则（不含反向引用、环视）");
            return false;
        }
    }
}
