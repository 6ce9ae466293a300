using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// A city's own measure that says only what it has differently (<c>extends:</c>): its clauses replace the parent's of the same id or are
/// added, and <c>without:</c> leaves some out. A parent may itself extend another.
/// </summary>
internal static class ProfileInheritance
{
    private const int Deepest = 8;

    public static List<AcceptanceProfile> Resolve(IReadOnlyList<AcceptanceProfile> read, FaultList faults)
    {
        var byId = read.GroupBy(p => p.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var resolved = new List<AcceptanceProfile>();
        foreach (var profile in read)
        {
            if (Lineage(profile, byId, faults) is { } lineage)
            {
                var parents = lineage.SkipLast(1).ToList();
                resolved.Add(parents.Count == 0 ? profile : Join(Checked(parents.Skip(1).Aggregate(parents[0], Join), profile, faults), profile));
            }
        }

        return resolved;
    }

    /// <returns>Eldest first; null where a parent is missing or is its own descendant.</returns>
    private static List<AcceptanceProfile>? Lineage(AcceptanceProfile profile, Dictionary<string, AcceptanceProfile> byId, FaultList faults)
    {
        var lineage = new List<AcceptanceProfile> { profile };
        while (lineage[0].Extends is { } parent)
        {
            var eldest = lineage[0];
            if (!byId.TryGetValue(parent, out var found))
            {
                faults.Add(Place(eldest), $"没有验收办法 {parent}", string.Join("、", byId.Keys.Where(k => k != eldest.Id).Order(StringComparer.Ordinal)), "extends: shangrao-2020");
                return null;
            }

            if (lineage.Contains(found) || lineage.Count == Deepest)
            {
                faults.Add(Place(profile), $"extends 绕回了 {parent}，或者超过 {Deepest} 层", "一个没有 extends 的办法作为起点");
                return null;
            }

            lineage.Insert(0, found);
        }

        return lineage;
    }

    private static AcceptanceProfile Join(AcceptanceProfile parent, AcceptanceProfile child)
    {
        var own = child.Clauses.GroupBy(c => c.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return child with
        {
            Notes = [$"在《{parent.Title}》的基础上改写", .. child.Notes, .. parent.Notes],
            Clauses =
            [
                .. parent.Clauses.Where(c => !child.Without.Contains(c.Id, StringComparer.Ordinal)).Select(c => own.GetValueOrDefault(c.Id, c)),
                .. child.Clauses.Where(c => parent.Clauses.All(p => p.Id != c.Id)),
            ],
            ParentFiles = [.. parent.ParentFiles, new RulesetReference(parent.Id, "", parent.File, parent.Sha256)],
        };
    }

    private static AcceptanceProfile Checked(AcceptanceProfile parent, AcceptanceProfile child, FaultList faults)
    {
        foreach (var unknown in child.Without.Where(w => parent.Clauses.All(c => c.Id != w)))
        {
            faults.Add(Place(child), $"without 里的 {unknown} 不是 {parent.Id} 的条款", string.Join("、", parent.Clauses.Select(c => c.Id)));
        }

        return parent;
    }

    private static SourcePosition Place(AcceptanceProfile profile) => new(profile.File, 1, 1);
}
