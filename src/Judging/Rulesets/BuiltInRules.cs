using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>The rules the tool was built with, known by digest, so that rules edited in place after installing are seen too.</summary>
/// <param name="Digests">SHA-256 by path below the rulesets folder.</param>
public sealed record BuiltInRules(IReadOnlyDictionary<string, string> Digests)
{
    /// <summary>Nothing is known to be built in: whatever judged was brought along.</summary>
    public static BuiltInRules None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Id and version of every built-in file; asked for only where other rules judged.</summary>
    public Func<IReadOnlyList<RulesetReference>> Heads { get; init; } = () => [];

    /// <summary>Whether a file with these bytes is one of them, under whatever name.</summary>
    public bool Has(byte[] bytes) => _known.Value.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private readonly Lazy<HashSet<string>> _known = new(() => Digests.Values.ToHashSet(StringComparer.Ordinal));

    public RulesUsed Compare(IReadOnlyList<RulesetReference> used)
    {
        var known = Digests.Values.ToHashSet(StringComparer.Ordinal);
        var there = used.SelectMany(r => new[] { r.File, r.Sha256 }).ToHashSet(StringComparer.Ordinal);
        var versions = used.All(r => known.Contains(r.Sha256))
            ? []
            : Heads().GroupBy(h => h.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Version, StringComparer.Ordinal);
        return new RulesUsed(
            [.. used.Select(r => known.Contains(r.Sha256) ? new RulesFile(r, RulesSource.BuiltIn) : Other(r, versions.GetValueOrDefault(r.Id)))],
            [
                .. Digests.Where(d => !RulesetFolder.IsProfile(d.Key) && !there.Contains(d.Key) && !there.Contains(d.Value))
                    .Select(d => d.Key).Order(StringComparer.Ordinal),
            ]);
    }

    /// <summary>Whoever moves or renames a file keeps its id, by which people know it.</summary>
    private RulesFile Other(RulesetReference rules, string? builtInVersion) =>
        new(rules, builtInVersion is not null || Digests.ContainsKey(rules.File) ? RulesSource.Changed : RulesSource.Own) { BuiltInVersion = builtInVersion };
}
