using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Digests behind the name of their algorithm, as <c>{SHA256}…</c>, <c>sm3:…</c> or <c>HMAC-SM3$…</c>.</summary>
internal static partial class LabelledDigest
{
    /// <summary>The text behind the name, or all of it where there is none. What the name says is not relied on.</summary>
    public static string Bare(string text) => Label().Match(text.Trim()) is { Success: true } found ? found.Groups["value"].Value : text;

    [GeneratedRegex("^[{(\\[]?(hmac[-_ ]?)?(sm3|sm4|md5|sha[-_]?[0-9]{1,3}|mac|cmac|digest|hash)([-_ ]?(c?mac|cbc))?([}\\])][:=$ ]?|[:=$])(?<value>[0-9A-Za-z+/=_-]{4,})$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
