using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writes hits as defects and entries of the inventory; what hits the same place twice is said once.</summary>
internal sealed class HitReport(TokenizedSource source, CodeView code, AlgorithmNames names)
{
    public SourceFindings Write(List<PatternHit> hits)
    {
        hits.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Rule.Order.CompareTo(b.Rule.Order));
        var defects = new List<CodeDefect>();
        var uses = new List<CryptoUse>();
        var seen = new HashSet<(string, int)>();
        var surest = hits.GroupBy(PlaceOf).ToDictionary(g => g.Key, g => g.Max(h => h.Sureness));
        var used = new HashSet<(int, string?)>();
        var prints = new DefectFingerprints();
        foreach (var hit in hits)
        {
            if (hit.Rule.Rule.Yields is { } yields && Use(yields, hit) is { } use && used.Add((hit.Line, use.Algorithm)))
            {
                uses.Add(use);
            }

            if (hit.Rule.Rule.Defect is { } defect && hit.Sureness == surest[PlaceOf(hit)] && seen.Add(PlaceOf(hit)))
            {
                defects.Add(Defect(hit, defect, prints));
            }
        }

        return new SourceFindings(defects, uses);
    }

    /// <summary>Where one defect is told, the surest.</summary>
    private static (string Check, int Line) PlaceOf(PatternHit hit) => (hit.Rule.Rule.Check, hit.Rule.Rule.OncePerFile ? 0 : hit.Line);

    private CodeDefect Defect(PatternHit hit, CodePatternDefect defect, DefectFingerprints prints)
    {
        var rule = hit.Rule.Rule;
        var isTest = TestCode.IsTest(source.File.Path);
        var token = TokenAt(hit.Start);
        return new CodeDefect
        {
            RuleId = rule.Id,
            Title = rule.Title,
            Cwe = defect.Cwe,
            Severity = defect.Severity,
            Confidence = isTest ? CodeConfidence.Low : (CodeConfidence)(int)hit.Sureness,
            File = source.File.Path,
            Line = hit.Line,
            Message = isTest ? $"{defect.Message}（在测试代码里，多半不进入运行的系统，由人确认。）" : defect.Message,
            Code = DefectText.CodeLine(source, hit.Line, token),
            Remedy = defect.Remedy,
            Engine = PatternExaminer.Engine,
            Fingerprint = prints.Next(rule.Id, source.File.Path, DefectText.CodeLine(source, hit.Line, token, alone: true)),
        };
    }

    private CryptoUse? Use(CodeUseYield yields, PatternHit hit)
    {
        var read = ReadFrom(yields, hit);
        var known = yields.Algorithm is { } fixedName ? names.Known.GetValueOrDefault(fixedName) : read?.Algorithm;
        var bits = yields.BitsFrom is { } name && CaptureOf(hit, name) is { } capture ? OperandValue.Number(code, capture.From, capture.To) : null;
        return new CryptoUse
        {
            Algorithm = yields.Algorithm ?? known?.Name,
            Mode = yields.Mode ?? read?.Mode,
            KeyBits = yields.KeyBits ?? (bits is > 0 and < 100_000 ? (int)bits : read?.KeyBits),
            Primitive = yields.Primitive is null or "block-cipher" or "hash" ? known?.Primitive ?? yields.Primitive ?? "protocol" : yields.Primitive,
            Api = yields.Api,
            File = source.File.Path,
            Line = hit.Line,
        };
    }

    private NamedAlgorithm? ReadFrom(CodeUseYield yields, PatternHit hit)
    {
        if (yields.From == "anchor")
        {
            return names.Read(source.SpanOf(source.Tokens[TokenAt(hit.Start)]).ToString());
        }

        if (yields.From is not { } name || CaptureOf(hit, name) is not { } capture)
        {
            return null;
        }

        if (OperandValue.Literal(code, capture.From, capture.To) is { } literal)
        {
            return names.Read(literal);
        }

        // An enumeration or a class says it by its last word: CipherMode.ECB, algorithms.AES, crypto.SHA1.
        var last = capture.To - 1;
        while (last > capture.From && !code.IsWord(last))
        {
            last--;
        }

        return code.IsWord(last) ? names.Read(code.Span(last).ToString()) : null;
    }

    private static Capture? CaptureOf(PatternHit hit, string name)
    {
        foreach (var capture in hit.Captures)
        {
            if (capture.Name == name)
            {
                return capture;
            }
        }

        return null;
    }

    /// <summary>Of a character that stands in no token, the one behind it.</summary>
    private int TokenAt(int start) => Math.Min(source.IndexAt(start), source.Tokens.Count - 1);
}
