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

    [GeneratedRegex("(?<name>(passw[a-z]*|" + SecretMask.Names + ")[\"']?\\s*(是|为|[:=：＝])?\\s*)[!-~]{4,}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
