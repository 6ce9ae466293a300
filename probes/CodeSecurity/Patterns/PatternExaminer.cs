using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Holds the pattern rules against one file after the other.</summary>
internal sealed class PatternExaminer : ISourceExaminer
{
    public const string Engine = "代码模式规则";

    /// <summary>Of one file; nobody writes so many, and who generates them is told that the file was not looked through.</summary>
    private const int MostHits = 50_000;

    private readonly IReadOnlyDictionary<SourceLanguage, PatternIndex> _indexes;
    /// <summary>Checks that what is called decides.</summary>
    private static readonly string[] Named = ["GM-03", "GM-04", "GM-06"];

    private readonly OpenChecks? _open;

    /// <param name="tables">All rules.</param>
    /// <param name="leavesOpen">Also tells where it cannot see; an example of one rule is held against that rule alone.</param>
    /// <exception cref="FormatException">A pattern that is none.</exception>
    public PatternExaminer(IReadOnlyList<CodePatternTable> tables, bool leavesOpen = true)
    {
        _open = leavesOpen ? new OpenChecks(tables) : null;
        _indexes = PatternIndex.Build(tables);
        Names = new AlgorithmNames(tables);
        Languages = [.. _indexes.Keys.Order()];
        Id = IdOf(tables);
    }

    /// <summary>Of the examiner over these tables.</summary>
    public static string IdOf(IReadOnlyList<CodePatternTable> tables) =>
        $"patterns-2-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', tables.Select(t => t.File.Sha256)))))[..16]}";

    public string Id { get; }

    public AlgorithmNames Names { get; }

    /// <summary>Those that any rule speaks of.</summary>
    public IReadOnlyList<SourceLanguage> Languages { get; }

    /// <exception cref="InvalidDataException">More hits than are kept of one file.</exception>
    public SourceFindings Examine(TokenizedSource source)
    {
        if (!_indexes.TryGetValue(source.File.Language, out var index))
        {
            return SourceFindings.None;
        }

        var code = new CodeView(source);
        code.Aliases = new CodeAliases(code, index);
        var hits = new List<PatternHit>();
        FindPatterns(index, code, hits);
        LineSearch.Find(index, code, hits);
        LeaveOpen(code, hits);
        return hits.Count == 0 ? SourceFindings.None : new HitReport(source, code, Names).Write(hits);
    }

    private void LeaveOpen(CodeView code, List<PatternHit> hits)
    {
        if (_open is null)
        {
            return;
        }

        foreach (var (place, check) in code.Aliases!.Open.SelectMany(_ => Named, static (place, check) => (place, check)))
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

    private void FindPatterns(PatternIndex index, CodeView code, List<PatternHit> hits)
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

    private void Hold(PreparedPattern[] candidates, CodeView code, int at, List<PatternHit> hits)
    {
        foreach (var candidate in candidates)
        {
            Hold(candidate, code, at, hits);
        }
    }

    private void Hold(PreparedPattern candidate, CodeView code, int at, List<PatternHit> hits)
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
            Keep(hits, new PatternHit(candidate.Rule, code.Tokens[at].Start, code.Tokens[at].Line, match.Captures) { Confidence = confidence });
        }
    }

    /// <exception cref="InvalidDataException">More hits than are kept of one file.</exception>
    internal static void Keep(List<PatternHit> hits, PatternHit hit)
    {
        if (hits.Count == MostHits)
        {
            throw new InvalidDataException($"发现超过 {MostHits} 处");
        }

        hits.Add(hit);
    }
}

/// <param name="Rule">Which.</param>
/// <param name="Start">Character of the text.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Captures">What the names stand for.</param>
internal sealed record PatternHit(PreparedRule Rule, int Start, int Line, IReadOnlyList<Capture> Captures)
{
    /// <summary>Null: as the rule says.</summary>
    public PatternConfidence? Confidence { get; init; }

    /// <summary>Of the defect it is.</summary>
    public PatternConfidence Sureness => Confidence ?? Rule.Rule.Defect?.Confidence ?? PatternConfidence.Low;
}
