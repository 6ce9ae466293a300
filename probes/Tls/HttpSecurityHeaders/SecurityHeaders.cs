using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Security headers of the answer to one GET of the endpoint's path; redirections are recorded and not followed. Null: not sent.
/// A header sent several times: values joined by ", " (RFC 9110 §5.3), for Strict-Transport-Security and X-Content-Type-Options the first alone counts (RFC 6797 §8.1; Fetch).
/// </summary>
public sealed record SecurityHeaders
{
    /// <summary>The address asked for, without credentials.</summary>
    [Description("网址")]
    public required string Url { get; init; }

    /// <summary>True over TLS.</summary>
    [DisplayName("经 TLS 访问")]
    public required bool OverTls { get; init; }

    /// <summary>TLSv1.0 to TLSv1.3, TLSv1.3 SM (RFC 8998) or TLCPv1.1; null in clear.</summary>
    [Description("读自")]
    public string? ReadOver { get; init; }

    /// <summary>100–599.</summary>
    [Description("状态码")]
    public required int StatusCode { get; init; }

    /// <summary>
    /// The answer turns away a client that has no certificate: it is not the page, so that nothing of it is read and all below is missing.
    /// </summary>
    [Description("因没有客户端证书被拒绝")]
    public Fact<bool> TurnedAwayWithoutCertificate { get; init; }

    /// <summary>
    /// The answer is an error (400 and above) of the server or of a gateway before it, not a page of the application: what headers its pages
    /// have is not known from it and missing below, but for where it redirects to (null) and versions it tells.
    /// </summary>
    [Description("应答是错误页")]
    public Fact<bool> AnsweredWithError { get; init; }

    /// <summary>Null where not sent, sent without a readable max-age, or with a directive twice.</summary>
    [Description("HSTS")]
    public Fact<StrictTransportSecurity?> StrictTransportSecurity { get; init; }

    [Description("内容安全策略")]
    public Fact<string?> ContentSecurityPolicy { get; init; }

    /// <summary>Sources of the frame-ancestors directive of the enforced policy (CSP 3 §6.4.2); null without one.</summary>
    [Description("frame-ancestors")]
    public Fact<IReadOnlyList<string>?> FrameAncestors { get; init; }

    /// <summary>Every enforced policy that has frame-ancestors lets anybody in; null without one. Where it is not null, browsers pass over X-Frame-Options (CSP 3 §6.4.2.2).</summary>
    [Description("策略允许任意站点嵌套")]
    public Fact<bool?> FramedFromAnywhere { get; init; }

    /// <summary>Scripts written into the page run in spite of the policy; null without an enforced one.</summary>
    [Description("策略允许内联脚本")]
    public Fact<bool?> CspAllowsInlineScripts { get; init; }

    /// <summary>Text is run as a script in spite of the policy; null without an enforced one.</summary>
    [Description("策略允许 eval")]
    public Fact<bool?> CspAllowsEval { get; init; }

    /// <summary>Scripts may come from anywhere in spite of the policy; null without an enforced one.</summary>
    [Description("策略允许任意来源的脚本")]
    public Fact<bool?> CspAllowsScriptsFromAnywhere { get; init; }

    /// <summary>A policy that is reported and not enforced is sent (CSP 3 §3.2).</summary>
    [Description("仅报告的策略")]
    public Fact<bool> CspReportOnly { get; init; }

    [Description("X-Frame-Options")]
    public Fact<string?> XFrameOptions { get; init; }

    [Description("X-Content-Type-Options")]
    public Fact<string?> XContentTypeOptions { get; init; }

    [Description("Referrer-Policy")]
    public Fact<string?> ReferrerPolicy { get; init; }

    [Description("Permissions-Policy")]
    public Fact<string?> PermissionsPolicy { get; init; }

    /// <summary>Content-Encoding of the answer, which was allowed to be compressed (RFC 9110 §12.5.3).</summary>
    [Description("Content-Encoding")]
    public Fact<string?> ContentEncoding { get; init; }

    /// <summary>
    /// The answer came compressed under TLS or TLCP: pages that repeat what was asked beside a secret can be guessed at by their length
    /// (BREACH, CVE-2013-3587). Null in clear.
    /// </summary>
    [Description("加密之下的压缩")]
    public Fact<bool?> CompressedUnderTls { get; init; }

    /// <summary>1.0 or 1.1, as the status line has it.</summary>
    [Description("HTTP 版本")]
    public Fact<string> HttpVersion { get; init; }

    [Description("Cache-Control")]
    public Fact<string?> CacheControl { get; init; }

    [Description("Server")]
    public Fact<string?> Server { get; init; }

    [Description("X-Powered-By")]
    public Fact<string?> XPoweredBy { get; init; }

    /// <summary>A field that names software (Server, X-Powered-By, X-AspNet-Version, Via …) carries a version number.</summary>
    [Description("泄露版本")]
    public Fact<bool> DisclosesVersion { get; init; }

    /// <summary>Those fields, as <c>Name: value</c>.</summary>
    [Description("带版本号的响应头")]
    public Fact<IReadOnlyList<string>> DisclosedVersions { get; init; }

    /// <summary>Every Set-Cookie of the answer; values are never kept.</summary>
    [Description("Cookie")]
    public Fact<IReadOnlyList<SetCookie>> Cookies { get; init; }

    /// <summary>Location header of a 3xx answer, made absolute, without query and fragment; null for other answers.</summary>
    [Description("跳转到")]
    public Fact<string?> RedirectsTo { get; init; }

    /// <summary>Of clear HTTP: in a sentence for people, whether and whither it sends them; null over TLS.</summary>
    [Description("明文 HTTP 的应答")]
    public Fact<string?> ClearAnswer { get; init; }

    /// <summary>The redirection leads to https; null without one.</summary>
    [DisplayName("跳转到本系统的 HTTPS")]
    public Fact<bool?> RedirectsToHttps { get; init; }

    /// <summary>
    /// The redirection leads to an endpoint of the candidate; false where its host is none of the candidate's, null without one. Missing
    /// where the host is the candidate's and the port is no endpoint: what waits there is not looked at.
    /// </summary>
    [Description("跳转到本系统列出的端点")]
    public Fact<bool?> RedirectsToNamedHost { get; init; }
}

/// <summary>RFC 6797 §6.1.</summary>
public sealed record StrictTransportSecurity
{
    /// <summary>Seconds; at most 2⁵³−1, which stands for everything longer.</summary>
    [Description("max-age 秒")]
    public required long MaxAge { get; init; }

    [Description("含子域")]
    public required bool IncludeSubDomains { get; init; }

    [Description("preload")]
    public required bool Preload { get; init; }
}

/// <summary>RFC 6265 §5.2 and RFC 6265bis (SameSite).</summary>
public sealed record SetCookie
{
    [Description("")]
    public required string Name { get; init; }

    [Description("Secure")]
    public required bool Secure { get; init; }

    [Description("HttpOnly")]
    public required bool HttpOnly { get; init; }

    /// <summary>Strict, Lax, None, or what else was written; null where not sent.</summary>
    [Description("SameSite")]
    public string? SameSite { get; init; }

    /// <summary>All of it in a line for people.</summary>
    public string Note => $"{(Name.Length == 0 ? "（无名）" : Name)}（Secure {Word(Secure)}，HttpOnly {Word(HttpOnly)}，SameSite {SameSite ?? "无"}）";

    private static string Word(bool holds) => holds ? "有" : "无";
}
