using Microsoft.AspNetCore.Http;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>What every answer says to the browser.</summary>
internal static class SafeHeaders
{
    private const string Pages = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Files of a candidate: never a page of ours, whatever is in them.</summary>
    private const string Files = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    public static void ForPage(HttpResponse response)
    {
        Always(response);
        response.Headers.ContentSecurityPolicy = Pages;
    }

    public static void ForFile(HttpResponse response)
    {
        Always(response);
        response.Headers.ContentSecurityPolicy = Files;
    }

    private static void Always(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
    }
}
