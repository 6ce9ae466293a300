using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Words of people about a suppression, as they may be shown: bounded, on one line, and without a secret they may have quoted.</summary>
internal static partial class SuppressionWords
{
    private const int MostWords = 400;

    /// <returns>Null where nothing is left.</returns>
    public static string? Shown(string? said)
    {
        var bounded = said is { Length: > MostWords } ? said[..MostWords] : said;
        return bounded is not null && SecretMask.Show(Named().Replace(bounded, "${name}***"), always: false).Trim() is { Length: > 0 } shown ? shown : null;
    }

    /// <summary>The name may go on up to a sign that says what it is; without one the next word is taken for it.</summary>
    [GeneratedRegex("(?<name>(" + SecretMask.Names + """)([a-z0-9_. -]{0,40}["']?\s*(是|为|\bis\b|\bwas\b|[:=：＝])\s*|[a-z]*["']?\s*(是|为)?\s*))[!-~]{4,}""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
