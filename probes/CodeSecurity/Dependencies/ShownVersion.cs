using System.Buffers;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a manifest says of a package, without what unlocks the place it comes from: it goes into the bill of materials.</summary>
internal static partial class ShownVersion
{
    private const int Guessable = 12;

    private static readonly string[] Protocols = ["npm:", "workspace:", "patch:", "catalog:"];

    private static readonly SearchValues<char> Signs = SearchValues.Create("#!$%&?@^*~=");

    /// <returns>Null for null; addresses without user, query and fragment; what looks like a password covered.</returns>
    public static string? Of(string? said)
    {
        if (said is null)
        {
            return null;
        }

        for (var round = 0; round < 3 && Encoded().IsMatch(said); round++)
        {
            said = Uri.UnescapeDataString(said);
        }

        if (said.Contains("://", StringComparison.Ordinal))
        {
            said = Tail().Replace(User().Replace(said, "://"), "");
        }
        else if (Mail().Match(said) is { Success: true } user && !Array.Exists(Protocols, p => said.StartsWith(p, StringComparison.Ordinal)))
        {
            said = said[(user.Length)..];
        }

        return Word().Replace(said, m => IsSecret(m.Value) ? SecretBlackening.Covered : m.Value);
    }

    /// <summary>Lower, upper, digits and a sign that no version holds.</summary>
    private static bool IsSecret(string word) =>
        word.Length >= Guessable && word.Any(char.IsAsciiLetterLower) && word.Any(char.IsAsciiLetterUpper) && word.Any(char.IsAsciiDigit) && word.AsSpan().ContainsAny(Signs);

    [GeneratedRegex("(?i:%25|%2f|%3a|%40)", RegexOptions.NonBacktracking)]
    private static partial Regex Encoded();

    [GeneratedRegex("://[^\\s]*@", RegexOptions.NonBacktracking)]
    private static partial Regex User();

    [GeneratedRegex("[?#].*", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Tail();

    /// <summary>An address without a scheme: <c>user:password@host:path</c>.</summary>
    [GeneratedRegex("^[^\\s@/]+:[^\\s]*@", RegexOptions.NonBacktracking)]
    private static partial Regex Mail();

    [GeneratedRegex("[^\\s,\"'<>()\\[\\]|]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
