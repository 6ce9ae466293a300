using System.ComponentModel;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The page with the password field, as far as it can be told without running its scripts.</summary>
public sealed record LoginPage
{
    /// <summary>Where it was found, without query; null where neither the endpoint's path nor /login has a password field: it may be drawn by a script.</summary>
    [Description("登录页")]
    public Fact<string?> Url { get; init; }

    /// <summary>The page itself came over TLS or TLCP.</summary>
    [Description("登录页经加密通道")]
    public Fact<bool> OverTls { get; init; }

    /// <summary>Forms with a password field; where a script sends the password they do not say how.</summary>
    [Description("登录表单")]
    public Fact<IReadOnlyList<LoginForm>> Forms { get; init; }

    /// <summary>Something named captcha, 验证码 or the like stands on the page.</summary>
    [Description("有验证码的迹象")]
    public Fact<bool> HasCaptcha { get; init; }
}

/// <summary>One form.</summary>
/// <param name="Action">Where it is sent, without query; null where not written: to wherever a script says.</param>
/// <param name="Method">get or post as written; null where not written, which is get unless a script intervenes.</param>
/// <param name="OverTls">The action leads to https; of one that is not written the page's own.</param>
/// <param name="Note">For people.</param>
public sealed record LoginForm(string? Action, string? Method, bool OverTls, string Note);

/// <summary>One or two pages are asked for, at most three redirections on the endpoint itself are followed, nothing is filled in.</summary>
public sealed partial class LoginPageProbe : Probe<Endpoint, LoginPage>
{
    private const int MostForms = 20;
    private const int Hops = 3;
    private const int Limit = 2000;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "web.login-page",
        Pillar = Pillar.ClassifiedProtection,
        Title = "登录页",
        Question = "登录页经不经加密通道，口令表单发往哪里？",
        Needs = typeof(Endpoint),
        Observes = typeof(LoginPage),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 20,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Tls)
        {
            return new NotNeeded("端点不是网页服务");
        }

        var isSentOn = target.Protocol == EndpointProtocol.Http;
        foreach (var start in new[] { target.Path, "/login" }.Distinct(StringComparer.Ordinal))
        {
            var (url, page) = await FollowAsync(target, start, context, cancellationToken);
            isSentOn &= page is null && url?.Scheme == Uri.UriSchemeHttps;
            if (page is not null && PasswordField().IsMatch(Live(page.Body)))
            {
                var record = Told(url!, page);
                var text = $"{url}\n{string.Concat(record.Forms.IsKnown ? record.Forms.Value.Select(f => f.Note + "\n") : [])}";
                return Saw(target, context, record, context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "login.txt", "text/plain", Encoding.UTF8.GetBytes(text), $"{target.Authority} 的登录页与表单，页面内容不留存")));
            }
        }

        if (isSentOn && await IsDoorstepAsync(target, context, cancellationToken))
        {
            return new NotNeeded("明文 HTTP 端口不论问什么都只跳转到同一主机的 HTTPS，这里没有页面；登录页在跳转到的端点核验");
        }

        var none = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "login.txt", "text/plain", Encoding.UTF8.GetBytes($"{target.Path} 与 /login 的页面里没有口令输入框\n"), $"{target.Authority} 没有认出登录页"));
        return Saw(target, context, new LoginPage { Url = new((string?)null) }, none);
    }

    /// <summary>Two redirections alone may be two paths of a port that serves others: it has to be one that serves nothing, to an endpoint that is looked at.</summary>
    private static async Task<bool> IsDoorstepAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            return (await ClearDoor.LookAsync(target, context, cancellationToken)).SendsEverybodyOn is { IsKnown: true, Value: true };
        }
        catch (UnableException)
        {
            return false;
        }
    }

    /// <summary>The page is null where it leads elsewhere, to the address given if it can be read: pages of others are not asked for.</summary>
    private static async Task<(Uri? Url, WebPage? Page)> FollowAsync(Endpoint target, string path, ProbeContext context, CancellationToken cancellationToken)
    {
        var host = EndpointName.Reference(target);
        var scheme = target.Protocol == EndpointProtocol.Http ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var url = new UriBuilder(scheme, host, target.Port).Uri;
        url = new Uri(url, path);
        for (var hop = 0; hop <= Hops; hop++)
        {
            var page = await WebPage.GetAsync(target, url.PathAndQuery, context, cancellationToken);
            if (page.Head.StatusCode is < 300 or > 399)
            {
                return (url, page);
            }

            var next = Redirection.Of(page.Head, url);
            if (next is null || next.Scheme != scheme || next.Port != target.Port || !string.Equals(next.IdnHost.Trim('[', ']'), host, StringComparison.OrdinalIgnoreCase))
            {
                return (next, null);
            }

            url = next;
        }

        return (null, null);
    }

    private static LoginPage Told(Uri url, WebPage page)
    {
        var overTls = url.Scheme == Uri.UriSchemeHttps;
        var body = Live(page.Body);
        var forms = Form().Matches(body).Take(MostForms + 1).Where(f => PasswordField().IsMatch(f.Groups["inner"].Value)).Select(f => Of(f.Groups["attributes"].Value, url, overTls)).ToList();
        return new LoginPage
        {
            Url = url.GetLeftPart(UriPartial.Path),
            OverTls = overTls,
            Forms = page.IsCut ? default(Fact<IReadOnlyList<LoginForm>>) : new(forms),
            HasCaptcha = Captcha().IsMatch(body),
        };
    }

    private static LoginForm Of(string attributes, Uri url, bool overTls)
    {
        string? Written(string name) => Attribute().Matches(attributes).FirstOrDefault(a => a.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value.Trim('"', '\'').Trim();
        var action = Written("action") is { Length: > 0 } words && Uri.TryCreate(url, WebUtility.HtmlDecode(words), out var to) && to.Scheme is "http" or "https" ? to : null;
        var method = Written("method")?.ToLowerInvariant();
        var isSafe = action is null ? overTls : action.Scheme == Uri.UriSchemeHttps;
        var shown = action?.GetLeftPart(UriPartial.Path);
        return new LoginForm(shown, method, isSafe, $"{shown ?? "（没有写明，由脚本决定）"} {method ?? "（没有写明）"}");
    }

    /// <summary>Without what browsers do not show either.</summary>
    private static string Live(string body) => Comment().Replace(body, " ");

    [GeneratedRegex(@"<!--.*?-->", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<input\b[^>]*\btype\s*=\s*[""']?password", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex PasswordField();

    [GeneratedRegex(@"<form(?<attributes>[^>]*)>(?<inner>.*?)(</form|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Form();

    [GeneratedRegex(@"(?<name>[a-z-]+)\s*=\s*(?<value>""[^""]*""|'[^']*'|[^\s>]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"captcha|验证码|verify-?code|kaptcha|slider-?verify", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Captcha();
}
