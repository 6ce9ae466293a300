using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an operand may name that is no literal: a choice, a name of another file, a value read when it runs.</summary>
internal static class OpenOperand
{
    private const int Depth = 6;

    private static readonly HashSet<string> Checks = new(StringComparer.Ordinal) { "GM-03", "GM-04", "GM-06" };

    /// <returns>Medium: a weak name is among its literals; low: nobody can tell; null: nothing to say.</returns>
    public static PatternConfidence? Of(PreparedPattern candidate, CodeView code, IReadOnlyList<Capture> captures, AlgorithmNames names)
    {
        if (!Checks.Contains(candidate.Rule.Rule.Check) || candidate.Line.Elements[^1] is not { Kind: PatternElementKind.Sign, Text: ")" })
        {
            return null;
        }

        foreach (var test in candidate.Rule.Where)
        {
            if (test.Matches is { } weak && captures.FirstOrDefault(c => c.Name == test.Test.Name) is { To: > 0 } operand)
            {
                return new OperandReading(code, weak, names, candidate.Rule.Rule.Check).Judge(operand.From, operand.To, Depth);
            }
        }

        return null;
    }
}
