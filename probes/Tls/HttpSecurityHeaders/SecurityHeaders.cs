using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Security headers of the answer to one GET of the endpoint's path; redirections are recorded and not followed. Null: not sent.
/// A header sent several times: values joined by ", " (RFC 9110 §5.3), for Strict-Transport-Security the first alone counts (RFC 6797 §8.1).
/// </summary>
public sealed record SecurityHeaders
{
    /// <summary>The address asked for, without credentials.</summary>
    public required string Url { get; init; }

    /// <summary>True over TLS.</summary>
    public required bool OverTls { get; init; }

    /// <summary>100–599.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Null where not sent, or sent without a readable max-age.</summary>
    public Fact<StrictTransportSecurity?> StrictTransportSecurity { get; init; }

    public Fact<string?> ContentSecurityPolicy { get; init; }

    /// <summary>Sources of the frame-ancestors directive of the enforced policy (CSP 3 §6.4.2); null without one.</summary>
    public Fact<IReadOnlyList<string>?> FrameAncestors { get; init; }

    public Fact<string?> XFrameOptions { get; init; }

    public Fact<string?> XContentTypeOptions { get; init; }

    public Fact<string?> ReferrerPolicy { get; init; }

    public Fact<string?> PermissionsPolicy { get; init; }

    public Fact<string?> CacheControl { get; init; }

    public Fact<string?> Server { get; init; }

    public Fact<string?> XPoweredBy { get; init; }

    /// <summary>Server or X-Powered-By carries a version number.</summary>
    public Fact<bool> DisclosesVersion { get; init; }

    /// <summary>Every Set-Cookie of the answer; values are never kept.</summary>
    public Fact<IReadOnlyList<SetCookie>> Cookies { get; init; }

    /// <summary>Location header of a 3xx answer, made absolute, without query and fragment; null for other answers.</summary>
    public Fact<string?> RedirectsTo { get; init; }

    /// <summary>The redirection leads to https; null without one.</summary>
    public Fact<bool?> RedirectsToHttps { get; init; }
}

/// <summary>RFC 6797 §6.1.</summary>
public sealed record StrictTransportSecurity
{
    /// <summary>Seconds.</summary>
    public required long MaxAge { get; init; }

    public required bool IncludeSubDomains { get; init; }

    public required bool Preload { get; init; }
}

/// <summary>RFC 6265 §5.2 and RFC 6265bis (SameSite).</summary>
public sealed record SetCookie
{
    public required string Name { get; init; }

    public required bool Secure { get; init; }

    public required bool HttpOnly { get; init; }

    /// <summary>Strict, Lax, None, or what else was written; null where not sent.</summary>
    public string? SameSite { get; init; }
}
