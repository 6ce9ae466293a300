namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Files of settings that one application reads together, and what a key is worth in one environment of it.</summary>
internal sealed class SettingGroup
{
    private const int LongestValue = 2_000;
    private const int DeepestPlaceholder = 5;
    private const int MostLookups = 1_000;

    /// <summary>Placeholders that are looked up for all values together.</summary>
    private const int MostLookupsInAll = 200_000;

    /// <summary>Stands for no environment where one is part of a key; none is named so.</summary>
    private const string Always = "";

    private readonly ILookup<string, (SettingFile File, SettingEntry Entry)> _byKey;
    private readonly ILookup<(string Key, string Profile), SettingEntry> _byProfile;
    private readonly List<(SettingFile File, SettingEntry Entry)> _all;
    private readonly HashSet<string> _active;
    private readonly List<string> _live;

    /// <summary>Questions are asked of every rule and hit again.</summary>
    private readonly Dictionary<string, List<(SettingFile File, SettingEntry Entry)>> _wild = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Value, string Profile), SettingValue> _resolved = [];
    private readonly Dictionary<string, ProfileStanding> _standings = new(StringComparer.Ordinal);
    private readonly HashSet<SettingEntry> _cut = new(ReferenceEqualityComparer.Instance);
    private int _lookups;

    public SettingGroup(IReadOnlyList<SettingFile> files)
    {
        Files = files;
        _all = [.. files.SelectMany(f => Last(f).Select(e => (f, e)))];
        _byKey = _all.ToLookup(e => e.Entry.Key, StringComparer.Ordinal);
        _byProfile = _all.Select(e => e.Entry).ToLookup(e => (e.Key, e.Profile ?? Always));
        HasHidden = files.Any(f => f.HasHidden);
        _active = _byKey["spring.profiles.active"].Concat(_byKey["spring.profiles.include"]).Where(e => e.Entry.Profile is null).SelectMany(e => SettingProfile.Names(Resolve(e.Entry, null).Text ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _live = [.. _all.Select(e => e.Entry.Profile).OfType<string>().Distinct(StringComparer.Ordinal).Where(p => SettingProfile.Of(p).IsLive)];
    }

    public IReadOnlyList<SettingFile> Files { get; }

    /// <summary>That a key is missing cannot be said.</summary>
    public bool HasHidden { get; }

    /// <summary>Entries that were asked for and whose value is beyond a cap, so that no rule could judge it.</summary>
    public IEnumerable<(SettingFile File, SettingEntry Entry)> Cut => _cut.Count == 0 ? [] : _all.Where(e => _cut.Contains(e.Entry));

    /// <summary>One of the environments is by its name the one that goes live.</summary>
    public bool HasLive => _live.Count > 0;

    public ProfileStanding StandingOf(string? profile)
    {
        if (profile is null)
        {
            return ProfileStanding.Live;
        }

        if (!_standings.TryGetValue(profile, out var standing))
        {
            _standings[profile] = standing = SettingProfile.Of(profile).Standing(_active, HasLive);
        }

        return standing;
    }

    /// <summary>Every entry of a key.</summary>
    public IEnumerable<(SettingFile File, SettingEntry Entry)> Of(SoughtKey key)
    {
        if (!key.IsPattern)
        {
            return _byKey[key.Text];
        }

        if (!_wild.TryGetValue(key.Text, out var all))
        {
            _wild[key.Text] = all = _all.FindAll(e => SettingKey.Fits(key.Text, e.Entry.Key));
        }

        return all;
    }

    /// <summary>Entries that hold in an environment: its own where it has some, else those that hold always.</summary>
    public IEnumerable<SettingEntry> Seen(SoughtKey key, string? profile)
    {
        if (!key.IsPattern)
        {
            return Exact(key.Text, profile);
        }

        var all = Of(key).Select(e => e.Entry).ToList();
        var own = all.FindAll(e => e.Profile == profile);
        return own.Count > 0 ? own : all.FindAll(e => e.Profile is null);
    }

    private IEnumerable<SettingEntry> Exact(string key, string? profile)
    {
        var here = _byProfile[(key, profile ?? Always)];
        return here.Any() ? here : _byProfile[(key, Always)];
    }

    /// <summary>
    /// Entries that may hold where the system runs, which is what an excuse or a missing key is looked for in: settings that hold always are completed by those of the
    /// environment that goes live.
    /// </summary>
    public IEnumerable<SettingEntry> May(SoughtKey key, string? profile) =>
        Of(key).Select(e => e.Entry).Where(e => e.Profile is null || e.Profile == profile || (profile is null && StandingOf(e.Profile) != ProfileStanding.Development));

    /// <summary>What every environment that goes live puts in the place of a key that holds always; empty where one leaves it.</summary>
    public IReadOnlyList<SettingEntry> Replaced(string key)
    {
        var replaced = _live.ConvertAll(p => _byProfile[(key, p)].ToList());
        return replaced.TrueForAll(r => r.Count > 0) ? [.. replaced.SelectMany(r => r)] : [];
    }

    /// <summary>The value with its placeholders in place.</summary>
    public SettingValue Resolve(SettingEntry entry, string? profile)
    {
        if (entry.Value.Length > LongestValue)
        {
            _cut.Add(entry);
            return SettingValue.Cut;
        }

        var asked = (entry.Value, profile ?? Always);
        if (!_resolved.TryGetValue(asked, out var known))
        {
            var left = MostLookups;
            _resolved[asked] = known = Resolve(entry.Value, profile, 0, ref left);
        }

        if (known.IsCut)
        {
            _cut.Add(entry);
        }

        return known;
    }

    private SettingValue Resolve(string value, string? profile, int depth, ref int left)
    {
        if (value.Length > LongestValue)
        {
            return SettingValue.Cut;
        }

        if (value.StartsWith('§') || value.StartsWith('@'))
        {
            return SettingValue.Unknown;
        }

        for (var start = value.IndexOf("${", StringComparison.Ordinal); start >= 0; start = value.IndexOf("${", StringComparison.Ordinal))
        {
            if (depth >= DeepestPlaceholder || --left < 0 || ++_lookups > MostLookupsInAll)
            {
                return SettingValue.Cut;
            }

            if (End(value, start) is not (> 0 and var end))
            {
                return SettingValue.Unknown;
            }

            var inside = value[(start + 2)..end];
            var colon = inside.IndexOf(':', StringComparison.Ordinal);

            // A name that the tree chose is never a pattern.
            var known = Exact(SettingKey.Canonical(colon < 0 ? inside : inside[..colon]), profile).LastOrDefault()?.Value ?? (colon < 0 ? null : inside[(colon + 1)..]);
            var part = known is null ? SettingValue.Unknown : Resolve(known, profile, depth + 1, ref left);
            if (part.Text is not { } plain)
            {
                return part;
            }

            if (value.Length + plain.Length > LongestValue)
            {
                return SettingValue.Cut;
            }

            value = string.Concat(value.AsSpan(0, start), plain.Replace("${", "$ {", StringComparison.Ordinal), value.AsSpan(end + 1));
        }

        return new SettingValue(value, false);
    }

    /// <summary>What of a file counts: of Spring the last entry of a key for the same environments.</summary>
    private static IEnumerable<SettingEntry> Last(SettingFile file)
    {
        if (!file.IsSpring)
        {
            return file.Entries;
        }

        var last = new Dictionary<(string, string), SettingEntry>();
        foreach (var entry in file.Entries)
        {
            last[(entry.Key, entry.Profile ?? Always)] = entry;
        }

        return file.Entries.Where(e => e.IsItem || ReferenceEquals(last[(e.Key, e.Profile ?? Always)], e));
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
}
