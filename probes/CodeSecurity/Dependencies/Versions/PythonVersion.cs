using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Versions of Python packages in the order of PEP 440.</summary>
internal sealed partial class PythonVersion
{
    private readonly BigInteger _epoch;
    private readonly BigInteger[] _release;
    private readonly (int Kind, BigInteger Number) _pre;
    private readonly BigInteger _post;
    private readonly BigInteger? _dev;
    private readonly string _local;

    private PythonVersion(Match match)
    {
        _epoch = Number(match, "epoch");
        _release = [.. match.Groups["release"].Value.Split('.').Select(BigInteger.Parse)];
        var isPost = match.Groups["post"].Success || match.Groups["dash"].Success;
        _post = !isPost ? -1 : match.Groups["dash"].Success ? Number(match, "dash") : Number(match, "postNumber");
        _dev = match.Groups["dev"].Success ? Number(match, "devNumber") : null;
        _local = match.Groups["local"].Value.ToLowerInvariant();

        // A development release of no pre-release stands before all of them, a final release behind.
        _pre = match.Groups["pre"].Value.ToLowerInvariant() switch
        {
            "" => (_dev is not null && !isPost ? 0 : 4, 0),
            "a" or "alpha" => (1, Number(match, "preNumber")),
            "b" or "beta" => (2, Number(match, "preNumber")),
            _ => (3, Number(match, "preNumber")),
        };
    }

    public static bool TryParse(string text, out PythonVersion? version)
    {
        var match = text.Length <= 200 ? Form().Match(text) : Match.Empty;
        version = match.Success ? new PythonVersion(match) : null;
        return match.Success;
    }

    /// <summary>Negative, zero or positive as it comes before, with or behind the other one.</summary>
    public int Against(PythonVersion other)
    {
        var order = _epoch.CompareTo(other._epoch);
        for (var i = 0; order == 0 && i < Math.Max(_release.Length, other._release.Length); i++)
        {
            order = _release.ElementAtOrDefault(i).CompareTo(other._release.ElementAtOrDefault(i));
        }

        order = order != 0 ? order : _pre.CompareTo(other._pre);
        order = order != 0 ? order : _post.CompareTo(other._post);
        order = order != 0 ? order : (_dev, other._dev) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            var (a, b) => a.Value.CompareTo(b.Value),
        };
        return order != 0 ? order : string.CompareOrdinal(_local, other._local);
    }

    private static BigInteger Number(Match match, string group) => match.Groups[group].Value is { Length: > 0 } digits ? BigInteger.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^\s*[vV]?(?:(?<epoch>\d{1,40})!)?(?<release>\d{1,40}(?:\.\d{1,40}){0,12})(?:[-_.]?(?<pre>(?i:alpha|a|beta|b|preview|pre|c|rc))[-_.]?(?<preNumber>\d{0,40}))?(?:-(?<dash>\d{1,40})|[-_.]?(?<post>(?i:post|rev|r))[-_.]?(?<postNumber>\d{0,40}))?(?:[-_.]?(?<dev>(?i:dev))[-_.]?(?<devNumber>\d{0,40}))?(?:\+(?<local>[A-Za-z0-9._\-]{1,100}))?\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
