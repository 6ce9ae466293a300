using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Holds the pattern rules against one file after the other.</summary>
internal sealed class PatternExaminer : ISourceExaminer
{
    public const string Engine = "代码模式规则";

    private readonly IReadOnlyDictionary<SourceLanguage, PatternIndex> _indexes;

    /// <summary>Checks that what is called decides.</summary>
    private static readonly string[] Named = ["GM-03", "GM-04", "GM-06", "GM-12"];

    private readonly OpenChecks? _open;

    /// <param name="tables">All rules.</param>
    /// <param name="leavesOpen">Also tells where it cannot see; an example of one rule is held against that rule alone.</param>
    /// <exception cref="FormatException">A pattern that is none.</exception>
    public PatternExaminer(IReadOnlyList<CodePatternTable> tables, bool leavesOpen = true)
    {
        _open = leavesOpen ? new OpenChecks(tables) : null;
        _indexes = PatternIndex.Build(tables);
        Names = new AlgorithmNames(tables);
        Id = IdOf(tables);
    }

    /// <summary>Of the examiner over these tables.</summary>
    public static string IdOf(IReadOnlyList<CodePatternTable> tables) =>
        $"patterns-3-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', tables.Select(t => t.File.Sha256)))))[..16]}";

    public string Id { get; }

    public AlgorithmNames Names { get; }

    /// <exception cref="InvalidDataException">More hits than are kept of one file.</exception>
    public SourceFindings Examine(TokenizedSource source)
    {
        if (!_indexes.TryGetValue(source.File.Language, out var index) && (_open is null || !ScriptWords.Speaks(source.File.Language)))
        {
            return SourceFindings.None;
        }

        var code = new CodeView(source);
        try
        {
            var hits = new HitList();
            if (index is not null)
            {
                code.Aliases = new CodeAliases(code, index);
                FindPatterns(index, code, hits);
                LineSearch.Find(index, code, hits);
            }

            LeaveOpen(code, hits);
            return hits.All.Count == 0 ? SourceFindings.None : new HitReport(source, code, Names).Write(hits.All) with { Cut = hits.Cut() };
        }
        finally
        {
            code.Close();
        }
    }

    private void LeaveOpen(CodeView code, HitList hits)
    {
        if (_open is null)
        {
            return;
        }

        ScriptWords.LeaveOpen(code, _open, hits);
        foreach (var (place, check) in (code.Aliases?.Open ?? []).SelectMany(_ => Named, static (place, check) => (place, check)))
        {
            _open.Add(check, place, hits);
        }

        if (WrittenEscapes.Stand(code))
        {
            foreach (var check in _open.All)
            {
                _open.Add(check, code.Source.Tokens[0], hits);
            }
        }
    }

    private void FindPatterns(PatternIndex index, CodeView code, HitList hits)
    {
        var tokens = code.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind == CodeTokenKind.Word)
            {
                Hold(index.StartingWith(code.Span(i)), code, i, hits);
                foreach (var chain in code.Aliases!.At(i))
                {
                    foreach (var word in chain)
                    {
                        Hold(index.StartingWith(word), code, i, hits);
                    }
                }
            }
            else if (index.HasNumbers && tokens[i].Kind == CodeTokenKind.Number && tokens[i].Length > 2 && CodeScan.TryNumber(code.Span(i), out var number))
            {
                Hold(index.StartingWith(number), code, i, hits);
            }
            else if (i > 1 && code.SignAt(i) == '[' && code.EndOfNamedMember(i) > 0)
            {
                Hold(index.StartingWith(code.ValueOf(i + 1)), code, i + 1, hits);
            }

            if (_open is not null && code.Aliases!.IsComputedMember(i))
            {
                foreach (var check in Named)
                {
                    _open.Add(check, tokens[i], hits);
                }
            }
        }
    }

    private void Hold(PreparedPattern[] candidates, CodeView code, int at, HitList hits)
    {
        foreach (var candidate in candidates)
        {
            Hold(candidate, code, at, hits);
        }
    }

    private void Hold(PreparedPattern candidate, CodeView code, int at, HitList hits)
    {
        var match = new PatternMatch(code, candidate.Line);
        if (!match.At(at))
        {
            return;
        }

        var holds = OperandTests.Hold(candidate.Rule, code, match.Captures);
        var confidence = holds || _open is null ? null : OpenOperand.Of(candidate, code, match.Captures, Names);
        if ((!holds && confidence is null) || !Surroundings.Hold(candidate.Rule.Rule, code, code.Tokens[at].Start))
        {
            return;
        }

        if (confidence == PatternConfidence.Low)
        {
            _open?.Add(candidate.Rule.Rule.Check, code.Tokens[at], hits);
        }
        else
        {
            hits.Keep(new PatternHit(candidate.Rule, code.Tokens[at].Start, code.Tokens[at].Line, match.Captures) { Confidence = confidence });
        }
    }
}
