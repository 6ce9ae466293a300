namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Keys as Spring compares them: hyphens, underscores and capitals do not count, so that <c>stat-view-servlet</c>, <c>statViewServlet</c> and <c>stat_view_servlet</c>
/// are one. An index at the end of a list is no part of the key.
/// </summary>
internal static class SettingKey
{
    private const int Longest = 400;

    public static string Canonical(string written)
    {
        var bounded = written.Length > Longest ? written[..Longest] : written;
        if (bounded.EndsWith(']') && bounded.LastIndexOf('[') is > 0 and var bracket && bounded.AsSpan(bracket + 1, bounded.Length - bracket - 2).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            bounded = bounded[..bracket];
        }

        return string.Concat(bounded.Where(c => c is not ('-' or '_')).Select(char.ToLowerInvariant));
    }

    /// <summary>A key below another one; what is too long to be any key that a rule knows is cut.</summary>
    public static string Below(string key, string name) => (key.Length, name.Length) switch
    {
        ( > Longest, _) => key,
        (_, > Longest) => name[..Longest],
        (0, _) => name,
        _ => key + "." + name,
    };

    /// <param name="pattern">Canonical; a part <c>*</c> stands for one part.</param>
    /// <param name="key">Canonical.</param>
    public static bool Fits(string pattern, string key)
    {
        ReadOnlySpan<char> wanted = pattern, given = key;
        while (true)
        {
            var (want, give) = (wanted.IndexOf('.'), given.IndexOf('.'));
            var asked = want < 0 ? wanted : wanted[..want];
            if (want < 0 != give < 0 || (asked is not "*" && !asked.SequenceEqual(give < 0 ? given : given[..give])))
            {
                return false;
            }

            if (want < 0)
            {
                return true;
            }

            wanted = wanted[(want + 1)..];
            given = given[(give + 1)..];
        }
    }
}

/// <summary>A key that is looked for.</summary>
/// <param name="Text">Canonical.</param>
/// <param name="IsPattern">A rule wrote it and it has <c>*</c> for parts that any key may have; of a tree a star is a character.</param>
internal readonly record struct SoughtKey(string Text, bool IsPattern)
{
    public static SoughtKey Of(string written) => new(SettingKey.Canonical(written), written.Contains('*', StringComparison.Ordinal));

    public bool Fits(string key) => IsPattern ? SettingKey.Fits(Text, key) : Text == key;
}
