using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>The rules the tool was built with, known by digest, so that rules edited in place after installing are seen too.</summary>
/// <param name="Digests">SHA-256 by path below the rulesets folder.</param>
public sealed record BuiltInRules(IReadOnlyDictionary<string, string> Digests)
{
    /// <summary>Nothing is known to be built in: whatever judged was brought along.</summary>
    public static BuiltInRules None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    public RulesUsed Compare(IReadOnlyList<RulesetReference> used)
    {
        var known = Digests.Values.ToHashSet(StringComparer.Ordinal);
        var there = used.SelectMany(r => new[] { r.File, r.Sha256 }).ToHashSet(StringComparer.Ordinal);
        return new RulesUsed(
            [.. used.Select(r => new RulesFile(r, known.Contains(r.Sha256) ? RulesSource.BuiltIn : Digests.ContainsKey(r.File) ? RulesSource.Changed : RulesSource.Own))],
            [
                .. Digests.Where(d => !RulesetFolder.IsProfile(d.Key) && !there.Contains(d.Key) && !there.Contains(d.Value))
                    .Select(d => d.Key).Order(StringComparer.Ordinal),
            ]);
    }
}
