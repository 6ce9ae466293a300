using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads the meaning out of a response head.</summary>
internal static partial class HeaderReading
{
    private const int LongestValue = 4096;

    /// <summary>The largest whole number that every reader of JSON keeps.</summary>
    private const long LongestAge = (1L << 53) - 1;

    /// <summary>An answer that is no page.</summary>
    public static SecurityHeaders TurnedAway(ResponseHead head, Uri asked) => new()
    {
        Url = Shown(asked),
        OverTls = asked.Scheme == Uri.UriSchemeHttps,
        StatusCode = head.StatusCode,
        TurnedAwayWithoutCertificate = true,
    };

    private static string Shown(Uri asked) => asked.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <param name="head">The answer.</param>
    /// <param name="asked">The address.</param>
    /// <param name="isNamed">What is known of the place a redirection leads to.</param>
    public static SecurityHeaders Read(ResponseHead head, Uri asked, Func<Uri, Fact<bool?>> isNamed)
    {
        var policies = ContentPolicies.Of(head.Values("Content-Security-Policy"));
        var encoding = Text(head, "Content-Encoding");
        var policy = Text(head, "Content-Security-Policy");
        var location = head.StatusCode is >= 300 and < 400 ? Redirection.Of(head, asked) : null;
        var disclosed = DisclosedVersions.In(head);
        return new SecurityHeaders
        {
            Url = Shown(asked),
            TurnedAwayWithoutCertificate = false,
            AnsweredWithError = false,
            OverTls = asked.Scheme == Uri.UriSchemeHttps,
            StatusCode = head.StatusCode,
            StrictTransportSecurity = Hsts(head.Values("Strict-Transport-Security")),
            ContentSecurityPolicy = policy,
            FrameAncestors = new Fact<IReadOnlyList<string>?>(policies?.FrameAncestors),
            FramedFromAnywhere = new Fact<bool?>(policies?.FramedFromAnywhere),
            CspAllowsInlineScripts = new Fact<bool?>(policies?.AllowsInlineScripts),
            CspAllowsEval = new Fact<bool?>(policies?.AllowsEval),
            CspAllowsScriptsFromAnywhere = new Fact<bool?>(policies?.AllowsScriptsFromAnywhere),
            CspReportOnly = head.Values("Content-Security-Policy-Report-Only").Count > 0,
            XFrameOptions = Same(Text(head, "X-Frame-Options")),
            XContentTypeOptions = FirstOf(Text(head, "X-Content-Type-Options")),
            ReferrerPolicy = Text(head, "Referrer-Policy"),
            PermissionsPolicy = Text(head, "Permissions-Policy"),
            ContentEncoding = encoding,
            CompressedUnderTls = asked.Scheme == Uri.UriSchemeHttps ? encoding is not null && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase) : new Fact<bool?>(null),
            HttpVersion = head.HttpVersion,
            CacheControl = Text(head, "Cache-Control"),
            Server = Text(head, "Server"),
            XPoweredBy = Text(head, "X-Powered-By"),
            DisclosesVersion = disclosed.Count > 0,
            DisclosedVersions = new Fact<IReadOnlyList<string>>(disclosed),
            Cookies = new Fact<IReadOnlyList<SetCookie>>([.. head.Values("Set-Cookie").Select(Cookie)]),
            RedirectsTo = location?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
            ClearAnswer = new Fact<string?>(ClearAnswer(head.StatusCode, asked, location, isNamed)),
            RedirectsToHttps = location is null ? null : location.Scheme == Uri.UriSchemeHttps,
            RedirectsToNamedHost = location is null ? new Fact<bool?>(null) : isNamed(location),
        };
    }

    private static string? ClearAnswer(int status, Uri asked, Uri? location, Func<Uri, Fact<bool?>> isNamed)
    {
        if (asked.Scheme == Uri.UriSchemeHttps)
        {
            return null;
        }

        var to = location?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return (status, location) switch
        {
            (>= 300 and < 400, null) => $"应答 {status}，却没有写明跳转到哪里的网址，页面仍在明文上",
            (_, null) => $"应答 {status}，没有跳转到 HTTPS：这里提交的口令和业务数据以明文传输，可被窃听",
            (_, { Scheme: "http" }) => $"应答 {status}，跳转到 {to}，仍是明文：口令和业务数据可被窃听",
            _ => isNamed(location) switch
            {
                { IsKnown: true, Value: true } => $"应答 {status}，跳转到本系统的 {to}",
                { IsKnown: true } => $"应答 {status}，跳转到 {to}，这台主机不在核验范围：用户被带到没有核验过的地方",
                _ => $"应答 {status}，跳转到 {to}，主机在核验范围而这个端口没有看过，那里是什么不下结论",
            },
        };
    }

    /// <summary>An error the server, or a gateway before it, made of the request: no page of the application, whose headers are not known. That it tells its version counts all the same.</summary>
    public static SecurityHeaders OfError(ResponseHead head, Uri asked)
    {
        // In clear an error is an answer without a redirection; under TLS it says nothing of where the page leads.
        var isClear = asked.Scheme == Uri.UriSchemeHttp;
        var disclosed = DisclosedVersions.In(head);
        return new SecurityHeaders
        {
            Url = Shown(asked),
            OverTls = asked.Scheme == Uri.UriSchemeHttps,
            StatusCode = head.StatusCode,
            TurnedAwayWithoutCertificate = false,
            AnsweredWithError = true,
            HttpVersion = head.HttpVersion,
            Server = Text(head, "Server"),
            XPoweredBy = Text(head, "X-Powered-By"),
            DisclosesVersion = disclosed.Count > 0 ? true : default(Fact<bool>),
            DisclosedVersions = disclosed.Count > 0 ? new Fact<IReadOnlyList<string>>(disclosed) : default,
            RedirectsTo = isClear ? new Fact<string?>(null) : default,
            ClearAnswer = new Fact<string?>(ClearAnswer(head.StatusCode, asked, null, _ => default)),
            RedirectsToHttps = isClear ? new Fact<bool?>(null) : default,
            RedirectsToNamedHost = isClear ? new Fact<bool?>(null) : default,
        };
    }

    /// <summary>The first field alone counts; in it a directive that is there twice, or one that is not well formed, makes it nothing (RFC 6797 §6.1, §8.1).</summary>
    internal static StrictTransportSecurity? Hsts(IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var directives = values[0].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(d => d.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
        var isOdd = directives.Exists(d => !Token().IsMatch(d[0]) || (d.Length == 2 && d[0].Equals("includeSubDomains", StringComparison.OrdinalIgnoreCase)));
        var isTwice = directives.GroupBy(d => d[0], StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1);
        bool Has(string name) => directives.Exists(d => d.Length == 1 && d[0].Equals(name, StringComparison.OrdinalIgnoreCase));
        return !isTwice && !isOdd && directives.Find(d => d.Length == 2 && d[0].Equals("max-age", StringComparison.OrdinalIgnoreCase)) is [_, var written] && Seconds(Unquoted(written)) is { } seconds
            ? new StrictTransportSecurity { MaxAge = seconds, IncludeSubDomains = Has("includeSubDomains"), Preload = Has("preload") }
            : null;
    }

    /// <summary>RFC 9110 §5.6.2.</summary>
    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Token();

    private static string Unquoted(string value) => value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;

    /// <summary>Any number of digits is a number (RFC 6797 §6.1.1); what does not fit is as long as can be. Null where it is none.</summary>
    private static long? Seconds(string? written) =>
        string.IsNullOrEmpty(written) || !written.All(char.IsAsciiDigit) ? null
        : long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, LongestAge) : LongestAge;

    internal static SetCookie Cookie(string value)
    {
        var parts = value.Split(';', StringSplitOptions.TrimEntries);
        var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
        var sameSite = parts.Skip(1).Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries))
            .LastOrDefault(p => p.Length == 2 && string.Equals(p[0], "SameSite", StringComparison.OrdinalIgnoreCase));
        return new SetCookie
        {
            // Without an equals sign the whole pair is a value (RFC 6265bis §5.6), which is never kept.
            Name = equals < 0 ? string.Empty : Cut(parts[0][..equals].Trim()),
            Secure = parts.Skip(1).Contains("Secure", StringComparer.OrdinalIgnoreCase),
            HttpOnly = parts.Skip(1).Contains("HttpOnly", StringComparer.OrdinalIgnoreCase),
            SameSite = sameSite is null ? null : SameSiteOf(sameSite[1]),
        };
    }

    private static string SameSiteOf(string written) =>
        Array.Find(["Strict", "Lax", "None"], known => string.Equals(known, written, StringComparison.OrdinalIgnoreCase)) ?? Cut(written);

    /// <summary>Several fields that say the same are one.</summary>
    private static string? Same(string? values) =>
        values?.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [var only] ? only : values;

    private static string? Text(ResponseHead head, string name) => head.Value(name) is { } value ? Cut(value) : null;

    /// <summary>Browsers read the first of several values alone (Fetch, determine nosniff).</summary>
    private static string? FirstOf(string? values) => values?.Split(',', 2)[0].Trim();

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}
