using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Hits of one file.</summary>
internal sealed class HitList
{
    /// <summary>Nobody writes so many, and who generates them is told that the file was not looked through.</summary>
    private const int Most = 50_000;

    /// <summary>Of one check; more of them leave it no more open than it is, and must not take away what is sure. That there were more is told.</summary>
    private const int MostLow = 500;

    private readonly List<PatternHit> _all = [];
    private readonly Dictionary<string, int> _low = new(StringComparer.Ordinal);
    private int _sure;

    public List<PatternHit> All => _all;

    /// <summary>What is not among them, for people; null where all is.</summary>
    public string? Cut()
    {
        List<string> cut = [.. _low.Where(l => l.Value > MostLow).Select(l => l.Key).Order(StringComparer.Ordinal)];
        return cut.Count > 0 ? $"{string.Join('、', cut)} 的低置信度发现超过 {MostLow} 处，其余未列" : null;
    }

    /// <exception cref="InvalidDataException">More hits than are kept of one file.</exception>
    public void Keep(PatternHit hit)
    {
        if (hit is { Sureness: PatternConfidence.Low, Rule.Rule.Yields: null })
        {
            var count = _low[hit.Rule.Rule.Check] = _low.GetValueOrDefault(hit.Rule.Rule.Check) + 1;
            if (count > MostLow)
            {
                return;
            }
        }
        else if (++_sure > Most)
        {
            throw new InvalidDataException($"发现超过 {Most} 处");
        }

        _all.Add(hit);
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
