using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Names of controls and high-risk items must lead somewhere: a rule that names none would speak to nobody.</summary>
internal sealed class LibraryConsistency(StandardLibrary library, FaultList faults)
{
    private readonly HashSet<string> _catalogues = [.. library.Catalogues.Select(c => c.File.Id)];
    private readonly HashSet<string> _controls = [.. library.Catalogues.SelectMany(c => c.Controls).Select(c => c.Key)];
    private readonly HashSet<string> _items = [.. library.HighRisks.SelectMany(h => h.Items).Select(i => i.Code)];

    public void Check(IReadOnlyList<Requirement> requirements)
    {
        foreach (var twice in library.Catalogues.SelectMany(c => c.Controls).GroupBy(c => c.Key, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Fault(twice.First().Origin, $"指标 {twice.Key} 重复：{string.Join("、", twice.Select(t => t.Origin))}", "唯一的编号");
        }

        var documents = library.Catalogues.SelectMany(c => c.Documents).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var catalogue in library.Catalogues)
        {
            catalogue.Controls.ToList().ForEach(c => Known(c.Origin, documents, c.Documents, "文档"));
        }

        foreach (var rule in library.Scorings)
        {
            Known(rule.File.File, _catalogues, [rule.Catalogue], "目录");
            Known(rule.File.File, _controls, rule.Compensation.SelectMany(p => new[] { p.One, p.Other }), "指标");
        }

        library.Conclusions.ToList().ForEach(c => Known(c.File.File, _catalogues, [c.Catalogue], "目录"));
        foreach (var guide in library.HighRisks)
        {
            Known(guide.File.File, _catalogues, [guide.Catalogue], "目录");
            Known(guide.File.File, _controls, guide.Items.Select(i => i.Control).OfType<string>(), "指标");
        }

        library.Guidance.ToList().ForEach(g => Check(g, requirements));
        foreach (var requirement in requirements)
        {
            var claims = requirement.Basis.Select(b => b.Claim).OfType<ControlClaim>().ToList();
            Known(requirement.Origin, _controls, claims.SelectMany(c => c.Controls), "指标");
            Known(requirement.Origin, _items, claims.SelectMany(c => c.Triggers.Concat(c.Suspects)), "高风险项");
        }
    }

    private void Check(Guidance guidance, IReadOnlyList<Requirement> requirements)
    {
        Known(guidance.File.File, _controls, guidance.Points.SelectMany(p => p.Controls.Concat(p.Refuses?.Controls ?? [])), "指标");
        Known(guidance.File.File, _items, guidance.Points.SelectMany(p => p.Items), "高风险项");
        if (requirements.Count > 0)
        {
            var rules = requirements.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            Known(guidance.File.File, rules, guidance.Points.SelectMany(p => p.Rules.Concat(p.Joint?.Failing ?? []).Concat(p.Joint?.Beside ?? [])), "要求");
        }
    }

    private void Known(string origin, HashSet<string> known, IEnumerable<string> names, string what)
    {
        foreach (var stray in names.Where(n => !known.Contains(n)).Distinct(StringComparer.Ordinal))
        {
            Fault(origin, $"没有{what} {stray}", known.Count <= 60 ? $"其中之一：{string.Join("、", known.Order(StringComparer.Ordinal))}" : $"目录里的{what}");
        }
    }

    /// <param name="origin">A file, or a file with line and column.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="expected">What would be right.</param>
    private void Fault(string origin, string message, string expected) => faults.Add(SourcePosition.Of(origin), message, expected);
}
