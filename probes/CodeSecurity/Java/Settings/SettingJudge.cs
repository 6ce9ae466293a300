using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A rule that is broken at a place.</summary>
/// <param name="Rule">Which.</param>
/// <param name="File">Relative to the tree.</param>
/// <param name="Line">Counted from 1.</param>
internal sealed record FoundSetting(SettingRule Rule, string File, int Line)
{
    /// <summary>Environments it holds for; null where it holds always, and of code.</summary>
    public string? Profile { get; init; }

    public ProfileStanding Standing { get; init; }

    /// <summary>Of settings: the key that was found; null of code.</summary>
    public string? Key { get; init; }

    /// <summary>The tree has a framework behind which it may stand.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>Of code: it is reached on a condition only.</summary>
    public bool IsConditional { get; init; }

    /// <summary>The value is what a placeholder falls back to.</summary>
    public bool IsFallback { get; init; }
}

/// <summary>What rules said of files.</summary>
/// <param name="Found">Rules that are broken.</param>
/// <param name="Unread">What was beyond a cap and not judged.</param>
internal sealed record JudgedSettings(IReadOnlyList<FoundSetting> Found, IReadOnlyList<UnreadSource> Unread);

/// <summary>Lays rules beside settings.</summary>
/// <param name="rules">All of them; those over code are passed over.</param>
internal sealed class SettingJudge(IEnumerable<SettingRule> rules)
{
    /// <summary>Of a rule and a file.</summary>
    public const int MostHits = 100;

    private readonly List<(SettingRule Rule, KeyTest[] When, KeyTest[] Also, KeyTest[] Unless)> _rules =
        [.. rules.Where(r => r.Reads != SettingSource.Java).Select(r => (r, Tests(r.When), Tests(r.Also), Tests(r.Unless)))];

    /// <param name="group">What is judged.</param>
    /// <param name="isLate">Whether the time for settings is over.</param>
    /// <param name="stop">Ends it.</param>
    public JudgedSettings Judge(SettingGroup group, Func<bool> isLate, CancellationToken stop)
    {
        var (found, unread) = (new List<FoundSetting>(), new List<UnreadSource>());
        foreach (var (rule, when, also, unless) in _rules)
        {
            var hits = new Dictionary<SettingFile, int>(ReferenceEqualityComparer.Instance);
            var seen = new HashSet<(SettingFile, int, string?, string)>();
            foreach (var (test, key, file, entry) in Asked(rule, when, group))
            {
                stop.ThrowIfCancellationRequested();
                if (isLate())
                {
                    unread.AddRange(group.Files.Select(f => new UnreadSource(f.Path, "超时，设置没有判完")));
                    return new JudgedSettings(found, unread);
                }

                if (!Holds(test, entry, group) || !seen.Add((file, entry.Line, entry.Profile, entry.Key)))
                {
                    continue;
                }

                var count = hits[file] = hits.GetValueOrDefault(file) + 1;
                if (count > MostHits)
                {
                    if (count == MostHits + 1)
                    {
                        unread.Add(new UnreadSource(file.Path, $"{rule.Id} 命中多于 {MostHits} 处，其余没有判"));
                    }

                    continue;
                }

                var standing = group.StandingOf(entry.Profile);
                if (!IsTrifle(rule, standing, group) && Array.TrueForAll(also, t => IsMet(t, t.Beside(key, entry.Key), group, entry.Profile)) && !Array.Exists(unless, t => Excuses(t, t.Beside(key, entry.Key), group, entry.Profile)) && !IsMended(when, group, entry))
                {
                    found.Add(new FoundSetting(rule, file.Path, entry.Line) { Key = entry.Key, Profile = entry.Profile, Standing = standing, IsFallback = entry.Value.Contains("${", StringComparison.Ordinal) });
                }
            }
        }

        return new JudgedSettings(found, [.. unread, .. TooLong(group)]);
    }

    private static IEnumerable<UnreadSource> TooLong(SettingGroup group) => group.Cut.GroupBy(c => c.File.Path, StringComparer.Ordinal)
        .Select(f => new UnreadSource(f.Key, $"第 {f.First().Entry.Line} 行等 {f.Count()} 项的值太长或占位符太多，没有判"));

    /// <summary>Entries of the keys that a rule asks for, whatever they say, so that every one of them counts as a step of the work.</summary>
    private static IEnumerable<(KeyTest Test, SoughtKey Key, SettingFile File, SettingEntry Entry)> Asked(SettingRule rule, KeyTest[] when, SettingGroup group) =>
        when.SelectMany(t => t.Keys.SelectMany(k => group.Of(k).Where(e => e.File.IsSpring == (rule.Reads == SettingSource.Spring)).Select(e => (t, k, e.File, e.Entry))));

    /// <summary>Small things of development, and of environments beside the one that goes live, are everywhere and mean nothing.</summary>
    private static bool IsTrifle(SettingRule rule, ProfileStanding standing, SettingGroup group) =>
        rule.Severity < Severity.Major && (standing == ProfileStanding.Development || (standing == ProfileStanding.Unknown && group.HasLive));

    /// <summary>It holds always, and every environment that goes live says something better; what is too long to be judged says nothing.</summary>
    private static bool IsMended(KeyTest[] when, SettingGroup group, SettingEntry entry) =>
        entry.Profile is null && group.Replaced(entry.Key) is { Count: > 0 } replaced && replaced.All(r => !group.Resolve(r, r.Profile).IsCut && !Array.Exists(when, t => t.Keys.Exists(k => k.Fits(r.Key)) && Holds(t, r, group)));

    private static bool IsMet(KeyTest test, List<SoughtKey> keys, SettingGroup group, string? profile) => test.Test.IsAbsent
        ? !group.HasHidden && keys.TrueForAll(k => group.May(k, profile).All(e => e.Value.Trim().Length == 0))
        : keys.SelectMany(k => group.Seen(k, profile)).Any(e => Holds(test, e, group));

    private static bool Excuses(KeyTest test, List<SoughtKey> keys, SettingGroup group, string? profile) => test.Test.IsAbsent
        ? IsMet(test, keys, group, profile)
        : keys.SelectMany(k => group.May(k, profile)).Any(e => group.Resolve(e, profile) is { Text: null, IsCut: false } || Holds(test, e, group));

    private static bool Holds(KeyTest test, SettingEntry entry, SettingGroup group) =>
        !test.Test.IsAbsent && group.Resolve(entry, entry.Profile).Text?.Trim() is { } value
        && (test.Test.Is is { } wanted ? Says(value) == wanted : test.Matches?.Value.IsMatch(value) ?? value.Length > 0);

    private static bool? Says(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };

    private static KeyTest[] Tests(IReadOnlyList<SettingTest> tests) => [.. tests.Select(t => new KeyTest(t))];

    private sealed class KeyTest(SettingTest test)
    {
        public SettingTest Test => test;

        public List<SoughtKey> Keys { get; } = [.. test.Keys.Select(SoughtKey.Of)];

        /// <summary>Keys that count beside one that was met.</summary>
        /// <param name="met">Of the rule.</param>
        /// <param name="key">As it was met.</param>
        public List<SoughtKey> Beside(SoughtKey met, string key) => test.IsBeside
            ? [.. Keys.Where(k => k.Text.LastIndexOf('.') is var cut && cut == met.Text.LastIndexOf('.') && string.CompareOrdinal(k.Text, 0, met.Text, 0, cut + 1) == 0).Select(k => new SoughtKey(key[..(key.LastIndexOf('.') + 1)] + k.Text[(k.Text.LastIndexOf('.') + 1)..], false))]
            : Keys;

        /// <summary>Made where a key is met: most never are.</summary>
        public Lazy<Regex>? Matches { get; } = test.Matches is { } text ? new(() => new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))) : null;
    }
}
