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

/// <summary>Environments as a file of settings says them: names, and names that it must not be.</summary>
internal sealed class SettingProfile
{
    private static readonly HashSet<string> LiveNames = new(StringComparer.OrdinalIgnoreCase) { "prod", "production", "pro", "prd", "product", "online", "release", "live", "formal" };

    private static readonly HashSet<string> DevelopmentNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "dev", "develop", "development", "local", "test", "tests", "testing", "unittest", "it", "sit", "uat", "fat", "ci", "debug", "demo", "example", "sample", "daily", "mock", "h2",
    };

    private readonly List<string> _names;
    private readonly List<string> _negated;

    /// <summary>Something in brackets is negated beside other things: what it means is left to people.</summary>
    private readonly bool _isTangled;

    private SettingProfile(string written)
    {
        var trimmed = written.Trim();
        var isAllNegated = trimmed.StartsWith("!(", StringComparison.Ordinal) && trimmed.IndexOf(')', StringComparison.Ordinal) == trimmed.Length - 1 && trimmed.LastIndexOf('!') == 0;
        _isTangled = !isAllNegated && trimmed.Replace(" ", "", StringComparison.Ordinal).Contains("!(", StringComparison.Ordinal);
        var words = trimmed.Replace("!", " !", StringComparison.Ordinal).Split([',', '|', '&', '(', ')', ' '], StringSplitOptions.RemoveEmptyEntries).ToList();
        _negated = [.. words.Where(w => isAllNegated || w[0] == '!').Select(w => w.Trim('!')).Where(w => w.Length > 0)];
        _names = isAllNegated ? [] : words.FindAll(w => w[0] != '!');
    }

    /// <summary>Its name says that it is the one that goes live.</summary>
    public bool IsLive => !_isTangled && _negated.TrueForAll(DevelopmentNames.Contains) && _names.Exists(LiveNames.Contains);

    public static SettingProfile Of(string written) => new(written);

    /// <summary>Names that stand there, without those that it must not be.</summary>
    public static IReadOnlyList<string> Names(string written) => new SettingProfile(written)._names;

    /// <summary>The name of a folder that is one of an environment; null where it is none.</summary>
    public static string? OfFolder(string folder) => DevelopmentNames.Contains(folder) || LiveNames.Contains(folder) ? folder : null;

    /// <param name="active">Names that the default starts with.</param>
    /// <param name="hasLive">Another environment is by its name the one that goes live.</param>
    public ProfileStanding Standing(HashSet<string> active, bool hasLive)
    {
        if (_isTangled)
        {
            return ProfileStanding.Unknown;
        }

        var isDevelopment = _names.Count > 0 && _names.TrueForAll(DevelopmentNames.Contains);
        var named = _names.Exists(LiveNames.Contains) || (_names.Exists(active.Contains) && !(isDevelopment && hasLive)) ? ProfileStanding.Live : isDevelopment ? ProfileStanding.Development : ProfileStanding.Unknown;
        if (_negated.Count == 0)
        {
            return named;
        }

        var negated = _negated.TrueForAll(LiveNames.Contains) ? ProfileStanding.Development : _negated.TrueForAll(DevelopmentNames.Contains) ? ProfileStanding.Live : ProfileStanding.Unknown;
        return _names.Count == 0 || named == negated ? negated : ProfileStanding.Unknown;
    }
}
