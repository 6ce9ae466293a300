using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Response header fields that tell which version of which software answers.</summary>
internal static partial class DisclosedVersions
{
    private const int LongestValue = 200;

    private static readonly string[] Tellers =
        ["Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Generator", "X-Jenkins"];

    /// <returns>As <c>Name: value</c>, in the order asked.</returns>
    public static IReadOnlyList<string> In(ResponseHead head) =>
    [
        .. Tellers.SelectMany(name => head.Values(name).Where(v => Number().IsMatch(v)).Select(v => Told(name, v))),
        .. head.Values("Via").Where(v => Number().IsMatch(Received().Replace(v, string.Empty))).Select(v => Told("Via", v)),
    ];

    private static string Told(string name, string value) => $"{name}: {(value.Length <= LongestValue ? value : value[..LongestValue])}";

    [GeneratedRegex(@"\d+\.\d+|/\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    /// <summary>Via begins each hop with the version of HTTP (RFC 9110 §7.6.3), which is no software's.</summary>
    [GeneratedRegex(@"(^|,)\s*([A-Za-z]+/)?\d(\.\d)?(?=\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Received();
}
