namespace SmartCity.SecurityCheck.Judging;

/// <summary>Weaknesses that tables of flows declare, and the places where they name one: a name that leads nowhere would drop a sink without a word. Checked once all tables are read.</summary>
public sealed class FlowWords
{
    /// <summary>A set of weaknesses is one number of 64 bits.</summary>
    private const int MostWeaknesses = 63;

    private readonly List<(string Id, string Rule, SourcePosition At)> _declared = [];
    private readonly List<(string Word, SourcePosition At)> _used = [];

    internal void Declare(string id, string rule, SourcePosition at) => _declared.Add((id, rule, at));

    internal void Use(IEnumerable<string> words, SourcePosition at) => _used.AddRange(words.Where(w => w != "*").Select(w => (w, at)));

    /// <param name="faults">Told of names nobody declared, of weaknesses declared twice and of those that are too many.</param>
    public void Check(FaultList faults)
    {
        Twice(_declared.Select(d => (d.Id, d.At)), "缺陷", faults);
        Twice(_declared.Select(d => (d.Rule, d.At)), "缺陷的 rule", faults);
        foreach (var (_, _, at) in _declared.Skip(MostWeaknesses).Take(1))
        {
            faults.Add(at, $"各数据流规则表合计有 {_declared.Count} 种缺陷", $"至多 {MostWeaknesses} 种");
        }

        var known = _declared.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (word, at) in _used.Where(u => !known.Contains(u.Word)))
        {
            faults.Add(at, $"没有缺陷 {word}", "weaknesses 里写的 id", known.Order(StringComparer.Ordinal).FirstOrDefault());
        }
    }

    private static void Twice(IEnumerable<(string Word, SourcePosition At)> words, string what, FaultList faults)
    {
        foreach (var again in words.GroupBy(w => w.Word, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            faults.Add(again.At, $"{what} {again.Word} 重复", "各数据流规则表里唯一");
        }
    }
}
