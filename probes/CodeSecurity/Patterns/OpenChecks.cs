using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Hits of low confidence for code whose meaning the rules cannot see: they find nothing, and keep a check from being answered with no.</summary>
internal sealed class OpenChecks
{
    private const string Ending = "-open";

    private readonly Dictionary<string, PreparedRule> _rules = new(StringComparer.Ordinal);

    public OpenChecks(IReadOnlyList<CodePatternTable> tables)
    {
        foreach (var rule in tables.SelectMany(t => t.Rules))
        {
            if (rule.Defect is { } defect)
            {
                _rules.TryAdd(rule.Check, new PreparedRule(Open(rule, defect), int.MaxValue));
            }
        }
    }

    /// <summary>Of a defect: it says no more than that nobody can tell. Rules of the tables that say so are named like it.</summary>
    public static bool IsOpen(string ruleId) => ruleId.EndsWith(Ending, StringComparison.Ordinal);

    public IReadOnlyCollection<string> All => _rules.Keys;

    /// <param name="check">Of those there are; another is passed over.</param>
    /// <param name="place">Where; a file may also be nothing but comments.</param>
    /// <param name="hits">Added to.</param>
    public void Add(string check, CodeToken place, HitList hits)
    {
        if (_rules.TryGetValue(check, out var rule))
        {
            hits.Keep(new PatternHit(rule, place.Start, place.Line, []));
        }
    }

    private static CodePatternRule Open(CodePatternRule rule, CodePatternDefect defect) => rule with
    {
        Id = rule.Check + Ending,
        Patterns = [],
        Lines = [],
        Where = [],
        OncePerFile = false,
        Yields = null,
        Defect = defect with { Severity = Severity.Minor, Confidence = PatternConfidence.Low, Message = $"这里用什么算法、调用什么，从这个文件看不出来（名字在别处给出、成批引入、运行时才算出，或用转义写成）。由人核对是否属于：{rule.Title}。" },
    };
}
