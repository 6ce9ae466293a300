using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>检出率 · how a system's own detection did on batches whose defects are known. A batch without an answer counts as neither.</summary>
public sealed partial record DetectorScore
{
    /// <summary>Clean batches that were answered.</summary>
    public required int Controls { get; init; }

    /// <summary>误报 · clean batches that were refused.</summary>
    public required IReadOnlyList<string> FalseAlarms { get; init; }

    /// <summary>Batches with a defect that were answered.</summary>
    public required int Defects { get; init; }

    /// <summary>Of those, refused.</summary>
    public required int Killed { get; init; }

    /// <summary>Of those refused, with a reason that names the item or one that may rightly stand for it.</summary>
    public required int RightlyNamed { get; init; }

    public required IReadOnlyList<ScoredGroup> ByNature { get; init; }

    public required IReadOnlyList<ScoredGroup> ByItem { get; init; }

    /// <summary>漏检 · accepted although a defect was planted.</summary>
    public required IReadOnlyList<EfficacySet> Missed { get; init; }

    /// <summary>Batches without an answer, with two that differ, or with a word nobody knows.</summary>
    public required IReadOnlyList<string> Unanswered { get; init; }

    /// <summary>Names in the results that no batch has.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <param name="key">What was planted.</param>
    /// <param name="answers">Of the system.</param>
    public static DetectorScore Of(EfficacyKey key, IReadOnlyList<DetectorAnswer> answers)
    {
        var said = answers.GroupBy(a => a.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.DistinctBy(a => a.IsRefused).Count() == 1 ? g.First() : null, StringComparer.Ordinal);
        List<(EfficacySet Set, bool IsRefused, string Reason)> known =
            [.. key.Sets.Select(s => (s, Answer: said.GetValueOrDefault(s.Name))).Where(p => p.Answer?.IsRefused is not null).Select(p => (p.s, p.Answer!.IsRefused!.Value, p.Answer.Reason))];
        List<(EfficacySet Set, bool IsRefused, string Reason)> planted = [.. known.Where(k => k.Set.Item is not null)];
        return new DetectorScore
        {
            Controls = known.Count - planted.Count,
            FalseAlarms = [.. known.Where(k => k.Set.Item is null && k.IsRefused).Select(k => k.Set.Name)],
            Defects = planted.Count,
            Killed = planted.Count(p => p.IsRefused),
            RightlyNamed = planted.Count(p => p.IsRefused && Names(p.Reason, p.Set)),
            ByNature = Groups(planted, s => s.Nature!),
            ByItem = Groups(planted, s => s.Item!),
            Missed = [.. planted.Where(p => !p.IsRefused).Select(p => p.Set)],
            Unanswered = [.. key.Sets.Where(s => said.GetValueOrDefault(s.Name)?.IsRefused is null).Select(s => s.Name)],
            Unknown = [.. said.Keys.Except(key.Sets.Select(s => s.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    private static IReadOnlyList<ScoredGroup> Groups(List<(EfficacySet Set, bool IsRefused, string Reason)> planted, Func<EfficacySet, string> by) =>
        [.. planted.GroupBy(p => by(p.Set), StringComparer.Ordinal).OrderBy(g => Order(g.First().Set.Item!)).Select(g => new ScoredGroup(g.Key, g.Count(), g.Count(p => p.IsRefused), g.Count(p => p.IsRefused && Names(p.Reason, p.Set))))];

    private static (int, int) Order(string item) => item.Split('-') is [var a, var b] && int.TryParse(a, out var x) && int.TryParse(b, out var y) ? (x, y) : (9, 0);

    /// <summary>An item's number that is no part of a longer one.</summary>
    private static bool Names(string reason, EfficacySet set) =>
        ItemNumber().Matches(reason.Length > 2000 ? reason[..2000] : reason).Any(m => string.Equals(m.Value, set.Item, StringComparison.Ordinal) || set.Companions.Contains(m.Value, StringComparer.Ordinal));

    [GeneratedRegex(@"(?<!\d)(?<!\d-)[1-4]-\d{1,2}(?![\d-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ItemNumber();
}

/// <param name="Name">Of the item or of the 四性.</param>
/// <param name="Defects">Planted and answered.</param>
/// <param name="Killed">Refused.</param>
/// <param name="RightlyNamed">Refused for the right item.</param>
public sealed record ScoredGroup(string Name, int Defects, int Killed, int RightlyNamed);
