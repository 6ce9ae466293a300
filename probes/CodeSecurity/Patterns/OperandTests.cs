using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a rule asks of the code its names stand for.</summary>
internal static class OperandTests
{
    public static bool Hold(PreparedRule rule, CodeView code, IReadOnlyList<Capture> captures)
    {
        foreach (var test in rule.Where)
        {
            foreach (var capture in captures)
            {
                if (capture.Name == test.Test.Name && !Holds(test, code, capture.From, capture.To))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Holds(PreparedTest prepared, CodeView code, int from, int to)
    {
        var test = prepared.Test;
        if (test.Literal is not null || prepared.Matches is not null || prepared.NotMatches is not null)
        {
            var literal = OperandValue.Literal(code, from, to);
            if ((test.Literal is { } wanted && wanted != literal is not null)
                || (prepared.Matches is { } must && (literal is null || !must.IsMatch(literal)))
                || (prepared.NotMatches is { } mustNot && literal is not null && mustNot.IsMatch(literal)))
            {
                return false;
            }
        }

        if (prepared.Code is not null || prepared.NotCode is not null)
        {
            var written = OperandValue.Code(code, from, to);
            if (prepared.Code?.IsMatch(written) == false || prepared.NotCode?.IsMatch(written) == true)
            {
                return false;
            }
        }

        return (test.Constant is not { } constant || OperandValue.IsConstant(code, from, to) == constant) && IsWithin(test, code, from, to);
    }

    private static bool IsWithin(CodeOperandTest test, CodeView code, int from, int to)
    {
        if (test.Below is null && test.AtLeast is null)
        {
            return true;
        }

        return OperandValue.Number(code, from, to) is { } number && !(number >= test.Below) && !(number < test.AtLeast);
    }
}

/// <summary>What a rule asks of the file and the lines around.</summary>
internal static class Surroundings
{
    private const int Lines = 3;
    private const int Characters = 2000;

    public static bool Hold(CodePatternRule rule, CodeView code, int start)
    {
        if (!code.Suits(rule))
        {
            return false;
        }

        if (rule.Near.Count + rule.NotNear.Count == 0)
        {
            return true;
        }

        // A comment may say what the code is for; it does not make it something else.
        var text = code.Source.File.Text;
        var (from, to) = Around(text, start);
        return (rule.Near.Count == 0 || rule.Near.Any(w => text.AsSpan(from..to).Contains(w, StringComparison.OrdinalIgnoreCase)))
            && (rule.NotNear.Count == 0 || (code.Source.WithoutComments(from, to) is var plain && !rule.NotNear.Any(w => plain.Contains(w, StringComparison.OrdinalIgnoreCase))));
    }

    private static (int From, int To) Around(string text, int start)
    {
        var (low, high) = (Math.Max(0, start - Characters), Math.Min(text.Length, start + Characters));
        var (from, to) = (start, start);
        for (var i = 0; i <= Lines && from > low; i++)
        {
            from = text.AsSpan(low..from).LastIndexOf('\n') is var found && found < 0 ? low : low + found;
        }

        for (var i = 0; i <= Lines && to < high; i++)
        {
            to = text.AsSpan(to..high).IndexOf('\n') is var end && end < 0 ? high : to + end + 1;
        }

        return (from, to);
    }
}
