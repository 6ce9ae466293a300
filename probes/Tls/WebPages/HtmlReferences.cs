using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Characters written as references (HTML §13.2.5.72); numbers need no semicolon.</summary>
internal static partial class HtmlReferences
{
    private const int Limit = 2000;

    /// <summary>Names that are not known stay as they are, with their semicolon.</summary>
    public static string Undone(string value) => value.Contains('&', StringComparison.Ordinal) ? Reference().Replace(value, Character) : value;

    /// <summary>A name stands in it that browsers may know.</summary>
    public static bool IsLeftIn(string value) => Named().IsMatch(value);

    private static string Character(Match reference)
    {
        var digits = reference.Groups["hex"] is { Success: true } hex ? hex.Value : reference.Groups["dec"].Value;
        if (digits.Length == 0)
        {
            return WebUtility.HtmlDecode(reference.Value);
        }

        var style = reference.Groups["hex"].Success ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(digits, style, CultureInfo.InvariantCulture, out var number) && number > 0 && Rune.IsValid(number) ? new Rune(number).ToString() : "\uFFFD";
    }

    [GeneratedRegex("&#[xX](?<hex>[0-9a-fA-F]+);?|&#(?<dec>[0-9]+);?|&[A-Za-z][A-Za-z0-9]*;", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Reference();

    [GeneratedRegex("&[A-Za-z][A-Za-z0-9]*;", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Named();
}
