using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Arithmetic, comparison and texts of which every part is known.</summary>
internal static class ConstantFolding
{
    private const int LongestText = 4_000;

    /// <returns>Null where nothing is known.</returns>
    public static object? Literal(JavaLiteral literal) => literal.Kind switch
    {
        JavaTokenKind.StringLiteral or JavaTokenKind.TextBlock => literal.Value,
        JavaTokenKind.CharLiteral => literal.Value.Length == 1 ? literal.Value[0] : null,
        JavaTokenKind.True => true,
        JavaTokenKind.False => false,
        JavaTokenKind.Null => JavaNull.Value,
        JavaTokenKind.IntLiteral or JavaTokenKind.LongLiteral => Whole(literal.Value),
        _ => null,
    };

    private static long? Whole(string written)
    {
        var digits = written.Replace("_", string.Empty, StringComparison.Ordinal).TrimEnd('l', 'L');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        }

        return digits.Length > 1 && digits[0] == '0' ? null : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static bool AreEqual(object a, object b) => a switch
    {
        long or char when b is long or char => Number(a) == Number(b),
        _ => a.Equals(b),
    };

    public static object? Binary(JavaOperator sign, object? a, object? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        if (a is DeployedText || b is DeployedText)
        {
            return sign is JavaOperator.Add && Binary(sign, (a as DeployedText)?.Value ?? a, (b as DeployedText)?.Value ?? b) is string text ? new DeployedText(text) : null;
        }

        if (sign is JavaOperator.Add && (a is string || b is string))
        {
            return Say(a) is { } left && Say(b) is { } right && left.Length + right.Length <= LongestText ? left + right : null;
        }

        return sign switch
        {
            JavaOperator.Equal => Compare(a, b),
            JavaOperator.NotEqual => Compare(a, b) is { } same ? !same : null,
            JavaOperator.And when a is bool x && b is bool y => x && y,
            JavaOperator.Or when a is bool x && b is bool y => x || y,
            JavaOperator.Xor when a is bool x && b is bool y => x ^ y,
            _ => a is long or char && b is long or char ? Numbers(sign, Number(a), Number(b)) : null,
        };
    }

    /// <summary>Texts of the same letters may be two objects.</summary>
    private static bool? Compare(object a, object b) => a is string && b is string ? null : a is JavaNull || b is JavaNull || a is long or char == b is long or char ? AreEqual(a, b) : null;

    private static object? Numbers(JavaOperator sign, long a, long b) => sign switch
    {
        JavaOperator.Add => unchecked(a + b),
        JavaOperator.Subtract => unchecked(a - b),
        JavaOperator.Multiply => unchecked(a * b),
        JavaOperator.Divide => b is 0 or -1 ? null : a / b,
        JavaOperator.Remainder => b is 0 or -1 ? null : a % b,
        JavaOperator.Less => a < b,
        JavaOperator.Greater => a > b,
        JavaOperator.LessEqual => a <= b,
        JavaOperator.GreaterEqual => a >= b,
        JavaOperator.And => a & b,
        JavaOperator.Or => a | b,
        JavaOperator.Xor => a ^ b,
        JavaOperator.ShiftLeft when b is >= 0 and < 31 => unchecked((long)(int)(a << (int)b)),
        JavaOperator.ShiftRight when b is >= 0 and < 31 => a >> (int)b,
        _ => null,
    };

    /// <summary>Methods of texts whose every part is known.</summary>
    public static object? Call(object receiver, string name, IReadOnlyList<object?> arguments)
    {
        if (receiver is DeployedText deployed)
        {
            return Call(deployed.Value, name, arguments) is string changed ? new DeployedText(changed) : null;
        }

        if (arguments.Any(a => a is DeployedText))
        {
            return null;
        }

        if (receiver is not string text)
        {
            return name == "equals" && arguments is [{ } other] && receiver is not JavaNull ? AreEqual(receiver, other) : null;
        }

        return (name, arguments) switch
        {
            ("charAt", [long at]) => at >= 0 && at < text.Length ? text[(int)at] : null,
            ("length", []) => (long)text.Length,
            ("isEmpty", []) => text.Length == 0,
            ("equals", [string other]) => text == other,
            ("equals", [JavaNull]) => false,
            ("equalsIgnoreCase", [string other]) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase),
            ("startsWith", [string start]) => text.StartsWith(start, StringComparison.Ordinal),
            ("endsWith", [string end]) => text.EndsWith(end, StringComparison.Ordinal),
            ("contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
            ("indexOf", [string part]) => (long)text.IndexOf(part, StringComparison.Ordinal),
            ("toUpperCase", []) => text.ToUpperInvariant(),
            ("toLowerCase", []) => text.ToLowerInvariant(),
            ("trim", []) => text.Trim(),
            ("toString" or "intern", []) => text,
            ("concat", [string more]) when text.Length + more.Length <= LongestText => text + more,
            ("substring", [long from]) => from >= 0 && from <= text.Length ? text[(int)from..] : null,
            ("substring", [long from, long to]) => from >= 0 && from <= to && to <= text.Length ? text[(int)from..(int)to] : null,
            _ => null,
        };
    }

    private static long Number(object value) => value is char sign ? sign : (long)value;

    private static string? Say(object value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        char sign => sign.ToString(),
        bool truth => truth ? "true" : "false",
        _ => null,
    };
}
