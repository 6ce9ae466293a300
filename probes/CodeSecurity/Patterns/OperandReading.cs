using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads an operand that is no literal as far as it goes: what it may come to names a weak algorithm, names another, or stays open.</summary>
internal readonly struct OperandReading(CodeView code, PreparedExpression weak, AlgorithmNames names, string check)
{
    private static readonly HashSet<string> Libraries = new(StringComparer.Ordinal) { "hashlib", "hashes", "algorithms", "modes" };

    public PatternConfidence? Judge(int from, int to, int depth)
    {
        while (to - from > 2 && code.SignAt(from) == '(' && code.AfterPiece(from) == to)
        {
            (from, to) = (from + 1, to - 1);
        }

        if (depth == 0 || from >= to)
        {
            return PatternConfidence.Low;
        }

        if (OperandValue.Literal(code, from, to) is { } literal)
        {
            return weak.IsMatch(literal) ? PatternConfidence.Medium : null;
        }

        if (Parts(from, to) is var (leftFrom, leftTo, right))
        {
            var (one, other) = (Judge(leftFrom, leftTo, depth - 1), Judge(right, to, depth - 1));
            return one is null || other > one ? other : one;
        }

        return HasWeak(from, to) ? PatternConfidence.Medium : Named(from, to);
    }

    /// <summary>The two values a choice has: <c>a ? x : y</c>, <c>x || y</c>, <c>x if a else y</c>, <c>if (a) x else y</c>.</summary>
    private (int LeftFrom, int LeftTo, int Right)? Parts(int from, int to)
    {
        var (question, condition) = (-1, -1);
        for (var at = from; at >= 0 && at < to; at = code.AfterPiece(at))
        {
            if (code.SignAt(at) == '?' && question < 0)
            {
                question = at;
            }
            else if (code.SignAt(at) == ':')
            {
                return question < 0 ? null : (question + 1, at, at + 1);
            }
            else if (question < 0 && (code.IsSign(at, "||") || code.IsSign(at, "??") || (code.IsWord(at) && code.Span(at) is "or")))
            {
                return (from, at, at + 1);
            }
            else if (code.IsWord(at) && code.Span(at) is "if" && condition < 0)
            {
                condition = at;
            }
            else if (code.IsWord(at) && code.Span(at) is "else" && condition >= 0)
            {
                return condition == from ? (code.AfterPiece(from + 1), at, at + 1) : (from, condition, at + 1);
            }
        }

        return null;
    }

    private bool HasWeak(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            code.Spend(1);
            var value = code.Kind(i) == CodeTokenKind.Text ? code.ValueOf(i) : code.IsWord(i) && !code.IsSign(i - 1, ".") ? OperandValue.Literal(code, i, i + 1) : null;
            if (value is not null && weak.IsMatch(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members of a library say what they are; so does the beginning of a text that is put together, but for its mode.</summary>
    private PatternConfidence? Named(int from, int to)
    {
        if (code.IsWord(from) && code.IsSign(from + 1, ".") && code.IsWord(from + 2) && Libraries.Contains(code.Span(from).ToString()))
        {
            return names.Read(code.Span(from + 2).ToString()).Algorithm is not { } member ? PatternConfidence.Low : member.Standing == AlgorithmStanding.Weak ? PatternConfidence.Medium : null;
        }

        var isBeginning = code.Kind(from) == CodeTokenKind.Text && check != "GM-06" && (code.SignAt(from + 1) == '+' || !code.Tokens[from].Ends.HasFlag(LiteralEnds.Closing));
        return isBeginning && code.ValueOf(from) is [.., '/' or '-'] begun && names.Read(begun).Algorithm is { Standing: not AlgorithmStanding.Weak } ? null : PatternConfidence.Low;
    }
}
