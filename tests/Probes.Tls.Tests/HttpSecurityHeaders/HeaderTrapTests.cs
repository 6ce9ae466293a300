using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Headers that look strict and are not, and strict ones that look loose.</summary>
public sealed class HeaderTrapTests
{
    /// <summary>i: scripts in the page, e: eval, a: from anywhere.</summary>
    [Theory]
    [InlineData("default-src 'self'", "")]
    [InlineData("script-src 'self'; script-src-elem *", "a")]
    [InlineData("script-src *; script-src-elem 'self'", "")]
    [InlineData("script-src 'self'; script-src-attr 'unsafe-inline'", "i")]
    [InlineData("script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'", "")]
    [InlineData("script-src 'self' https://*:443", "a")]
    [InlineData("script-src *:*", "a")]
    [InlineData("script-src http://*/x/", "a")]
    [InlineData("script-src *.cn", "a")]
    [InlineData("script-src *.example.cn", "")]
    [InlineData("script-src data:", "a")]
    [InlineData("script-src blob:", "a")]
    [InlineData("script-src 'strict-dynamic' 'nonce-YWJj' https:", "")]
    [InlineData("script-src 'nonce-YWJj' 'unsafe-inline' 'self'", "")]
    [InlineData("script-src 'nonce-' 'unsafe-inline'", "i")]
    [InlineData("script-src 'sha256' 'unsafe-inline'", "i")]
    [InlineData("script-src 'sha256-x=' 'unsafe-inline'", "")]
    [InlineData("script-src 'UNSAFE-INLINE' 'Unsafe-Eval'", "ie")]
    [InlineData("script-src 'self'; script-src *", "")]
    [InlineData("script-src *|script-src 'self'", "")]
    [InlineData("script-src * 'unsafe-eval', default-src 'self'", "")]
    [InlineData("img-src 'self'", "iea")]
    [InlineData("script-src\t*", "a")]
    public void Policies_are_read_as_browsers_do(string written, string open)
    {
        var policies = ContentPolicies.Of(written.Split('|'))!;
        Assert.Equal(open, $"{(policies.AllowsInlineScripts ? "i" : "")}{(policies.AllowsEval ? "e" : "")}{(policies.AllowsScriptsFromAnywhere ? "a" : "")}");
    }

    [Theory]
    [InlineData("frame-ancestors 'self'", false)]
    [InlineData("frame-ancestors", false)]
    [InlineData("frame-ancestors *", true)]
    [InlineData("frame-ancestors https:", true)]
    [InlineData("frame-ancestors 'self' https://*", true)]
    [InlineData("frame-ancestors http://*:80", true)]
    [InlineData("frame-ancestors *.com", true)]
    [InlineData("frame-ancestors https://*.example.cn", false)]
    [InlineData("frame-ancestors *|frame-ancestors 'none'", false)]
    [InlineData("frame-ancestors *; frame-ancestors 'none'", true)]
    [InlineData("default-src 'none'", null)]
    public void Frames_are_limited_where_one_policy_limits_them(string written, bool? anywhere) => Assert.Equal(anywhere, ContentPolicies.Of(written.Split('|'))!.FramedFromAnywhere);

    [Theory]
    [InlineData("x", false)]
    [InlineData("report-uri /csp|default-scr 'self'", false)]
    [InlineData("x, IMG-SRC 'self'", true)]
    public void Words_that_limit_nothing_are_no_policy(string written, bool isPolicy) => Assert.Equal(isPolicy, ContentPolicies.Of(written.Split('|')) is not null);

    [Theory]
    [InlineData("max-age=31536000; includeSubDomains", 31536000)]
    [InlineData("max-age=\"31536000\"", 31536000)]
    [InlineData("MAX-AGE = 5", 5)]
    [InlineData("max-age=\"31536000", null)]
    [InlineData("max-age=31536000; max-age=0", null)]
    [InlineData("max-age=31536000; includeSubDomains; includesubdomains", null)]
    [InlineData("max-age=31536000; includeSubDomains=true", null)]
    [InlineData("max-age=31536000; bad token", null)]
    [InlineData("max-age=31536000; preload; x=\"y\"", 31536000)]
    [InlineData("max-age=-1", null)]
    [InlineData("max-age=1e9", null)]
    [InlineData("max-age", null)]
    [InlineData("max-age=0, max-age=31536000", null)]
    [InlineData("max-age=0|max-age=31536000", 0)]
    [InlineData("includeSubDomains|max-age=31536000", null)]
    public void Hsts_counts_only_where_browsers_take_it(string written, int? seconds) => Assert.Equal(seconds, HeaderReading.Hsts(written.Split('|'))?.MaxAge);

    [Theory]
    [InlineData("200 x\r\n", "应答 200，没有跳转到 HTTPS")]
    [InlineData("503 x\r\n", "应答 503，没有跳转到 HTTPS")]
    [InlineData("302 x\r\n", "没有写明跳转到哪里")]
    [InlineData("302 x\r\nLocation: /login\r\n", "仍是明文")]
    [InlineData("301 x\r\nLocation: https://elsewhere.example.cn/x?k=1\r\n", "跳转到 https://elsewhere.example.cn/x，这台主机不在核验范围")]
    [InlineData("301 x\r\nLocation: https://127.0.0.1:1/\r\n", "这个端口没有看过")]
    public async Task Each_answer_of_clear_http_has_a_sentence_of_its_own(string answer, string sentence)
    {
        await using var server = new ScriptedServer(async c =>
        {
            _ = await c.Stream.ReadAsync(new byte[4096], c.Stop);
            await c.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}Content-Length: 0\r\n\r\n"));
        });
        var seen = await Observing.SeenAsync(new HttpSecurityHeadersProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Contains(sentence, seen.GetProperty("clearAnswer").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Of_an_error_nothing_is_said_but_its_version(int status)
    {
        await using var server = new ScriptedServer(async c =>
        {
            _ = await c.Stream.ReadAsync(new byte[4096], c.Stop);
            await c.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\nServer: nginx/1.22.1\r\nX-Frame-Options: DENY\r\nContent-Security-Policy: default-src 'self'\r\nStrict-Transport-Security: max-age=31536000\r\nSet-Cookie: a=b; Secure; HttpOnly\r\nContent-Length: 0\r\n\r\n"));
        });
        var seen = await Observing.SeenAsync(new HttpSecurityHeadersProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.True(seen.GetProperty("answeredWithError").GetBoolean());
        Assert.True(seen.GetProperty("disclosesVersion").GetBoolean());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("redirectsToHttps").ValueKind);
        Assert.All(["xFrameOptions", "contentSecurityPolicy", "framedFromAnywhere", "strictTransportSecurity", "cookies", "xContentTypeOptions"], f => Assert.False(seen.TryGetProperty(f, out _), f));
    }
}
