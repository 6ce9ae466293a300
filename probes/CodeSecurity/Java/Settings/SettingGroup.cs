namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How sure it is that settings hold where the system runs.</summary>
internal enum ProfileStanding
{
    /// <summary>They hold always, or for the environment that goes live, or for the one the default names.</summary>
    Live,

    /// <summary>Nobody knows what the environment is for.</summary>
    Unknown,

    /// <summary>The name says that it is for development or tests.</summary>
    Development,
}

/// <summary>Files of settings that one application reads together, and what a key is worth in one environment of it.</summary>
internal sealed class SettingGroup
{
    private const int LongestValue = 2_000;
    private const int DeepestPlaceholder = 5;

    private static readonly HashSet<string> LiveNames = new(StringComparer.OrdinalIgnoreCase) { "prod", "production", "pro", "prd", "product", "online", "release", "live", "formal" };

    private static readonly HashSet<string> DevelopmentNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "dev", "develop", "development", "local", "test", "tests", "testing", "unittest", "it", "sit", "uat", "fat", "ci", "debug", "demo", "example", "sample", "daily", "mock", "h2",
    };

    private readonly ILookup<string, (SettingFile File, SettingEntry Entry)> _byKey;
    private readonly List<(SettingFile File, SettingEntry Entry)> _wild;
    private readonly HashSet<string> _active;
    private readonly bool _hasLive;

    public SettingGroup(IReadOnlyList<SettingFile> files)
    {
        Files = files;
        _wild = [.. files.SelectMany(f => f.Entries.Select(e => (f, e)))];
        _byKey = _wild.ToLookup(e => e.Entry.Key, StringComparer.Ordinal);
        HasHidden = files.Any(f => f.HasHidden);
        _active = _byKey["spring.profiles.active"].Concat(_byKey["spring.profiles.include"]).Where(e => e.Entry.Profile is null).SelectMany(e => Names(Literal(e.Entry.Value))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _hasLive = _wild.Exists(e => e.Entry.Profile is { } profile && Names(profile).Exists(LiveNames.Contains));
    }

    public IReadOnlyList<SettingFile> Files { get; }

    /// <summary>That a key is missing cannot be said.</summary>
    public bool HasHidden { get; }

    public ProfileStanding StandingOf(string? profile)
    {
        if (profile is null)
        {
            return ProfileStanding.Live;
        }

        var names = Names(profile);
        if (profile.Contains('!', StringComparison.Ordinal))
        {
            return ProfileStanding.Development;
        }

        var isDevelopment = names.Count > 0 && names.TrueForAll(DevelopmentNames.Contains);
        return names.Exists(LiveNames.Contains) || (names.Exists(_active.Contains) && !(isDevelopment && _hasLive)) ? ProfileStanding.Live : isDevelopment ? ProfileStanding.Development : ProfileStanding.Unknown;
    }

    /// <summary>Every entry of a key.</summary>
    public IEnumerable<(SettingFile File, SettingEntry Entry)> Of(string pattern) =>
        pattern.Contains('*', StringComparison.Ordinal) ? _wild.Where(e => SettingKey.Fits(pattern, e.Entry.Key)) : _byKey[pattern];

    /// <summary>Entries that hold in an environment: its own where it has some, else those that hold always.</summary>
    public IEnumerable<SettingEntry> Seen(string pattern, string? profile)
    {
        var all = Of(pattern).Select(e => e.Entry).ToList();
        var own = all.FindAll(e => e.Profile == profile);
        return own.Count > 0 ? own : all.FindAll(e => e.Profile is null);
    }

    /// <summary>
    /// Entries that may hold where the system runs, which is what an excuse or a missing key is looked for in: settings that hold always are completed by those of the
    /// environment that goes live.
    /// </summary>
    public IEnumerable<SettingEntry> May(string pattern, string? profile) =>
        Of(pattern).Select(e => e.Entry).Where(e => e.Profile is null || e.Profile == profile || (profile is null && StandingOf(e.Profile) != ProfileStanding.Development));

    /// <summary>What every environment that goes live puts in the place of a key that holds always; empty where one leaves it.</summary>
    public IReadOnlyList<SettingEntry> Replaced(string key)
    {
        var live = _wild.Where(e => e.Entry.Profile is { } p && Names(p).Exists(LiveNames.Contains)).Select(e => e.Entry.Profile!).Distinct(StringComparer.Ordinal).ToList();
        var replaced = _byKey[key].Select(e => e.Entry).Where(e => e.Profile is not null && live.Contains(e.Profile)).ToList();
        return live.Count > 0 && live.TrueForAll(p => replaced.Exists(r => r.Profile == p)) ? replaced : [];
    }

    /// <summary>The value with its placeholders in place; null where one has none here.</summary>
    public string? Resolve(string value, string? profile, int depth = 0)
    {
        if (value.Length > LongestValue || value.StartsWith('§') || value.StartsWith('@'))
        {
            return null;
        }

        for (var start = value.IndexOf("${", StringComparison.Ordinal); start >= 0; start = value.IndexOf("${", StringComparison.Ordinal))
        {
            if (depth >= DeepestPlaceholder || End(value, start) is not (> 0 and var end))
            {
                return null;
            }

            var inside = value[(start + 2)..end];
            var colon = inside.IndexOf(':', StringComparison.Ordinal);
            var known = Seen(SettingKey.Canonical(colon < 0 ? inside : inside[..colon]), profile).LastOrDefault()?.Value ?? (colon < 0 ? null : inside[(colon + 1)..]);
            if (known is null || Resolve(known, profile, depth + 1) is not { } plain || value.Length + plain.Length > LongestValue)
            {
                return null;
            }

            value = string.Concat(value.AsSpan(0, start), plain.Replace("${", "$ {", StringComparison.Ordinal), value.AsSpan(end + 1));
        }

        return value;
    }

    /// <returns>Where the placeholder that begins there is closed; −1 where nowhere.</returns>
    private static int End(string value, int start)
    {
        for (var (at, open) = (start, 0); at < value.Length; at++)
        {
            if (value[at] == '}' && --open == 0)
            {
                return at;
            }

            open += value[at] == '{' ? 1 : 0;
        }

        return -1;
    }

    private string Literal(string value) => Resolve(value, null) ?? "";

    private static List<string> Names(string written) =>
        [.. written.Split([',', '|', '&', '(', ')', ' ', '!'], StringSplitOptions.RemoveEmptyEntries)];
}
