using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an operand may name that is no literal: a choice, a name of another file, a value read when it runs.</summary>
internal static class OpenOperand
{
    private const int Depth = 6;
    private const string FrontEndKey = "GM-16";

    private static readonly HashSet<string> Checks = new(StringComparer.Ordinal) { "GM-03", "GM-04", "GM-05", "GM-06", "GM-12", "GM-14-protocol" };

    /// <summary>Members of an object that speak of cryptography whatever the file; others of the patterns also name versions of anything.</summary>
    private static readonly HashSet<string> TellingMembers = new(StringComparer.Ordinal) { "modulusLength", "default_key_size", "secureProtocol" };

    /// <summary>What stands behind the colon of a member where it is declared, and not set.</summary>
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal) { "number", "string", "Number", "String", "any", "unknown" };

    /// <returns>Medium: a weak name is among its literals; low: nobody can tell; null: nothing to say.</returns>
    public static PatternConfidence? Of(PreparedPattern candidate, CodeView code, IReadOnlyList<Capture> captures, AlgorithmNames names)
    {
        if (candidate.Rule.Rule.Check == FrontEndKey)
        {
            return candidate.Rule.Where.Any(t => t.Test.Constant == true && captures.Any(c => c.Name == t.Test.Name && ImportedNames.Give(code, c.From, c.To))) ? PatternConfidence.Low : null;
        }

        if (!Checks.Contains(candidate.Rule.Rule.Check) || !Speaks(candidate.Line.Elements, code))
        {
            return null;
        }

        var mayDeclare = MayDeclare(candidate.Line.Elements, code);
        foreach (var test in candidate.Rule.Where)
        {
            if ((test.Matches is not null || test.Test.Below is not null) && captures.FirstOrDefault(c => c.Name == test.Test.Name) is { To: > 0 } operand)
            {
                return mayDeclare && IsType(code, operand) ? null
                    : test.Matches is { } weak ? AtMost(candidate.Rule.Rule, new OperandReading(code, weak, names, candidate.Rule.Rule.Check).Judge(operand.From, operand.To, Depth))
                    : OfNumber(code, operand.From, operand.To);
            }
        }

        return null;
    }

    /// <summary>A call, or a member whose name is enough.</summary>
    private static bool Speaks(IReadOnlyList<PatternElement> pattern, CodeView code) =>
        pattern[^1] is { Kind: PatternElementKind.Sign, Text: ")" }
        || (pattern[0].Kind == PatternElementKind.Word && pattern[1] is { Kind: PatternElementKind.Sign, Text: ":" } && (TellingMembers.Contains(pattern[0].Text) || (pattern[0].Text is "minVersion" or "maxVersion" && IsOfChannels(code.Source.File.Text))));

    /// <summary>A member with a type behind its colon; elsewhere these words are names like any other.</summary>
    private static bool MayDeclare(IReadOnlyList<PatternElement> pattern, CodeView code) =>
        code.Language is SourceLanguage.TypeScript or SourceLanguage.Vue && pattern is [{ Kind: PatternElementKind.Word }, { Kind: PatternElementKind.Sign, Text: ":" }, { Kind: PatternElementKind.Operand }];

    /// <summary>One of several cases is no surer than all of them.</summary>
    private static PatternConfidence? AtMost(CodePatternRule rule, PatternConfidence? read) => read > rule.Defect?.Confidence ? rule.Defect.Confidence : read;

    private static bool IsOfChannels(string text) => text.Contains("tls", StringComparison.OrdinalIgnoreCase) || text.Contains("https.", StringComparison.Ordinal);

    private static bool IsType(CodeView code, Capture operand) => operand.To - operand.From == 1 && code.IsWord(operand.From) && Types.Contains(code.Span(operand.From).ToString());

    /// <summary>A number that the tests have weighed says nothing more; an object of another class is no number of bits.</summary>
    private static PatternConfidence? OfNumber(CodeView code, int from, int to)
    {
        if (code.Language == SourceLanguage.Python && code.IsWord(from) && code.IsSign(from + 1, "="))
        {
            if (!code.Span(from).Contains("bits", StringComparison.OrdinalIgnoreCase) && !code.Span(from).Contains("size", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            from += 2;
        }

        return OperandValue.Number(code, from, to) is not null || OperandValue.Code(code, from, to) is var written && written.StartsWith("new ", StringComparison.Ordinal) ? null : PatternConfidence.Low;
    }
}
